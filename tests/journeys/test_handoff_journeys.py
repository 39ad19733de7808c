"""Two browsers at once, a teenager's phone and a counsellor's screen: each of the three doors, there and back and again.

Each door in each language is walked over the chat protocol and on Telegram (tests/telegram/test_journeys_on_both.py); the pages know
nothing of doors. HANDOFF_PICTURES=FOLDER keeps a picture of every step, of each door in both languages.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from chat_page import ChatPage, OpenChat
from desk_page import DeskPage, made_account
from playwright.async_api import Browser, Page, expect
from product_world import Product
from teen_scripts import DOORS
from teen_scripts import HANDOFF as WORDS

pytestmark = [pytest.mark.product, pytest.mark.asyncio(loop_scope="session")]
IN_THE_BROWSER = (
    [(door, lang) for door in DOORS for lang in WORDS]
    if os.environ.get("HANDOFF_PICTURES")
    else list(zip(DOORS, ("nl", "fr", "nl"), strict=True))
)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def counsellor(chromium: Browser, running_bot: Product) -> AsyncIterator[DeskPage]:
    """One counsellor for all journeys here, enrolled once; gone before other tests kill the hub."""
    running_bot.make_whole()
    desk = await DeskPage.enrolled(chromium, running_bot, made_account(running_bot, "An Peeters", "counsellor"), "An Peeters")
    yield desk
    await desk.shut()


async def picture(page: Page, name: str) -> None:
    """Keep how it looks, where that is asked for."""
    if folder := os.environ.get("HANDOFF_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        await page.wait_for_timeout(400)
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def through_the_door(chat: ChatPage, door: str, lang: str) -> None:
    """Up to the card."""
    said = WORDS[lang]
    if door == "button":
        await chat.page.click("#human")
    else:
        turn = await chat.write(said[door])
        assert turn.bubbles, "the words come before or with the card"
        if door == "danger":
            assert turn.cards, "the lines come first"
    await expect(chat.page.locator(".handoff").last).to_be_visible()


async def send_card(chat: ChatPage, lang: str, note: str = "") -> list[str]:
    """Take the first line off, add a note, send; gives the lines that went."""
    card = chat.page.locator(".handoff").last
    lines = card.locator("li")
    assert await lines.count() > 1
    await lines.first.locator("input").uncheck()
    kept = [await line.inner_text() for line in (await lines.all())[1:]]
    if note:
        await card.locator("textarea").fill(note)
    await card.get_by_role("button", name=WORDS[lang]["send"]).click()
    await expect(card.locator(".words, .handoff-state").first).not_to_be_empty()
    for _ in range(100):
        if any(frame["type"] == "handoff_stored" for frame in chat.heard):
            return kept
        await chat.page.wait_for_timeout(50)
    raise AssertionError("nothing was stored")


def of_the_bot(chat: ChatPage, since: int) -> list[str]:
    """What the bot said since that many frames were heard."""
    return [frame["text"] for frame in chat.heard[since:] if frame["type"] == "reply" and frame["from"] == "bot"]


@pytest.mark.parametrize(("door", "lang"), IN_THE_BROWSER)
async def test_there_and_back_and_again(open_chat: OpenChat, counsellor: DeskPage, lang: str, door: str) -> None:
    said, desk = WORDS[lang], counsellor
    await desk.speak(lang)
    chat = await open_chat(lang)
    phone = chat.page
    await chat.write(said["before"])
    await through_the_door(chat, door, lang)
    await picture(phone, f"handoff-{lang}-{door}-1-card")
    if door == "danger":
        await expect(desk.page.locator("#signals tr")).to_have_count(1)
        assert said["danger"] not in await desk.page.content(), "that there is danger, not what was written"
        await picture(desk.page, f"handoff-{lang}-{door}-2-signal")
    kept = await send_card(chat, lang, said["note"])
    await expect(desk.page.locator("#waiting tr")).to_have_count(1)
    await picture(desk.page, f"handoff-{lang}-{door}-3-queue")
    await desk.take_next()
    sent = await desk.page.locator(".sent li").all_inner_texts()
    assert [line.strip() for line in sent[:-1]] == [line.strip() for line in kept]
    assert said["note"] in sent[-1]
    heard = len(chat.heard)
    await desk.say(said["hello"])
    await expect(phone.locator("#log .bubble .text", has_text=said["hello"])).to_be_visible()
    await phone.fill("#text", said["answer"])
    await phone.click("#send")
    await expect(desk.page.locator("#talk .said.teenager .text").last).to_have_text(said["answer"])
    await desk.say(said["more"])
    await expect(phone.locator("#log .bubble .text", has_text=said["more"])).to_be_visible()
    await picture(desk.page, f"handoff-{lang}-{door}-4-talk")
    await picture(phone, f"handoff-{lang}-{door}-5-talk-phone")
    assert of_the_bot(chat, heard) == [], "the bot is silent while a counsellor holds"
    await desk.page.click("#return-button")
    await expect(desk.page.locator("#returning")).to_be_visible()
    await picture(desk.page, f"handoff-{lang}-{door}-6-return")
    await desk.page.wait_for_selector("body[data-state=returned]")
    heard = len(chat.heard)
    await chat.write(said["neutral"])
    assert of_the_bot(chat, heard), "the bot listens again"
    await picture(phone, f"handoff-{lang}-{door}-7-bot-again")
    await phone.click("#human")
    chat.heard[:] = [frame for frame in chat.heard if frame["type"] != "handoff_stored"]
    await expect(phone.locator(".handoff button.primary:not([disabled])").last).to_be_visible()
    await send_card(chat, lang)
    await desk.page.click("#claim")  # the case came back to the page that is still open
    await expect(desk.page.locator("#text")).to_be_focused()
    await desk.say(said["bye"])
    await expect(phone.locator("#log .bubble .text", has_text=said["bye"])).to_be_visible()
    await desk.close_case("step")
    await expect(desk.page.locator("#held tr")).to_have_count(0)
    await picture(phone, f"handoff-{lang}-{door}-8-closed")
    assert len(await chat.bubbles()) == len(chat.stored_bubbles()), "every stored bubble is shown once"


async def test_both_browsers_go_on_after_the_hub_was_killed(open_chat: OpenChat, counsellor: DeskPage, product: Product) -> None:
    said, desk = WORDS["nl"], counsellor
    await desk.speak("nl")
    chat = await open_chat("nl", may_lose_line=True)
    phone = chat.page
    await chat.write(said["before"])
    await through_the_door(chat, "button", "nl")
    await send_card(chat, "nl")
    await desk.take_next()
    await desk.say(said["hello"])
    await expect(phone.locator("#log .bubble .text", has_text=said["hello"])).to_be_visible()
    product.kill_hub()
    await phone.fill("#text", said["answer"])
    await phone.click("#send")
    product.start_hub()
    await expect(desk.page.locator("#talk .said.teenager .text", has_text=said["answer"])).to_be_visible()
    await desk.say(said["more"])
    await expect(phone.locator("#log .bubble .text", has_text=said["more"])).to_be_visible()
    assert await desk.page.locator("#talk .said").count() == 3, "nothing twice on the desk"
    for text in (said["hello"], said["more"]):
        assert await phone.locator("#log .bubble .text", has_text=text).count() == 1, "nothing twice on the phone"
    assert await phone.locator("#log .turn.me .text", has_text=said["answer"]).count() == 1
    desk.forgive("WebSocket connection to")
    desk.forgive("Failed to load resource: net::ERR_CONNECTION_REFUSED")  # the page asks whether it is still logged in
    await desk.close_case("listened")
