"""One small surface for a teenager's chat, on the web and on Telegram, so that the same scripts drive both.

What comes back has the form of the chat protocol's `reply` frames on both: text, lang, choices, helplines, from.
"""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Callable
from functools import cache
from typing import Protocol

from bot_api import BotApi
from bot_api_state import Sent
from bot_api_updates import Update
from chat_client import Chat, Frame, replies
from phone import Phone
from product_world import ROOT
from reply_texts import LANGUAGES, texts
from ruamel.yaml import YAML
from talking import PATIENCE_S, press, say

from kernel.language import Language
from safety.directory import Directory

_QUIET_S = 2.5
"""Telegram takes one message a second in a chat: what follows an answer follows within that."""
_AT_ONCE = asyncio.Semaphore(3)
"""So many turns at the bot at the same time: more and the fixed answer comes, which is no journey."""
_BEGIN_AT_ONCE = asyncio.Semaphore(10)
_NAMED = re.compile(r"^(?P<name>.+?)(?: \([^()]*\))?$")
_CARD = re.compile(r"[xk]:([0-9a-f]{32}):")


class TeenChat(Protocol):
    """A chat after its greeting."""

    language: str

    async def turn(self, text: str) -> list[Frame]:
        """Say something; gives the replies."""

    async def choose(self, title: str) -> list[Frame]:
        """Press a button of the last bubbles; gives the replies."""

    async def ask_person(self) -> list[Frame]:
        """The button that is always there; gives what is said before the card."""

    async def card(self) -> list[str]:
        """The lines of the hand-off card that stands open."""

    async def send_card(self, note: str = "") -> list[str]:
        """Take its first line off, add a note, send; gives the lines that went, once it is said that they are stored."""

    async def tell(self, text: str) -> None:
        """Say something to whom answers later, or not."""

    async def hear(self, text: str) -> Frame:
        """The bubble with this text, which comes by itself."""

    def mark(self) -> int:
        """A moment in the chat, for `since`."""

    def since(self, mark: int) -> list[Frame]:
        """The replies that came after it."""

    async def command(self, name: str) -> list[Frame]:
        """ "sos", "wis", "efface", "stop", as this channel's own command."""


class OnWeb:
    """Over the chat protocol."""

    def __init__(self, chat: Chat, language: str) -> None:
        self.chat, self.language = chat, language

    async def turn(self, text: str) -> list[Frame]:
        async with _AT_ONCE:
            return await say(self.chat, text)

    async def choose(self, title: str) -> list[Frame]:
        async with _AT_ONCE:
            return await press(self.chat, title)

    async def ask_person(self) -> list[Frame]:
        await self.chat.send(type="human")
        return replies(await self.chat.until("handoff", PATIENCE_S))

    async def _card(self) -> Frame:
        found = [frame for frame in self.chat.seen if frame["type"] == "handoff"]
        return found[-1] if found else (await self.chat.until("handoff", PATIENCE_S))[-1]

    async def card(self) -> list[str]:
        return [line["text"] for line in (await self._card())["lines"]]

    async def send_card(self, note: str = "") -> list[str]:
        card = await self._card()
        kept = card["lines"][1:]
        await self.chat.send(type="handoff", id=card["id"], decision="send", note=note or None, share=[line["id"] for line in kept])
        await self.chat.until("handoff_stored", PATIENCE_S)
        self.chat.seen[:] = [frame for frame in self.chat.seen if frame["type"] != "handoff"]
        return [line["text"] for line in kept]

    async def tell(self, text: str) -> None:
        await self.chat.send(type="say", id=str(uuid.uuid4()), text=text)

    async def hear(self, text: str) -> Frame:
        end = time.monotonic() + 15
        while True:
            found = [frame for frame in replies(self.chat.seen) if frame["text"] == text]
            if found:
                return found[-1]
            await self.chat.read(max(0.1, end - time.monotonic()))

    def mark(self) -> int:
        return len(self.chat.seen)

    def since(self, mark: int) -> list[Frame]:
        return replies(self.chat.seen[mark:])

    async def command(self, name: str) -> list[Frame]:
        await self.chat.send(type="say", id=str(uuid.uuid4()), text=name)
        return replies(await self.chat.answer(1.0))


class OnTelegram:
    """On a phone with Telegram. `is_done` says whether the hub has brought everything that it has said in this person's chat."""

    def __init__(self, phone: Phone, language: str, is_done: Callable[[int], bool]) -> None:
        self.phone, self.language, self._is_done = phone, language, is_done

    @classmethod
    async def begin(cls, api: BotApi, language: str, is_done: Callable[[int], bool]) -> OnTelegram:
        """A new person who presses Start."""
        async with _BEGIN_AT_ONCE:
            chat = cls(Phone(api, language), language, is_done)
            found = await chat._answer(chat.phone.write("/start"))
        assert found[-1]["choices"], "the greeting has no buttons"
        return chat

    async def turn(self, text: str) -> list[Frame]:
        async with _AT_ONCE:
            written = self.phone.write(text)
            await self._first(written[0].id)
        return await self._answer(written)

    async def choose(self, title: str) -> list[Frame]:
        before = self.mark()
        async with _AT_ONCE:
            query, update = self.phone.press(title)
            await self._first(before)
        found = await self._answer((before, update))
        pressed = self.phone.chat.messages[query.message_id]
        await self.phone.until(
            lambda: query.data not in [one.get("callback_data") for one in pressed.buttons], what="a used button is gone"
        )
        await self.phone.until(lambda: query.answers, what="the press is answered")
        return found

    async def ask_person(self) -> list[Frame]:
        sent, _ = self.phone.write({"nl": "/mens", "fr": "/humain"}[self.language])
        await self._first(sent.id)
        bubble = next(one for one in self.phone.chat.of_bot if one.id > sent.id and not is_card(one))
        await self.phone.until(lambda: self._open_card(bubble.id), what="the card, after the words")
        return self.since(sent.id)

    def _open_card(self, after: int = 0) -> Sent | None:
        cards = [sent for sent in self.phone.bubbles if sent.id > after and any(is_of_card(button, "s") for button in sent.buttons)]
        return cards[-1] if cards else None

    async def _card(self) -> Sent:
        """The one that stands open, once no newer one comes in its place."""
        await self.phone.until(self._open_card, what="a card")
        await asyncio.sleep(_QUIET_S)
        card = self._open_card()
        assert card is not None
        return card

    async def card(self) -> list[str]:
        return card_lines(await self._card(), "✓✗")

    async def send_card(self, note: str = "") -> list[str]:
        card = await self._card()
        first = next(button for button in card.buttons if is_of_card(button, "x"))
        self.phone.press_data(card, first["callback_data"])
        await self.phone.until(lambda: any(is_of_card(button, "k") for button in card.buttons), what="a line taken off")
        if note:
            self.phone.write(note, reply_to=card)
            await self.phone.until(lambda: note in card.text, what="the note stands in the card")
        kept = card_lines(card, "✓")
        send = next(button for button in card.buttons if is_of_card(button, "s"))
        self.phone.press_data(card, send["callback_data"])
        await self.phone.until(lambda: not any(is_of_card(button, "s") for button in card.buttons), what="the card was sent")
        return kept

    async def tell(self, text: str) -> None:
        self.phone.write(text)

    async def hear(self, text: str) -> Frame:
        await self.phone.until(lambda: any(frame["text"] == text for frame in self.since(0)), 15, text)
        return [frame for frame in self.since(0) if frame["text"] == text][-1]

    def mark(self) -> int:
        return self.phone.chat.next_id - 1

    def since(self, mark: int) -> list[Frame]:
        """Cards are no replies."""
        shown = [sent for sent in self.phone.chat.of_bot if sent.id > mark and not is_card(sent)]
        return [frame_of(sent) for sent in shown]

    async def command(self, name: str) -> list[Frame]:
        sent, _ = self.phone.write(f"/{name}")
        await self._first(sent.id)
        await asyncio.sleep(_QUIET_S)  # what a wipe says is not in the store
        return self.since(sent.id)

    async def _first(self, after: int) -> None:
        await self.phone.until(lambda: self.since(after), what="an answer")

    async def _answer(self, done: tuple[Sent | int, Update | None]) -> list[Frame]:
        """The answer to what was written (or pressed behind message `done[0]`), complete."""
        after, update = done[0].id if isinstance(done[0], Sent) else done[0], done[1]
        await self._first(after)
        assert update is not None
        await self.phone.until(lambda: update.is_confirmed and self._is_done(self.phone.chat.id), 30, "the answer is complete")
        return self.since(after)


def is_of_card(button: Frame, kinds: str) -> bool:
    """Whether a button belongs to a hand-off card: x takes a line off, k keeps it again, s sends, n cancels."""
    kind, colon, _ = str(button.get("callback_data", "")).partition(":")
    return bool(colon) and kind in tuple(kinds)


def card_lines(card: Sent, marks: str) -> list[str]:
    """The lines of a card with one of these marks: ✓ goes along, ✗ was taken off."""
    return [line[2:] for line in card.text.splitlines() if line[:1] in tuple(marks) and line[1:2] == " "]


def is_card(sent: Sent) -> bool:
    """Whether a message is (or was, before it was decided) a hand-off card."""
    return any(is_of_card(button, "xksn") for button in sent.buttons) or any(text != sent.text for text in sent.edits)


@cache
def names() -> dict[str, str]:
    """The name of each helpline, in either language → its id."""
    directory = Directory.load(ROOT / "data/safety/helplines.yml")
    return {service.names[language]: service.id for service in directory for language in Language}


@cache
def headings() -> tuple[str, ...]:
    """What stands above the words of a counsellor."""
    (path,) = (ROOT / "data/telegram").glob("*.yml")
    texts_of = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["page"]["telegram"]["counsellor"]
    return tuple(texts_of.values())


def frame_of(sent: Sent) -> Frame:
    """A bubble as the chat protocol would show it: the helplines in it taken apart."""
    parts, lines = [], []
    for part in sent.text.split("\n\n"):
        found = _NAMED.match(part.split("\n")[0])
        known = names().get(found["name"]) if found else None
        if known is None:
            parts.append(part)
        else:
            lines.append({"id": known, "text": part})
    text, speaker = "\n\n".join(parts), "bot"
    for heading in headings():
        if text.startswith(heading):
            text, speaker = text.removeprefix(heading).strip(), "counsellor"
    return {
        "type": "reply",
        "text": text,
        "from": speaker,
        "lang": next((language for language in LANGUAGES if text in texts().said[language]), ""),
        "choices": [{"title": button["text"]} for button in sent.buttons if "callback_data" in button],
        "helplines": lines,
        "urls": [button["url"] for button in sent.buttons if "url" in button],
    }
