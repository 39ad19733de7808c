"""A multilayer perceptron over the n-grams and the sentence vector of a message: what bot/perceptron_fit.py learned, asked and stored."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

import numpy as np
import scipy.sparse as sp

from bot import perceptron_fit
from bot.perceptron_fit import Asides, Layers

_FEWEST = 3
"""In so many examples at least an n-gram must stand to have a weight: rarer ones are two fifths of all, and tell little."""
_PREFIX = "hidden_"


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
    ) -> Perceptron:
        """Learned from `words` (n, vocabulary), `vectors` (n, 512) and the class number of each row.

        `size`, `asides`, `read_share`: see bot/perceptron_fit.py.
        """
        used = np.asarray((words > 0).sum(axis=0)).ravel() >= _FEWEST
        here = words[:, np.flatnonzero(used)].tocsr()
        return cls(perceptron_fit.fit(here, vectors, targets, size, asides=asides, read_share=read_share), used)

    @classmethod
    def of(cls, arrays: Dict[str, np.ndarray]) -> Perceptron:
        """From what `arrays` gave. Raises KeyError where something of it is missing."""
        layers = {name: arrays[f"{_PREFIX}{name}"].astype(np.float32) for name in ("ngrams", "vector", "shift", "out", "bias")}
        return cls(Layers(**layers), arrays[f"{_PREFIX}used"])

    @staticmethod
    def is_in(arrays: Dict[str, np.ndarray]) -> bool:
        """Whether there is one among stored `arrays`."""
        return f"{_PREFIX}used" in arrays

    def arrays(self) -> Dict[str, Any]:
        """What is stored of it; the weights in half the width, which no probability notices."""
        halves = {f"{_PREFIX}{name}": weights.astype(np.float16) for name, weights in vars(self._layers).items()}
        return halves | {f"{_PREFIX}used": self._used}

    def take_as_even(self, shares: np.ndarray) -> None:
        """From now on no class is likelier for its many examples (logit adjustment, Menon et al., 2021). `shares`: of each class among
        them, which sum to 1."""
        self._layers.bias -= np.log(shares).astype(np.float32)

    def logits_of_one(self, columns: np.ndarray, values: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """Shape (classes,), for one message: its n-grams' columns and weights (n,), and its sentence vector (512,)."""
        used = self._used[columns]
        sums = values[used] @ self._layers.ngrams[self._rows[columns[used]]] + vector @ self._layers.vector + self._layers.shift
        return np.asarray(np.maximum(sums, 0.0) @ self._layers.out + self._layers.bias)
