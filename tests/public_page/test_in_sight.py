"""The hand-off card against the stand-in hub, and what is in sight when it comes: the answer, never the card in its place."""

from __future__ import annotations

import pytest
from playwright.async_api import Page
from standin_chat import Chat, Frame, StandinHub, reply
from test_chat_page import say, until
from watched_page import PHONE, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")
CARD: Frame = {
    "type": "handoff", "id": "h1", "lines": [{"id": "a", "text": "eerste zin"}, {"id": "b", "text": "tweede zin"}],
    "desk": "closed", "opens_at": "2026-11-25T16:00:00+01:00", "who_gets_to_know": "Alleen het team.",
}  # fmt: skip


async def test_handoff_card_sends_only_what_is_left_and_waits_for_storage(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await hub.push(CARD)
    await hub.push(CARD)
    await page.wait_for_selector(".handoff")
    assert await page.locator(".handoff").count() == 1
    text = await page.inner_text(".handoff")
    assert "Alleen het team." in text and "niemand van het team" in text and "16:00" in text
    await page.get_by_label("eerste zin").uncheck()
    await page.locator(".handoff textarea").fill("graag een vrouw")
    await page.get_by_role("button", name="Stuur dit").click()
    await until(lambda: len(hub.received) > 1)
    assert hub.received[-1] == {"type": "handoff", "id": "h1", "decision": "send", "note": "graag een vrouw", "share": ["b"]}
    assert "bewaard" not in await page.inner_text(".handoff")
    await hub.push({"type": "handoff_stored", "id": "h1"})
    await page.wait_for_selector(".handoff-state:has-text('bewaard')")
    await hub.push({"type": "holder", "holder": "counsellor"})
    await page.wait_for_selector("#holder:has-text('mens')")
    await hub.push(reply(9, "Dag, ik ben Noor.", **{"from": "counsellor"}))
    await page.wait_for_selector(".turn.counsellor >> text=Noor")


def _long(frame: Frame, _chat: Chat) -> list[Frame]:
    return [reply(0, "regel\n" * 30, in_reply_to=frame["id"])]


async def in_sight(page: Page, selector: str) -> bool:
    """Whether the last of these begins on the screen, below the bar and above the box for writing."""
    within = (
        "e => { const top = e.getBoundingClientRect().top; const box = document.querySelector('main').getBoundingClientRect();"
        " return box.top - 1 <= top && top < box.bottom; }"
    )
    await page.wait_for_timeout(150)
    return bool(await page.locator(selector).last.evaluate(within))


async def test_the_beginning_of_an_answer_stays_in_sight(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.answer = _long
    await say(page, "veel")
    await page.wait_for_selector("text=regel")
    await page.wait_for_timeout(100)
    top = await page.locator(".me").last.evaluate("me => me.getBoundingClientRect().top")
    bar = await page.locator("header.bar").evaluate("bar => bar.getBoundingClientRect().bottom")
    assert bar <= top < bar + 40


@pytest.mark.parametrize("card_first", [False, True])
async def test_the_answer_stays_in_sight_when_a_card_comes_with_it(hub: StandinHub, open_page: OpenPage, card_first: bool) -> None:
    page = (await open_page(hub.url, **PHONE)).page
    for text in ("een", "twee", "drie", "vier"):
        await say(page, text)
        await page.wait_for_selector(f"text=Ik hoor je: {text}")
    hub.answer = lambda _frame, _chat: []
    await say(page, "ik haat mezelf")
    await until(lambda: hub.of("say")[-1]["text"] == "ik haat mezelf")
    answer = reply(99, "Denk je eraan om niet meer te leven?", in_reply_to=hub.of("say")[-1]["id"])
    for frame in (CARD, answer) if card_first else (answer, CARD):
        await hub.push(frame)
    await page.wait_for_selector(".handoff")
    await page.wait_for_selector("text=Denk je eraan")
    assert await in_sight(page, ".turn.bot .bubble")
    order = await page.evaluate("[...document.querySelectorAll('#log .turn.bot, #log .handoff')].map((e) => e.className)")
    assert order[-1] == "handoff", "the card goes below the answer"


async def test_after_a_reload_the_newest_turn_is_in_sight(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url, **PHONE)).page
    for text in ("een", "twee", "drie", "vier", "vijf", "zes"):
        await say(page, text)
        await page.wait_for_selector(f"text=Ik hoor je: {text}")
    await page.reload()
    await page.wait_for_selector("text=Ik hoor je: zes")
    assert await in_sight(page, ".turn.bot")
