"""What a teenager asks of the hub about a person: the button, the decision about the card, coming back; each failure has an answer."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from channels.delivery import STORE_WITHIN_S, Delivery, Sink
from channels.desk_events import DeskEvents
from channels.doors import Doors
from channels.fanout import CardShown, Replied
from channels.handoff import Handoffs
from channels.handoff_texts import HandoffTexts
from channels.store import Gone, NotPossible, Reply, StorageFailed
from channels.turn import fixed_language
from channels.turn_runner import about_finding
from kernel.conversation import Bubble, Speaker
from kernel.language import Language
from kernel.urgency import Urgency

_AGAIN_S = 2.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What the teenager decided about a hand-off card: `share` are the ids of the lines that may go."""

    handoff_id: str
    is_sent: bool
    share: Collection[str] = ()
    note: str = ""


class PersonRequests:
    """The hand-off as a channel asks for it. `language` is for the case that the conversation cannot be read."""

    def __init__(self, delivery: Delivery, handoffs: Handoffs, doors: Doors, events: DeskEvents, texts: HandoffTexts) -> None:
        self._delivery, self._store, self._answers = delivery, delivery.store, delivery.answers
        self._handoffs, self._doors, self._events, self._texts = handoffs, doors, events, texts

    async def human(self, conversation_id: str, language: Language, sink: Sink) -> None:
        """The button "a person"; 116000 when the hand-off cannot be stored."""
        try:
            await self._doors.button(conversation_id, language)
        except (StorageFailed, NotPossible):
            await self._delivery.say_fixed(conversation_id, [self._answers.human(language)], Urgency.NONE, sink)
        except Gone:
            sink(self._delivery.failure("unknown_token", language))

    async def decide(self, conversation_id: str, language: Language, decision: Decision, sink: Sink) -> None:
        """What the teenager decided about the card. Nothing is promised before it is stored; danger in the note is heard too."""
        finding = await self._answers.find_danger_in_turns(decision.note) if decision.is_sent and decision.note else None
        about, spoken = about_finding(finding), fixed_language(decision.note, finding, language) if finding else language
        is_refused = False
        try:
            if decision.is_sent:
                await self._handoffs.send(conversation_id, decision.handoff_id, decision.share, decision.note)
            else:
                await self._handoffs.cancel(conversation_id, decision.handoff_id)
        except StorageFailed:
            sink(self._delivery.shown(Reply(None, None, self._answers.not_stored(about, spoken))))
            sink(self._delivery.failure("busy", language, _AGAIN_S))
            return
        except (Gone, NotPossible):
            sink(self._delivery.failure("bad_frame", language))
            is_refused = True
        if finding is not None:
            self._doors.danger(conversation_id, finding.need, finding.level)
            await self._delivery.say_fixed(conversation_id, [self._answers.fallback(about, spoken)], finding.level, sink)
        if is_refused and (card := await self.card(conversation_id)) is not None:
            sink(card)  # the one they saw is not kept any more: the way stays open

    async def typing(self, conversation_id: str) -> None:
        """The teenager types: the counsellor who holds sees it."""
        case = await self._store.db.within(STORE_WITHIN_S, self._store.escalations.alive(conversation_id))
        if case is not None and case.is_held:
            self._events.typing(case.id, Speaker.TEENAGER)

    async def card(self, conversation_id: str) -> CardShown | None:
        """The card that was offered and not decided, for who comes back; asking for a person shows it when this fails."""
        try:
            return await self._store.db.within(STORE_WITHIN_S, self._handoffs.card(conversation_id))
        except (StorageFailed, Gone, NotPossible):
            return None

    async def token_of(self, code: str) -> str | None:
        """A new token for who sent something to the desk and comes back with four words; None for wrong ones. Raises StorageFailed."""
        return await self._handoffs.token_of(code, time.time())

    async def asked_for(self, conversation_id: str, language: Language) -> Bubble:
        """A person is offered because the teenager asked for one: the words that say where things stand. Raises StorageFailed, Gone."""
        return await self._handoffs.asked_for(conversation_id, language)

    async def show_card(self, conversation_id: str) -> None:
        """Show the card to everyone who listens, also one that waits already. Raises StorageFailed, Gone and NotPossible."""
        await self._handoffs.show_card(conversation_id, even_if_sent=True)

    async def come_back(self, conversation_id: str) -> None:
        """The teenager of a conversation that ended (they left) writes again. Raises StorageFailed and Gone."""
        await self._handoffs.come_back(conversation_id)

    def welcome_back(self, language: Language) -> Replied:
        """What who comes back with four words sees first."""
        bubble = Bubble(self._texts.text("came_back", language), language, speaker=Speaker.SYSTEM)
        return self._delivery.shown(Reply(None, None, bubble))
