"""One at a time per conversation: what is stored first is shown first, whoever speaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Order:
    """A lock per conversation, gone again when nobody uses it. Held for storing and showing, never while the bot is asked."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, conversation_id: str, within_s: float | None = None) -> AsyncIterator[None]:
        """Alone in this conversation. Raises TimeoutError when others kept it for `within_s` seconds."""
        lock, users = self._locks.get(conversation_id, (asyncio.Lock(), 0))
        self._locks[conversation_id] = lock, users + 1
        try:
            async with asyncio.timeout(within_s):
                await lock.acquire()
            try:
                yield
            finally:
                lock.release()
        finally:
            lock, users = self._locks[conversation_id]
            if users > 1:
                self._locks[conversation_id] = lock, users - 1
            else:
                del self._locks[conversation_id]

    def __len__(self) -> int:
        """How many conversations are being spoken in."""
        return len(self._locks)
