"""The teenager's side of a hand-off: three doors to one offer, the card, the decision, leaving and coming back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from channels.answers import CHILD_FOCUS
from channels.delivery import STORE_WITHIN_S, Delivery
from channels.desk_events import DeskEvents
from channels.desk_hours import SEEN_S, DeskHours
from channels.fanout import CardShown, CardStored, HolderChanged
from channels.handoff_texts import SAID, HandoffTexts, urgency_for
from channels.logs import log_of
from channels.return_words import ReturnWords
from channels.store import CardLine, Conversation, Escalation, Gone, Offer, Offered, StorageFailed
from channels.turn import about_of
from kernel.conversation import Bubble, Holder, Speaker
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.need import urgency_of
from kernel.urgency import Urgency, highest
from safety.crisis import Finding

_LOG = log_of("handoff")
_REASONS = frozenset({"action", "button", "danger"})
LONGEST_NOTE = 1000
_WAITING = (EscalationState.WAITING, EscalationState.LEFT)


def danger_offer(finding: Finding | None, ways: Collection[str] = ()) -> Offer | None:
    """What danger in the words offers; None below the level "high". `ways`: what the second channel is."""
    if finding is None or not finding.level.is_danger:
        return None
    return Offer("danger", finding.need, highest(finding.level, urgency_of(finding.need)), is_danger=True, ways=tuple(ways))


@dataclass(frozen=True, slots=True)
class Promises:
    """What the card and the bubbles state, from the settings: minutes until claimed, days until a case's text goes."""

    claim_within_min: int
    emergency_within_min: int
    case_days: int


class Handoffs:
    """Offers a person, shows the card, takes the decision. Methods raise StorageFailed when the store does not answer in time."""

    def __init__(
        self,
        delivery: Delivery,
        events: DeskEvents,
        hours: DeskHours,
        texts: HandoffTexts,
        words: ReturnWords,
        promises: Promises,
        ways: Collection[str],
    ) -> None:
        """`ways`: what the second channel is (email, webhook; none is possible)."""
        self._delivery, self._store, self._answers = delivery, delivery.store, delivery.answers
        self._events, self._hours, self._texts, self._words = events, hours, texts, words
        self.promises, self.ways = promises, tuple(ways)
        self._due: set[str] = set()

    # ---- the doors -----------------------------------------------------------------------------------------------

    async def offer(self, conversation_id: str, reason: str, need: str | None = None, level: Urgency = Urgency.NONE) -> Offered:
        """Note that a person is offered and raise the urgency to high at least. The card comes with `show_card`. Raises Gone.

        `reason`: "action" (the dialogue model), "button" (the teenager), "danger" (the hub); others count as "other". `need` and
        `level` are of the danger that was heard. It never waits for the conversation's queue: actions call it during a turn.
        """
        return await self._store.db.within(1.0, self._offer(conversation_id, reason, need, level))

    async def _offer(self, conversation_id: str, reason: str, need: str | None, level: Urgency) -> Offered:
        conversation = await self._store.conversations.get(conversation_id)
        need = need or conversation.memory.get("need")
        known = Urgency.EMERGENCY if conversation.urgency is Urgency.EMERGENCY else Urgency.NORMAL
        level = highest(level, known, urgency_of(need))
        is_danger = reason == "danger" or level is Urgency.EMERGENCY
        offered = await self._store.teen_moves.offer(conversation_id, Offer(reason, need, level, is_danger, self.ways))
        self.offered(conversation_id, reason, offered)
        return offered

    def offered(self, conversation_id: str, reason: str, offered: Offered) -> None:
        """A person is offered in the store: count it, ring at the desk where it is news, remember that the card is due."""
        label = reason if reason in _REASONS else "other"
        self._delivery.metrics.escalations.labels(reason=label).inc()
        _LOG.info("escalation offered", extra={"reason": label})
        if offered.is_news or (reason == "danger" and offered.escalation.is_held):
            self._events.changed(offered.escalation, "danger")
        elif offered.escalation.is_held:
            self._events.changed(offered.escalation, "claimed")  # who asks for a person keeps the one that was giving back
        if offered.is_card_due:
            self._due.add(conversation_id)

    async def button(self, conversation_id: str, language: Language) -> None:
        """The button "a person": where things stand, said with lines; then the card, unless somebody is there already."""
        await self._delivery.say(conversation_id, [await self.asked_for(conversation_id, language)])
        await self.show_card(conversation_id, even_if_sent=True)

    async def asked_for(self, conversation_id: str, language: Language) -> Bubble:
        """A person is offered because the teenager asked for one: the words that say where things stand. Raises Gone."""
        offered = await self.offer(conversation_id, "button")
        desk = await self._hours.state()
        name = "human_open" if desk.is_open else "human_closed"
        if offered.escalation.state in _WAITING:
            name = "human_waiting"
        elif offered.escalation.state is EscalationState.CLAIMED:
            # Who went home with the case does not read it: nobody is there.
            is_there = self._hours.away_for(offered.escalation.claimed_by or "") <= SEEN_S
            name = "human_here" if is_there else "human_waiting"
        lines: tuple[str, ...] = (CHILD_FOCUS,)
        if name in ("human_closed", "human_waiting"):
            lines = self._lines(await self._store.conversations.get(conversation_id), language)
        return self._bubble(name, language, *lines)

    # ---- the card ------------------------------------------------------------------------------------------------

    def make_due(self, conversation_id: str) -> None:
        """A card is to be shown; it is only when one is offered."""
        self._due.add(conversation_id)

    def is_due(self, conversation_id: str) -> bool:
        """True when a card was offered and not shown yet; it is taken as shown from now on."""
        was_due = conversation_id in self._due
        self._due.discard(conversation_id)
        return was_due

    async def show_card(self, conversation_id: str, *, even_if_sent: bool = False) -> None:
        """Show the card to everyone who listens, if one is offered."""
        if even_if_sent:
            self._due.discard(conversation_id)
        card = await self.card(conversation_id, even_if_sent=even_if_sent)
        if card is not None:
            self._delivery.fanout.publish(conversation_id, card)

    async def card(self, conversation_id: str, *, even_if_sent: bool = False) -> CardShown | None:
        """The card as it is now, kept in the store; None when nothing is offered.

        `even_if_sent`: one that waits or is held gets an empty card, from which nothing can be sent twice.
        """
        escalation = await self._store.escalations.alive(conversation_id)
        if escalation is None:
            return None
        desk = await self._hours.state()
        conversation = await self._store.conversations.get(conversation_id)
        lines: list[CardLine] = []
        if escalation.state is EscalationState.OFFERED:
            said = await self._store.messages.said_to_bot(conversation_id)
            card = self._texts.card(conversation, escalation, said, is_desk_open=desk.is_open)
            lines = await self._store.teen_moves.put_card(escalation.id, card)
        elif not even_if_sent:
            return None
        language = conversation.language
        who = self._texts.text("who_gets_to_know", language, days=str(self.promises.case_days))
        shown, own = tuple((line.id, line.text) for line in lines), tuple(line.id for line in lines if line.kind == SAID)
        return CardShown(escalation.id, shown, desk.is_open, desk.opens_at, who, language, own)

    async def send(self, conversation_id: str, handoff_id: str, share: Collection[str], note: str) -> None:
        """Send the card's lines `share` and the note: stored with the outbox first, only then is anything said.

        Sending again is answered as the first time. Raises Gone and NotPossible.
        """
        desk = await self._hours.state()
        is_after_hours = not desk.is_within_hours  # within them somebody may come any moment: it waits, and rings
        moves = self._store.teen_moves
        async with self._delivery.order.of(conversation_id):
            work = moves.send(conversation_id, handoff_id, share, note[:LONGEST_NOTE], is_after_hours=is_after_hours, ways=self.ways)
            escalation, is_new = await self._store.db.within(STORE_WITHIN_S, work)
            self._due.discard(conversation_id)
            publish = self._delivery.fanout.publish
            code = await self._return_code(escalation, is_new)
            publish(conversation_id, CardStored(handoff_id, code))
            if escalation.state is EscalationState.WAITING:  # also the second time: the first answer may have been lost
                self._events.changed(escalation, "new")
                publish(conversation_id, HolderChanged(Holder.WAITING))
        if is_new:
            self._delivery.metrics.handoffs.labels(step="sent").inc()
            try:
                await self._say_waiting(conversation_id, escalation, is_staffed=desk.is_open)
            except (StorageFailed, Gone):
                _LOG.error("waiting not said")  # what was sent is stored all the same

    async def _return_code(self, escalation: Escalation, is_new: bool) -> str | None:
        """Four words on the web, also where somebody is at the desk: a page that is left for half an hour lets go of its token. New ones
        when it is sent again, since none are kept in clear.
        """
        if escalation.channel != "web" or (escalation.claimed_by is not None and not is_new):
            return None
        conversation_id = escalation.conversation_id or ""
        language = (await self._store.conversations.get(conversation_id)).language
        code = self._words.new(language)
        await self._store.return_codes.put(code, conversation_id, await self._hours.code_expires_at())
        return code

    async def _say_waiting(self, conversation_id: str, escalation: Escalation, *, is_staffed: bool) -> None:
        conversation = await self._store.conversations.get(conversation_id)
        language, lines = conversation.language, self._lines(conversation, conversation.language)
        urgency = urgency_for(conversation, escalation)
        if escalation.is_after_hours:
            name = "waiting_closed" if escalation.channel == "web" else "waiting_closed_here"
            bubble = self._bubble(name, language, *lines)
        elif urgency is Urgency.EMERGENCY:
            bubble = self._bubble("waiting_emergency", language, *lines)
        else:
            shown = (CHILD_FOCUS,) if is_staffed else lines
            bubble = self._bubble("waiting", language, *shown, minutes=str(self.promises.claim_within_min))
        await self._delivery.say(conversation_id, [bubble])

    async def cancel(self, conversation_id: str, handoff_id: str) -> None:
        """The teenager says no; that sticks. Raises Gone and NotPossible."""
        async with self._delivery.order.of(conversation_id):
            work = self._store.teen_moves.cancel(conversation_id, handoff_id)
            escalation = await self._store.db.within(STORE_WITHIN_S, work)
            self._delivery.fanout.publish(conversation_id, HolderChanged(Holder.BOT))
        self._due.discard(conversation_id)
        self._delivery.metrics.handoffs.labels(step="cancelled").inc()
        self._events.changed(escalation, "cancelled")

    # ---- leaving and coming back ---------------------------------------------------------------------------------

    async def leave(self, conversation_id: str) -> None:
        """The token ends; what waits goes on waiting, marked left."""
        left = await self._store.db.within(STORE_WITHIN_S, self._store.teen_moves.leave(conversation_id))
        self._due.discard(conversation_id)
        if left is not None:
            self._events.changed(left, "left" if left.state is EscalationState.LEFT else "cancelled")

    async def token_of(self, code: str, at: float) -> str | None:
        """A new token for the conversation that the four words open at `at` (seconds since the epoch); None for wrong ones."""
        within = self._store.db.within
        conversation_id = await within(STORE_WITHIN_S, self._store.return_codes.conversation_of(self._words.tidy(code), at))
        if conversation_id is None:
            return None
        try:
            return await self.come_back(conversation_id)
        except Gone:
            return None

    async def come_back(self, conversation_id: str) -> str:
        """Who left is there again: a new token; what waited goes on where it was. Raises Gone."""
        token, escalation = await self._store.db.within(STORE_WITHIN_S, self._store.teen_moves.come_back(conversation_id))
        if escalation is not None:
            self._events.changed(escalation, "back")
        return token

    def wiped(self, conversation_id: str, escalation: Escalation | None) -> None:
        """The conversation is gone, and its case's text with it."""
        self._due.discard(conversation_id)
        if escalation is not None:
            self._events.changed(escalation, "wiped")

    def _lines(self, conversation: Conversation, language: Language) -> tuple[str, ...]:
        return self._answers.some_lines(about_of(conversation, None), language)

    def _bubble(self, name: str, language: Language, *lines: str, **values: str) -> Bubble:
        return Bubble(self._texts.text(name, language, **values), language, helplines=lines, speaker=Speaker.SYSTEM)
