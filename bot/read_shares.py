"""Which examples are read how often while a model learns: the hard ones more often than the easy ones (docs/adr/0046).

Importance sampling (Katharopoulos and Fleuret, 2018): what was read with the chance s counts 1/s times, so that on the mean nothing changes
but the time.
"""

from __future__ import annotations

import numpy as np

_LEAST = 0.08
"""Of the examples that are surest by now, so many are read all the same."""


def read_shares(lacks: np.ndarray, share: float) -> np.ndarray:
    """How likely each example is read, shape and float32 as `lacks`; all of them together `share` of the examples, 0..1.

    `lacks`: what the probability of its label lacked of 1 when it was read last, 0..1; by about so much it pulls at the weights.
    """
    lowest, highest = 0.0, 1e6
    for _ in range(60):
        middle = (lowest + highest) / 2
        if np.clip(lacks * middle, _LEAST, 1.0).mean() < share:
            lowest = middle
        else:
            highest = middle
    return np.asarray(np.clip(lacks * highest, _LEAST, 1.0), np.float32)
