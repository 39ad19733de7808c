"""A wall clock can be wrong: a wrong time server, a machine set by hand. What is deleted because of it does not come back."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

MISSTEP_S = 300.0
"""So much more or less than the monotonic clock is no drift: the wall clock was set."""
SETTLES_S = 3600.0
"""After a jump, or a start at another time than the hub last knew, the time is believed when so long nothing jumped."""
EVERY_S = 60.0


class SteadyClock:
    """Compares the wall clock with the monotonic one, and with what `note` (a file) says it was before the last start.

    `wall` in seconds since the epoch, `steady` in seconds since anything.
    """

    def __init__(self, note: Path, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._note, self._wall, self._steady = note, wall, steady
        self._offset = wall() - steady()
        known = self._noted()
        is_known = known is not None and abs(wall() - known) <= SETTLES_S
        self._doubted_until = steady() + (0.0 if is_known else SETTLES_S)

    def has_settled(self) -> bool:
        """Whether the wall clock goes as it should, and has for long enough; notes the time when it does."""
        offset, now = self._wall() - self._steady(), self._steady()
        if abs(offset - self._offset) > MISSTEP_S:
            self._doubted_until = now + SETTLES_S
        self._offset = offset
        if now < self._doubted_until:
            return False
        with contextlib.suppress(OSError):  # a full disk: the next minute notes it
            self._note.write_text(f"{self._wall():.0f}\n", encoding="ascii")
        return True

    async def look(self) -> None:
        """Every minute, so that a jump is seen before anybody asks."""
        self.has_settled()

    def _noted(self) -> float | None:
        try:
            return float(self._note.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
