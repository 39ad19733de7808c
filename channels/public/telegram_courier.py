"""Sends one message to one Telegram chat and notes that it was sent; once begun, that is finished."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from channels.delivery import STORE_WITHIN_S
from channels.logs import log_of
from channels.public.telegram_api import Later, Parcel, Refused, TelegramApi
from channels.store import StorageFailed, Store

_LOG = log_of("telegram")
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0
_CLOSE_WITHIN_S = 3.0
Noting = Callable[[int | None], Coroutine[Any, Any, bool]]
"""Notes in the store that the message of this number was sent (None: Telegram refused it for good); False: wiped meanwhile."""
Dooming = Callable[[int], None]
"""Takes the number of a message that was under way when its conversation was wiped: it is to be deleted."""


class Courier:
    """Methods raise Later and Blocked as TelegramApi does; then nothing was sent (or, after a time-out, nothing is known)."""

    def __init__(self, store: Store, api: TelegramApi) -> None:
        self._store, self._api = store, api
        self._under_way: set[asyncio.Task[Any]] = set()
        self._is_closing = False

    async def bring(self, number: int, parcel: Parcel, note: Noting | None, doom: Dooming) -> asyncio.Task[None] | None:
        """Send a message; what notes it then goes on by itself (None: nothing is to be noted).

        Both also when the caller is cancelled in the middle (the hub is being stopped).
        """
        if self._is_closing:
            raise Later
        return await asyncio.shield(self._kept(self._send_and_note(number, parcel, note, doom)))

    def begin_nothing(self) -> None:
        """The hub is being stopped: what is not under way waits in the store."""
        self._is_closing = True

    async def close(self) -> None:
        """Wait a little for what is under way, and for what notes it."""
        end = time.monotonic() + _CLOSE_WITHIN_S
        while self._under_way and (left := end - time.monotonic()) > 0:
            await asyncio.wait(tuple(self._under_way), timeout=left)
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _kept[T](self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # looked at: whoever waited for it was told already

    async def _send_and_note(self, number: int, parcel: Parcel, note: Noting | None, doom: Dooming) -> asyncio.Task[None] | None:
        message_id = await self._send(number, parcel)
        return self._kept(self._note(message_id, note, doom)) if note is not None else None

    async def _note(self, message_id: int | None, note: Noting, doom: Dooming) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            try:
                is_noted = await self._store.db.within(STORE_WITHIN_S, note(message_id))
            except StorageFailed:
                await asyncio.sleep(pause)  # it is not sent again, only noted
                pause = min(2 * pause, _LONGEST_PAUSE_S)
                continue
            if not is_noted and message_id is not None:
                doom(message_id)
            return

    async def _send(self, number: int, parcel: Parcel) -> int | None:
        """The message's number; None when Telegram will never take it, not even bare."""
        try:
            return await self._api.send(number, parcel)
        except Refused:
            _LOG.error("message refused")
        try:
            return await self._api.send(number, Parcel(parcel.text))
        except Refused:
            _LOG.error("message refused without buttons")
            return None
