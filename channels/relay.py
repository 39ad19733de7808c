"""The one place that decides who answers a teenager: the bot, the hub's fixed answers, or a counsellor.

Order for every message: danger is looked for in the whole text; message, raised urgency and what rings at the desk are stored
in one commit; `ack`; then, in the conversation's queue, the bot is asked with a deadline that counts from receipt; replies,
state and "done" are stored in one commit; then they are shown. No database transaction is open while the bot is asked. While a
counsellor holds, a message is theirs from the commit that stores it; what the bot answers late is dropped by the store
(messages.finish).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from channels.answers import About, Answers
from channels.bot_client import BotClient
from channels.chats import Chats, Opened
from channels.delivery import STORE_WITHIN_S, Delivery, Sink
from channels.desk_events import DeskEvents
from channels.desk_hours import DeskHours
from channels.doors import Doors
from channels.endings import Endings
from channels.escalation import Escalations
from channels.fanout import Acked, Event, Failed, Fanout, Gap, HolderChanged, Replied, TurnDone
from channels.handoff import Handoffs, danger_offer
from channels.handoff_kit import HandoffKit
from channels.inbox import InboxDoor
from channels.ledger import Ledger
from channels.logs import log_of
from channels.metrics import Metrics
from channels.peers import Peers
from channels.person import PersonRequests
from channels.queues import Pending
from channels.store import Accepted, Body, Gone, Message, Reply, StorageFailed, Store
from channels.turn import Turns, fixed_language
from channels.turn_runner import TurnRunner, about_finding
from channels.typed import BOT_CHARACTERS, command_of, is_cry
from channels.wire import join
from kernel.conversation import Holder
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding
from safety.light_words import may_be_light

__all__ = ["Opened", "Relay", "Sink"]
_LOG = log_of("relay")
_RAISE_AGAIN_S, _RAISED_KEPT = 10.0, 4096
_SWEEP_S, _LEFT_BEHIND_S = 10.0, 15.0
_BESIDE_S = 30.0


class Relay:
    """Everything a channel may ask for. Channels subscribe to `fanout` for what happens in a conversation."""

    def __init__(
        self,
        store: Store,
        bot: BotClient,
        answers: Answers,
        metrics: Metrics,
        deadline_s: float,
        kit: HandoffKit,
        ledger: Ledger | None = None,
        peers: Peers | None = None,
        inbox: InboxDoor | None = None,
    ) -> None:
        self.store, self.answers, self.metrics, self.peers = store, answers, metrics, peers or Peers()
        self.fanout = Fanout[Event]()
        self.delivery = Delivery(store, answers, self.fanout, metrics)
        self.desk_events, self.handoff_texts = DeskEvents(), kit.texts
        join(self.peers, self.fanout, "chat")
        join(self.peers, self.desk_events.fanout, "desk")
        self.peers.on_gap(lambda: self.fanout.deliver_to_all(Gap()))
        hours = DeskHours(store, peers=self.peers)
        self.handoffs = Handoffs(self.delivery, self.desk_events, hours, kit.texts, kit.words, kit.promises, kit.ways)
        self.escalations = Escalations(self.delivery, self.desk_events, hours, kit.texts, self.handoffs)
        self.doors = Doors(self.handoffs)
        self.person = PersonRequests(self.delivery, self.handoffs, self.doors, self.desk_events, kit.texts)
        self._endings = Endings(self.delivery, self.handoffs, ledger)
        turns = Turns(bot, answers)
        self._turn_runner = TurnRunner(self.delivery, turns, self.doors, self._endings, self.desk_events, deadline_s, self.peers)
        self._turn_runner.inbox = self.inbox = inbox
        self._chats = Chats(self.delivery)
        self._background: set[asyncio.Task[None]] = set()
        self._raised: dict[tuple[str, Urgency], float] = {}

    # ---- the process begins and ends -----------------------------------------------------------------------------

    async def recover(self, older_than_s: float = 0.0) -> int:
        """Queue what was acknowledged and not answered (before the last end of this process); how many messages."""
        left_over = await self.store.messages.unfinished(before=time.time() - older_than_s)
        return sum(self._turn_runner.put(Pending(message)) for message in left_over)

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

    async def those_under_way(self) -> None:
        """Wait until the turns that run now have been answered and shown."""
        await self._turn_runner.those_under_way()

    async def close(self) -> None:
        """End all turns."""
        await self._turn_runner.close()
        await self.doors.close()
        await self._endings.close()
        if self.inbox is not None:
            await self.inbox.close()
        if self._background:
            await asyncio.wait(self._background, timeout=2)

    # ---- beginning and coming back -------------------------------------------------------------------------------

    async def open(self, language: Language, channel: str) -> Opened:
        """A new chat with its greeting. Raises StorageFailed."""
        return await self._chats.open(language, channel)

    async def resume(self, token: str, after: int, language: Language | None, listen: Callable[[str], None]) -> Opened | None:
        """As `Chats.resume`; what waits for an answer is answered, and a card that was not decided is shown again."""
        opened = await self._chats.resume(token, after, language, listen)
        if opened is None:
            return None
        for message in opened.unfinished:
            self._turn_runner.put(Pending(message))
        card = await self.person.card(opened.conversation_id)
        return replace(opened, missed=(*opened.missed, card)) if card is not None else opened

    async def missed(self, conversation_id: str, after: int) -> tuple[Event, ...]:
        """What was said after reply `after`: for a listener that notices a hole (another hub's events may come late, or never)."""
        try:
            return await self._chats.missed(conversation_id, after)
        except StorageFailed:
            return ()

    def not_opened(self, language: Language) -> Replied:
        """What a teenager sees when no chat can be begun or found because storage fails."""
        return self.delivery.shown(Reply(None, None, self.answers.not_stored(About(), language)))

    def failure(self, code: str, language: Language, retry_after: float | None = None) -> Failed:
        """An error of the contract with its fixed text."""
        return self.delivery.failure(code, language, retry_after)

    # ---- what a teenager sends -----------------------------------------------------------------------------------

    def is_too_much(self, conversation_id: str) -> bool:
        """Whether a message must wait because many are being answered and this conversation has its share among them."""
        return self._turn_runner.is_too_much(conversation_id)

    async def say(self, conversation_id: str, language: Language, message_id: str, text: str, sink: Sink) -> None:
        """A typed message. `language` is for the case that the conversation cannot be read."""
        finding = self.answers.find_danger(text)
        await self._accept(Message(conversation_id, message_id, Body(text)), language, finding, sink)

    async def choose(self, conversation_id: str, language: Language, message_id: str, choice_id: str, sink: Sink) -> None:
        """A button. An id that is not one of this conversation's choices is an error; no payload of a client goes on."""
        try:
            chosen = await self.store.db.within(STORE_WITHIN_S, self.store.messages.resolve_choice(conversation_id, choice_id))
        except StorageFailed:
            self.delivery.not_stored(message_id, About(), language, sink)
            return
        except Gone:
            sink(self.failure("unknown_token", language))
            return
        if chosen is None:
            sink(Failed("bad_frame", self.answers.text("error_unknown_choice", language)))
            return
        await self._accept(Message(conversation_id, message_id, Body("", *chosen)), language, None, sink)

    async def _accept(self, message: Message, language: Language, finding: Finding | None, sink: Sink) -> None:
        received = time.monotonic()
        try:
            accepted = await self.store.db.within(STORE_WITHIN_S, self._take(message, finding))
        except StorageFailed:
            self.delivery.not_stored(message.id, about_finding(finding), fixed_language(message.body.text, finding, language), sink)
            return
        except Gone:
            sink(self.failure("unknown_token", language))
            return
        sink(Acked(message.id))
        if accepted.is_done:
            sink(TurnDone(message.id))
        else:
            self._turn_runner.put(Pending(message, received))

    async def _take(self, message: Message, finding: Finding | None) -> Accepted:
        """Store a message, with all that follows from the commit. That may come too late for whoever sent it: they were told so, and
        when they send it again it is known already.
        """
        key, level = message.conversation_id, finding.level if finding else Urgency.NONE
        is_command = message.body.payload is None and command_of(message.body.text) is not None
        danger = danger_offer(finding, self.handoffs.ways)
        words = message.body.text
        is_read_whole = len(words) <= BOT_CHARACTERS  # what the bot has not read it cannot take back
        waits = finding is not None and is_read_whole and not is_command and not is_cry(words) and may_be_light((finding,), words)
        accepted = await self.store.messages.accept(key, message.id, message.body, level, is_command=is_command, danger=danger, waits=waits)
        if accepted.is_new:
            self.metrics.messages.inc()
        if accepted.has_reopened:
            self.fanout.publish(key, HolderChanged(Holder.BOT))
        if accepted.kept is not None:
            self.desk_events.changed(accepted.kept, "claimed")
        if accepted.offered is not None:
            self.handoffs.offered(key, "danger", accepted.offered)
        if accepted.is_new and accepted.case_id is not None:
            self._turn_runner.to_desk(accepted.case_id, message)
        elif accepted.case_id is not None and danger is not None:
            await self._ring_again(key)
        return accepted

    async def _ring_again(self, conversation_id: str) -> None:
        """Danger that a counsellor's case has already: the process that stored it may have been killed before it rang; rather twice
        than never. It was offered in the same commit: to offer it again would undo what staff lowered since.
        """
        case = await self.store.escalations.alive(conversation_id)
        if case is not None and case.is_held:
            self.desk_events.changed(case, "danger")

    def _heard(self, conversation_id: str, finding: Finding | None) -> None:
        """Danger is the third door; while a counsellor holds it rings at the desk."""
        if finding is not None and finding.level.is_danger:
            self.doors.danger(conversation_id, finding.need, finding.level)

    async def refuse(
        self, conversation_id: str | None, code: str, text: str, language: Language, sink: Sink, retry_after: float | None = None
    ) -> None:
        """A message that is not taken (too long, too fast, before hello): the error, and the lines when there is danger in it."""
        finding = await self.answers.find_danger_in_turns(text)
        spoken = fixed_language(text, finding, language) if finding else language
        sink(self.failure(code, spoken, retry_after))
        if finding is None:
            return
        bubble = self.answers.fallback(about_finding(finding), spoken)
        if code == "too_long" and conversation_id is not None:
            await self.delivery.say_fixed(conversation_id, [bubble], finding.level, sink)
            self._heard(conversation_id, finding)
            return
        sink(self.delivery.shown(Reply(None, None, bubble)))  # not numbered: a flood must not become a flood of writes
        if conversation_id is not None:
            self._raise_in_flood(conversation_id, finding.level)
            if finding.level.is_danger:
                self.doors.danger_in_flood(conversation_id, finding.need, finding.level)

    def _raise_in_flood(self, conversation_id: str, level: Urgency) -> None:
        """Once in ten seconds: a flood must not become a flood of writes."""
        now, last = time.monotonic(), self._raised.get((conversation_id, level))
        if last is not None and now - last < _RAISE_AGAIN_S:
            return
        self._raised[conversation_id, level] = now
        while len(self._raised) > _RAISED_KEPT:
            self._raised.pop(next(iter(self._raised)))
        self._later(self.store.conversations.raise_urgency(conversation_id, level))

    async def sos(self, conversation_id: str | None, language: Language, sink: Sink) -> None:
        """The lines, now; `conversation_id` None shows them without storing."""
        bubble = self.answers.sos(language)
        if conversation_id is None:
            sink(self.delivery.shown(Reply(None, None, bubble)))
            return
        await self.delivery.say_fixed(conversation_id, [bubble], Urgency.NONE, sink)

    async def wipe(self, conversation_id: str, language: Language) -> bool:
        """Delete everything of the conversation, now; True when done."""
        return await self._turn_runner.wipe(conversation_id, language)

    async def leave(self, conversation_id: str, language: Language, *, is_silent: bool = False) -> None:
        """End the token. What was said stays until it is wiped or too old; what waits for a person goes on waiting."""
        await self._endings.leave(conversation_id, language, is_silent=is_silent)

    def request_wipe(self, conversation_id: str) -> None:
        """From a custom action, during a turn: wipe once the turn is over."""
        self._turn_runner.request_wipe(conversation_id)

    # ---- beside the turns ----------------------------------------------------------------------------------------

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it beside; a failing storage is logged and forgotten."""
        task = asyncio.create_task(self._quietly(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await self.store.db.within(_BESIDE_S, work)
        except StorageFailed:
            _LOG.error("not stored beside a turn")
