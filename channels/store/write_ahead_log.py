"""Empties a write-ahead log in which deleted rows may still stand, and goes on trying while a reader (a backup) holds it back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0


class WriteAheadLog:
    """One log. `truncate` empties it, or says False when that was not possible now."""

    def __init__(self, truncate: Callable[[], Awaitable[bool]]) -> None:
        self._truncate = truncate
        self._is_closing = asyncio.Event()
        self._trying: asyncio.Task[None] | None = None

    async def empty(self) -> None:
        """Empty it now, or else as soon as possible, beside."""
        if not await self._truncate() and (self._trying is None or self._trying.done()):
            self._trying = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        pause = _FIRST_PAUSE_S
        while not await self._closes_within(pause) and not await self._truncate():
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def _closes_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_closing.wait(), seconds)
        return self._is_closing.is_set()

    async def close(self) -> None:
        """Try no more: what is left in it goes at the next start."""
        self._is_closing.set()
        if self._trying is not None:
            await self._trying
