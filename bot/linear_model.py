"""Softmax over the n-grams and the sentence vector of a message, as plain arrays: the classifiers of needs and of questions share it."""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from pathlib import Path
from typing import Dict, List, Tuple

import numpy as np
import scipy.sparse as sp
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot import softmax_fit


def source_fingerprint() -> str:
    """Changes with the code of the fit and of its features: what a component stored with other code is stale."""
    modules = (softmax_fit, sys.modules[__name__])
    return hashlib.sha256("".join(map(inspect.getsource, modules)).encode()).hexdigest()


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

    @classmethod
    def fitted(cls, messages: List[Message], labels: List[str], settings: Tuple[float, float, int]) -> LinearModel:
        """Learned from `messages` and the label of each; `settings`: length of the n-gram part, C, most rounds."""
        ngram_weight, inverse_strength, rounds = settings
        sparse, dense = features_of(messages)
        present = np.asarray((sparse > 0).sum(axis=0)).ravel()
        idf = (np.log((1.0 + len(messages)) / (1.0 + present)) + 1.0).astype(np.float32)
        names = sorted(set(labels))
        numbers = {name: number for number, name in enumerate(names)}
        targets = np.array([numbers[label] for label in labels])
        weights, bias = softmax_fit.fit(cls.weighted(sparse, idf, ngram_weight), dense, targets, inverse_strength, rounds)
        return cls(names, idf, weights, bias, ngram_weight)

    @classmethod
    def read(cls, folder: Path) -> LinearModel:
        """What `write` stored in `folder`."""
        arrays = np.load(folder / "model.npz", allow_pickle=False)
        said = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        return cls(said["labels"], arrays["idf"], arrays["weights"].astype(np.float32), arrays["bias"], said["ngram_weight"])

    def write(self, folder: Path) -> None:
        """Stores it in `folder`: loading imports no scikit-learn and unpickles nothing."""
        np.savez_compressed(folder / "model.npz", idf=self.idf, weights=self.weights.astype(np.float16), bias=self.bias)
        told = {"labels": self.labels, "ngram_weight": self.ngram_weight}
        (folder / "labels.json").write_text(json.dumps(told), encoding="utf-8")

    def probabilities_of_message(self, message: Message) -> Dict[str, float]:
        """Of each label, for one message."""
        return dict(zip(self.labels, self.probabilities_of_one(*row_of(message)).tolist(), strict=True))

    @staticmethod
    def weighted(sparse: sp.csr_matrix, idf: np.ndarray, ngram_weight: float) -> sp.csr_matrix:
        """Sublinear tf-idf rows of length `ngram_weight`; the sentence vectors beside them have length 1."""
        counts = sparse.copy()
        counts.data = 1.0 + np.log(np.maximum(counts.data, 1.0))
        return (_rows_of_length_one(counts @ sp.diags(idf)) * ngram_weight).tocsr().astype(np.float32)

    def probabilities(self, sparse: sp.csr_matrix, dense: np.ndarray) -> np.ndarray:
        """Shape (n, labels); each row sums to 1."""
        words = self.weighted(sparse, self.idf, self.ngram_weight)
        vocabulary = words.shape[1]
        logits = words @ self.weights[:vocabulary] + dense @ self.weights[vocabulary:] + self.bias
        return _softmax(logits)

    def probabilities_of_one(self, columns: np.ndarray, counts: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """As `probabilities`, shape (labels,), for what `_row` gives: only the weights of n-grams that occur are read."""
        values = (1.0 + np.log(np.maximum(counts, 1.0))) * self.idf[columns]
        values *= self.ngram_weight / max(float(np.sqrt(values @ values)), 1e-9)
        logits = values @ self.weights[columns] + vector @ self.weights[len(self.idf) :] + self.bias
        return _softmax(logits[np.newaxis, :])[0]


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
