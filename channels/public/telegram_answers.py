"""The hub's own answers in Telegram: stored once for each update, or (where nothing can be stored) said once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from channels.answers import CHILD_FOCUS, MOST_LINES, About
from channels.delivery import STORE_WITHIN_S
from channels.fanout import Event, Failed, Replied
from channels.public.telegram_send import Deliveries
from channels.public.telegram_texts import TelegramTexts
from channels.public.telegram_updates import Blocked, Media, Private, Written
from channels.relay import Relay
from channels.store import Linked, NotPossible, StorageFailed
from channels.turn import about_of, fixed_language
from channels.turn_runner import about_finding
from kernel.conversation import Bubble, Choice, Speaker
from kernel.language import Language, language_by_words

LANGUAGE_CHOICE = "language:"
"""Before the language in the payload of the buttons that switch it."""
_REMEMBERED = 1000


class HubAnswers:
    """What the hub says by itself. `key` is the chat's pseudonym."""

    def __init__(self, relay: Relay, deliveries: Deliveries, texts: TelegramTexts) -> None:
        self._relay, self._store, self._answers = relay, relay.store, relay.answers
        self._deliveries, self._texts = deliveries, texts
        self.told: deque[int] = deque(maxlen=_REMEMBERED)
        """Updates to which something was said that is not in the store: they come again, and it is not said again."""

    # ---- in the store --------------------------------------------------------------------------------------------

    async def once(
        self,
        key: str,
        update: Private,
        linked: Linked,
        bubbles: Sequence[Bubble],
        *,
        language: Language | None = None,
        is_last: bool = False,
    ) -> None:
        """Store the answer to an update together with "handled"; as `TelegramChats.say_once`. Raises StorageFailed and Gone."""
        async with self._relay.delivery.order.of(linked.conversation_id):
            work = self._store.telegram.say_once(key, linked.conversation_id, update.update_id, bubbles, language=language, is_last=is_last)
            is_new = await self._store.db.within(STORE_WITHIN_S, work)
        if is_new:
            self._relay.delivery.count(bubbles)

    async def handled(self, update: Private | Blocked) -> None:
        """Note that an update was handled. Raises StorageFailed."""
        await self._store.db.within(STORE_WITHIN_S, self._store.telegram.handled(update.update_id))

    async def set_language(self, key: str, update: Private, linked: Linked, language: Language) -> None:
        """The teenager chose a language; a button leads back to the other one. Raises StorageFailed and Gone."""
        bubble = self.own("language_set", language, self._language_choice(language.other))
        await self.once(key, update, linked, [bubble], language=language)

    async def ask_language(self, key: str, update: Private, linked: Linked) -> None:
        """Which one? Raises StorageFailed and Gone."""
        choices = (self._language_choice(each) for each in Language)
        await self.once(key, update, linked, [self.own("choose_language", linked.language, *choices)])

    async def human(self, key: str, update: Private, linked: Linked) -> None:
        """A person is offered, as with the button of the page, and the card is shown; 116000 when that cannot be. Raises StorageFailed
        and Gone."""
        try:
            bubble = await self._relay.person.asked_for(linked.conversation_id, linked.language)
        except NotPossible:
            bubble = self._answers.human(linked.language)
        await self.once(key, update, linked, [bubble])
        try:
            await self._relay.person.show_card(linked.conversation_id)
        except (StorageFailed, NotPossible):
            self._deliveries.look_for_card(key)

    async def stop(self, linked: Linked, said: str) -> Bubble:
        """The last words, with lines where there is or was danger: nothing comes after them. `said` stood behind the command.

        Ask for it before the conversation is left: then the person who was offered is not any more. Raises StorageFailed and Gone.
        """
        finding = self._answers.find_danger(said) if said else None
        if finding is not None:
            language = fixed_language(said, finding, linked.language)
            danger, stop = self._answers.fallback(about_finding(finding), language), self._answers.bubble("stop", language)
            return replace(danger, text=f"{danger.text}\n\n{stop.text}", helplines=_with_child_focus(danger.helplines))
        within, store = self._store.db.within, self._store
        conversation = await within(STORE_WITHIN_S, store.conversations.get(linked.conversation_id))
        if not conversation.urgency.is_danger:
            return self._answers.bubble("stop", linked.language)
        about, case = about_of(conversation, None), await within(STORE_WITHIN_S, store.escalations.alive(linked.conversation_id))
        about = replace(about, need=about.need or (case.need if case is not None else None))
        return self._answers.bubble("stop", linked.language, *_with_child_focus(self._answers.some_lines(about, linked.language)))

    async def begin(self, update: Private, *, is_all: bool, is_urgent: bool) -> Linked:
        """A new conversation with the honest first words. Raises StorageFailed.

        `is_all`: that is the whole answer. `is_urgent`: the answer must not wait behind a question (a message a second).
        """
        language = (language_by_words(update.text) if isinstance(update, Written) else None) or update.language or Language.NL
        first, *rest = self._answers.greeting(language)
        bubbles = [replace(first, text=f"{first.text}\n\n{self._texts.text('honest', language)}"), *(() if is_urgent else rest)]
        update_id = update.update_id if is_all else None
        work = self._store.telegram.begin(
            update.number, language, bubbles, update.sent_at, message_id=update.message_id, update_id=update_id
        )
        linked = await self._store.db.within(STORE_WITHIN_S, work)
        self._relay.delivery.count(bubbles)
        return linked

    # ---- not in the store ----------------------------------------------------------------------------------------

    def not_stored(self, key: str, update: Private) -> None:
        """Storing failed and the update comes again: the fixed answer, once; danger has its own."""
        if update.update_id in self.told:
            return
        said = update.text if isinstance(update, Written) else update.caption if isinstance(update, Media) else ""
        finding = self._answers.find_danger(said) if said else None
        language = fixed_language(said, finding, update.language or Language.NL)
        about = about_finding(finding) if finding is not None else About()
        self._relay.delivery.not_stored(None, about, language, lambda event: self.show(key, update, [event]))

    def show(self, key: str, update: Private, events: Sequence[Event]) -> None:
        """Errors, and answers that are not in the store."""
        for event in events:
            if isinstance(event, Replied):
                self.told.append(update.update_id)
                self._deliveries.say(key, update.number, event)
            elif isinstance(event, Failed):
                self.say(key, update, Bubble(event.text, update.language or Language.NL, speaker=Speaker.SYSTEM))

    def say(self, key: str, update: Private, bubble: Bubble) -> None:
        """Say what belongs to no conversation."""
        cards = self._answers.cards(bubble.helplines, bubble.language)
        reply = Replied(None, None, bubble.speaker, bubble.language, bubble.text, bubble.choices, cards)
        self._deliveries.say(key, update.number, reply)

    # ---- words ---------------------------------------------------------------------------------------------------

    def own(self, name: str, language: Language, *choices: Choice, helplines: tuple[str, ...] = ()) -> Bubble:
        """A text of Telegram's own as a bubble."""
        text = self._texts.text(name, language)
        return Bubble(text, language, choices=choices, helplines=helplines, speaker=Speaker.SYSTEM)

    def _language_choice(self, language: Language) -> Choice:
        return Choice(self._texts.text(f"language_{language.value}", language), f"{LANGUAGE_CHOICE}{language.value}")


def _with_child_focus(helplines: tuple[str, ...]) -> tuple[str, ...]:
    """116000 among them, which is there for all and always."""
    return helplines if CHILD_FOCUS in helplines else (*helplines[: MOST_LINES - 1], CHILD_FOCUS)
