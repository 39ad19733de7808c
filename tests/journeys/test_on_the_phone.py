"""What happens around a conversation: another language, a hub that dies, wiping, leaving."""

from __future__ import annotations

import contextlib
import sqlite3
from hashlib import sha256

import aiohttp
import pytest
from chat_client import Chat
from chat_page import ChatPage, OpenChat
from playwright.async_api import expect
from product_world import Product
from reply_texts import texts

pytestmark = [pytest.mark.product, pytest.mark.asyncio(loop_scope="session")]
_BLACKMAILED = "iemand chanteert mij met een naaktfoto"


def stored(product: Product, conversation: str) -> dict[str, int]:
    """How many rows of each table still belong to this conversation (the ledger of wipes holds ids and is left out)."""
    with contextlib.closing(sqlite3.connect(product.folder / "var/chatmasjien.db", timeout=5)) as database:
        counts = {
            table: database.execute(f"select count(*) from {table} where conversation_id = ?", (conversation,)).fetchone()[0]
            for table in ("messages", "replies", "choices")
        }
        counts["conversations"] = database.execute("select count(*) from conversations where id = ?", (conversation,)).fetchone()[0]
        return counts


def conversation_of(product: Product, token: str) -> str:
    """The id of the conversation that this token opens."""
    with contextlib.closing(sqlite3.connect(product.folder / "var/chatmasjien.db", timeout=5)) as database:
        found = database.execute("select id from conversations where token_hash = ?", (sha256(token.encode()).hexdigest(),)).fetchone()
    assert found is not None
    return str(found[0])


async def is_dead(product: Product, token: str) -> bool:
    """Whether the token opens nothing any more."""
    async with aiohttp.ClientSession() as session:
        chat = await Chat(session, product.base_url).connect()
        frames = await chat.hello("nl", resume=token, after=0)
        await chat.close()
    return frames[0]["type"] == "error" and frames[0]["code"] == "unknown_token"


async def begin(chat: ChatPage) -> None:
    """Two turns: the bot has just asked what the other wants."""
    assert (await chat.write(_BLACKMAILED)).says("utter_ask_sextortion_safe")
    assert (await chat.write("ja")).says("utter_ask_sextortion_happened")


async def test_another_language_keeps_the_conversation(open_chat: OpenChat) -> None:
    chat = await open_chat("nl")
    await begin(chat)
    token, before = await chat.token(), await chat.bubbles()
    await chat.page.click("a[data-lang=fr]")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "fr")
    await expect(chat.page.locator("#help")).to_have_attribute("data-on", "no")
    assert await chat.bubbles() == before
    turn = await chat.write("il veut 200 euros sinon il envoie tout a ma classe")
    assert turn.lang == "fr"
    assert turn.says("utter_sextortion_step")
    assert turn.says("utter_ask_sextortion_step")
    assert all(title in texts().titles["fr"] for title in turn.choices)
    assert await chat.token() == token
    assert (await chat.bubbles())[: len(before)] == before
    assert (await chat.press("Oui, ça va")).says("utter_sextortion_proof")


async def test_the_hub_dies_and_comes_back(product: Product, open_chat: OpenChat) -> None:
    chat = await open_chat("nl", may_lose_line=True)
    await begin(chat)
    token, before = await chat.token(), await chat.bubbles()
    product.kill_hub()
    await expect(chat.page.locator("#help")).to_have_attribute("data-on", "yes")
    await expect(chat.page.locator("#help a[href='tel:116000']").first).to_be_visible()
    await chat.page.fill("#text", "hij wil 200 euro")
    await chat.page.click("#send")
    await expect(chat.page.locator("#log .turn.me .state").last).to_have_attribute("data-state", "unsent")
    product.start_hub()
    turn = await chat.answer()
    assert len(turn.bubbles) <= 2
    await expect(chat.page.locator("#help")).to_have_attribute("data-on", "no")
    product.wait_healthy()
    assert (await chat.write("ze zeggen dat ik geld moet geven")).lang == "nl"

    assert await chat.token() == token
    shown = await chat.bubbles()
    assert shown[: len(before)] == before
    assert shown == chat.stored_bubbles(), "a bubble is missing or there twice"
    assert await chat.own() == [_BLACKMAILED, "ja", "hij wil 200 euro", "ze zeggen dat ik geld moet geven"]
    answered = [frame["in_reply_to"] for frame in chat.heard if frame["type"] == "done"]
    assert set(answered) == {frame["id"] for frame in chat.said if frame["type"] == "say"}


async def test_the_hub_dies_while_it_answers(product: Product, open_chat: OpenChat) -> None:
    chat = await open_chat("nl", may_lose_line=True)
    await begin(chat)
    product.freeze_bot()
    await chat.page.fill("#text", "hij wil 200 euro")
    await chat.page.click("#send")
    await expect(chat.page.locator("#log .turn.me .state").last).to_have_attribute("data-state", "sent")
    product.kill_hub()
    product.thaw_bot()
    product.start_hub()
    turn = await chat.answer()
    assert 1 <= len(turn.bubbles) <= 2
    assert await chat.bubbles() == chat.stored_bubbles()


async def test_wiping_empties_page_and_store(product: Product, open_chat: OpenChat) -> None:
    chat = await open_chat("nl")
    await begin(chat)
    token = await chat.token()
    conversation = conversation_of(product, token)
    assert all(stored(product, conversation).values())
    await chat.page.click("#wipe")
    await chat.page.click("#wipe-yes")
    await expect(chat.page.locator("#log .turn.me")).to_have_count(0)
    await chat.page.wait_for_selector("#after button")  # the screen is empty at once; this stands there when the hub is done
    text = await chat.page.locator("#log").inner_text()
    assert "116000" in text
    assert "geld" not in text
    assert stored(product, conversation) == {"messages": 0, "replies": 0, "choices": 0, "conversations": 0}
    assert await is_dead(product, token)
    await chat.page.click("#after button")
    await chat.page.wait_for_selector("#log .choices:not(.past)")
    assert await chat.token() != token


async def test_leaving_ends_the_conversation(product: Product, open_chat: OpenChat) -> None:
    chat = await open_chat("fr")
    await chat.write("jveux fuguer ce soir jen peux plus ici")
    token = await chat.token()
    await chat.page.click("#leave")
    await chat.page.wait_for_url(f"{product.base_url}/gone**")
    assert "fuguer" not in await chat.page.inner_text("body")
    assert await chat.page.evaluate("() => sessionStorage.length") == 0
    assert await is_dead(product, token)
    await chat.page.go_back()
    await chat.page.wait_for_load_state()
    assert "fuguer" not in await chat.page.inner_text("body")
