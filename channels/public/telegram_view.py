"""Bubbles as messages of Telegram: one for each, with its helplines as text and buttons; long ones in parts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from channels.fanout import Replied
from channels.public.telegram_api import Button, Parcel, Rows
from channels.public.telegram_texts import TelegramTexts
from kernel.conversation import Speaker
from kernel.language import Language
from safety.directory import Card

LONGEST = 4096
"""Of a message, in UTF-16 units."""
_SHORT_TITLE = 14
"""Two choices this short stand side by side."""
CHOICE, READ = "c:", "r"
_ENDS = (r"\n+", r"(?<=[.!?…])[\"”»)]*\s+", r"\s+")  # where a text may be cut, best first


class Page:
    """A text that is being written, and what of it is bold."""

    def __init__(self) -> None:
        self._text = ""
        self._bold: list[tuple[int, int]] = []

    def add(self, text: str, *, is_bold: bool = False) -> Page:
        """Add text."""
        if is_bold and text:
            self._bold.append((units(self._text), units(text)))
        self._text += text
        return self

    def parcels(self, rows: Rows = ()) -> list[Parcel]:
        """As messages; the buttons stand beneath the last one."""
        found, start = [], 0
        parts = split(self._text)
        for number, part in enumerate(parts, 1):
            start = self._text.index(part, start)
            offset, end = units(self._text[:start]), units(self._text[:start]) + units(part)
            bold = tuple((max(at, offset) - offset, min(at + long, end) - max(at, offset)) for at, long in self._bold)
            found.append(Parcel(part, rows if number == len(parts) else (), tuple(one for one in bold if one[1] > 0)))
            start += len(part)
        return found

    def parcel(self, rows: Rows = ()) -> Parcel:
        """As one message, for what is known to be short enough."""
        return self.parcels(rows)[-1]


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, longest: int = LONGEST) -> list[str]:
    """The text in parts of at most `longest` units: cut at the end of a line, else of a sentence, else of a word, else anywhere."""
    parts, rest = [], text.strip()
    while units(rest) > longest:
        head = _head(rest, longest)
        cut = _cut(head)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def _head(text: str, longest: int) -> str:
    head = text[:longest]
    while units(head) > longest:
        head = head[: len(head) - max(1, (units(head) - longest) // 2)]
    return head


def _cut(head: str) -> int:
    """Where to cut: as late as possible, but not in the first half unless there is nothing better than anywhere."""
    for pattern in _ENDS:
        ends = [found.end() for found in re.finditer(pattern, head) if found.end() > len(head) // 2]
        if ends:
            return ends[-1]
    return len(head)


class View:
    """Draws bubbles."""

    def __init__(self, texts: TelegramTexts) -> None:
        self._texts = texts

    def bubble(self, reply: Replied) -> list[Parcel]:
        """The messages of a bubble."""
        page = Page()
        if reply.speaker is Speaker.COUNSELLOR:
            page.add(self._texts.text("counsellor", reply.language), is_bold=True).add("\n")
        page.add(reply.text)
        for card in reply.cards:
            self._card(page, card, reply)
        return page.parcels((*_choices(reply), *self._links(reply)))

    def notice(self, language: Language) -> Parcel:
        """Says neutrally that there is an answer."""
        button = Button(self._texts.text("read", language), data=READ)
        return Parcel(self._texts.text("late", language), ((button,),))

    def _card(self, page: Page, card: Card, reply: Replied) -> None:
        """A line of its own for the number, exactly as it is dialled, so that phones see it."""
        state = {True: "open_now", False: "closed_now", None: None}[card.open]
        page.add("\n\n").add(card.name, is_bold=True)
        if state is not None:
            page.add(f" ({self._texts.text(state, reply.language)})")
        if card.phone:
            page.add("\n" + self._texts.text("call", reply.language, phone=card.phone))
        if card.email:  # in the text: no button of Telegram leads to an address
            page.add("\n" + self._texts.text("mail", reply.language, email=card.email))
        if card.note:
            page.add("\n" + card.note)

    def _links(self, reply: Replied) -> Iterable[tuple[Button, ...]]:
        for card in reply.cards:
            chat, site = (self._texts.text(name, reply.language) for name in ("chat_with", "site"))
            row = [Button(f"{chat}: {card.name}", url=card.chat)] if card.chat else []
            if card.url and card.url != card.chat:
                row.append(Button(f"{site}: {card.name}", url=card.url))
            if row:
                yield tuple(row)


def _choices(reply: Replied) -> Rows:
    buttons = [Button(choice.title, data=f"{CHOICE}{choice.payload}") for choice in reply.choices]
    if all(len(one.title) <= _SHORT_TITLE for one in buttons):
        return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return tuple((one,) for one in buttons)
