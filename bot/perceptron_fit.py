"""Fits a multilayer perceptron with one hidden layer on sparse n-grams and sentence vectors, in NumPy.

Each step reads a few hundred sentences, whose n-grams are a small part of all: only their weights are moved (Adam as for sparse gradients,
Kingma and Ba, 2015). Half of a sentence's n-grams are left out each time it is read (dropout, Srivastava et al., 2014), so that no word
decides alone: what a sentence written to look like danger has is the word, not the rest (docs/adr/0039). Some sentences are read with small
talk beside them, as trouble is told among other things (docs/adr/0042). What has become easy is read less often (docs/adr/0046).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, List, Optional, Tuple

import numpy as np
import scipy.sparse as sp

from bot.read_shares import read_shares

_BATCH = 256
_RATE = 0.004
"""Of the n-grams' weights at the start, half as much of all others; it falls to nothing, evenly."""
_WHOLE = 2
"""Readings of all rows, before some are read less often."""
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8
"""Adam's decay of both moments, and what is added to a root."""
_SPREAD = 0.02
"""Standard deviation of the n-grams' weights at the start."""


@dataclass
class Layers:
    """float32: `ngrams` (vocabulary, hidden), `vector` (width, hidden), `shift` (hidden,), `out` (hidden, classes), `bias` (classes,)."""

    ngrams: np.ndarray
    vector: np.ndarray
    shift: np.ndarray
    out: np.ndarray
    bias: np.ndarray

    @classmethod
    def started(cls, shape: Tuple[int, int, int, int], chance: np.random.Generator) -> Layers:
        """Small random weights; `shape`: vocabulary, width of the sentence vector, hidden, classes."""
        vocabulary, width, hidden, classes = shape
        return cls(
            (chance.standard_normal((vocabulary, hidden), np.float32) * np.float32(_SPREAD)),
            _even(chance, width, hidden),
            np.zeros(hidden, np.float32),
            _even(chance, hidden, classes),
            np.zeros(classes, np.float32),
        )


def _even(chance: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    reach = 1.0 / np.sqrt(rows)
    return chance.uniform(-reach, reach, (rows, columns)).astype(np.float32)


@dataclass
class _Adam:
    """Moments of one array of weights."""

    weights: np.ndarray
    first: np.ndarray = field(init=False)
    second: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.second = np.zeros_like(self.weights), np.zeros_like(self.weights)

    def move(self, gradient: np.ndarray, rate: float, steps: int, rows: Any = ...) -> None:
        """One step downhill, of `rows` only (an index; all by default). `steps`: how many there were, this one too."""
        first = self.first[rows] * np.float32(_FIRST)
        first += np.float32(1.0 - _FIRST) * gradient
        second = self.second[rows] * np.float32(_SECOND)
        second += np.float32(1.0 - _SECOND) * np.square(gradient)
        self.first[rows], self.second[rows] = first, second
        np.sqrt(second, out=second)
        second += np.float32(_TINY)
        first /= second
        first *= np.float32(rate * np.sqrt(1.0 - _SECOND**steps) / (1.0 - _FIRST**steps))
        self.weights[rows] -= first


@dataclass(frozen=True)
class Asides:
    """What is read beside an example now and then: `rows` are the numbers of such examples, `share` of all readings have one, 0..1."""

    rows: np.ndarray
    share: float

    def read(self, batch: np.ndarray, sparse: sp.csr_matrix, dense: np.ndarray, chance: np.random.Generator) -> Tuple[Any, np.ndarray]:
        """The n-grams and vectors of the rows `batch`, some with those of an aside added; each row stays as long as it was."""
        words, vectors = sparse[batch], dense[batch]
        places = np.flatnonzero(chance.random(len(batch)) < self.share)
        others = chance.choice(self.rows, len(places))
        beside = sp.csr_matrix((np.ones(len(places), np.float32), (places, np.arange(len(places)))), shape=(len(batch), len(places)))
        both, summed = words + beside @ sparse[others], vectors + beside @ dense[others]
        return sp.diags(_lengths(words) / _lengths(both)) @ both, summed * (_lengths(vectors) / _lengths(summed))[:, np.newaxis]


def _lengths(rows: Any) -> np.ndarray:
    """Of each row of a sparse or dense matrix (n,), float32; at least a little, so that one may divide by it."""
    squares = rows.multiply(rows).sum(axis=1) if sp.issparse(rows) else np.square(rows).sum(axis=1)
    return np.maximum(np.sqrt(np.asarray(squares).ravel()), _TINY).astype(np.float32)


def fit(
    sparse: sp.csr_matrix,
    dense: np.ndarray,
    targets: np.ndarray,
    size: Tuple[int, int],
    seed: int = 0,
    asides: Optional[Asides] = None,
    read_share: float = 1.0,
) -> Layers:
    """The weights after some readings of the rows; `size`: hidden units, and how often the rows are gone through.

    `sparse`: (rows, vocabulary) and `dense`: (rows, width), float32; `targets`: the class number of each row, 0..classes-1. Every row
    weighs alike, unlike in softmax_fit.fit: there are far more sentences of small talk than of any need, as there will be of messages.
    `read_share`: of the rows, so many are read each time but the first two, 0..1, the harder the likelier.
    """
    hidden, rounds = size
    chance = np.random.default_rng(seed)
    layers = Layers.started((sparse.shape[1], dense.shape[1], hidden, int(targets.max()) + 1), chance)
    parts = [_Adam(part) for part in (layers.ngrams, layers.vector, layers.shift, layers.out, layers.bias)]
    lacks, steps = np.ones(len(targets), np.float32), 0
    for reading in range(rounds):
        shares = np.ones_like(lacks) if reading < _WHOLE or read_share >= 1.0 else read_shares(lacks, read_share)
        order = chance.permutation(np.flatnonzero(chance.random(len(targets)) < shares))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            steps += 1
            rate = _RATE * (1.0 - (reading + start / len(order)) / rounds)
            words, vectors = (sparse[rows], dense[rows]) if asides is None else asides.read(rows, sparse, dense, chance)
            columns, gradients, lacks[rows] = _gradients(layers, words, vectors, targets[rows], chance, 1.0 / shares[rows])
            parts[0].move(gradients[0], rate, steps, columns)
            for part, gradient in zip(parts[1:], gradients[1:], strict=True):
                part.move(gradient, rate / 2, steps)
    return layers


_NGRAMS_LEFT_OUT, _UNITS_LEFT_OUT = 0.5, 0.3
"""Shares, while learning; what is left counts for more, so that sums stay as they are."""


def _kept(shape: Tuple[int, ...], left_out: float, chance: np.random.Generator) -> np.ndarray:
    return (chance.random(shape, np.float32) >= left_out).astype(np.float32) / np.float32(1.0 - left_out)


def _gradients(
    layers: Layers, words: sp.csr_matrix, vectors: np.ndarray, targets: np.ndarray, chance: np.random.Generator, weights: np.ndarray
) -> Tuple[np.ndarray, List[np.ndarray], np.ndarray]:
    """The n-grams of a batch (n,); the gradients of the mean loss: of their weights (n, hidden), then of the other layers; and what the
    probability of each row's own class lacks of 1. `weights`: of each row in the mean."""
    columns, places = np.unique(words.indices, return_inverse=True)
    counts = words.data * _kept(words.data.shape, _NGRAMS_LEFT_OUT, chance)
    here = sp.csr_matrix((counts, places, words.indptr), shape=(len(targets), len(columns)))
    sums = here @ layers.ngrams[columns] + vectors @ layers.vector + layers.shift
    open_units = _kept(sums.shape, _UNITS_LEFT_OUT, chance) * (sums > 0.0)
    units = sums * open_units
    logits = units @ layers.out + layers.bias
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    errors = powers / powers.sum(axis=1, keepdims=True)
    errors[np.arange(len(targets)), targets] -= 1.0
    lacks = -errors[np.arange(len(targets)), targets]
    errors *= (weights / weights.sum())[:, np.newaxis]
    back = (errors @ layers.out.T) * open_units
    return columns, [here.T @ back, vectors.T @ back, back.sum(axis=0), units.T @ errors, errors.sum(axis=0)], lacks
