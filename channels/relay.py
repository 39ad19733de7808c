"""The one place that decides who answers a teenager: the bot, the hub's fixed answers, later a counsellor.

Order for every message: danger is looked for in the whole text; message and raised urgency are stored in one commit; `ack`;
then, in the conversation's queue, the bot is asked with a deadline that counts from receipt; replies, state and "done" are
stored in one commit; then they are shown. No database transaction is open while the bot is asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from channels.answers import CHILD_FOCUS, About, Answers
from channels.bot_client import BotClient
from channels.chats import Chats, Opened
from channels.delivery import STORE_WITHIN_S, Delivery, Sink
from channels.escalation import Escalations
from channels.fanout import Acked, Failed, Fanout, Left, Replied, TurnDone, Typing, Wiped
from channels.ledger import Ledger
from channels.logs import log_of
from channels.metrics import Metrics
from channels.queues import Pending, Queues
from channels.store import Body, Conversation, Gone, Message, Outcome, Reply, StorageFailed, Store
from channels.turn import Answer, Turns, fixed_language
from channels.typed import command_of
from kernel.conversation import Holder, Speaker
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding

__all__ = ["Opened", "Relay", "Sink"]
_LOG = log_of("relay")
_WIPE_WITHIN_S = 1.5
_SWEEP_S, _LEFT_BEHIND_S = 10.0, 15.0
_RETRY_S = (0.5, 1.0, 2.0, 4.0, 8.0)


class Relay:
    """Everything a channel may ask for. Channels subscribe to `fanout` for what happens in a conversation."""

    def __init__(
        self, store: Store, bot: BotClient, answers: Answers, metrics: Metrics, deadline_s: float, ledger: Ledger | None = None
    ) -> None:
        self.store, self.answers, self.metrics = store, answers, metrics
        self.fanout = Fanout()
        self.delivery = Delivery(store, answers, self.fanout, metrics)
        self.escalations = Escalations(store, metrics)
        self._chats = Chats(self.delivery)
        self._turns = Turns(bot, answers)
        self._deadline_s = deadline_s
        self._ledger = ledger
        self._queues = Queues(self._run_turn)
        self._wipe_after: set[str] = set()
        self._background: set[asyncio.Task[None]] = set()

    # ---- the process begins and ends -----------------------------------------------------------------------------

    async def recover(self, older_than_s: float = 0.0) -> int:
        """Queue what was acknowledged and not answered (before the last end of this process); how many messages."""
        left_over = await self.store.messages.unfinished(before=time.time() - older_than_s)
        return sum(self._queues.put(Pending(message)) for message in left_over)

    async def sweep(self) -> None:
        """For as long as the hub runs: answer what a failing storage left behind."""
        while True:
            await asyncio.sleep(_SWEEP_S)
            try:
                found = await self.store.db.within(STORE_WITHIN_S, self.recover(_LEFT_BEHIND_S))
            except StorageFailed:
                continue
            if found:
                _LOG.warning("left behind", extra={"messages": found})

    async def close(self) -> None:
        """End all turns."""
        await self._queues.close()
        if self._background:
            await asyncio.wait(self._background, timeout=2)

    # ---- beginning and coming back -------------------------------------------------------------------------------

    async def open(self, language: Language, channel: str) -> Opened:
        """A new chat with its greeting. Raises StorageFailed."""
        return await self._chats.open(language, channel)

    async def resume(self, token: str, after: int, language: Language | None, listen: Callable[[str], None]) -> Opened | None:
        """As `Chats.resume`; what waits for an answer is answered."""
        opened = await self._chats.resume(token, after, language, listen)
        for message in opened.unfinished if opened else ():
            self._queues.put(Pending(message))
        return opened

    def not_opened(self, language: Language) -> Replied:
        """What a teenager sees when no chat can be begun or found because storage fails."""
        return self.delivery.shown(Reply(None, None, self.answers.not_stored(About(), language)))

    def failure(self, code: str, language: Language, retry_after: float | None = None) -> Failed:
        """An error of the contract with its fixed text."""
        return self.delivery.failure(code, language, retry_after)

    # ---- what a teenager sends -----------------------------------------------------------------------------------

    async def say(self, conversation_id: str, language: Language, message_id: str, text: str, sink: Sink) -> None:
        """A typed message. `language` is for the case that the conversation cannot be read."""
        finding = self.answers.find_danger(text)
        await self._accept(Message(conversation_id, message_id, Body(text)), language, finding, sink)

    async def choose(self, conversation_id: str, language: Language, message_id: str, choice_id: str, sink: Sink) -> None:
        """A button. An id that is not one of this conversation's choices is an error; no payload of a client goes on."""
        try:
            payload = await self.store.db.within(STORE_WITHIN_S, self.store.messages.resolve_choice(conversation_id, choice_id))
        except StorageFailed:
            self.delivery.not_stored(message_id, About(), language, sink)
            return
        except Gone:
            sink(self.failure("unknown_token", language))
            return
        if payload is None:
            sink(Failed("bad_frame", self.answers.text("error_unknown_choice", language)))
            return
        await self._accept(Message(conversation_id, message_id, Body("", payload)), language, None, sink)

    async def _accept(self, message: Message, language: Language, finding: Finding | None, sink: Sink) -> None:
        received = time.monotonic()
        level = finding.level if finding else Urgency.NONE
        work = self.store.messages.accept(message.conversation_id, message.id, message.body, level)
        try:
            accepted = await self.store.db.within(STORE_WITHIN_S, work)
        except StorageFailed:
            self.delivery.not_stored(message.id, _about(finding), fixed_language(message.body.text, finding, language), sink)
            return
        except Gone:
            sink(self.failure("unknown_token", language))
            return
        sink(Acked(message.id))
        if accepted.is_new:
            self.metrics.messages.inc()
        if accepted.is_done:
            sink(TurnDone(message.id))
        else:
            self._queues.put(Pending(message, received))

    async def refuse(
        self, conversation_id: str | None, code: str, text: str, language: Language, sink: Sink, retry_after: float | None = None
    ) -> None:
        """A message that is not taken (too long, too fast, before hello): the error, and the lines when there is danger in it."""
        finding = self.answers.find_danger(text)
        spoken = fixed_language(text, finding, language) if finding else language
        sink(self.failure(code, spoken, retry_after))
        if finding is None:
            return
        bubble = self.answers.fallback(_about(finding), spoken)
        if code == "too_long" and conversation_id is not None:
            await self.delivery.say_fixed(conversation_id, [bubble], finding.level, sink)
            return
        sink(self.delivery.shown(Reply(None, None, bubble)))  # not numbered: a flood must not become a flood of writes
        if conversation_id is not None:
            self._later(self.store.conversations.raise_urgency(conversation_id, finding.level))

    async def human(self, conversation_id: str, language: Language, sink: Sink) -> None:
        """The button "a person"."""
        await self.delivery.say_fixed(conversation_id, [self.answers.human(language)], Urgency.NONE, sink)
        self._later(self.escalations.offer(conversation_id, "button"))

    async def sos(self, conversation_id: str | None, language: Language, sink: Sink) -> None:
        """The lines, now; `conversation_id` None shows them without storing."""
        bubble = self.answers.sos(language)
        if conversation_id is None:
            sink(self.delivery.shown(Reply(None, None, bubble)))
        else:
            await self.delivery.say_fixed(conversation_id, [bubble], Urgency.NONE, sink)

    async def wipe(self, conversation_id: str, language: Language, message_id: str | None = None) -> bool:
        """Delete everything of the conversation, after 116000 was shown once; everyone who listens is told. True when done."""
        show = self.delivery.show_unstored
        show(conversation_id, message_id, self.answers.bubble("before_wipe", language, CHILD_FOCUS))
        self._queues.drop(conversation_id)
        try:
            await self.store.db.within(_WIPE_WITHIN_S, self.store.conversations.wipe(conversation_id))
        except StorageFailed:
            _LOG.error("wipe failed")
            show(conversation_id, message_id, self.answers.bubble("storage_failed", language))
            return False
        self._note_wipe(conversation_id)
        show(conversation_id, message_id, self.answers.bubble("wiped", language))
        if message_id is not None:
            self.fanout.publish(conversation_id, TurnDone(message_id))
        self.fanout.publish(conversation_id, Wiped(conversation_id))
        return True

    def _note_wipe(self, conversation_id: str) -> None:
        self.metrics.wipes.inc()
        try:
            if self._ledger is not None:
                self._ledger.note(conversation_id)
        except OSError:
            _LOG.exception("ledger not written")  # the store has the id too; the next start adds it

    async def leave(self, conversation_id: str, language: Language, message_id: str | None = None) -> None:
        """End the token, now or as soon as storage works again. What was said stays until it is wiped or too old."""
        try:
            await self.store.db.within(STORE_WITHIN_S, self.store.conversations.end_token(conversation_id))
        except StorageFailed:
            self._later(self._end_token(conversation_id))
        self.delivery.show_unstored(conversation_id, message_id, self.answers.bubble("left", language))
        if message_id is not None:
            self.fanout.publish(conversation_id, TurnDone(message_id))
        self.fanout.publish(conversation_id, Left(conversation_id))

    def request_wipe(self, conversation_id: str) -> None:
        """From a custom action, during a turn: wipe once the turn is over."""
        self._wipe_after.add(conversation_id)

    # ---- a turn --------------------------------------------------------------------------------------------------

    async def _run_turn(self, pending: Pending) -> None:
        message, key = pending.message, pending.message.conversation_id
        finding = self.answers.find_danger(message.body.text) if message.body.text else None
        try:
            conversation = await self.store.db.within(STORE_WITHIN_S, self.store.conversations.get(key))
        except Gone:
            return
        except StorageFailed:
            # Stored, but the store cannot be read now: the fixed answer; the sweep finds the message again.
            spoken = fixed_language(message.body.text, finding, Language.NL)
            self.delivery.not_stored(message.id, _about(finding), spoken, lambda event: self.fanout.publish(key, event))
            return
        try:
            await self._answer(pending, conversation, finding)
        except Exception:
            _LOG.exception("turn failed")
            spoken = fixed_language(message.body.text, finding, conversation.language)
            bubble = self.answers.bubble("fallback_none", spoken, CHILD_FOCUS)
            await self.delivery.finish(pending, Answer((bubble,), Outcome(), fallback="defect"), conversation)
        if key in self._wipe_after:
            self._wipe_after.discard(key)
            await self.wipe(key, conversation.language)

    async def _answer(self, pending: Pending, conversation: Conversation, finding: Finding | None) -> None:
        """Who answers: nobody while a counsellor holds (the message is at the desk), the hub for commands, else the bot."""
        message = pending.message
        command = command_of(message.body.text) if message.body.payload is None else None
        if conversation.holder is Holder.COUNSELLOR:
            await self.delivery.finish(pending, Answer((), Outcome()), conversation)
        elif command == "sos":
            await self.delivery.finish(pending, Answer((self.answers.sos(conversation.language),), Outcome()), conversation)
        elif command == "wipe":
            await self.wipe(conversation.id, conversation.language, message.id)
        elif command == "leave":
            await self.delivery.store_turn(message, (), Outcome())
            await self.leave(conversation.id, conversation.language, message.id)
        else:
            self.fanout.publish(conversation.id, Typing(Speaker.BOT))
            seconds = pending.received + self._deadline_s - time.monotonic()
            answer = await self._turns.answer(conversation, message, finding, seconds)
            await self.delivery.finish(pending, answer, conversation)

    # ---- beside the turns ----------------------------------------------------------------------------------------

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it beside; a failing storage is logged and forgotten."""
        task = asyncio.create_task(self._quietly(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await self.store.db.within(sum(_RETRY_S) * 2, work)
        except StorageFailed:
            _LOG.error("not stored beside a turn")

    async def _end_token(self, conversation_id: str) -> None:
        for pause in _RETRY_S:
            await asyncio.sleep(pause)
            try:
                await self.store.db.within(STORE_WITHIN_S, self.store.conversations.end_token(conversation_id))
                return
            except StorageFailed:
                continue


def _about(finding: Finding | None) -> About:
    return About(finding.need, urgency=finding.level, now=finding.now) if finding else About()
