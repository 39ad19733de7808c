"""Groups, channels and inline queries: one kind sentence, then away. Nothing of them is kept."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any

from channels.limits import Bucket
from channels.public.telegram_api import Blocked, Later, Parcel, Refused, TelegramApi
from channels.public.telegram_texts import TelegramTexts
from kernel.language import Language

_PER_S, _BURST = 1.0, 10.0
"""Teenagers come first: a flood of groups is left without words."""
_REMEMBERED, _TRIES, _LONGEST_WAIT_S = 1000, 4, 30.0
_SILENT_S = 600.0
"""So long a group is left again without words: what it sent before we left comes in late."""


class Elsewhere:
    """Turns away, beside everything else."""

    def __init__(self, api: TelegramApi, texts: TelegramTexts) -> None:
        self._api, self._texts = api, texts
        self._left: OrderedDict[int, float] = OrderedDict()
        self._leaving: set[int] = set()
        self._pace = Bucket(_PER_S, _BURST)
        self._tasks: set[asyncio.Task[None]] = set()

    def group(self, number: int) -> None:
        """Say once that this bot talks in private only, and leave."""
        is_new = time.monotonic() - self._left.pop(number, -_SILENT_S) >= _SILENT_S
        self._left[number] = time.monotonic()
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        if number not in self._leaving:
            self._leaving.add(number)
            self._later(self._leave(number, says=is_new and not self._pace.take()))

    def inline(self, query_id: str) -> None:
        """Answer with a button that leads to a private chat."""
        if not self._pace.take():
            self._later(self._answer(query_id))

    async def close(self) -> None:
        """End what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _leave(self, number: int, *, says: bool) -> None:
        if says:
            await self._patiently(lambda: self._api.send(number, Parcel(self._texts.both("private_only"))))
        await self._patiently(lambda: self._api.leave(number))
        self._leaving.discard(number)

    async def _answer(self, query_id: str) -> None:
        title = " / ".join(self._texts.text("inline", language) for language in Language)
        await self._patiently(lambda: self._api.answer_inline(query_id, title))

    async def _patiently(self, step: Any) -> None:
        for number in range(_TRIES):
            try:
                await step()
                return
            except (Blocked, Refused):
                return
            except Later as later:
                await asyncio.sleep(min(later.seconds or 2.0**number, _LONGEST_WAIT_S))
