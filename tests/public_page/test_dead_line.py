"""A line that is dead although the socket says it is open: who asks is never left in silence, and nothing asked is forgotten."""

from __future__ import annotations

import pytest
from playwright.async_api import Page
from standin_chat import StandinHub
from test_in_sight import CARD
from watched_page import OpenPage, bubbles, say, until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def lines_shown(page: Page, seconds: float = 6) -> None:
    """The lines that the page carries itself."""
    await page.locator("#help >> text=116000 >> visible=true").first.wait_for(timeout=1000 * seconds)


@pytest.mark.parametrize("name", ["sos", "human"])
async def test_who_asks_into_a_dead_line_sees_the_lines_and_then_the_answer(hub: StandinHub, open_page: OpenPage, name: str) -> None:
    page = (await open_page(hub.url)).page
    hub.fall_silent()
    hub.accepts = False
    await page.click(f"#{name}")
    await lines_shown(page)
    assert await page.inner_text("#status") != ""
    hub.accepts = True
    await page.wait_for_selector(f"text=({name})")
    assert await page.locator("#help").is_hidden()
    assert len(hub.of(name)) == 2
    assert len(hub.chats) == 1, "the conversation goes on"


async def test_a_wipe_into_a_dead_line_empties_the_screen_at_once_and_is_done_on_the_next(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    hub.fall_silent()
    await page.click("#wipe")
    await page.click("#wipe-yes")
    assert "zeepaardje" not in await page.content()
    await page.wait_for_selector("text=Nieuw gesprek")
    assert hub.chats == {}
    assert await bubbles(page) == ["Gewist. Hulp blijft er altijd."]
    assert await page.evaluate("sessionStorage.length") == 0


async def test_a_message_that_is_stored_and_never_answered_is_asked_for_on_a_new_line(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, clock=True)).page
    hub.fall_silent()
    await say(page, "zeepaardje")
    await until(lambda: len(hub.of("say")) == 1)
    (socket,) = hub.sockets
    await socket.send_json({"type": "ack", "id": hub.of("say")[0]["id"]})
    await page.wait_for_selector(".me .state[data-state=sent]")
    await page.clock.fast_forward(7000)
    await page.wait_for_timeout(300)
    assert len(hub.of("hello")) == 1, "the bot may be typing"
    await page.clock.fast_forward(2000)
    await until(lambda: len(hub.of("hello")) == 1)
    await page.clock.fast_forward(3000)
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    assert len({frame["id"] for frame in hub.of("say")}) == 1


async def test_a_decision_into_a_dead_line_is_sent_again(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await hub.push(CARD)
    await page.wait_for_selector(".handoff")
    hub.fall_silent()
    await page.get_by_role("button", name="Stuur dit").click()
    await until(lambda: len(hub.of("handoff")) == 2, 10)
    assert hub.of("handoff")[0] == hub.of("handoff")[1]


async def test_a_socket_that_never_opens_is_given_up(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/privacy", wait_for=None, clock=True)).page
    await page.add_init_script(
        "window.made = 0; window.WebSocket = class { static OPEN = 1; static CONNECTING = 0; readyState = 0;"
        " constructor() { window.made += 1; } send() {} close() { this.readyState = 3; } };"
    )
    await page.goto(hub.url)
    await page.clock.fast_forward(3500)
    await lines_shown(page)
    assert await page.evaluate("window.made") == 1
    await page.evaluate("dispatchEvent(new Event('online'))")
    assert await page.evaluate("window.made") == 2, "who has a network again does not wait for a socket that hangs"
    await page.clock.fast_forward(9000)
    await page.clock.fast_forward(2000)
    assert await page.evaluate("window.made") == 3


async def test_coming_back_to_the_page_finds_out_that_a_quiet_line_is_dead(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, clock=True)).page
    shown = "document.dispatchEvent(new Event('visibilitychange'))"
    await page.evaluate(shown)
    await page.wait_for_timeout(300)
    assert len(hub.of("hello")) == 1, "it spoke a moment ago"
    await page.clock.fast_forward(31_000)
    await page.evaluate(shown)
    await until(lambda: len(hub.of("hello")) == 2)
    assert hub.of("hello")[1] == {"type": "hello", "version": 1, "lang": None, "resume": "token-1", "after": 2}
    assert len(await bubbles(page)) == 2
    hub.fall_silent()
    await page.clock.fast_forward(31_000)
    await page.evaluate(shown)
    await until(lambda: len(hub.of("hello")) == 3)
    await page.clock.fast_forward(4000)
    await page.clock.fast_forward(2000)
    await until(lambda: len(hub.of("hello")) == 4)
    assert len(hub.sockets - hub.dead) == 1


async def test_a_hub_that_has_no_room_is_asked_again(hub: StandinHub, open_page: OpenPage) -> None:
    hub.is_full = True
    page = (await open_page(hub.url, wait_for=None)).page
    await page.wait_for_selector("#status:has-text('heel druk')")
    await lines_shown(page)
    await say(page, "zeepaardje")
    await until(lambda: len(hub.of("hello")) >= 3, 10)
    assert len(hub.of("hello")) <= 4, "more slowly each time"
    hub.is_full = False
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    assert await page.locator("#help").is_hidden()
    assert len(hub.chats) == 1
