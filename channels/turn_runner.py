"""Runs the turns: one queue per conversation, who answers each message, and what comes after."""

from __future__ import annotations

import time
from dataclasses import replace

from channels.answers import CHILD_FOCUS, About
from channels.danger_said import waits
from channels.delivery import STORE_WITHIN_S, Delivery
from channels.desk_events import DeskEvents
from channels.doors import Doors
from channels.endings import Endings
from channels.fanout import TurnDone, Typing
from channels.handoff import danger_offer
from channels.inbox import InboxDoor
from channels.late import as_left
from channels.logs import log_of
from channels.peers import Peers
from channels.queues import Pending, Queues
from channels.store import AlreadyDone, Conversation, Gone, Message, Outcome, Said, StorageFailed, without_wipe_question
from channels.turn import Answer, Turns, fixed_language
from channels.typed import command_of, is_cry
from channels.worry import remembering
from kernel.conversation import Holder, Speaker
from kernel.language import Language
from kernel.need import urgency_of
from kernel.urgency import Urgency
from safety.crisis import Finding

_LOG = log_of("turn_runner")
_WIPE, _ESCALATE = "action_wipe", "action_escalate_to_hotline"


def about_finding(finding: Finding | None) -> About:
    """What the lines are for when nothing but the words is known."""
    return About(finding.need, urgency=finding.level, now=finding.now) if finding else About()


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
        delivery.beside, delivery.beside_late, delivery.taken_over = doors.turn_ends, doors.stored_late, self._taken_over
        self.inbox: InboxDoor | None = None

    def put(self, pending: Pending) -> bool:
        """Queue a message; False when it waits already, or its answer is being stored."""
        return not self._delivery.late.holds(pending.message) and self._queues.put(pending)

    def is_too_much(self, conversation_id: str) -> bool:
        """As `Queues.is_too_much`."""
        return self._queues.is_too_much(conversation_id)

    async def those_under_way(self) -> None:
        """Wait until the turns that run now have been answered."""
        await self._queues.those_under_way()

    async def close(self) -> None:
        """End all turns; what is unfinished is answered after the next start."""
        await self._queues.close()
        await self._delivery.late.close()

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
        late = self._delivery.late.of(key)  # looked at before the store is: what is stored in between is in both
        try:
            stored = await self._store.db.within(STORE_WITHIN_S, self._store.conversations.get(key))
        except Gone:
            return
        except StorageFailed:
            # Stored, but the store cannot be read now: the fixed answer; the sweep finds the message again.
            spoken = fixed_language(message.body.text, finding, Language.NL)
            self._delivery.say_unstored(message, about_finding(finding), spoken)
            return
        conversation = as_left(stored, late)
        self._doors.turn_begins(key)
        try:
            await self._answer(pending, conversation, finding)
        except Exception:
            _LOG.exception("turn failed")
            self._ring_late(conversation, finding)
            await self._delivery.finish(pending, self._after_defect(conversation, message, finding), conversation)
        finally:
            await self._doors.turn_ends(key)
        if key in self._wipe_after:
            self._wipe_after.discard(key)
            self._queues.drop(key)
            await self._endings.wipe(key, conversation.language, keeps_trying=True)

    def _after_defect(self, conversation: Conversation, message: Message, finding: Finding | None) -> Answer:
        """The fixed answer when the turn failed: for the danger in the words, which may itself be where the defect is."""
        spoken, outcome = fixed_language(message.body.text, finding, conversation.language), Outcome()
        bubble = self._answers.bubble("fallback_none", spoken, CHILD_FOCUS)
        if finding is not None:
            outcome = Outcome(finding.level, memory=remembering(conversation.memory, finding))
            try:
                bubble = self._answers.fallback(about_finding(finding), spoken)
            except Exception:
                _LOG.exception("turn failed")
        return Answer((bubble,), outcome, fallback="defect")

    async def _answer(self, pending: Pending, conversation: Conversation, finding: Finding | None) -> None:
        """Who answers: the hub for commands, nobody while a counsellor holds (the message is at the desk), else the bot."""
        message = pending.message
        command = command_of(message.body.text) if message.body.payload is None else None
        is_held = conversation.holder is Holder.COUNSELLOR  # a cry to a counsellor is theirs to hear
        if command == "sos":
            await self._delivery.finish(pending, self._lines_now(conversation, conversation.language), conversation)
        elif message.body.payload is None and not is_held and is_cry(message.body.text):
            spoken = fixed_language(message.body.text, finding, conversation.language)
            await self._delivery.finish(pending, self._lines_now(conversation, spoken, finding), conversation)
        elif command == "wipe":
            await self.wipe(conversation.id, conversation.language, message.id)
        elif command == "leave":
            await self._leave(pending, conversation)
        elif conversation.holder is Holder.COUNSELLOR and await self._hand_over(message):
            self._ring_late(conversation, finding)
        else:
            await self._talk(pending, conversation, finding)

    def _lines_now(self, conversation: Conversation, spoken: Language, finding: Finding | None = None) -> Answer:
        """The lines. What a cry with danger in it is of is remembered, and asked about later: the danger that was told before, since the
        cry itself tells of none."""
        memory, known = without_wipe_question(conversation.memory), conversation.memory.get("need")
        if finding is not None:
            meant = replace(finding, need=str(known)) if urgency_of(known).is_danger else finding
            memory = remembering(memory or conversation.memory, meant)
        is_now = finding is not None and finding.now
        outcome = Outcome(language=spoken, memory=memory, is_command=True)
        return Answer((self._answers.sos(spoken, now=is_now),), outcome, is_now=is_now)

    async def _leave(self, pending: Pending, conversation: Conversation) -> None:
        """A typed "stop": whoever wants to be gone is, also when that cannot be noted yet; but once, since they may have come back."""
        message, done = pending.message, Answer((), Outcome(is_command=True))
        try:
            if await self._delivery.store_turn(message, done.bubbles, done.outcome) is None:
                return
        except StorageFailed:
            self._delivery.late.put(pending, done)
        await self._endings.leave(conversation.id, conversation.language, message.id)

    async def _talk(self, pending: Pending, conversation: Conversation, finding: Finding | None) -> None:
        """The bot answers; the hub itself where the message decides about the inbox's question."""
        message = pending.message
        if self.inbox is not None and (own := self.inbox.reply(conversation, message)) is not None:
            await self._delivery.finish(pending, own, conversation)
            return
        if not self._delivery.was_told(message):  # nobody waits for what is only tried again, perhaps in vain
            self._fanout.publish(conversation.id, Typing(Speaker.BOT))
        seconds = pending.received + self._deadline_s - time.monotonic()
        answer = await self._turns.answer(conversation, message, finding, seconds)
        await self._ring(conversation, None if answer.is_light else finding, answer)
        if self.inbox is not None:
            answer = await self.inbox.after_turn(conversation, message, finding, answer)
        self._note_acted(conversation.id, answer.acted)
        await self._delivery.finish(pending, answer, conversation)

    async def _ring(self, conversation: Conversation, finding: Finding | None, answer: Answer) -> None:
        """An emergency that no term heard is at the desk before its turn is done, and danger that waited for the bot; else one of the terms
        is since the commit that stored it.

        Also where the level was as high before: the case of then may be closed. One that is known is not announced again.
        """
        offered = danger_offer(finding)
        has_waited = offered is not None and waits(conversation, finding)
        is_there = offered is not None and offered.level is Urgency.EMERGENCY and not has_waited
        is_raised = answer.outcome.urgency is Urgency.EMERGENCY is not conversation.urgency
        if not is_there and (is_raised or answer.is_emergency):
            await self._doors.danger_before_done(conversation.id, answer.need, Urgency.EMERGENCY)
        elif has_waited and offered is not None:
            await self._doors.danger_before_done(conversation.id, offered.need, offered.level)

    def _ring_late(self, conversation: Conversation, finding: Finding | None) -> None:
        """Danger that waited for the bot's answer, where the bot has none to give."""
        offered = danger_offer(finding)
        if offered is not None and waits(conversation, finding):
            self._doors.danger(conversation.id, offered.need, offered.level)

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
