"""A multilayer perceptron over the n-grams and the sentence vector of a message: what bot/perceptron_fit.py learned, asked and stored."""

from __future__ import annotations

from itertools import count, takewhile
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
import scipy.sparse as sp

from bot import perceptron_fit
from bot.perceptron_fit import Asides, Layers

_FEWEST = 3
"""In so many examples at least an n-gram must stand to have a weight: rarer ones are two fifths of all, and tell little."""
_PREFIX, _STORED = "hidden_", ("ngrams", "vector", "shift", "out", "bias", "used")


class Perceptron:
    """Logits of each class, for n-grams as LinearModel.weighted gives them and sentence vectors of length 1."""

    def __init__(self, layers: Layers, used: np.ndarray) -> None:
        """`used`: (vocabulary,), whether an n-gram has a row in `layers.ngrams`."""
        self._layers = layers
        self._used = used
        self._rows = np.cumsum(used, dtype=np.int64) - 1

    @classmethod
    def fitted(
        cls,
        words: sp.csr_matrix,
        vectors: np.ndarray,
        targets: np.ndarray,
        size: Tuple[int, int],
        asides: Optional[Asides] = None,
        read_share: float = 1.0,
        seed: int = 0,
    ) -> Perceptron:
        """Learned from `words` (n, vocabulary), `vectors` (n, 512) and the class number of each row.

        `size`, `asides`, `read_share`, `seed`: see bot/perceptron_fit.py.
        """
        used = np.asarray((words > 0).sum(axis=0)).ravel() >= _FEWEST
        here = words[:, np.flatnonzero(used)].tocsr()
        return cls(perceptron_fit.fit(here, vectors, targets, size, seed, asides, read_share), used)

    @classmethod
    def all_of(cls, arrays: Dict[str, np.ndarray]) -> List[Perceptron]:
        """Those among stored `arrays`, in their order. Raises KeyError where something of one is missing."""
        numbers = takewhile(lambda number: f"{_PREFIX}{number}_used" in arrays, count())
        return [cls._of({name: arrays[f"{_PREFIX}{number}_{name}"] for name in _STORED}) for number in numbers]

    @classmethod
    def _of(cls, arrays: Dict[str, np.ndarray]) -> Perceptron:
        layers = {name: array.astype(np.float32) for name, array in arrays.items() if name != "used"}
        return cls(Layers(**layers), arrays["used"])

    def arrays(self, number: int) -> Dict[str, Any]:
        """What is stored of it, as the one of that `number` from 0 on; the weights in half the width, which no probability notices."""
        halves = {name: weights.astype(np.float16) for name, weights in vars(self._layers).items()}
        return {f"{_PREFIX}{number}_{name}": array for name, array in (halves | {"used": self._used}).items()}

    def take_as_even(self, shares: np.ndarray) -> None:
        """From now on no class is likelier for its many examples (logit adjustment, Menon et al., 2021). `shares`: of each class among
        them, which sum to 1."""
        self._layers.bias -= np.log(shares).astype(np.float32)

    def logits_of_one(self, columns: np.ndarray, values: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """Shape (classes,), for one message: its n-grams' columns and weights (n,), and its sentence vector (512,)."""
        used = self._used[columns]
        sums = values[used] @ self._layers.ngrams[self._rows[columns[used]]] + vector @ self._layers.vector + self._layers.shift
        return np.asarray(np.maximum(sums, 0.0) @ self._layers.out + self._layers.bias)
