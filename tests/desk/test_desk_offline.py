"""A desk page whose line fell: what it shows while it is away, and what it must not go on showing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from chat_client import Chat
from desk_browser import WIDE, Counter
from desk_world import DeskWorld, Person, asks_for_a_person, teenager
from playwright.async_api import Browser, Page, WebSocketRoute, expect

from kernel.language import Language
from kernel.role import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORDS = ("wat niemand mag weten", "mijn briefje")


class Line:
    """The line of the page's socket: it can be cut, and it can die without a word."""

    def __init__(self) -> None:
        self.is_down, self.is_dead, self.opened = False, False, 0
        self._refusals: list[asyncio.Future[None]] = []
        self._ends: list[tuple[WebSocketRoute, WebSocketRoute]] = []

    async def put_on(self, page: Page) -> None:
        await page.route_web_socket("**/live/ws**", self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        if self.is_down:
            self._refusals.append(asyncio.ensure_future(socket.close()))
            return
        server = socket.connect_to_server()
        self.opened += 1
        self._ends.append((socket, server))
        server.on_message(self._pass_on(socket))

    def _pass_on(self, socket: WebSocketRoute) -> Callable[[Any], None]:
        def pass_on(message: Any) -> None:
            if not self.is_dead:
                socket.send(message)

        return pass_on

    async def cut(self) -> None:
        """No line from now on."""
        self.is_down = True
        for ends in self._ends:
            for end in ends:
                await end.close()
        self._ends = []


async def open_case(world: DeskWorld, browser: Browser, person: Person) -> tuple[Chat, str, Counter, Line]:
    """A case that this person holds, open in their browser, with words in it."""
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat, WORDS[1])
    await person.post(f"/cases/{case_id}/claim")
    await chat.say(WORDS[0], seconds=6)
    counter, line = await Counter.of(browser, person, **WIDE), Line()
    await line.put_on(counter.page)
    page = await counter.open(f"/cases/{case_id}")
    for word in WORDS:
        await expect(page.locator("main")).to_contain_text(word)
    return chat, case_id, counter, line


async def close(chat: Chat, counter: Counter) -> None:
    await chat.close()
    counter.complaints = [each for each in counter.complaints if "401" not in each and "403" not in each]
    await counter.close()


async def test_what_was_wiped_while_the_page_was_away_goes_from_it(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat, _, counter, line = await open_case(world, chromium, an)
    await line.cut()
    await chat.send(type="wipe")
    await chat.until("wiped", 6)
    line.is_down = False
    main = counter.page.locator("main")
    await expect(main).to_contain_text("gewist")
    for word in WORDS:
        await expect(main).not_to_contain_text(word)
    await expect(counter.page.locator("#offline")).to_be_hidden()
    await close(chat, counter)


async def test_a_session_that_ended_while_the_page_was_away_leaves_nothing_on_it(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat, _, counter, line = await open_case(world, chromium, an)
    await line.cut()
    for session in await world.store.sessions.of_account(an.id):
        await world.store.sessions.end(session.handle)
    await expect(counter.page.locator("#offline")).to_contain_text("Je sessie is voorbij")
    await expect(counter.page.locator("main")).to_be_empty()
    line.is_down = False
    opened = line.opened
    await counter.page.wait_for_timeout(3000)
    assert line.opened == opened, "it went on trying"
    await close(chat, counter)


async def test_a_case_that_a_colleague_took_over_meanwhile_goes_from_the_page(world: DeskWorld, chromium: Browser) -> None:
    an, bo = await world.staff("An", Role.COUNSELLOR), await world.staff("Bo", Role.COUNSELLOR)
    chat, case_id, counter, line = await open_case(world, chromium, an)
    await line.cut()
    await world.hub.relay.escalations.take_over(case_id, an.id, bo.id)
    await counter.page.wait_for_url("**/queue?lost", timeout=20_000)
    await close(chat, counter)


async def test_a_line_that_died_without_a_word_is_noticed(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    counter, line = await Counter.of(chromium, an, **WIDE), Line()
    await counter.page.clock.install()
    await line.put_on(counter.page)
    page = await counter.open(f"/cases/{case_id}")
    line.is_dead = True
    await page.clock.fast_forward(40_000)
    await expect(page.locator("#offline")).to_be_hidden()
    await page.clock.fast_forward(11_000)
    await expect(page.locator("#offline")).to_be_visible()
    line.is_dead = False
    await page.clock.run_for(1_000)
    await expect(page.locator("#offline")).to_be_hidden()
    assert line.opened == 2
    await chat.say("ben je er weer?", seconds=6)
    await expect(page.locator("#talk")).to_contain_text("ben je er weer?")
    await close(chat, counter)


async def test_the_strip_of_who_left_goes_when_they_come_back(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat, case_id, counter, _ = await open_case(world, chromium, an)
    conversation_id = (await world.store.escalations.get(case_id)).conversation_id or ""
    strip = counter.page.locator("#left")
    await world.hub.relay.leave(conversation_id, Language.NL)
    await expect(strip).to_be_visible()
    await world.hub.relay.person.come_back(conversation_id)
    await expect(strip).to_be_hidden()
    await close(chat, counter)


async def test_danger_that_comes_while_the_record_is_open_is_read_first(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat, _, counter, _ = await open_case(world, chromium, an)
    page = counter.page
    await page.click("#close-heading")
    await page.fill("#remark", "belt morgen terug")
    await chat.say("ik wil niet meer leven", seconds=6)
    await expect(page.locator("#record")).not_to_have_attribute("open", "")
    await page.click("#close-heading")
    assert await page.input_value("#remark") == "belt morgen terug"
    await page.select_option("#outcome", "listened")
    await page.click("#close-button")
    await page.wait_for_url("**/queue")
    await close(chat, counter)
