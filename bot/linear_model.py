"""Softmax over the n-grams and the sentence vector of a message, as plain arrays: what all classifiers share (bot/sentence_model.py)."""

from __future__ import annotations

from typing import List, Tuple

import numpy as np
import scipy.sparse as sp
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message


def features_of(messages: List[Message]) -> Tuple[sp.csr_matrix, np.ndarray]:
    """Sparse n-gram counts (n, vocabulary) and sentence vectors (n, 512) of messages that carry both."""
    rows = [row_of(message) for message in messages]
    ends = np.cumsum([0, *(len(columns) for columns, _, _ in rows)])
    columns, counts = (np.concatenate([row[place] for row in rows]) for place in (0, 1))
    sparse = sp.csr_matrix((counts, columns, ends), shape=(len(rows), vocabulary_of(messages[0])))
    return sparse, np.vstack([vector for _, _, vector in rows])


def vocabulary_of(message: Message) -> int:
    """How many n-grams there are."""
    sparse = [part for part in message.features if part.attribute == TEXT and part.type == FEATURE_TYPE_SENTENCE and part.is_sparse()]
    return sum(int(part.features.shape[1]) for part in sparse)


def row_of(message: Message) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of one message, without joining matrices: the n-grams' columns, their counts, and the sentence vector (512,)."""
    columns, counts, width = [], [], 0
    vector = np.zeros(0, dtype=np.float32)
    for part in message.features:
        if part.attribute != TEXT or part.type != FEATURE_TYPE_SENTENCE:
            continue
        if part.is_sparse():
            row = part.features.tocoo(copy=False)
            columns.append(row.col + width)
            counts.append(row.data)
            width += row.shape[1]
        else:
            vector = part.features[0].astype(np.float32)
    return np.concatenate(columns), np.concatenate(counts).astype(np.float32), vector


def _rows_of_length_one(matrix: sp.csr_matrix) -> sp.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.diags(1.0 / np.maximum(lengths, 1e-9)) @ matrix


class LinearModel:
    """Softmax over `features @ weights + bias`, with the inverse document frequencies of the n-grams."""

    def __init__(self, labels: List[str], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray, ngram_weight: float) -> None:
        """`idf`: (vocabulary,), `weights`: (vocabulary + 512, labels), `bias`: (labels,)."""
        self.labels = labels
        self.idf = idf
        self.weights = np.ascontiguousarray(weights)  # else each use would copy all of them
        self.bias = bias
        self.ngram_weight = ngram_weight

    @staticmethod
    def weighted(sparse: sp.csr_matrix, idf: np.ndarray, ngram_weight: float) -> sp.csr_matrix:
        """Sublinear tf-idf rows of length `ngram_weight`; the sentence vectors beside them have length 1."""
        counts = sparse.copy()
        counts.data = 1.0 + np.log(np.maximum(counts.data, 1.0))
        return (_rows_of_length_one(counts @ sp.diags(idf)) * ngram_weight).tocsr().astype(np.float32)

    def weighted_of_one(self, columns: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """As `weighted`, for one message as `row_of` gives it: the weights (n,) of the n-grams that occur."""
        return weighted_row(columns, counts, self.idf, self.ngram_weight)

    def probabilities_of_one(self, columns: np.ndarray, values: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """Shape (labels,); they sum to 1. `values`: from `weighted_of_one`; only the weights of n-grams that occur are read."""
        logits = values @ self.weights[columns] + vector @ self.weights[len(self.idf) :] + self.bias
        return softmax(logits[np.newaxis, :])[0]


def weighted_row(columns: np.ndarray, counts: np.ndarray, idf: np.ndarray, ngram_weight: float) -> np.ndarray:
    """The n-grams of one message as `row_of` gives them, weighted (n,): sublinear tf-idf of length `ngram_weight`."""
    values = (1.0 + np.log(np.maximum(counts, 1.0))) * idf[columns]
    return np.asarray(values * (ngram_weight / max(float(np.sqrt(values @ values)), 1e-9)))


def idf_of(sparse: sp.csr_matrix) -> np.ndarray:
    """The inverse document frequencies (vocabulary,), float32, of the n-grams of rows as `features_of` gives them."""
    present = np.asarray((sparse > 0).sum(axis=0)).ravel()
    return (np.log((1.0 + sparse.shape[0]) / (1.0 + present)) + 1.0).astype(np.float32)


def numbers(names: List[str], labels: List[str]) -> np.ndarray:
    """The place of each of `labels` among `names`. Raises KeyError where it is none of them."""
    of = {name: number for number, name in enumerate(names)}
    return np.array([of[label] for label in labels])


def softmax(logits: np.ndarray) -> np.ndarray:
    """Of each row of (n, labels): the probabilities, which sum to 1."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
