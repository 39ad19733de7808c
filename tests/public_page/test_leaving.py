"""The way out: one tap, three times Shift, the typed word. Whatever happens, the page is gone at once."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page
from standin_chat import StandinHub
from test_chat_page import say, until
from watched_page import DESKTOP, OpenPage

from channels.typed import command_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def has_left(page: Page, hub: StandinHub) -> None:
    """The exit page is shown in the chat's place, the token is ended, nothing is kept, back does not bring it back."""
    await page.wait_for_url("**/gone")
    await until(lambda: len(hub.of("leave")) == 1)
    assert hub.chats == {}
    await until(lambda: "/leave" in hub.paths)
    assert await page.evaluate("sessionStorage.length") == 0
    assert await page.evaluate("history.length") <= 2  # the blank page a new tab begins with, and the exit page


async def test_one_tap(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    box = await page.locator("#leave").bounding_box()
    assert box and box["height"] >= 44 and box["width"] >= 44 and box["y"] >= 0
    await page.tap("#leave")
    await has_left(page, hub)
    assert "zeepaardje" not in await page.content()


@pytest.mark.parametrize("keys", [("Shift", "Shift", "Shift"), ("ShiftLeft", "ShiftRight", "ShiftLeft")])
async def test_shift_three_times_with_a_visible_count(hub: StandinHub, open_page: OpenPage, keys: tuple[str, ...]) -> None:
    page = (await open_page(hub.url, **DESKTOP)).page
    await page.focus("#text")
    await page.keyboard.press(keys[0])
    assert "2" in await page.inner_text("#shift")
    await page.keyboard.press(keys[1])
    assert "1" in await page.inner_text("#shift")
    assert await page.get_attribute("#shift", "role") == "status"
    await page.keyboard.press(keys[2])
    await has_left(page, hub)


async def test_capitals_and_slow_presses_do_not_leave(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, clock=True, **DESKTOP)).page
    await page.focus("#text")
    for letter in "ABCDE":
        await page.keyboard.press(f"Shift+{letter}")
    assert await page.input_value("#text") == "ABCDE"
    await page.keyboard.press("Shift")
    await page.keyboard.press("Shift")
    await page.clock.fast_forward(5200)
    assert await page.inner_text("#shift") == ""
    await page.keyboard.press("Shift")
    await page.keyboard.press("Shift")
    await page.keyboard.type("x")
    await page.keyboard.press("Shift")
    assert hub.of("leave") == [] and not page.url.endswith("/gone")


@pytest.mark.parametrize("word", ["stop", "/stop", "STOP", "／stop", " Stop. ", "STOP!!!", "stop 😭"])
async def test_the_typed_word(hub: StandinHub, open_page: OpenPage, word: str) -> None:
    page = (await open_page(hub.url)).page
    await say(page, word)
    await has_left(page, hub)
    assert hub.of("say") == []


async def test_what_leaves_is_what_the_hub_takes_for_it(hub: StandinHub, open_page: OpenPage) -> None:
    """Else a page stays on the screen whose conversation has ended."""
    page = (await open_page(hub.url)).page
    words = [
        "stop", "STOP!!!", "stop 😭", "s.t.o.p", "s t o p", "\u200b/stop", "//stop", "ＳＴＯＰ", "stóp", "stop\u0301", "«stop»", "stop 🆘",
        "stop stop", "stopp", "stop2", "stop²", "stop да", "ſtop", "", "!!!", "stop" + "!" * 36, "stop" + "!" * 37, "stop" + "😭" * 36, "hij moet stop zeggen",
    ]  # fmt: skip
    source = re.search(r'"(/static/\w{16}/)chat\.js"', await page.content())
    assert source
    heard = await page.evaluate("async ([url, words]) => words.map((await import(url)).isStop)", [f"{source[1]}stop.js", words])
    assert dict(zip(words, heard, strict=True)) == {word: command_of(word) == "leave" for word in words}
    assert 10 < sum(heard) < len(words)


async def test_a_twin_of_the_page_leaves_as_well(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await hub.push({"type": "error", "code": "unknown_token", "text": "Weg.", "retry_after": None, "left": True})
    await page.wait_for_url("**/gone")
    assert await page.evaluate("sessionStorage.length") == 0


async def test_stop_inside_a_sentence_is_just_a_message(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "hij moet stop zeggen")
    await page.wait_for_selector("text=Ik hoor je: hij moet stop zeggen")
    assert hub.of("leave") == []


async def test_with_the_hub_away_and_a_panel_open(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.accepts = False
    await hub.drop()
    await page.click("#wipe")
    await page.click("#leave")
    await page.wait_for_url("**/gone")


async def test_the_page_is_hidden_before_the_exit_answers(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    after_click = await page.evaluate(
        "(() => { document.getElementById('leave').click();"
        " return [document.body.childElementCount, getComputedStyle(document.documentElement).display, sessionStorage.length]; })()"
    )
    assert after_click == [0, "none", 0]
    await page.wait_for_url("**/gone")


async def test_from_the_privacy_page_too(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/privacy?lang=fr", wait_for="h1", **DESKTOP)).page
    for _ in range(3):
        await page.keyboard.press("Shift")
    await page.wait_for_url("**/gone")


async def test_always_in_view(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/?lang=fr", viewport={"width": 320, "height": 420})).page
    await say(page, "een\n" * 40)
    await page.wait_for_selector("text=Take It Down")
    for state in ("document.getElementById('main').scrollTop = 0", "document.getElementById('main').scrollTop = 1e6", "scrollTo(0, 1e6)"):
        await page.evaluate(state)
        for name in ("#leave", "#human", "#sos", "#send"):
            box = await page.locator(name).bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= 420 and box["x"] >= 0 and box["x"] + box["width"] <= 320, name
            assert box["height"] >= 44 and box["width"] >= 44, name


async def test_no_cookie_reaches_the_server(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await page.click("#leave")
    await page.wait_for_url("**/gone")
    assert hub.cookies == [] and "/leave" in hub.paths
