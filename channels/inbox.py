"""The inbox, as the hub fills it: sentences that were not understood where a teenager of 16 or more agreed, or a counsellor flagged one.

Nothing of it is on a message's path but the question itself: masking happens afterwards, in a process of its own. Until a sentence is
masked it lives in this process's memory only; a hub that ends meanwhile forgets it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

from channels.inbox_masking import InboxMasker
from channels.inbox_question import InboxQuestion
from channels.logs import log_of
from channels.metrics import Metrics
from channels.store import Conversation, Gone, Message, NewItem, StorageFailed, Store
from channels.turn import Answer
from kernel.language import Language, language_by_words
from safety.crisis import Finding

_LOG = log_of("inbox")
_STORE_WITHIN_S = 5.0
_READ_WITHIN_S = 0.3
"""The goodbye does not wait longer than this for the look at what was said; without it nothing is asked."""
_MOST_WAITING = 50


class InboxDoor:
    """Asks, and takes in. Does nothing unless `is_on` (the setting INBOX)."""

    def __init__(self, store: Store, metrics: Metrics, question: InboxQuestion, masker: InboxMasker, *, is_on: bool) -> None:
        self._store, self._metrics, self._question, self._masker = store, metrics, question, masker
        self.is_on = is_on
        self._background: set[asyncio.Task[None]] = set()

    def reply(self, conversation: Conversation, message: Message) -> Answer | None:
        """The hub's own answer where the message decides about the question; None for any other message.

        A button of a time when the inbox was on is answered as a no.
        """
        meant = self._question.decision(conversation, message.body)
        if meant is None:
            return None
        is_taken = meant and self.is_on and self._question.is_allowed(conversation, None)
        answer = self._question.thanked(conversation, is_taken=is_taken)
        self._count("agreed" if is_taken else "refused")
        if is_taken:
            self._later(self._take(conversation, self._question.unclear(conversation)))
        return answer

    async def after_turn(self, conversation: Conversation, message: Message, finding: Finding | None, answer: Answer) -> Answer:
        """The bot's answer, with the question beneath a goodbye where it may be asked."""
        if not self.is_on:
            return answer
        noted = self._question.noted(conversation, message.id, message.body, finding, answer)
        if not self._question.is_due(conversation, finding, noted):
            return noted
        try:
            said = await self._store.db.within(_READ_WITHIN_S, self._store.messages.said_to_bot(conversation.id, 500))
        except (StorageFailed, Gone):
            return noted
        if self._question.sounds_young(said):
            return noted
        self._count("asked")
        return self._question.asked(noted)

    async def flag(self, text: str, language: Language) -> None:
        """A counsellor marked something that a teenager wrote to them: masked beside, and kept if that worked."""
        if self.is_on:
            self._later(self._put([(text, None, 0.0)], language, "counsellor"))

    async def mask(self, text: str, language: Language) -> str | None:
        """A counsellor's own words for a sentence, masked too; None when that cannot be done."""
        return await self._masker.mask(text, language)

    def natural(self, masked: str, language: Language) -> str:
        """A masked sentence with everyday words in the places of its tokens."""
        return self._question.natural(masked, language)

    async def _take(self, conversation: Conversation, unclear: list[tuple[str, str | None, float]]) -> None:
        texts = await self._store.messages.texts_of(conversation.id, [message_id for message_id, _, _ in unclear])
        found = [(texts[message_id], need, sure) for message_id, need, sure in unclear if message_id in texts]
        if not self._question.sounds_young(text for text, _, _ in found):
            await self._put(found, conversation.language, "teenager")

    async def _put(self, sentences: list[tuple[str, str | None, float]], language: Language, origin: str) -> None:
        items = []
        for text, need, sure in sentences:
            spoken = language_by_words(text) or language
            masked = await self._masker.mask(text, spoken)
            self._count("dropped" if masked is None else "masked")
            if masked is not None:
                items.append(NewItem(spoken, masked, need, sure))
        random.SystemRandom().shuffle(items)  # their order is a trace of the conversation too
        await self._store.db.within(_STORE_WITHIN_S, self._store.inbox.add(items, origin))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        if len(self._background) >= _MOST_WAITING:
            work.close()
            self._count("dropped")
            return
        task = asyncio.create_task(self._quietly(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (StorageFailed, Gone):
            _LOG.warning("not taken into the inbox")
        except Exception as error:  # no text in the log, whatever a library puts into its message
            _LOG.error("inbox failed", extra={"error": type(error).__name__})

    def _count(self, step: str) -> None:
        self._metrics.inbox.labels(step=step).inc()

    async def settled(self) -> None:
        """Wait until what is being masked now is stored or dropped."""
        while self._background:
            await asyncio.wait(set(self._background))

    async def close(self) -> None:
        """Forget what was not masked yet, and end the worker."""
        for task in tuple(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._masker.close()
