"""What a teenager does in Telegram, brought to the relay: once each, in order, stored before Telegram is told that it was taken."""

from __future__ import annotations

import contextlib
import re
import time

from channels.answers import CHILD_FOCUS
from channels.delivery import STORE_WITHIN_S
from channels.fanout import Acked, Event, Failed
from channels.limits import MESSAGES_BURST, MESSAGES_PER_S, Limiter
from channels.order import Order
from channels.public.telegram_answers import HubAnswers
from channels.public.telegram_send import Deliveries
from channels.public.telegram_taps import Taps
from channels.public.telegram_texts import TelegramTexts
from channels.public.telegram_updates import Blocked, Media, Private, Tapped, Written
from channels.public.telegram_wiped import BeforeWipes
from channels.relay import Relay
from channels.store import Gone, Linked, NotPossible, OpenCard, StorageFailed
from channels.turn import fixed_language
from channels.turn_runner import about_finding
from channels.typed import command_of
from kernel.escalation import EscalationState
from kernel.language import Language

LONGEST_TEXT = 4096
"""Telegram's own limit for one message."""
_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_COMMANDS = {
    "start": "start",
    "sos": "sos",
    "wis": "wipe",
    "efface": "wipe",
    "stop": "leave",
    "taal": "taal",
    "langue": "langue",
    "mens": "human",
    "humain": "human",
}
_LANGUAGE_OF = {"taal": Language.NL, "langue": Language.FR}
_ENDINGS = ("wipe", "leave")
_FEWEST_WORDS = 3
"""So many words behind a command are a message; fewer may be what a link added to it."""
_REFUSALS_PER_S = 0.1


def command_in(text: str) -> tuple[str | None, str]:
    """The command in `text`, and what stands after it. The words sos, wis, efface and stop need no slash."""
    found = _COMMAND.fullmatch(text.strip())
    if found is not None and (name := _COMMANDS.get(found[1].casefold())) is not None:
        return name, (found[2] or "").strip()
    return command_of(text), ""


class Incoming:
    """Takes private updates. Methods raise StorageFailed when the update must be sent again."""

    def __init__(self, relay: Relay, deliveries: Deliveries, texts: TelegramTexts) -> None:
        self._relay, self._store, self._answers = relay, relay.store, relay.answers
        self._deliveries = deliveries
        self._own = HubAnswers(relay, deliveries, texts)
        self._order = Order()
        self._at = time.time()
        self._limits = Limiter(MESSAGES_PER_S, MESSAGES_BURST, lambda: self._at)
        self._taps = Taps(relay, deliveries, texts, self._own)
        self._refusals = Limiter(_REFUSALS_PER_S, 1)
        self._before_wipes = BeforeWipes()
        deliveries.on_wiped = self._before_wipes.wiped

    async def take(self, update: Private) -> None:
        """Take one update. What it says is in the store when this returns."""
        key = self.key_of(update.number)
        async with self._order.of(key):
            if self._before_wipes.has(key, update.update_id):
                await self._own.handled(update)
                return
            self._before_wipes.took(key, update.update_id)
            try:
                if not await self._take(key, update):
                    await self._take(key, update)  # its conversation went at that very moment: it begins a new one
            except StorageFailed:
                self._own.not_stored(key, update)
                raise
            finally:
                self._deliveries.wake(key)

    async def blocked(self, update: Blocked) -> None:
        """The bot was blocked: the conversation is left. Not where the teenager is back since: the news came late. Raises StorageFailed."""
        key, within, store = self.key_of(update.number), self._store.db.within, self._store.telegram
        async with self._order.of(key):
            if await within(STORE_WITHIN_S, store.is_handled(update.update_id)):
                return
            # Telegram's dates are whole seconds: who wrote in the same one may have blocked the bot after that.
            if not await within(STORE_WITHIN_S, store.is_seen_since(key, update.at + 1)):
                await self._deliveries.block(key)
            await self._own.handled(update)

    def put_off(self, update: Private) -> None:
        """It comes again after one that could not be stored; until then the fixed answer, so that danger is heard at once."""
        self._own.not_stored(self.key_of(update.number), update)

    def key_of(self, number: int) -> str:
        """The chat's pseudonym."""
        return self._store.telegram.numbers.pseudonym(number)

    def fail(self, update: Private) -> None:
        """A defect of ours: the fixed answer, so that nobody is left in silence."""
        self._own.say(
            self.key_of(update.number), update, self._answers.bubble("fallback_none", update.language or Language.NL, CHILD_FOCUS)
        )

    async def _take(self, key: str, update: Private) -> bool:
        """False: the conversation is gone since it was looked up."""
        message_id = None if isinstance(update, Tapped) else update.message_id
        work = self._store.telegram.arrive(key, update.update_id, message_id, update.sent_at)
        arrived = await self._store.db.within(STORE_WITHIN_S, work)
        if arrived.is_known:
            return True
        linked = arrived.linked
        try:
            if linked is not None:
                self._deliveries.link(key, linked.conversation_id, update.number)
                if linked.has_ended:
                    with contextlib.suppress(NotPossible):  # staff ended it at that very moment
                        await self._relay.person.come_back(linked.conversation_id)
            else:
                self._deliveries.unlink(key)
            match update:
                case Written():
                    return await self._written(key, update, linked)
                case Media():
                    return await self._media(key, update, linked)
                case Tapped():
                    return await self._taps.take(key, update, linked)
        except Gone:
            return False
        return True

    # ---- text ----------------------------------------------------------------------------------------------------

    async def _written(self, key: str, update: Written, linked: Linked | None) -> bool:
        command, rest = command_in(update.text)
        if command is None:
            linked = linked or await self._begin(key, update, is_urgent=self._answers.find_danger(update.text) is not None)
            return await self._is_note(key, update, linked) or await self._text(key, update, linked)
        if linked is None and command in _ENDINGS:
            return await self._nothing_here(key, update, command, rest)
        is_danger = bool(rest) and self._answers.find_danger(rest) is not None
        is_heard = is_danger or (command not in _ENDINGS and len(rest.split()) >= _FEWEST_WORDS)
        is_begun = linked is None and command == "start"
        is_urgent = is_danger or command in ("sos", "human")
        linked = linked or await self._begin(key, update, is_all=is_begun and not is_heard, is_urgent=is_urgent)
        if is_heard and not await self._hear_or_refuse(key, update, linked, rest):
            return False
        if is_begun:  # the first words were the answer to it
            await self._own.handled(update)
        else:
            await self._command(key, update, linked, command, rest)
        return True

    async def _command(self, key: str, update: Private, linked: Linked, command: str, rest: str) -> None:
        language = linked.language
        match command:
            case "start":
                await self._own.once(key, update, linked, [self._answers.bubble("resumed", language)])
            case "sos":
                await self._own.once(key, update, linked, [self._answers.sos(language)])
            case "human":
                await self._own.human(key, update, linked)
            case "taal" | "langue" if _LANGUAGE_OF[command] is language:
                await self._own.ask_language(key, update, linked)
            case "taal" | "langue":
                await self._own.set_language(key, update, linked, _LANGUAGE_OF[command])
            case "leave":
                last = await self._own.stop(linked, rest)
                await self._relay.leave(linked.conversation_id, language, is_silent=True)
                await self._own.once(key, update, linked, [last], is_last=True)
            case _:
                if not await self._relay.wipe(linked.conversation_id, language):
                    self._own.told.append(update.update_id)  # the relay said so
                    raise StorageFailed
                await self._own.handled(update)

    async def _text(self, key: str, update: Written, linked: Linked) -> bool:
        """A message for the relay. False: the conversation is gone."""
        if not await self._hear_or_refuse(key, update, linked, update.text):
            return False
        await self._own.handled(update)
        return True

    async def _hear_or_refuse(self, key: str, update: Private, linked: Linked, text: str) -> bool:
        """As `_hear`; refused (not the lines for the danger in it) where there are too many, or it is too long."""
        self._at = update.sent_at
        wait = self._limits.take(key)
        if not wait and len(text) <= LONGEST_TEXT:
            return await self._hear(key, update, linked, text)
        events: list[Event] = []
        await self._relay.refuse(linked.conversation_id, "too_fast" if wait else "too_long", text, linked.language, events.append)
        self._own.show(key, update, events)
        return True

    async def _hear(self, key: str, update: Private, linked: Linked, text: str) -> bool:
        """Hand it to the relay under an id that the same update always gets. False: the conversation is gone."""
        events: list[Event] = []
        message_id = self._store.telegram.message_id(update.update_id)
        await self._relay.say(linked.conversation_id, linked.language, message_id, text, events.append)
        if any(isinstance(event, Acked) for event in events):
            return True
        if any(isinstance(event, Failed) for event in events):
            return False
        if update.update_id not in self._own.told:
            self._own.show(key, update, events)
        raise StorageFailed

    async def _is_note(self, key: str, update: Written, linked: Linked) -> bool:
        """An answer to the card's message is added to the note; danger in it, and what finds no room, is heard as in any message."""
        found = await self._deliveries.open_card(key) if update.replies_to is not None else None
        if found is None or found[0].message_id != update.replies_to or found[1].is_sent:
            return False
        if not await self._is_offered(linked, found[0].handoff_id):
            return False
        card, rest = found[1].with_more(update.text)
        heard = update.text if self._answers.find_danger(update.text) is not None else rest
        if heard and not await self._hear_or_refuse(key, update, linked, heard):
            raise Gone
        kept = OpenCard(card.handoff_id, found[0].message_id, card.body())
        await self._store.db.within(STORE_WITHIN_S, self._store.telegram_cards.put(key, linked.conversation_id, kept))
        self._deliveries.redraw_card(key, update.number)
        if rest:
            await self._own.once(key, update, linked, [self._own.own("card_full", linked.language)])
        else:
            await self._own.handled(update)
        return True

    async def _is_offered(self, linked: Linked, handoff_id: str) -> bool:
        """Whether a card can still be decided on: not after they left."""
        case = await self._store.db.within(STORE_WITHIN_S, self._store.escalations.alive(linked.conversation_id))
        return case is not None and case.id == handoff_id and case.state is EscalationState.OFFERED

    # ---- the rest ------------------------------------------------------------------------------------------------

    async def _media(self, key: str, update: Media, linked: Linked | None) -> bool:
        """Not downloaded, refused kindly, once for an album; what stands beneath it is a message as any other."""
        linked = linked or await self._begin(key, update)
        if update.caption and not await self._hear(key, update, linked, update.caption[:LONGEST_TEXT]):
            return False
        if self._refusals.take(key):
            await self._own.handled(update)
            return True
        instead = self._own.own("media_instead", linked.language, helplines=(CHILD_FOCUS,))
        await self._own.once(key, update, linked, [self._answers.bubble("media_refused", linked.language), instead])
        return True

    async def _begin(self, key: str, update: Private, *, is_all: bool = False, is_urgent: bool = False) -> Linked:
        linked = await self._own.begin(update, is_all=is_all, is_urgent=is_urgent)
        self._deliveries.link(key, linked.conversation_id, update.number)
        return linked

    async def _nothing_here(self, key: str, update: Private, command: str, rest: str) -> bool:
        """Wiping or leaving where there is no conversation; `rest` stood behind the command."""
        await self._own.handled(update)
        language = update.language or Language.NL
        if command == "wipe":
            self._before_wipes.wiped(key)
        if rest and (finding := self._answers.find_danger(rest)) is not None:
            language = fixed_language(rest, finding, language)
            self._own.say(key, update, self._answers.fallback(about_finding(finding), language))
        name_or_own = self._own.own("nothing_to_wipe", language) if command == "wipe" else self._answers.bubble("left", language)
        self._own.say(key, update, name_or_own)
        return True
