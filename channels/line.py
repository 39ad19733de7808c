"""A line before something that only so many can do at once: in order of arrival, and never a long wait."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from channels.store import StorageFailed


class LineTooLong(StorageFailed):
    """Not let through in time. `wait_s`: when to come back; not the same for all, or all would come at once again."""

    def __init__(self, wait_s: float) -> None:
        super().__init__()
        self.wait_s = wait_s


class Line:
    """Lets `at_once` through; who stands in it for `longest_s` is sent away for as long as those who are there will take, `each_s` each."""

    def __init__(self, at_once: int, longest_s: float, each_s: float) -> None:
        self._gate = asyncio.Semaphore(at_once)
        self._longest_s, self._each_s = longest_s, each_s
        self._waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Inside it one is through. Raises LineTooLong."""
        self._waiting += 1
        waiting = self._waiting
        try:
            await asyncio.wait_for(self._gate.acquire(), self._longest_s)
        except TimeoutError as error:
            raise LineTooLong(2.0 + random.uniform(0, max(waiting, self._waiting) * self._each_s)) from error
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._gate.release()
