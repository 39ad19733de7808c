"""The sentence encoder with its weights moved towards the needs, and the two layers that read it: what bot/tuned_fit.py learned.

The encoder as it is knows what sentences mean, not what a child in danger means; a classifier on top of it cannot tell apart what it
does not. Here the convolutions over words, and all that follows, learn from the examples too; the words' own vectors stay as they are
(docs/adr/0044). The forward pass is the package's own, with other numbers.
"""

from __future__ import annotations

import copy
from typing import Any, Dict

import numpy as np

from bot.encoder import encoder

_PREFIX = "tuned_"
ONES = ("proj_W", "proj_b", "ln_g_all", "ln_b_all", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")
"""The encoder's weights that there is one array of, by their names in its package; from words to a vector of 512."""
BRANCHES = ("w1", "b1", "w2", "b2")
"""Those that there are three of: one for each length of word group (2, 3 and 5)."""
HEAD = ("units", "shift", "out", "bias")
"""(512, hidden), (hidden,), (hidden, classes), (classes,): from the vector to the logits."""
READ_AT = 22.6
"""The length at which the head reads a vector, about the root of 512, so that each of its numbers is about 1."""


def weights_of_package() -> Dict[str, np.ndarray]:
    """The encoder's weights as they come, float32, by name; a branch's with its place (`w1_0`)."""
    backend = encoder(1)._model
    ones = {name: getattr(backend, name) for name in ONES}
    return ones | {f"{name}_{place}": part for name in BRANCHES for place, part in enumerate(getattr(backend, name))}


class TunedEncoder:
    """Logits of each class for a text in plain spelling."""

    def __init__(self, arrays: Dict[str, np.ndarray]) -> None:
        """`arrays`: float32, the encoder's weights by the names of `weights_of_package`, and those of HEAD."""
        self._arrays = arrays
        self._backend = copy.copy(encoder(1)._model)  # shares the table of words, by far the largest part
        for name in ONES:
            setattr(self._backend, name, arrays[name])
        for name in BRANCHES:
            setattr(self._backend, name, [arrays[f"{name}_{place}"] for place in range(len(getattr(self._backend, name)))])

    @classmethod
    def of(cls, stored: Dict[str, np.ndarray]) -> TunedEncoder:
        """From what `arrays` gave. Raises KeyError where something of it is missing."""
        own = {name.removeprefix(_PREFIX): weights.astype(np.float32) for name, weights in stored.items() if name.startswith(_PREFIX)}
        return cls(own)

    @staticmethod
    def is_in(stored: Dict[str, np.ndarray]) -> bool:
        """Whether there is one among stored arrays."""
        return any(name.startswith(_PREFIX) for name in stored)

    def arrays(self) -> Dict[str, Any]:
        """What is stored of it; in half the width, which no probability notices."""
        return {f"{_PREFIX}{name}": weights.astype(np.float16) for name, weights in self._arrays.items()}

    def logits_of(self, text: str) -> np.ndarray:
        """Shape (classes,), float32."""
        vector = self._backend.encode([text])[0] * np.float32(READ_AT)
        head = self._arrays
        return np.asarray(np.maximum(vector @ head["units"] + head["shift"], 0.0) @ head["out"] + head["bias"])
