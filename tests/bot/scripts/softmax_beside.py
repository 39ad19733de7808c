"""Runs in the bot's environment: our fit beside scikit-learn's, on the same small random examples. JSON out."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")

from sklearn.linear_model import LogisticRegression

from bot import softmax_fit

_ROWS, _WORDS, _WIDTH, _CLASSES = 400, 120, 8, 5


def beside(strength: float, rounds: int) -> dict[str, float]:
    """The greatest difference of a probability, and which share of the examples each has right."""
    chance = np.random.default_rng(116000)
    targets = np.sort(chance.integers(0, _CLASSES, _ROWS))[: _ROWS - 60]  # the last class has fewer
    sparse = sp.random(len(targets), _WORDS, 0.05, "csr", np.float32, random_state=7)
    dense = chance.normal(size=(len(targets), _WIDTH)).astype(np.float32)
    dense[np.arange(len(targets)), targets] += 1.5  # something to learn
    weights, bias = softmax_fit.fit(sparse, dense, targets, strength, rounds)
    both = np.hstack([sparse.toarray(), dense])
    theirs = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000, tol=1e-6).fit(both, targets)
    logits = both @ weights + bias
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    ours = powers / powers.sum(axis=1, keepdims=True)
    right = {"ours": ours, "theirs": theirs.predict_proba(both)}
    return {
        "difference": float(np.abs(right["ours"] - right["theirs"]).max()),
        **{name: float((found.argmax(axis=1) == targets).mean()) for name, found in right.items()},
    }


def valley() -> list[float]:
    """Where Rosenbrock's function is lowest, found from (-1.2, 1)."""

    def loss(point: Any) -> tuple[float, Any]:
        x, y = (float(each) for each in point)
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2, np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])

    return [float(each) for each in softmax_fit.lowest(loss, np.array([-1.2, 1.0]), 200)]


if __name__ == "__main__":
    print(json.dumps({"weak": beside(0.1, 500), "strong": beside(20.0, 2000), "valley": valley()}))
