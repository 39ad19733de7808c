"""Runs the turns: one queue per conversation, who answers each message, and what comes after."""

from __future__ import annotations

import time
from typing import Any

from channels.answers import CHILD_FOCUS, About
from channels.delivery import STORE_WITHIN_S, Delivery
from channels.desk_events import DeskEvents
from channels.doors import Doors
from channels.endings import Endings
from channels.fanout import TurnDone, Typing
from channels.inbox import InboxDoor
from channels.logs import log_of
from channels.peers import Peers
from channels.queues import Pending, Queues
from channels.store import AlreadyDone, Conversation, Gone, Message, Outcome, Said, StorageFailed
from channels.turn import Answer, Turns, fixed_language
from channels.typed import command_of, is_cry
from kernel.conversation import Holder, Speaker
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding

_LOG = log_of("turn_runner")
_WIPE, _ESCALATE = "action_wipe", "action_escalate_to_hotline"


def about_finding(finding: Finding | None) -> About:
    """What the lines are for when nothing but the words is known."""
    return About(finding.need, urgency=finding.level, now=finding.now) if finding else About()


def without_wipe_question(conversation: Conversation) -> dict[str, Any] | None:
    """What is remembered once the lines of `sos` were shown; None leaves it. A yes said to them must not be one to a wipe that was asked
    before.
    """
    return conversation.memory | {"bot": None, "asks_wipe": False} if conversation.memory.get("asks_wipe") else None


class TurnRunner:
    """Answers messages in their order; a custom action may ask for a wipe after the turn."""

    def __init__(
        self, delivery: Delivery, turns: Turns, doors: Doors, endings: Endings, events: DeskEvents, deadline_s: float, peers: Peers
    ) -> None:
        self._delivery, self._store, self._answers, self._fanout = delivery, delivery.store, delivery.answers, delivery.fanout
        self._turns, self._doors, self._endings, self._events = turns, doors, endings, events
        self._deadline_s, self._peers = deadline_s, peers
        self._queues = Queues(self._run_turn)
        self._wipe_after: set[str] = set()
        delivery.beside, delivery.taken_over = doors.turn_ends, self._taken_over
        self.inbox: InboxDoor | None = None

    def put(self, pending: Pending) -> bool:
        """Queue a message; False when it waits already."""
        return self._queues.put(pending)

    def is_too_much(self, conversation_id: str) -> bool:
        """As `Queues.is_too_much`."""
        return self._queues.is_too_much(conversation_id)

    async def those_under_way(self) -> None:
        """Wait until the turns that run now have been answered."""
        await self._queues.those_under_way()

    async def close(self) -> None:
        """End all turns; what is unfinished is answered after the next start."""
        await self._queues.close()

    def request_wipe(self, conversation_id: str) -> None:
        """From a custom action, during a turn: wipe once the turn is over."""
        self._wipe_after.add(conversation_id)

    async def wipe(self, conversation_id: str, language: Language, message_id: str | None = None) -> bool:
        """As Endings.wipe; what waits for its turn in the conversation is forgotten."""
        self._queues.drop(conversation_id)
        return await self._endings.wipe(conversation_id, language, message_id)

    def to_desk(self, case_id: str, message: Message) -> None:
        """Show the desk what a teenager wrote to the counsellor; it is in the store."""
        body = message.body
        said = Said(message.id, Speaker.TEENAGER, body.text or body.title or str(body.payload), time.time())
        self._events.said(case_id, said)

    async def _taken_over(self, message: Message) -> None:
        """A counsellor took over while the bot was asked: the message is theirs (the store says so already)."""
        case = await self._store.escalations.alive(message.conversation_id)
        if case is not None:
            self.to_desk(case.id, message)

    async def _run_turn(self, pending: Pending) -> None:
        """One turn, alone in its conversation among all hubs."""
        key = pending.message.conversation_id
        left = max(0.0, pending.received + self._deadline_s - time.monotonic())
        async with self._peers.lease(key, left):
            if self._peers.is_shared and await self._is_done(pending.message):
                self._fanout.deliver(key, TurnDone(pending.message.id))  # another hub was first
                return
            await self._run_alone(pending)

    async def _is_done(self, message: Message) -> bool:
        try:
            return await self._store.db.within(STORE_WITHIN_S, self._store.messages.is_done(message.conversation_id, message.id))
        except StorageFailed:
            return False

    async def _run_alone(self, pending: Pending) -> None:
        message, key = pending.message, pending.message.conversation_id
        finding = self._answers.find_danger(message.body.text) if message.body.text else None
        try:
            conversation = await self._store.db.within(STORE_WITHIN_S, self._store.conversations.get(key))
        except Gone:
            return
        except StorageFailed:
            # Stored, but the store cannot be read now: the fixed answer; the sweep finds the message again.
            spoken = fixed_language(message.body.text, finding, Language.NL)
            self._delivery.not_stored(message.id, about_finding(finding), spoken, lambda event: self._fanout.publish(key, event))
            return
        self._doors.turn_begins(key)
        try:
            await self._answer(pending, conversation, finding)
        except Exception:
            _LOG.exception("turn failed")
            spoken = fixed_language(message.body.text, finding, conversation.language)
            bubble = self._answers.bubble("fallback_none", spoken, CHILD_FOCUS)
            await self._delivery.finish(pending, Answer((bubble,), Outcome(), fallback="defect"), conversation)
        finally:
            await self._doors.turn_ends(key)
        if key in self._wipe_after:
            self._wipe_after.discard(key)
            await self.wipe(key, conversation.language)

    async def _answer(self, pending: Pending, conversation: Conversation, finding: Finding | None) -> None:
        """Who answers: the hub for commands, nobody while a counsellor holds (the message is at the desk), else the bot."""
        message = pending.message
        command = command_of(message.body.text) if message.body.payload is None else None
        is_held = conversation.holder is Holder.COUNSELLOR  # a cry to a counsellor is theirs to hear
        if command == "sos" or (message.body.payload is None and not is_held and is_cry(message.body.text)):
            outcome = Outcome(is_command=True, memory=without_wipe_question(conversation))
            await self._delivery.finish(pending, Answer((self._answers.sos(conversation.language),), outcome), conversation)
        elif command == "wipe":
            await self.wipe(conversation.id, conversation.language, message.id)
        elif command == "leave":
            await self._delivery.store_turn(message, (), Outcome(is_command=True))
            await self._endings.leave(conversation.id, conversation.language, message.id)
        elif conversation.holder is not Holder.COUNSELLOR or not await self._hand_over(message):
            if self.inbox is not None and (own := self.inbox.reply(conversation, message)) is not None:
                await self._delivery.finish(pending, own, conversation)
                return
            self._fanout.publish(conversation.id, Typing(Speaker.BOT))
            seconds = pending.received + self._deadline_s - time.monotonic()
            answer = await self._turns.answer(conversation, message, finding, seconds)
            if finding is None and answer.outcome.urgency is Urgency.EMERGENCY is not conversation.urgency:
                await self._doors.danger_before_done(conversation.id, answer.need, Urgency.EMERGENCY)  # heard by the bot alone
            if self.inbox is not None:
                answer = await self.inbox.after_turn(conversation, message, finding, answer)
            self._note_acted(conversation.id, answer.acted)
            await self._delivery.finish(pending, answer, conversation)

    def _note_acted(self, conversation_id: str, acted: tuple[str, ...]) -> None:
        """A bot's actions call the hub beside it: with several hubs that may be another than the one whose turn it is."""
        if _WIPE in acted:
            self.request_wipe(conversation_id)
        if _ESCALATE in acted and self._peers.is_shared:
            self._doors.offered_elsewhere(conversation_id)

    async def _hand_over(self, message: Message) -> bool:
        """A message that waited for its turn when a counsellor took over is theirs. False when they gave back meanwhile."""
        try:
            if not await self._store.messages.hand_over(message.conversation_id, message.id):
                return False
        except AlreadyDone:
            return True
        await self._taken_over(message)
        self._fanout.publish(message.conversation_id, TurnDone(message.id))
        return True
