"""What a typed reply means as the answer to one question: kernel logistic regression on replies and the questions they answer.

"Mijn tante weet het" is a yes to "does anybody know?" and none to "are you safe?". So two replies are as alike as their words and sentence
vectors, more where their questions are of one kind ("…_tell", "…_person"), and more again where the question is the same. Then a
question learns from its own examples and, less, from those of all others, in both languages (docs/adr/0055).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Mapping, Tuple

import numpy as np
import scipy.sparse as sp
from rasa.shared.nlu.training_data.message import Message
from scipy.linalg import cholesky, solve_triangular

from bot.linear_model import LinearModel, features_of, idf_of, row_of, softmax, weighted_row
from bot.softmax_fit import lowest

_NGRAM_WEIGHT = 2.0
"""Length of the n-gram part beside the sentence vector's 1."""
_KIND, _SAME, _PRIOR = 3.0, 4.0, 0.5
"""What is added where the questions are of one kind; where they are the same; and there whatever the words are. Measured: docs/adr/0055."""
_JITTER = 1e-3
"""Added to the diagonal, so that replies written twice leave a matrix that has a root."""


class ReplyModel:
    """Probabilities of `labels` for a reply to a question."""

    def __init__(self, labels: List[str], questions: List[str], arrays: Dict[str, np.ndarray], words: sp.csr_matrix) -> None:
        """`questions`: of each of the n examples. `arrays`: vectors (n, 512), idf (vocabulary,), weights (n, labels), mix (labels,): what
        is added to the logit of each. `words`: their n-grams, weighted, (n, vocabulary)."""
        self._labels = labels
        self._questions = questions
        self._arrays = arrays
        self._words = words
        self._known = frozenset(questions)
        self._names = np.array(questions)
        self._kinds = np.array([kind_of(question) for question in questions])

    @classmethod
    def fitted(
        cls,
        messages: List[Message],
        questions: List[str],
        meanings: List[str],
        mix: Mapping[str, float],
        inverse_strength: float,
        rounds: int,
    ) -> ReplyModel:
        """Learned from `messages`, the question that each answers, and what it means there. `mix`: the share of each meaning among what is
        really typed, 0..1, where the examples hold another one (the prior of Bayes' rule, set right: Saerens et al. 2002); a meaning that
        is not in it keeps its own."""
        sparse, vectors = features_of(messages)
        labels, idf = sorted(set(meanings)), idf_of(sparse)
        words = LinearModel.weighted(sparse, idf, _NGRAM_WEIGHT)
        alike = vectors @ vectors.T + (words @ words.T).toarray()
        names, kinds = np.array(questions), np.array([kind_of(question) for question in questions])
        same, of_kind = (one[:, np.newaxis] == one[np.newaxis, :] for one in (names, kinds))
        kernel = alike * (1.0 + _KIND * of_kind + _SAME * same) + _PRIOR * same
        targets = np.array([labels.index(meaning) for meaning in meanings])
        weights = _weights(kernel.astype(np.float32), targets, inverse_strength, rounds)
        shares = np.bincount(targets, minlength=len(labels)) / len(targets)
        added = np.array([np.log(mix.get(label, share) / share) for label, share in zip(labels, shares, strict=True)], np.float32)
        return cls(labels, questions, {"vectors": vectors, "idf": idf, "weights": weights, "mix": added}, words)

    @classmethod
    def read(cls, folder: Path) -> ReplyModel:
        """What `write` stored in `folder`. Raises FileNotFoundError when nothing was."""
        said = json.loads((folder / "replies.json").read_text(encoding="utf-8"))
        with np.load(folder / "replies.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        return cls(said["labels"], said["questions"], arrays, sp.load_npz(folder / "reply_words.npz"))

    def write(self, folder: Path) -> None:
        """Stores it in `folder`: the examples as numbers, no words."""
        smaller: Dict[str, Any] = {name: array.astype(np.float16) if name == "vectors" else array for name, array in self._arrays.items()}
        np.savez_compressed(folder / "replies.npz", **smaller)
        sp.save_npz(folder / "reply_words.npz", self._words)
        said = {"labels": self._labels, "questions": self._questions}
        (folder / "replies.json").write_text(json.dumps(said), encoding="utf-8")

    def knows(self, question: str) -> bool:
        """Whether replies to that question were learned."""
        return question in self._known

    def probabilities(self, message: Message, question: str) -> Dict[str, float]:
        """Of each label, for a reply to `question`; they sum to 1."""
        columns, counts, vector = row_of(message)
        words = np.zeros(self._words.shape[1], np.float32)
        words[columns] = weighted_row(columns, counts, self._arrays["idf"], _NGRAM_WEIGHT)
        alike = self._arrays["vectors"] @ vector + self._words @ words
        same, of_kind = self._names == question, self._kinds == kind_of(question)
        logits = (alike * (1.0 + _KIND * of_kind + _SAME * same) + _PRIOR * same) @ self._arrays["weights"] + self._arrays["mix"]
        return dict(zip(self._labels, softmax(logits[np.newaxis, :])[0].tolist(), strict=True))


def kind_of(question: str) -> str:
    """What a question asks, whatever its path is about: its last word ("tell", "person", "safe")."""
    return question.rpartition("_")[2]


def _weights(kernel: np.ndarray, targets: np.ndarray, inverse_strength: float, rounds: int) -> np.ndarray:
    """Of each example, (n, classes): those that lower the penalised loss most, sought where the kernel is a plain product (its root)."""
    count, classes = len(targets), int(targets.max()) + 1
    root = cholesky(kernel + _JITTER * np.eye(count, dtype=np.float32), lower=True, overwrite_a=True, check_finite=False)
    one_hot = np.eye(classes, dtype=np.float32)[targets]

    def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        theta = flat.reshape(count, classes)
        logits = root @ theta
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        sums = powers.sum(axis=1, keepdims=True)
        likelihood = float((one_hot * (logits - np.log(sums))).sum(dtype=np.float64))
        gradient = inverse_strength * (root.T @ (powers / sums - one_hot)) + theta
        return 0.5 * float(flat @ flat) - inverse_strength * likelihood, gradient.ravel()

    found = lowest(loss, np.zeros(count * classes, np.float32), rounds).reshape(count, classes)
    weights: np.ndarray = solve_triangular(root, found, lower=True, trans="T", check_finite=False)
    return weights.astype(np.float32)
