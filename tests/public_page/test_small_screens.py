"""Old browsers and small screens: the box for writing is never cut off, whatever the page shows and the browser knows."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, Route
from standin_chat import StandinHub
from watched_page import PHONE, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def is_whole(page: Page, height: int) -> None:
    """The foot is on the screen, and so is the bar."""
    for name in ("#leave", "#human", "#text", "#send"):
        box = await page.locator(name).bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= height, (name, box)


@pytest.mark.parametrize("height", [330, 400, 640])
async def test_the_lines_give_way_to_the_box_for_writing(hub: StandinHub, open_page: OpenPage, height: int) -> None:
    page = (await open_page(hub.url, viewport={"width": 320, "height": height})).page
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    await is_whole(page, height)


async def test_without_the_newer_unit_of_height_the_page_fits_the_screen(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(f"{hub.url}/privacy", wait_for=None, **PHONE)).page

    async def old(route: Route) -> None:
        answer = await route.fetch()
        text = await answer.text()
        assert "dvh" in text
        await route.fulfill(response=answer, body=re.sub(r"\bdvh\b|(?<=\d)dvh", "qqq", text))

    await page.route("**/chat.css", old)
    await page.goto(f"{hub.url}/privacy")  # no script sets its height
    assert await page.evaluate("document.querySelector('.app').offsetHeight") == 740
    await page.goto(hub.url)
    await page.wait_for_selector("#log .choices")
    assert await page.evaluate("document.documentElement.style.getPropertyValue('--height')") == "740px"
    await is_whole(page, 740)


async def test_the_box_for_the_four_words_can_be_seen(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await page.click("#code-open")
    colours = "name => getComputedStyle(document.querySelector(name)).borderTopColor"
    assert await page.evaluate(colours, "#code") == await page.evaluate(colours, "#text")
