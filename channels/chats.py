"""Beginning a chat and coming back to one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from channels.delivery import STORE_WITHIN_S, Delivery
from channels.fanout import Event, TurnDone
from channels.line import Line
from channels.store import Gone, Message, Reply
from kernel.conversation import Holder
from kernel.language import Language

_AT_ONCE, _LONGEST_S, _EACH_S = 6, 0.6, 0.02
"""Chats begun or resumed at once: a thousand pages that come back at the same moment would only keep each other from the database."""
_READERS = 8
"""After a gap all open chats read again: so many at a time."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A chat begun or resumed: what the listener needs, what it has not seen yet, and what waits for an answer."""

    conversation_id: str
    token: str
    language: Language
    holder: Holder
    last: int
    missed: tuple[Event, ...]
    unfinished: tuple[Message, ...] = ()


class Chats:
    """Opens chats."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._store = delivery.store
        self._reading = asyncio.Semaphore(_READERS)
        self._line = Line(_AT_ONCE, _LONGEST_S, _EACH_S)

    async def open(self, language: Language, channel: str) -> Opened:
        """A new chat with its greeting. Raises StorageFailed, LineTooLong when too many come at once."""
        greeting = self._delivery.answers.greeting(language)
        async with self._line.place():
            conversation_id, token, replies = await self._store.db.within(STORE_WITHIN_S, self._store.begin(language, channel, greeting))
        self._delivery.count(greeting)
        return Opened(conversation_id, token, language, Holder.BOT, 0, tuple(map(self._delivery.shown, replies)))

    async def resume(self, token: str, after: int, language: Language | None, listen: Callable[[str], None]) -> Opened | None:
        """The chat of `token` from reply `after` on; None when the token opens nothing. Raises StorageFailed, LineTooLong.

        `listen` is called with the conversation's id before what was missed is read, so that nothing falls between.
        """
        async with self._line.place():
            return await self._resume(token, after, language, listen)

    async def _resume(self, token: str, after: int, language: Language | None, listen: Callable[[str], None]) -> Opened | None:
        within, conversations, messages = self._store.db.within, self._store.conversations, self._store.messages
        conversation = await within(STORE_WITHIN_S, conversations.by_token(token))
        if conversation is None:
            return None
        key = conversation.id
        listen(key)
        if language is not None and language is not conversation.language:
            await within(STORE_WITHIN_S, conversations.set_language(key, language))
        try:
            replies, done = await within(STORE_WITHIN_S, messages.replies_after(key, after))
            unfinished = await within(STORE_WITHIN_S, messages.unfinished(key))
        except Gone:
            return None
        last = max([conversation.last_seq, *(reply.seq or 0 for reply in replies)])
        spoken = language or conversation.language
        return Opened(key, token, spoken, conversation.holder, last, self._missed(replies, done), tuple(unfinished))

    async def missed(self, conversation_id: str, after: int) -> tuple[Event, ...]:
        """The replies after `after` and which turns are done; nothing for a conversation that is gone. Raises StorageFailed."""
        async with self._reading:
            try:
                replies, done = await self._store.db.within(STORE_WITHIN_S, self._store.messages.replies_after(conversation_id, after))
            except Gone:
                return ()
        return self._missed(replies, done)

    def _missed(self, replies: Sequence[Reply], done: frozenset[str]) -> tuple[Event, ...]:
        """The replies, each finished turn with its "done" after it."""
        events: list[Event] = []
        for reply, following in zip_longest(replies, replies[1:]):
            events.append(self._delivery.shown(reply))
            is_last_of_turn = following is None or following.in_reply_to != reply.in_reply_to
            if reply.in_reply_to in done and is_last_of_turn:
                events.append(TurnDone(str(reply.in_reply_to)))
        return tuple(events)
