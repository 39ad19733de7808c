"""A button was tapped in Telegram: a choice, a line of the hand-off card, its decision, or "read it"."""

from __future__ import annotations

from channels.answers import CHILD_FOCUS
from channels.delivery import STORE_WITHIN_S
from channels.fanout import Acked, Event, Failed
from channels.limits import MESSAGES_BURST, MESSAGES_PER_S, Limiter
from channels.person import Decision
from channels.public.telegram_answers import LANGUAGE_CHOICE, HubAnswers
from channels.public.telegram_api import Button, Rows
from channels.public.telegram_cards import CANCEL, KEEP, NOTE, SEND, TAKE_OFF, CardState
from channels.public.telegram_send import Deliveries
from channels.public.telegram_texts import TelegramTexts
from channels.public.telegram_updates import Tapped
from channels.public.telegram_view import CHOICE, READ
from channels.relay import Relay
from channels.store import Linked, OpenCard, StorageFailed
from kernel.conversation import Bubble, Speaker
from kernel.language import Language

_LONGEST_WINDOW = 200
"""Telegram's limit for the small window that answers a tap."""


class Taps:
    """Takes taps. Whatever a button says, only what the store knows of this conversation counts."""

    def __init__(self, relay: Relay, deliveries: Deliveries, texts: TelegramTexts, own: HubAnswers) -> None:
        self._relay, self._store, self._answers = relay, relay.store, relay.answers
        self._deliveries, self._texts, self._own = deliveries, texts, own
        self._limits = Limiter(MESSAGES_PER_S, MESSAGES_BURST)

    async def take(self, key: str, tap: Tapped, linked: Linked | None) -> bool:
        """Take one tap. False: the conversation is gone. Raises StorageFailed and Gone."""
        language = linked.language if linked is not None else tap.language or Language.NL
        if linked is None:
            return await self._too_old(key, tap, linked, self._answers.text("error_unknown_choice", language))
        if self._limits.take(key):
            return await self._over(key, tap, self._answers.text("error_too_fast", language))
        kind, rest = tap.data[:2], tap.data[2:]
        if kind == CHOICE:
            return await self._choice(key, tap, linked, rest)
        if tap.data == READ:
            self._deliveries.edit(key, tap.number, tap.message_id, ())
            return await self._over(key, tap)
        handoff_id, _, line_id = rest.partition(":")
        found = await self._deliveries.open_card(key)
        if kind in (TAKE_OFF, KEEP, SEND, CANCEL) and found is not None and found[0].handoff_id == handoff_id:
            if kind in (TAKE_OFF, KEEP):
                if not found[1].is_sent:  # else it shows what staff got
                    await self._keep(key, linked, found[0], _toggled(found[1], line_id, is_off=kind == TAKE_OFF))
                    self._deliveries.redraw_card(key, tap.number)
                return await self._over(key, tap)
            return await self._decide(key, tap, linked, *found, is_sent=kind == SEND)
        return await (self._anew(key, tap, linked) if kind == SEND else self._old_card(key, tap, linked))

    async def _choice(self, key: str, tap: Tapped, linked: Linked, choice_id: str) -> bool:
        """Used once: a second tap on the same button has the same id and changes nothing."""
        within = self._store.db.within
        chosen = await within(STORE_WITHIN_S, self._store.messages.resolve_choice(linked.conversation_id, choice_id))
        self._deliveries.edit(key, tap.number, tap.message_id, _links(tap))
        if chosen is not None and chosen[0].startswith(LANGUAGE_CHOICE):
            language = Language.parse(chosen[0].removeprefix(LANGUAGE_CHOICE), linked.language)
            self._deliveries.answer_tap(key, tap.number, tap.tap_id)
            await self._own.set_language(key, tap, linked, language)
            return True
        events: list[Event] = []
        message_id = self._store.telegram.choice_message_id(choice_id)
        await self._relay.choose(linked.conversation_id, linked.language, message_id, choice_id, events.append)
        failed = next((event for event in events if isinstance(event, Failed)), None)
        if failed is not None and failed.code == "unknown_token":
            return False
        if failed is None and not any(isinstance(event, Acked) for event in events):
            if tap.update_id not in self._own.told:
                self._own.show(key, tap, events)
            raise StorageFailed
        if failed is not None:
            return await self._say_old(key, tap, linked, failed.text)
        return await self._over(key, tap)

    async def _decide(self, key: str, tap: Tapped, linked: Linked, shown: OpenCard, card: CardState, *, is_sent: bool) -> bool:
        """Send the card as it stands, or not; nothing is promised before it is stored."""
        events: list[Event] = []
        decision = Decision(shown.handoff_id, is_sent, card.share if is_sent else (), card.note if is_sent else "")
        await self._relay.person.decide(linked.conversation_id, linked.language, decision, events.append)
        failed = next((event for event in events if isinstance(event, Failed)), None)
        if failed is not None and failed.code == "busy":
            if tap.update_id not in self._own.told:
                self._own.show(key, tap, [event for event in events if event is not failed])
            raise StorageFailed
        if failed is not None:
            return await (self._anew(key, tap, linked) if is_sent else self._old_card(key, tap, linked))
        if is_sent:
            await self._keep(key, linked, shown, card.sent())
            self._deliveries.redraw_card(key, tap.number)
        else:
            await self._store.db.within(STORE_WITHIN_S, self._store.telegram_cards.drop(key))
            self._deliveries.edit(key, tap.number, shown.message_id, self._deliveries.cards.cancelled(linked.language))
        return await self._over(key, tap)

    async def _keep(self, key: str, linked: Linked, shown: OpenCard, card: CardState) -> None:
        kept = OpenCard(card.handoff_id, shown.message_id, card.body())
        await self._store.db.within(STORE_WITHIN_S, self._store.telegram_cards.put(key, linked.conversation_id, kept))

    async def _anew(self, key: str, tap: Tapped, linked: Linked) -> bool:
        """A card that cannot be sent any more (they left since, or it grew too old), and they want a person: as if they asked now.

        What was taken off and said on it is kept: it is the same offer (CardView.state).
        """
        self._deliveries.edit(key, tap.number, tap.message_id, _links(tap))
        await self._own.human(key, tap, linked)
        return await self._over(key, tap, self._texts.text("card_old", linked.language))

    async def _old_card(self, key: str, tap: Tapped, linked: Linked) -> bool:
        return await self._too_old(key, tap, linked, self._texts.text("card_old", linked.language))

    async def _too_old(self, key: str, tap: Tapped, linked: Linked | None, words: str) -> bool:
        """A button that means nothing any more."""
        self._deliveries.edit(key, tap.number, tap.message_id, _links(tap))
        return await self._say_old(key, tap, linked, words)

    async def _say_old(self, key: str, tap: Tapped, linked: Linked | None, words: str) -> bool:
        """Also as a bubble, with 116000: the small window is gone at a touch, or (answered too late) never shown."""
        language = linked.language if linked is not None else tap.language or Language.NL
        bubble = Bubble(words, language, helplines=(CHILD_FOCUS,), speaker=Speaker.SYSTEM)
        if linked is not None:
            await self._own.once(key, tap, linked, [bubble])
        elif tap.update_id not in self._own.told:
            self._own.told.append(tap.update_id)
            self._own.say(key, tap, bubble)
        return await self._over(key, tap, words)

    async def _over(self, key: str, tap: Tapped, words: str | None = None) -> bool:
        self._deliveries.answer_tap(key, tap.number, tap.tap_id, words[:_LONGEST_WINDOW] if words is not None else None)
        await self._own.handled(tap)
        return True


def _toggled(card: CardState, line_id: str, *, is_off: bool) -> CardState:
    if line_id == NOTE:
        return card.without_note()
    return card.without(line_id) if is_off else card.with_line(line_id)


def _links(tap: Tapped) -> Rows:
    """The address buttons of the tapped message: they stay."""
    return tuple(tuple(Button(title, url=url) for title, url in row) for row in tap.links)
