"""Sends one message to one Telegram chat and notes that it was sent; once begun, that is finished."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from channels.delivery import STORE_WITHIN_S
from channels.logs import log_of
from channels.public.telegram_api import Blocked, Later, Parcel, Refused, TelegramApi
from channels.store import StorageFailed, Store

_LOG = log_of("telegram")
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0
_CLOSE_WITHIN_S = 3.0
Noting = Callable[[int | None], Coroutine[Any, Any, bool]]
"""Notes in the store that the message of this number was sent (None: Telegram refused it for good); False: wiped meanwhile."""


class Courier:
    """Methods raise Later and Blocked as TelegramApi does; then nothing was sent (or, after a time-out, nothing is known)."""

    def __init__(self, store: Store, api: TelegramApi) -> None:
        self._store, self._api = store, api
        self._under_way: set[asyncio.Task[Any]] = set()
        self._is_closing = False

    async def bring(self, number: int, parcel: Parcel, note: Noting | None) -> None:
        """Send a message and note it; also when the caller is cancelled in the middle (the hub is being stopped)."""
        if self._is_closing:
            raise Later
        task = asyncio.ensure_future(self._send_and_note(number, parcel, note))
        self._under_way.add(task)
        task.add_done_callback(self._forget)
        await asyncio.shield(task)

    def begin_nothing(self) -> None:
        """The hub is being stopped: what is not under way waits in the store."""
        self._is_closing = True

    async def close(self) -> None:
        """Wait a little for what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_CLOSE_WITHIN_S)
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # looked at: whoever waited for it was told already

    async def _send_and_note(self, number: int, parcel: Parcel, note: Noting | None) -> None:
        message_id = await self._send(number, parcel)
        pause = _FIRST_PAUSE_S
        while note is not None:
            try:
                is_noted = await self._store.db.within(STORE_WITHIN_S, note(message_id))
            except StorageFailed:
                await asyncio.sleep(pause)  # it is not sent again, only noted
                pause = min(2 * pause, _LONGEST_PAUSE_S)
                continue
            if not is_noted and message_id is not None:
                await self._delete(number, message_id)
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

    async def _delete(self, number: int, message_id: int) -> None:
        """It was under way when its conversation was wiped."""
        try:
            await self._api.delete(number, [message_id])
        except (Later, Refused, Blocked):
            _LOG.warning("message of a wiped conversation not deleted")
