"""Brings answers to the teenager: stored first, then shown; and in time also when storing fails."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from channels.answers import About, Answers
from channels.fanout import Event, Failed, Fanout, Replied, TurnDone
from channels.late import LateTurn, LateTurns
from channels.logs import log_of
from channels.metrics import Metrics
from channels.order import Order
from channels.queues import Pending
from channels.store import AlreadyDone, Conversation, Gone, Message, Outcome, Reply, StorageFailed, Store
from channels.turn import Answer, about_answer
from kernel.conversation import Bubble
from kernel.language import Language
from kernel.urgency import Urgency

_LOG = log_of("delivery")
STORE_WITHIN_S = 0.8
"""How long storing may take before the fixed answer goes out without it."""
_ANSWER_WITHIN_S = 1.95
_TOLD_KEPT = 4096
Sink = Callable[[Event], None]
"""Takes events for one listener only: the one who sent the frame."""


class Delivery:
    """Stores and shows. `on_answer` is told of every finished turn (used by `channels.ask`).

    `order` is held for storing and showing; `late` are the turns that are stored beside; `beside` is awaited with the conversation's id
    after a turn's replies, before its "done", and `beside_late` where those came late, perhaps during another turn; `taken_over` is told
    of a message that a counsellor got because they took over while the bot was asked.
    """

    def __init__(self, store: Store, answers: Answers, fanout: Fanout[Event], metrics: Metrics) -> None:
        self.store, self.answers, self.fanout, self.metrics = store, answers, fanout, metrics
        self.on_answer: Callable[[Message, Answer], None] | None = None
        self.order, self.late = Order(), LateTurns(self._store_late)
        self._told = OrderedDict[tuple[str, str], None]()
        self.beside: Callable[[str], Awaitable[None]] | None = None
        self.beside_late: Callable[[str], Awaitable[None]] | None = None
        self.taken_over: Callable[[Message], Awaitable[None]] | None = None

    def shown(self, reply: Reply) -> Replied:
        """A stored reply as an event, its lines as cards of this moment."""
        bubble = reply.bubble
        cards = self.answers.cards(bubble.helplines, bubble.language)
        return Replied(reply.seq, reply.in_reply_to, bubble.speaker, bubble.language, bubble.text, bubble.choices, cards)

    def show_unstored(self, conversation_id: str, message_id: str | None, bubble: Bubble) -> None:
        """Show a bubble that is not (or could not be) stored to everyone who listens."""
        self.fanout.publish(conversation_id, self.shown(Reply(None, message_id, bubble)))

    def not_stored(self, message_id: str | None, about: About, language: Language, show: Sink) -> None:
        """Storage failed: no ack, the fixed answer without a number; the client sends again."""
        _LOG.error("not stored", extra={"danger": about.urgency.is_danger})
        self.metrics.fallbacks.labels(reason="storage").inc()
        show(self.shown(Reply(None, message_id, self.answers.not_stored(about, language))))

    def was_told(self, message: Message) -> bool:
        """Whether a message that is in the store had its fixed answer, because its own could not be stored."""
        return (message.conversation_id, message.id) in self._told

    def say_unstored(self, message: Message, about: About, language: Language) -> None:
        """As `not_stored`, to everyone who listens, for a message that is in the store: once, however often it is tried again."""
        if self.was_told(message):
            return
        key = message.conversation_id
        self._told[key, message.id] = None
        while len(self._told) > _TOLD_KEPT:
            self._told.popitem(last=False)
        self.not_stored(message.id, about, language, lambda event: self.fanout.publish(key, event))

    def failure(self, code: str, language: Language, retry_after: float | None = None) -> Failed:
        """An error of the contract with its fixed text."""
        return Failed(code, self.answers.text(f"error_{code}", language), retry_after)

    async def say_fixed(self, conversation_id: str, bubbles: Sequence[Bubble], level: Urgency, sink: Sink) -> None:
        """Replies that answer no message; without a number when they cannot be stored."""
        try:
            await self.say(conversation_id, bubbles, level)
        except StorageFailed:
            for bubble in bubbles:
                sink(self.shown(Reply(None, None, bubble)))
        except Gone:
            sink(self.failure("unknown_token", bubbles[0].language))

    async def say(self, conversation_id: str, bubbles: Sequence[Bubble], level: Urgency = Urgency.NONE) -> None:
        """Replies of the hub that answer no message. Raises StorageFailed and Gone."""
        async with self.order.of(conversation_id):
            work = self.store.messages.finish(conversation_id, None, bubbles, Outcome(level))
            self._show(conversation_id, await self.store.db.within(STORE_WITHIN_S, work))
        self.count(bubbles)

    async def finish(self, pending: Pending, answer: Answer, conversation: Conversation) -> None:
        """Store the turn, then show it. When storing fails, show a fixed answer in time and go on trying, beside: the next message may
        tell of danger, and does not wait for that."""
        message = pending.message
        left = min(STORE_WITHIN_S, pending.received + _ANSWER_WITHIN_S - time.monotonic())
        try:
            replies = await self._store_and_show(message, answer, max(left, 0.1))
        except StorageFailed:
            self._say_instead(message, answer, conversation)
            self.late.put(pending, answer)
            return
        if replies and answer.outcome.memory is not None:
            self.late.overtaken(message.conversation_id)
        if replies is not None:
            await self._finished(pending, answer, replies, self.beside)

    def _say_instead(self, message: Message, answer: Answer, conversation: Conversation) -> None:
        """The fixed answer to the very message: its own danger, in its own language."""
        finding = self.answers.find_danger(message.body.text) if message.body.text else None
        language = answer.bubbles[0].language if answer.bubbles else conversation.language
        self.say_unstored(message, about_answer(conversation, finding, answer), language)

    async def _finished(
        self, pending: Pending, answer: Answer, replies: list[Reply], beside: Callable[[str], Awaitable[None]] | None
    ) -> None:
        """What follows once a turn is stored and shown."""
        message, key = pending.message, pending.message.conversation_id
        if answer.bubbles and not replies and self.taken_over is not None:
            await self.taken_over(message)
        if beside is not None:
            await beside(key)
        self.fanout.publish(key, TurnDone(message.id))
        self._note(pending, answer)

    async def _store_and_show(self, message: Message, answer: Answer, seconds: float) -> list[Reply] | None:
        """As `store_turn`, shown before anybody else speaks in this conversation; to wait for them counts too."""
        until = time.monotonic() + seconds
        try:
            async with self.order.of(message.conversation_id, seconds):
                replies = await self.store_turn(message, answer.bubbles, answer.outcome, max(until - time.monotonic(), 0.1))
                self._show(message.conversation_id, replies or ())
        except TimeoutError as error:
            raise StorageFailed from error
        return replies

    def _show(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        for reply in replies:
            self.fanout.publish(conversation_id, self.shown(reply))

    async def store_turn(
        self, message: Message, bubbles: Sequence[Bubble], outcome: Outcome, seconds: float = STORE_WITHIN_S
    ) -> list[Reply] | None:
        """The stored replies; None when the turn must not be shown (wiped meanwhile, or answered before)."""
        work = self.store.messages.finish(message.conversation_id, message.id, bubbles, outcome)
        try:
            return await self.store.db.within(seconds, work)
        except (Gone, AlreadyDone):
            return None

    async def _store_late(self, turn: LateTurn) -> None:
        """One try to store a turn beside the queue, and all that follows. Raises StorageFailed and Gone."""
        message = turn.pending.message
        async with self.order.of(message.conversation_id):
            replies = await self.store.db.within(STORE_WITHIN_S, self._store_or_find(turn))
            if replies and turn.outcome.memory is not None:
                self.late.overtaken(message.conversation_id, turn)
            self._show(message.conversation_id, replies)
        await self._finished(turn.pending, turn.answer, replies, self.beside_late)

    async def _store_or_find(self, turn: LateTurn) -> list[Reply]:
        """Store the turn; when the first attempt was only late and did it after all, what that one stored."""
        message = turn.pending.message
        try:
            return await self.store.messages.finish(message.conversation_id, message.id, turn.answer.bubbles, turn.outcome)
        except AlreadyDone:
            stored, _ = await self.store.messages.replies_after(message.conversation_id, 0)
            return [reply for reply in stored if reply.in_reply_to == message.id]

    def _note(self, pending: Pending, answer: Answer) -> None:
        self.count(answer.bubbles)
        if answer.fallback is not None:
            self.metrics.fallbacks.labels(reason=answer.fallback).inc()
        seconds = time.monotonic() - pending.received
        self.metrics.turns.observe(seconds)
        _LOG.info("turn", extra={"ms": round(seconds * 1000), "bubbles": len(answer.bubbles), "fallback": answer.fallback})
        if self.on_answer is not None:
            self.on_answer(pending.message, answer)

    def count(self, bubbles: Sequence[Bubble]) -> None:
        """Count bubbles by who says them and in which language."""
        for bubble in bubbles:
            self.metrics.replied(bubble.speaker.value, bubble.language.value)
