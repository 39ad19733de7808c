"""Wiping on the page by typing it, and without a line for a long time."""

from __future__ import annotations

import pytest
from standin_chat import CHILD_FOCUS, Frame, StandinHub, reply
from watched_page import OpenPage, bubbles, say, until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_types_wis_keeps_116000_on_the_screen_too(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    hub.wipes_on = "wis"
    await say(page, "wis")
    await page.wait_for_selector("text=Nieuw gesprek")
    assert await bubbles(page) == ["Hulp blijft er altijd: 116000.", "Gewist."]
    assert await page.locator("#log a[href='tel:116000']").count() == 1
    assert "zeepaardje" not in await page.content()


async def test_an_answer_that_was_not_stored_does_not_stay_with_the_last_words(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    said: Frame = reply(None, "Dat is gevaarlijk. Bel 112.", in_reply_to="x", helplines=[CHILD_FOCUS], **{"from": "system"})
    await hub.push(said)
    await page.wait_for_selector("text=Dat is gevaarlijk")
    await page.click("#wipe")
    await page.click("#wipe-yes")
    await page.wait_for_selector("text=Nieuw gesprek")
    assert await bubbles(page) == ["Gewist. Hulp blijft er altijd."]


async def test_a_wipe_without_a_line_for_half_an_hour_is_still_done_when_there_is_one(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, clock=True)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    (token,) = hub.chats
    hub.accepts = False
    await hub.drop()
    await page.click("#wipe")
    await page.click("#wipe-yes")
    await page.clock.fast_forward(31 * 60 * 1000)
    hub.accepts = True
    await page.clock.fast_forward(2 * 60 * 1000)
    await until(lambda: len(hub.of("wipe")) == 1, 15)
    assert token not in hub.chats
    assert [frame["resume"] for frame in hub.of("hello")][1] == token
