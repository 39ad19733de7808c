"""Fits the need classifier's weights: regularised softmax regression, as scikit-learn's, in a fraction of its time.

scikit-learn takes one matrix; the sentence vectors as sparse rows cost it most of the training. Here they stay a plain array. And SciPy's
L-BFGS-B, made for bounds that there are none of, took two thirds of what was left (docs/adr/0010): here are its steps without bounds,
in the float32 of the weights. What is left are products with the sparse n-grams: every core takes a part of the rows (docs/adr/0021).
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Callable, Deque, List, Optional, Tuple

import numpy as np
import scipy.sparse as sp
from scipy.linalg import get_blas_funcs

_Pair = Tuple[np.ndarray, np.ndarray, float]
Loss = Callable[[np.ndarray], Tuple[float, np.ndarray]]
"""Of a point (n,): the value, and the gradient (n,)."""

_REMEMBERED = 10
"""Pairs of steps and changes of the gradient, as in SciPy."""
_ENOUGH_FALL, _ENOUGH_TURN = 1e-4, 0.9
"""The two conditions of Wolfe on a step (Nocedal and Wright, Numerical Optimization, 3.1)."""
_FLAT, _SAME = 1e-4, 1e-9
"""It stops where the gradient is nowhere steeper, or a step lowers the value by no greater share."""
_MOST_TRIES = 20


def fit(
    sparse: sp.csr_matrix, dense: np.ndarray, targets: np.ndarray, inverse_strength: float, rounds: int
) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (vocabulary + width of `dense`, classes) and bias (classes,), float32.

    `targets`: the class number of each row, 0..classes-1, none missing; classes weigh alike however many rows they have.
    `inverse_strength`: C as in scikit-learn; the bias is not regularised. Stops after `rounds` of L-BFGS at the latest.
    """
    counts = np.bincount(targets)
    rows, classes = len(targets), len(counts)
    importance = (rows / (classes * counts))[targets].astype(np.float32)[:, np.newaxis]
    one_hot = np.zeros((rows, classes), np.float32)
    one_hot[np.arange(rows), targets] = 1.0
    # Frequent n-grams side by side: their weights stay in the processor's cache. Those of no row are left out: their weights stay zero.
    often = np.bincount(sparse.indices, minlength=sparse.shape[1])
    order = np.argsort(-often, kind="stable")[: np.count_nonzero(often)]
    ordered = sparse[:, order].tocsr()
    vocabulary, height = len(order), len(order) + dense.shape[1] + 1

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        of_rows, of_ngrams = _Parts(ordered, pool), _Parts(ordered.T.tocsr(), pool)

        def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
            theta = flat.reshape(height, classes)
            logits = np.empty((rows, classes), np.float32)
            of_rows.times(theta[:vocabulary], logits)
            logits += dense @ theta[vocabulary:-1] + theta[-1]
            logits -= logits.max(axis=1, keepdims=True)
            powers = np.exp(logits)
            sums = powers.sum(axis=1, keepdims=True)
            likelihood = (importance * (one_hot * (logits - np.log(sums))).sum(axis=1, keepdims=True)).sum(dtype=np.float64)
            errors = inverse_strength * (importance * (powers / sums - one_hot))
            gradient = np.empty((height, classes), np.float32)
            of_ngrams.times(errors, gradient[:vocabulary])
            gradient[vocabulary:-1] = dense.T @ errors
            gradient[-1] = errors.sum(axis=0)
            gradient[:-1] += theta[:-1]  # the bias has no penalty
            penalty = 0.5 * _dot(flat[:-classes], flat[:-classes])
            return penalty - inverse_strength * likelihood, gradient.ravel()

        found = lowest(loss, np.zeros(height * classes, np.float32), rounds).reshape(height, classes)
    weights = np.zeros((sparse.shape[1] + dense.shape[1], classes), np.float32)
    weights[order] = found[:vocabulary]
    weights[sparse.shape[1] :] = found[vocabulary:-1]
    return weights, found[-1]


class _Parts:
    """A sparse matrix cut into bands of rows with like numbers of entries, one for each core: SciPy lets threads work at once."""

    def __init__(self, matrix: sp.csr_matrix, pool: ThreadPoolExecutor) -> None:
        shares = np.linspace(0, matrix.nnz, len(os.sched_getaffinity(0)) + 1)[1:-1]
        ends = [0, *np.searchsorted(matrix.indptr, shares).tolist(), matrix.shape[0]]
        self._bands: List[Tuple[slice, sp.csr_matrix]] = [(slice(start, end), matrix[start:end]) for start, end in pairwise(ends)]
        self._pool = pool

    def times(self, right: np.ndarray, out: np.ndarray) -> None:
        """Writes the matrix times `right` (columns, n) into `out` (rows, n)."""

        def work(band: Tuple[slice, sp.csr_matrix]) -> None:
            out[band[0]] = band[1] @ right

        list(self._pool.map(work, self._bands))


def lowest(loss: Loss, start: np.ndarray, rounds: int) -> np.ndarray:
    """The point (n,) where `loss` is lowest, from `start` on by L-BFGS (Nocedal and Wright, algorithm 7.5)."""
    point, (value, gradient) = start, loss(start)
    pairs: Deque[_Pair] = deque(maxlen=_REMEMBERED)
    for _ in range(rounds):
        if np.abs(gradient).max() <= _FLAT:
            break
        direction = _direction(gradient, pairs)
        first = 1.0 if pairs else min(1.0, _dot(gradient, gradient) ** -0.5)
        step = _step(loss, point, value, gradient, direction, first)
        if step is None:
            break
        new_point, new_value, new_gradient = step
        moved, turned = new_point - point, new_gradient - gradient
        if (curve := _dot(moved, turned)) > 0.0:
            pairs.append((moved, turned, curve))
        fell = value - new_value
        point, value, gradient = new_point, new_value, new_gradient
        if fell <= _SAME * max(abs(value), 1.0):
            break
    return point


def _dot(one: np.ndarray, other: np.ndarray) -> float:
    """In parts, so that millions of small float32 terms are summed exactly enough."""
    return float(sum(float(a @ b) for a, b in zip(np.array_split(one, 64), np.array_split(other, 64), strict=True)))


def _direction(gradient: np.ndarray, pairs: Deque[_Pair]) -> np.ndarray:
    """Downhill, with the curvature that the pairs have seen (two loops, algorithm 7.4)."""
    (add,) = get_blas_funcs(("axpy",), (gradient,))  # in place: no copy of all weights per term
    direction = -gradient
    shares = []
    for moved, turned, curve in reversed(pairs):
        shares.append(_dot(moved, direction) / curve)
        direction = add(turned, direction, a=-shares[-1])
    if pairs:
        _, turned, curve = pairs[-1]
        direction *= gradient.dtype.type(curve / _dot(turned, turned))
    for (moved, turned, curve), share in zip(pairs, reversed(shares), strict=True):
        direction = add(moved, direction, a=share - _dot(turned, direction) / curve)
    return direction


def _step(
    loss: Loss, point: np.ndarray, value: float, gradient: np.ndarray, direction: np.ndarray, first: float
) -> Optional[Tuple[np.ndarray, float, np.ndarray]]:
    """Where a step that meets both conditions leads, by halving and doubling; None when none was found."""
    slope = _dot(gradient, direction)
    shortest, longest, length = 0.0, float("inf"), first
    for _ in range(_MOST_TRIES):
        there = point + point.dtype.type(length) * direction
        its_value, its_gradient = loss(there)
        if its_value > value + _ENOUGH_FALL * length * slope:
            longest = length
        elif _dot(its_gradient, direction) < _ENOUGH_TURN * slope:
            shortest = length
        else:
            return there, its_value, its_gradient
        length = 2.0 * shortest if longest == float("inf") else 0.5 * (shortest + longest)
    return None
