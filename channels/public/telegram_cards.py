"""The hand-off card in Telegram: the lines with a button each, the note, send and not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from channels.fanout import CardShown
from channels.handoff import LONGEST_NOTE
from channels.public.telegram_api import Button, Parcel
from channels.public.telegram_texts import TelegramTexts
from channels.public.telegram_view import LONGEST, Page, split, units
from kernel.language import Language

TAKE_OFF, KEEP, SEND, CANCEL = "x:", "k:", "s:", "n:"
_LONGEST_TITLE = 48
_ON, _OFF = "✓ ", "✗ "
_LEAST_ROOM = 40
"""Fewer characters of a note are not worth to be split off."""
NOTE = "note"
"""Stands for the note where a button takes off a line."""


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card shows. `lines`: id and text; `off`: ids that were taken off; `closed`: that the desk is, and until when."""

    handoff_id: str
    language: Language
    lines: tuple[tuple[str, str], ...]
    closed: str
    who: str
    off: frozenset[str] = frozenset()
    note: str = ""
    is_sent: bool = False

    @property
    def share(self) -> tuple[str, ...]:
        """The ids of the lines that may go."""
        return tuple(line_id for line_id, _ in self.lines if line_id not in self.off)

    def body(self) -> dict[str, Any]:
        """JSON-ready."""
        plain = {"lines": [list(line) for line in self.lines], "off": sorted(self.off), "note": self.note}
        return plain | {"language": self.language.value, "closed": self.closed, "who": self.who, "is_sent": self.is_sent}

    @classmethod
    def of(cls, handoff_id: str, body: dict[str, Any]) -> CardState:
        """From `body`."""
        lines = tuple((str(line_id), str(text)) for line_id, text in body["lines"])
        around = (body["closed"], body["who"], frozenset(body["off"]), body["note"], body["is_sent"])
        return cls(handoff_id, Language(body["language"]), lines, *around)

    def sent(self) -> CardState:
        """What is left of it once it was sent: only what staff got."""
        return replace(self, lines=tuple(line for line in self.lines if line[0] not in self.off), off=frozenset(), is_sent=True)

    def without(self, line_id: str) -> CardState:
        """With a line taken off."""
        return replace(self, off=self.off | {line_id})

    def with_more(self, words: str) -> tuple[CardState, str]:
        """With these words added to the note; and what of them finds no room. Words that it ends with are not added again."""
        words = words.strip()
        if self.note == words or self.note.endswith(f"\n{words}"):
            return self, ""
        before = f"{self.note}\n" if self.note else ""
        room = LONGEST_NOTE - len(before)
        if room < _LEAST_ROOM:
            return self, words
        fitting, *_ = split(words, room)
        return replace(self, note=before + fitting), words[len(fitting) :].strip()

    def without_note(self) -> CardState:
        """With nothing said beside the lines."""
        return replace(self, note="")

    def with_line(self, line_id: str) -> CardState:
        """With a line put back."""
        return replace(self, off=self.off - {line_id})


@dataclass(slots=True)
class CardView:
    """Draws cards."""

    texts: TelegramTexts
    _shortest: int = field(default=200, init=False)

    def state(self, card: CardShown, language: Language, before: CardState | None) -> CardState:
        """What the card shows; what was taken off and said on the same card before stays so."""
        closed = "" if card.is_desk_open else self.texts.text("handoff_closed", language)
        if card.opens_at is not None and not card.is_desk_open:
            closed += " " + self.texts.text("handoff_opens", language, when=self.texts.when(card.opens_at, language))
        state = CardState(card.handoff_id, language, card.lines, closed, card.who_gets_to_know, is_sent=not card.lines)
        if before is not None and before.handoff_id == card.handoff_id and not before.is_sent:
            return replace(state, off=before.off & {line_id for line_id, _ in card.lines}, note=before.note)
        return state

    def parcel(self, state: CardState) -> Parcel:
        """The card as it is now: to decide on; sent; or (without lines) what was sent earlier and waits."""
        if state.is_sent and (state.lines or state.note):
            return self._sent(state)
        text, language = self.texts.text, state.language
        if not state.lines:
            withdraw = Button(text("handoff_withdraw", language), data=f"{CANCEL}{state.handoff_id}")
            return Page().add(text("holder_waiting", language), is_bold=True).parcel(((withdraw,),))
        page = Page().add(text("handoff_title", language), is_bold=True)
        if state.closed:
            page.add(f"\n{state.closed}")
        page.add("\n")
        room = LONGEST - 1500 - units(state.who)
        for line_id, line in state.lines:
            page.add(f"\n{_OFF if line_id in state.off else _ON}{line[: max(self._shortest, room // len(state.lines))]}")
        page.add(f"\n\n{text('card_lines', language)}")
        page.add(f"\n{text('card_noted', language, note=state.note) if state.note else text('card_note', language)}")
        page.add("\n\n").add(text("handoff_who", language), is_bold=True).add(f"\n{state.who}")
        decide = (
            Button(text("handoff_send", language), data=f"{SEND}{state.handoff_id}"),
            Button(text("handoff_cancel", language), data=f"{CANCEL}{state.handoff_id}"),
        )
        forget = Button(f"{_OFF}{text('card_unnote', language)}", data=f"{TAKE_OFF}{state.handoff_id}:{NOTE}")
        return page.parcel((*((_toggle(state, *line),) for line in state.lines), *(((forget,),) if state.note else ()), decide))

    def _sent(self, state: CardState) -> Parcel:
        """Stored: what went, and the way to take it back while nobody came."""
        text, language = self.texts.text, state.language
        page = Page().add(text("handoff_stored", language), is_bold=True)
        for line_id, line in state.lines:
            if line_id not in state.off:
                page.add(f"\n{_ON}{line[:300]}")
        if state.note:
            page.add(f"\n{text('card_noted', language, note=state.note)}")
        return page.parcel(((Button(text("handoff_withdraw", language), data=f"{CANCEL}{state.handoff_id}"),),))

    def cancelled(self, language: Language) -> Parcel:
        """Not sent, or taken back."""
        return Parcel(self.texts.text("handoff_cancelled", language))


def _toggle(state: CardState, line_id: str, line: str) -> Button:
    is_off = line_id in state.off
    title = line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1].rstrip()}…"
    return Button(f"{_OFF if is_off else _ON}{title}", data=f"{KEEP if is_off else TAKE_OFF}{state.handoff_id}:{line_id}")
