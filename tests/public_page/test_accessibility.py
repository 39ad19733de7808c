"""axe-core, the keyboard alone, a phone's and a desktop's screen, motion."""

from __future__ import annotations

import io
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.async_api import Page
from standin_chat import StandinHub
from test_chat_page import say, until
from watched_page import DESKTOP, PHONE, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")
HANDOFF = {
    "type": "handoff", "id": "h1", "lines": [{"id": "a", "text": "eerste zin"}], "desk": "closed", "opens_at": None, "who_gets_to_know": "Alleen het team.",
}  # fmt: skip


async def violations(page: Page) -> list[str]:
    """What axe-core complains of, as rule and place; every rule it has, best practices included."""
    found = (await Axe().run(page)).response
    assert len(found["passes"]) > 10, "axe had nothing to check"
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_axe_finds_nothing(hub: StandinHub, open_page: OpenPage, screen: dict[str, Any], language: str, scheme: str) -> None:
    page = (await open_page(f"{hub.url}/?lang={language}", color_scheme=scheme, bypass_csp=True, **screen)).page
    await say(page, "een")
    await page.wait_for_selector("text=Take It Down")
    await hub.push(HANDOFF)
    await page.wait_for_selector(".handoff")
    assert await violations(page) == []
    await page.click("#wipe")
    assert await violations(page) == []
    await page.click("#wipe-no")
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    await say(page, "twee")
    assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/privacy?lang=nl", "/privacy?lang=fr", "/gone?lang=nl", "/embed?lang=fr"])
async def test_axe_finds_nothing_on_the_other_pages(hub: StandinHub, open_page: OpenPage, path: str, scheme: str) -> None:
    page = (await open_page(hub.url + path, wait_for="main", color_scheme=scheme, bypass_csp=True, **PHONE)).page
    rules = [each for each in await violations(page) if not (path.startswith("/gone") and each.startswith("page-has-heading-one"))]
    assert rules == []


async def test_a_whole_conversation_with_the_keyboard(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, **DESKTOP)).page
    assert await page.evaluate("document.activeElement.id") == "text"
    await page.keyboard.type("iemand dreigt")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("met een foto")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=Wil je een tip?")
    assert hub.of("say")[0]["text"] == "iemand dreigt\nmet een foto"
    reached: list[str] = []
    for _ in range(24):  # backwards from the text, all the way to the bar
        await page.keyboard.press("Shift+Tab")
        focus = await page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.id || e.textContent, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; })()"
        )
        if focus[0] and focus[0] != "" and await page.evaluate("document.activeElement !== document.body"):
            reached.append(focus[0].strip())
            assert focus[1], f"no visible focus on {focus[0]}"
        if focus[0] == "leave":
            break
    assert {"wipe", "sos", "human", "Ja", "Nee", "leave"} <= set(reached)
    await page.get_by_role("button", name="Ja", exact=True).focus()
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=Ik hoor je: c1")
    assert await page.evaluate("document.activeElement.id") == "text"
    await page.focus("#wipe")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "wipe-no"
    await page.keyboard.press("Escape")
    assert await page.evaluate("document.activeElement.id") == "wipe"
    assert await page.locator("#wipe-panel").is_hidden()
    await page.focus("#human")
    await page.keyboard.press("Space")
    await until(lambda: len(hub.of("human")) == 1)


async def test_reduced_motion_stands_still(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, reduced_motion="reduce")).page
    await hub.push({"type": "typing", "from": "bot"})
    await page.wait_for_selector("#typing.on")
    assert await page.evaluate("getComputedStyle(document.getElementById('typing'), '::after').animationName") == "none"
    assert await page.inner_text("#typing") == "De bot typt"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 430, 1280])
async def test_the_screen_looks_sane(hub: StandinHub, open_page: OpenPage, width: int, scheme: str) -> None:
    page = (await open_page(f"{hub.url}/?lang=fr", viewport={"width": width, "height": 740}, color_scheme=scheme)).page
    await say(page, "een")
    await page.wait_for_selector("text=Take It Down")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = await page.evaluate(
        "[...document.querySelectorAll('.app *')].filter((e) => e.getClientRects().length && !e.closest('.vh') && !e.closest('svg')"
        " && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)).map((e) => e.outerHTML.slice(0, 80))"
    )
    assert outside == []
    picture = Image.open(io.BytesIO(await page.screenshot())).convert("L")
    bright, dark = sum(picture.histogram()[200:]), sum(picture.histogram()[:70])
    assert (bright > 3 * dark) if scheme == "light" else (dark > 3 * bright)
    assert min(bright, dark) > 500, "a page without anything on it"
