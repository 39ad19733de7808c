"""How fast a socket is read. Who sends far more than the limit allows is read ever more slowly, so that others are not kept waiting."""

from __future__ import annotations

import time
from collections.abc import Callable

FREE = 100
"""So many refused frames in a row cost nothing: each is still looked at for danger at once. No thumb is so quick."""
_FIRST_S, LONGEST_S = 0.1, 5.0
_AT_ONCE_S = 0.2
QUIET_S = 1.0
"""A frame that comes so long after it could have been read came from somebody who waited: all is forgiven."""


class Pace:
    """Of one socket. `clock` in seconds, monotonic."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._refused = 0
        self._free_at = clock()
        self._lay_there = False

    def came(self) -> None:
        """A frame is there, and was not looked at yet: what looking takes is no silence of whoever sent it."""
        quiet = self._clock() - self._free_at
        if quiet > QUIET_S:
            self._refused = min(self._refused, 1)
        self._lay_there = quiet < _AT_ONCE_S

    def refused(self) -> None:
        """A frame was over the limit, of how many or of how long."""
        self._refused += 1

    def pause(self) -> float:
        """Asked after each frame: seconds in which the next one is not read."""
        over = self._refused - FREE
        if over > 0 and self._lay_there:
            over, self._refused = over + 1, self._refused + 1  # the flood goes on, also at a pace within the limit
        pause = min(LONGEST_S, _FIRST_S * 2.0 ** min(over - 1, 20)) if over > 0 else 0.0
        self._free_at = self._clock() + pause
        return pause
