"""A teenager's phone: the chat page of the running product in Chromium, driven as a hand would, and everything seen of it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket, expect
from reply_texts import texts

TURN_MS = 8000
_LOST_LINE = ("WebSocket connection to", "Failed to load resource: net::ERR_CONNECTION_REFUSED")
"""What a browser itself says when the hub is gone: the only complaint a journey may cause, and only where it kills the hub."""


@dataclass(frozen=True)
class Turn:
    """What the page shows after something was said: bubbles, the buttons that can be pressed, the cards in order."""

    bubbles: tuple[str, ...]
    choices: tuple[str, ...]
    cards: tuple[str, ...]
    lang: str

    def says(self, name: str) -> bool:
        """Whether one of the bubbles is a variation of this reply (data/responses)."""
        said = texts().replies[name][self.lang]
        return any(bubble in said for bubble in self.bubbles)


@dataclass
class ChatPage:
    """The page, and what was recorded: addresses asked for, complaints, frames in both directions."""

    page: Page
    context: BrowserContext
    base_url: str
    may_lose_line: bool = False
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def listen(self) -> None:
        """Start recording; before the page is opened."""
        self.context.on("request", self._on_request)
        self.page.on("websocket", self._on_socket)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._on_console)

    async def open(self, lang: str) -> None:
        """Open the page and wait for the greeting and its question."""
        await self.page.goto(f"{self.base_url}/?lang={lang}")
        await self.page.wait_for_selector("#log .choices:not(.past)")
        await self.check_not_stuck()

    # ---- what a teenager does ------------------------------------------------------------------------------------

    async def write(self, text: str) -> Turn:
        """Type and send; gives the answer once the turn is complete."""
        await self.page.fill("#text", text)
        await self.page.click("#send")
        return await self.answer()

    async def press(self, title: str) -> Turn:
        """Press one of the buttons that can be pressed now."""
        await self.page.locator("#log .choices:not(.past) button", has_text=title).first.click()
        return await self.answer()

    async def answer(self) -> Turn:
        """The answer to what was said last: complete, not silent, no bubble twice in a row, and a way to go on."""
        await expect(self.page.locator("#log .turn.me .state").last).to_have_attribute("data-state", "sent", timeout=TURN_MS)
        await self._until_done()
        turn = await self._last_turn()
        assert turn.bubbles, "silence"
        before = self.turns[-1].bubbles[-1:] if self.turns else ()
        row = [*before, *turn.bubbles]
        assert all(one != other for one, other in itertools.pairwise(row)), f"the same bubble twice in a row: {row}"
        await self.check_not_stuck()
        self.turns.append(turn)
        return turn

    # ---- what is on the page -------------------------------------------------------------------------------------

    async def check_not_stuck(self) -> None:
        """There is always a way to go on: the box to write in, the human, the lines, and buttons where some are shown."""
        for part in ("#text", "#send", "#human", "#sos", "#leave"):
            await expect(self.page.locator(part)).to_be_visible()
            await expect(self.page.locator(part)).to_be_enabled()
        for button in await self.page.locator("#log .choices:not(.past) button").all():
            assert await button.get_attribute("aria-disabled") != "true", "a button that cannot be pressed"

    async def bubbles(self) -> list[str]:
        """All bubbles of the bot (not the teenager's), from top to bottom."""
        return await self.page.locator("#log .turn:not(.me) .bubble .text").all_inner_texts()

    async def own(self) -> list[str]:
        """All bubbles of the teenager."""
        return await self.page.locator("#log .turn.me .bubble .text").all_inner_texts()

    async def token(self) -> str:
        """The token of the conversation that the page keeps."""
        kept: str = await self.page.evaluate("() => (sessionStorage.getItem('chat') || '').split(' ')[0]")
        assert kept, "the page keeps no token"
        return kept

    def stored_bubbles(self) -> list[str]:
        """The replies the hub numbered, each number once, in that order: what the page must show, no more, no less."""
        numbered = {frame["seq"]: frame["text"] for frame in self.heard if frame["type"] == "reply" and frame["seq"] is not None}
        return [numbered[seq] for seq in sorted(numbered)]

    def lines(self) -> list[str]:
        """The helpline ids in the answer to what was said last, in order."""
        last = self._last_id()
        return [
            card["id"] for frame in self.heard if frame["type"] == "reply" and frame["in_reply_to"] == last for card in frame["helplines"]
        ]

    # ---- what must never have happened ---------------------------------------------------------------------------

    def check_record(self) -> None:
        """Only our own origin was asked; nothing was complained about."""
        assert self.addresses, "nothing was recorded"
        ours = urlsplit(self.base_url).netloc
        assert [each for each in self.addresses if urlsplit(each).netloc != ours] == []
        expected = _LOST_LINE if self.may_lose_line else ()
        assert [each for each in self.complaints if not each.startswith(expected)] == []

    async def _until_done(self) -> None:
        last = self._last_id()
        for _ in range(TURN_MS // 20):
            if any(frame["type"] == "done" and frame["in_reply_to"] == last for frame in self.heard):
                return
            await self.page.wait_for_timeout(20)
        raise AssertionError("the turn was never complete")

    def _last_id(self) -> str:
        return str(next(frame["id"] for frame in reversed(self.said) if frame["type"] in ("say", "choose")))

    async def _last_turn(self) -> Turn:
        found = await self.page.evaluate(
            """() => {
              const all = [...document.querySelectorAll('#log .turn')];
              const from = all.findLastIndex((node) => node.classList.contains('me'));
              const texts = (nodes, what) => nodes.flatMap((node) => [...node.querySelectorAll(what)].map((each) => each.textContent));
              const bot = all.slice(from + 1);
              return {
                bubbles: texts(bot, '.bubble .text'), choices: texts(bot, '.choices:not(.past) button'),
                cards: texts(bot, '.card-name b'), lang: bot.length ? bot.at(-1).lang : '',
              };
            }"""
        )
        return Turn(tuple(found["bubbles"]), tuple(found["choices"]), tuple(found["cards"]), found["lang"])

    def _on_request(self, request: Request) -> None:
        self.addresses.append(request.url)

    def _on_socket(self, socket: WebSocket) -> None:
        self.addresses.append(socket.url)
        socket.on("framereceived", lambda payload: self.heard.append(json.loads(payload)))
        socket.on("framesent", lambda payload: self.said.append(json.loads(payload)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") or "CSP" in message.text:
            self.complaints.append(message.text)


OpenChat = Callable[..., Awaitable[ChatPage]]
"""What the fixture `open_chat` gives."""
