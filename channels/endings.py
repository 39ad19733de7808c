"""How a conversation ends: wiped by its teenager, or left."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from channels.answers import CHILD_FOCUS
from channels.delivery import STORE_WITHIN_S, Delivery
from channels.fanout import Left, TurnDone, Wiped, Wiping
from channels.handoff import Handoffs
from channels.ledger import Ledger
from channels.logs import log_of
from channels.store import Escalation, StorageFailed
from kernel.language import Language

_LOG = log_of("endings")
_WIPE_WITHIN_S, _EMPTY_WITHIN_S = 1.5, 0.4
"""How long deleting may take, and how long "wiped" waits for what else is emptied then: that goes on beside."""
_RETRY_S = (0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(slots=True)
class _Wipe:
    """A wipe under way. `is_done`: committed; `is_late`: whoever asked was told that it did not work yet."""

    conversation_id: str
    language: Language
    message_id: str | None
    is_done: bool = False
    is_late: bool = False


class Endings:
    """Wipes and leaves. `ledger` notes wipes beside the database."""

    def __init__(self, delivery: Delivery, handoffs: Handoffs, ledger: Ledger | None) -> None:
        self._delivery, self._handoffs, self._ledger = delivery, handoffs, ledger
        self._store, self._answers = delivery.store, delivery.answers
        self._background: set[asyncio.Task[None]] = set()

    async def wipe(self, conversation_id: str, language: Language, message_id: str | None = None, *, keeps_trying: bool = False) -> bool:
        """Delete everything of the conversation, after 116000 was shown once; everyone who listens is told. True when done.

        `keeps_trying`: nobody will ask again when it fails, so it goes on beside for a while.
        """
        wiping = _Wipe(conversation_id, language, message_id)
        show, publish = self._delivery.show_unstored, self._delivery.fanout.publish
        publish(conversation_id, Wiping())
        show(conversation_id, message_id, self._answers.bubble("before_wipe", language, CHILD_FOCUS))
        try:
            case = await self._store.db.within(STORE_WITHIN_S, self._store.escalations.alive(conversation_id))
            emptied = await self._store.db.within(_WIPE_WITHIN_S, self._delete(wiping, case))
        except StorageFailed:
            wiping.is_late = True
            if wiping.is_done:
                self._tell_wiped(wiping)
                return True
            _LOG.error("wipe failed")
            show(conversation_id, message_id, self._answers.bubble("wipe_failed", language))
            if keeps_trying:
                self._beside(self._wipe_later(wiping))
            return False
        await asyncio.wait({emptied}, timeout=_EMPTY_WITHIN_S)
        self._tell_wiped(wiping)
        return True

    async def _wipe_later(self, wiping: _Wipe) -> None:
        """Until it is done (the attempt before may have been only late), or for as long as that makes sense."""
        for pause in _RETRY_S:
            await asyncio.sleep(pause)
            if wiping.is_done:
                return
            try:
                case = await self._store.db.within(STORE_WITHIN_S, self._store.escalations.alive(wiping.conversation_id))
                await self._store.db.within(_WIPE_WITHIN_S, self._delete(wiping, case))
                return
            except StorageFailed:
                continue
        _LOG.error("wipe given up")

    def _tell_wiped(self, wiping: _Wipe) -> None:
        """Everyone who listens; channels take away then what they brought."""
        key, publish = wiping.conversation_id, self._delivery.fanout.publish
        self._delivery.show_unstored(key, wiping.message_id, self._answers.bubble("wiped", wiping.language))
        if wiping.message_id is not None:
            publish(key, TurnDone(wiping.message_id))
        publish(key, Wiped(key))

    async def _delete(self, wiping: _Wipe, case: Escalation | None) -> asyncio.Task[None]:
        """With all that follows from the commit, which may come too late for whoever asked: a wipe is never without its note, nor without
        the emptying of the log, which goes on beside; and where they were told otherwise, they hear it then.
        """
        await self._store.conversations.wipe(wiping.conversation_id)
        wiping.is_done = True
        self._note_wipe(wiping.conversation_id)
        self._handoffs.wiped(wiping.conversation_id, case)
        if wiping.is_late:
            self._tell_wiped(wiping)
        return self._beside(self._store.db.truncate_log())

    def _beside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task

    def _note_wipe(self, conversation_id: str) -> None:
        self._delivery.metrics.wipes.inc()
        try:
            if self._ledger is not None:
                self._ledger.note(conversation_id)
        except OSError:
            _LOG.exception("ledger not written")  # the store has the id too; the next start adds it

    async def leave(self, conversation_id: str, language: Language, message_id: str | None = None, *, is_silent: bool = False) -> None:
        """End the token, now or as soon as storage works again. What was said stays until it is wiped or too old.

        `is_silent`: the channel has its own words for it, or nobody to say them to.
        """
        publish = self._delivery.fanout.publish
        try:
            await self._handoffs.leave(conversation_id)
        except StorageFailed:
            self._beside(self._leave_later(conversation_id))
        if not is_silent:
            self._delivery.show_unstored(conversation_id, message_id, self._answers.bubble("left", language))
        if message_id is not None:
            publish(conversation_id, TurnDone(message_id))
        publish(conversation_id, Left(conversation_id))

    async def _leave_later(self, conversation_id: str) -> None:
        for pause in _RETRY_S:
            await asyncio.sleep(pause)
            try:
                await self._handoffs.leave(conversation_id)
                return
            except StorageFailed:
                continue
        _LOG.error("token not ended")

    async def close(self) -> None:
        """Wait a little for what is under way."""
        if self._background:
            await asyncio.wait(self._background, timeout=2)
