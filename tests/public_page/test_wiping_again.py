"""A wipe that is not done yet: it is asked for again, also after a reload, and nothing of the talk is shown meanwhile."""

from __future__ import annotations

import pytest
from standin_chat import StandinHub, reply
from watched_page import OpenPage, bubbles, say, until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_wipe_that_fails_is_asked_for_again(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    hub.wipe_fails = 2
    await page.click("#wipe")
    await page.click("#wipe-yes")
    await page.wait_for_selector("text=Wissen lukte nog niet.")
    assert "zeepaardje" not in await page.content()
    assert "wipe" in str(await page.evaluate("sessionStorage.chat"))
    await page.wait_for_selector("text=Nieuw gesprek")
    assert len(hub.of("wipe")) == 3
    assert hub.chats == {}
    assert (await bubbles(page))[-1] == "Gewist. Hulp blijft er altijd."
    assert await page.inner_text("#status") == ""


async def test_after_a_reload_a_talk_that_is_to_be_wiped_does_not_come_back(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    hub.accepts = False
    await hub.drop()
    await page.click("#wipe")
    await page.click("#wipe-yes")
    await page.add_init_script(
        "window.name = ''; new MutationObserver(() => { if (document.body?.textContent.includes('Ik hoor je')) window.name = 'seen'; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    await page.reload()
    await page.wait_for_selector("#help >> text=116000")
    assert "Laat deze pagina" in await page.inner_text("#status")
    hub.accepts = True
    await page.wait_for_selector("text=Nieuw gesprek", timeout=20_000)
    assert await page.evaluate("window.name") == "", "the talk was on the screen again"
    assert hub.chats == {}
    assert len(hub.of("wipe")) == 1
    assert await page.evaluate("sessionStorage.length") == 0


async def test_what_is_written_after_a_wipe_begins_a_new_talk(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    await say(page, "zeepaardje")
    await page.wait_for_selector("text=Ik hoor je: zeepaardje")
    hub.accepts = False
    await hub.drop()
    await page.wait_for_selector("#help >> text=116000")
    await page.click("#wipe")
    await page.click("#wipe-yes")
    await say(page, "iets anders")
    hub.accepts = True
    await page.wait_for_selector("text=Ik hoor je: iets anders", timeout=20_000)
    assert "token-1" not in hub.chats
    assert [frame["text"] for frame in hub.of("say")] == ["zeepaardje", "iets anders"]


async def test_a_late_answer_does_not_come_back_on_a_screen_that_was_wiped(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.wipe_fails = 1
    await page.click("#wipe")
    await page.click("#wipe-yes")
    await page.wait_for_selector("text=Wissen lukte nog niet.")
    await hub.push(reply(9, "zeepaardje"))
    await hub.push(reply(None, "zeepaardje", in_reply_to="x"))
    await page.wait_for_selector("text=Nieuw gesprek")
    assert "zeepaardje" not in await page.content()


async def test_a_talk_that_is_gone_is_not_wiped_in_the_place_of_the_new_one(hub: StandinHub, open_page: OpenPage) -> None:
    page = (await open_page(hub.url)).page
    hub.accepts = False
    await hub.drop()
    await page.click("#wipe")
    await page.click("#wipe-yes")
    hub.chats.clear()
    hub.accepts = True
    await until(lambda: "token-2" in hub.chats, 20)
    await page.wait_for_selector("#log .choices")
    assert hub.of("wipe") == []


@pytest.mark.parametrize("how", ["Escape", "back", "wiped", "idle"])
async def test_the_four_words_never_stay_in_their_box(hub: StandinHub, open_page: OpenPage, how: str) -> None:
    page = (await open_page(hub.url, clock=how == "idle")).page
    await page.click("#code-open")
    await page.fill("#code", "aap boom vis noot")
    if how == "Escape":
        await page.keyboard.press("Escape")
    elif how == "back":
        await page.click("#code-back")
    elif how == "wiped":
        await hub.push({"type": "wiped"})
        await page.wait_for_selector("text=Nieuw gesprek")
    else:
        await page.clock.fast_forward(31 * 60 * 1000)
        await page.wait_for_selector("text=half uur")
    assert await page.input_value("#code") == ""
    assert await page.locator("#code-panel").is_hidden()
