"""The desk in Chromium: accessibility, the alarm, ten cases by keyboard, charts, and a line that was lost."""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

import pytest
from desk_browser import PHONE, TABLET, WIDE, Counter, violations
from desk_world import DeskWorld, asks_for_a_person, said, teenager
from playwright.async_api import Browser, Route, expect

from kernel.language import Language
from kernel.role import Role
from kernel.urgency import Urgency

pytestmark = pytest.mark.asyncio(loop_scope="session")
_NOTIFIED = """
window.notified = [];
window.Notification = class { static permission = 'granted'; constructor(title, options) { window.notified.push([title, options.body]); } };
document.hasFocus = () => false;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "screen"), [(Language.NL, WIDE), (Language.FR, TABLET)], ids=["nl-1280", "fr-tablet"])
async def test_axe_finds_nothing_on_any_page(
    world: DeskWorld, chromium: Browser, language: Language, screen: dict[str, Any], scheme: str
) -> None:
    lead, admin = await world.staff("Lea", Role.LEAD), await world.staff("Bea", Role.ADMIN)
    for person in (lead, admin):
        await world.store.accounts.set_preferences(person.id, language, [language])
    chats = [
        await teenager(world, "nl", text) for text in ("iemand dreigt met mijn naaktfoto", "ze pesten mij op school", "ik ben weggelopen")
    ]
    free, held = await asks_for_a_person(chats[0], "een berichtje"), await asks_for_a_person(chats[1])
    await lead.post(f"/cases/{held}/claim")
    await lead.post(f"/cases/{held}/note", text="een notitie")
    await lead.post(f"/cases/{held}/say", text="Dag, ik ben er.")
    invited = await world.invited("Nieuw", Role.COUNSELLOR)
    for person, paths in (
        (
            lead,
            [
                "/queue",
                f"/cases/{free}",
                f"/cases/{held}",
                "/numbers",
                "/audit",
                "/hours",
                "/me",
                "/nowhere",
                f"/enrol/{invited[1]}",
                "/enrol/x",
            ],
        ),
        (admin, ["/accounts", f"/accounts/{lead.id}", "/me"]),
    ):
        counter = await Counter.of(chromium, person, bypass_csp=True, color_scheme=scheme, **screen)
        for path in paths:
            page = await counter.open(path)
            assert await violations(page) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
            if path == f"/cases/{held}":
                await page.click("#canned-open")
                await page.click("#close-heading")
                assert await violations(page) == [], "with canned replies and record open"
        counter.complaints = [each for each in counter.complaints if "404" not in each and "410" not in each]
        await counter.close()
    for chat in chats:
        await chat.close()


async def test_the_login_page_has_nothing_for_axe_to_find(world: DeskWorld, chromium: Browser) -> None:
    person, _ = await world.invited("An", Role.COUNSELLOR)
    counter = await Counter.of(chromium, person, bypass_csp=True, **WIDE)
    page = await counter.open("/login")
    assert await violations(page) == []
    await page.fill("#name", "An")
    await page.fill("#password", "x")
    await page.fill("#code", "1")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[role=alert]")
    assert await violations(page) == []
    counter.complaints = [each for each in counter.complaints if "401" not in each]
    await counter.close()


async def test_enrolling_and_logging_in_as_a_person_does(world: DeskWorld, chromium: Browser) -> None:
    person, token = await world.invited("An Peeters", Role.COUNSELLOR)
    counter = await Counter.of(chromium, person, **WIDE)
    page = await counter.open(f"/enrol/{token}")
    assert (await page.inner_text(".key")).replace(" ", "") == person.secret
    box = await page.locator(".qr svg").bounding_box()
    assert box is not None and box["width"] > 150, "the QR code is there to be scanned"
    for name in ("password", "again"):
        await page.fill(f"#{name}", "vier losse woorden samen")
    await page.fill("#code", person.code(-1))
    await page.keyboard.press("Enter")
    await expect(page.locator(".codes li")).to_have_count(10)
    await page.click("text=naar het aanmelden")
    await page.fill("#name", "an peeters")
    await page.fill("#password", "vier losse woorden samen")
    await page.fill("#code", person.code())
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/queue")
    (cookie,) = await counter.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    await page.click("text=Afmelden")
    await page.wait_for_selector("text=Je bent afgemeld.")
    await counter.close()


async def test_the_alarm_repeats_until_somebody_takes_the_case(world: DeskWorld, chromium: Browser) -> None:
    an, bo = await world.staff("An", Role.COUNSELLOR), await world.staff("Bo", Role.COUNSELLOR)
    counter = await Counter.of(chromium, an, **WIDE)
    await counter.context.add_init_script(_NOTIFIED)
    page = await counter.open("/queue")
    assert await page.title() == "Wachtrij – Desk 116000"
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto")
    await expect(page.locator("#alarm")).to_have_attribute("data-ring", "emergency")  # danger was said, and nobody saw it yet
    case_id = await asks_for_a_person(chat)
    await expect(page.locator("#alarm")).to_have_attribute("data-ring", "normal")
    await expect(page).to_have_title("(1) Wachtrij – Desk 116000")
    await expect(page.locator("body")).to_have_attribute("data-rang", re.compile(r"[3-9]|\d\d"))
    assert await page.evaluate("window.notified") == [["Desk 116000", "Er is iets op de desk."]], "once, and nothing about the subject"
    await bo.post(f"/cases/{case_id}/claim")
    await expect(page).to_have_title("Wachtrij – Desk 116000")
    rang = await page.evaluate("document.body.dataset.rang")
    await page.wait_for_timeout(3500)
    assert await page.evaluate("document.body.dataset.rang") == rang, "it went on ringing"
    await page.click("#sound")
    assert await page.evaluate("document.body.dataset.rang") == str(int(rang) + 1), "the sound test"
    await chat.close()
    await counter.close()


async def test_ten_cases_with_the_keyboard_alone(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    counter = await Counter.of(chromium, an, **WIDE)
    page = await counter.open("/queue")
    chats = [await teenager(world, "nl", "iemand dreigt met mijn naaktfoto") for _ in range(10)]
    for chat in chats:
        await asks_for_a_person(chat)
    keys = page.keyboard
    for _ in chats:
        await page.wait_for_selector("#next:not([disabled])")
        await keys.press("Alt+n")
        await page.wait_for_selector("#text:focus")
        await keys.press("/")
        await keys.type("hallo")
        await keys.press("Enter")
        await page.wait_for_selector("#text:focus")
        assert (await page.input_value("#text")).startswith("Dag, ik ben iemand van het team.")
        await keys.press("Enter")
        await expect(page.locator("#talk .said.counsellor .text")).to_have_count(1)
        await expect(page.locator("#talk .state")).to_have_count(0)
        await keys.press("Alt+r")
        await page.wait_for_selector("#outcome:focus")
        await keys.type("eerste")
        await keys.press("Control+Enter")
        await page.wait_for_url("**/queue")
    assert await page.locator("#nobody").is_visible()
    closed = [each for each in await world.store.escalations.between(0, 9e9) if each.outcome == "step"]
    assert len(closed) == 10
    for chat in chats:
        await chat.close()
    await counter.close()


async def test_charts_are_drawn_and_break_no_policy(world: DeskWorld, chromium: Browser) -> None:
    lead = await world.staff("Lea", Role.LEAD)
    chats = [await teenager(world, "nl", "iemand dreigt met mijn naaktfoto") for _ in range(10)]
    for chat in chats:
        await asks_for_a_person(chat)
        await chat.close()
    counter = await Counter.of(chromium, lead, **WIDE)
    page = await counter.open("/numbers")
    picture = page.locator("img[src*='chart/need']")
    await picture.scroll_into_view_if_needed()
    assert await picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 300
    await counter.close()


async def test_the_page_comes_back_after_the_line_was_lost(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    counter = await Counter.of(chromium, an, **WIDE)
    page = await counter.open(f"/cases/{case_id}")
    await counter.context.set_offline(True)
    for socket in set(world.parts.sockets):
        await socket.close()
    await page.wait_for_selector("#offline:visible")
    await page.fill("#text", "komt dit aan?")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("text=Niet verstuurd")
    await chat.send(type="say", id=str(uuid.uuid4()), text="ik was er nog")
    await counter.context.set_offline(False)
    await page.wait_for_selector("text=ik was er nog")
    await page.click("#talk .state button")
    await expect(page.locator("#talk .state")).to_have_count(0)
    assert (await said(chat))["text"] == "komt dit aan?"
    counter.complaints = [each for each in counter.complaints if "ERR_INTERNET_DISCONNECTED" not in each]
    await chat.close()
    await counter.close()


async def test_closing_leads_to_the_queue_also_when_its_news_comes_first(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat = await teenager(world, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    counter = await Counter.of(chromium, an, **WIDE)
    page = await counter.open(f"/cases/{case_id}")
    reloaded: list[str] = []

    async def slow_answer(route: Route) -> None:
        # The news of the closing comes over the socket while the form still waits for its answer.
        answer = await route.fetch(max_redirects=0)
        await asyncio.sleep(1)
        await route.fulfill(response=answer)

    await page.route("**/close", slow_answer)
    page.on("request", lambda request: reloaded.append(request.url) if request.url.endswith(f"/cases/{case_id}") else None)
    await page.click("#close-heading")
    await page.select_option("#outcome", "listened")
    await page.click("#close-button")
    await page.wait_for_url("**/queue")
    assert not reloaded, "the page did not load itself again meanwhile"
    await chat.close()
    await counter.close()


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["1280", "phone"])
async def test_the_urgency_is_lowered_by_keyboard_and_undone_while_a_message_stays(
    world: DeskWorld, chromium: Browser, screen: dict[str, Any]
) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat = await teenager(world, "nl", "ik wil niet meer leven")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    counter = await Counter.of(chromium, an, bypass_csp=True, **screen)
    page = await counter.open(f"/cases/{case_id}")
    await page.fill("#text", "nog niet verstuurd")
    assert await page.locator("#lower-button").is_hidden(), "one step is not enough"
    await page.focus("#lower-heading")
    await page.keyboard.press("Enter")
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#lower-levels input:checked")).to_have_attribute("value", "normal")
    await page.keyboard.press("Enter")
    await expect(page.locator("#level")).to_have_text("Gewoon")
    await expect(page.locator("#lowered")).to_contain_text("Spoed werd Gewoon")
    await expect(page.locator("#lower-undo")).to_be_focused()
    assert await page.locator("#lower").is_hidden(), "nothing is lower"
    assert await violations(page) == []
    await page.keyboard.press("Enter")
    await expect(page.locator("#level")).to_have_text("Spoed")
    await expect(page.locator("#lower-heading")).to_be_focused()
    assert await page.locator("#lowered").is_hidden()
    await page.keyboard.press("Enter")
    await page.check("#lower-levels input[value=high]")
    await chat.send(type="say", id=str(uuid.uuid4()), text="ik ga het nu doen, ik wil dood")
    await expect(page.locator("#lower")).not_to_have_attribute("open", "")  # danger came: to be read before anything is lowered
    assert await page.input_value("#text") == "nog niet verstuurd"
    assert (await world.store.escalations.get(case_id)).urgency is Urgency.EMERGENCY
    await chat.close()
    await counter.close()


async def test_without_a_script_the_urgency_is_lowered_by_its_form(world: DeskWorld, chromium: Browser) -> None:
    an = await world.staff("An", Role.COUNSELLOR)
    chat = await teenager(world, "fr", "je veux mourir")
    case_id = await asks_for_a_person(chat)
    await an.post(f"/cases/{case_id}/claim")
    counter = await Counter.of(chromium, an, java_script_enabled=False, **WIDE)
    page = counter.page
    await page.goto(f"{world.base}/cases/{case_id}")
    await page.click("#lower-heading")
    await page.check("#lower-levels input[value=high]")
    await page.click("#lower-button")
    await expect(page.locator("#level")).to_have_text("Dringend")
    await page.click("#lower-undo")
    await expect(page.locator("#level")).to_have_text("Spoed")
    await chat.close()
    await counter.close()
