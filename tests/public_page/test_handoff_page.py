"""The hand-off in a real browser against the real hub: the card, waiting, a counsellor, coming back with four words."""

from __future__ import annotations

import asyncio
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page
from test_accessibility import violations
from test_chat_page import say
from watched_page import DESKTOP, PHONE, OpenPage

sys.path.append(str(Path(__file__).resolve().parents[1] / "channels"))
from desk_side import Counsellor
from hub_world import TOKEN, World, environment
from standin_bot import StandinBot
from standin_safety import StandinDetector

from channels.answers import Answers
from channels.public.pages import add_pages
from channels.secrets import with_secrets
from channels.site import Hub
from channels.store.desk_tables import ESCALATIONS
from kernel.language import Language
from kernel.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The real hub with the real page; a stand-in bot and stand-in danger terms."""
    bot = StandinBot(TOKEN)
    await bot.start()
    settings = with_secrets(read_settings(environment(tmp_path / "var", bot.url), ROOT))
    real = Answers.load(ROOT / "data/safety")
    answers = Answers(real.directory, real.routes, real.fixed, StandinDetector())  # type: ignore[arg-type]
    hub = Hub(settings, ROOT, pages=add_pages, actions=None, answers=answers)
    async with aiohttp.ClientSession() as session:
        await hub.start()
        yield World(hub, bot, session, settings)
        await hub.stop()
    await bot.stop()


def words(world: World, name: str, language: str) -> str:
    """A fixed sentence of the hand-off."""
    return world.hub.relay.handoff_texts.text(name, Language(language))


async def ask(page: Page) -> None:
    """Press the button; the card is there."""
    before = await page.locator(".handoff").count()
    await page.click("#human")
    await page.locator(".handoff").nth(before).wait_for()


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_card_waiting_talk_return_again_and_close(world: World, open_page: OpenPage, language: str) -> None:
    counsellor = Counsellor(world)
    page = (await open_page(f"{world.base}/?lang={language}", **PHONE)).page
    await say(page, "zeepaardje wil ik niet delen")
    await page.wait_for_selector(".turn.bot >> text=turn 1")
    await ask(page)
    assert words(world, "card_wants", language) in await page.inner_text(".handoff")
    await page.locator(".handoff li", has_text="zeepaardje").locator("input").uncheck()
    await page.locator(".handoff textarea").fill("liefst een vrouw")
    await page.locator(".handoff .primary").click()
    await page.wait_for_selector(".handoff-state:not(:empty)")
    await page.wait_for_selector(".handoff .words button")
    assert len((await page.locator(".handoff .words b").inner_text()).split()) == 4, "who is away for half an hour must find the way back"
    case_id = (await counsellor.waiting()).id
    case = await counsellor.case(case_id)
    assert case.note == "liefst een vrouw"
    assert "zeepaardje" not in repr(case)
    await counsellor.claim()
    await page.wait_for_selector(f"text={words(world, 'counsellor_here', language)}")
    assert await page.locator(".handoff .words button").count() == 0
    await page.locator("#text").press_sequentially("hallo")
    await page.press("#text", "Enter")
    await until_heard(counsellor, case_id, "hallo")
    await counsellor.desk.typing(case_id, counsellor.account)
    await page.wait_for_selector("#typing.on")
    await counsellor.say(case_id, "dag <b>jij</b>")
    await page.wait_for_selector(".turn.counsellor >> text=dag <b>jij</b>")
    await page.reload()
    await page.wait_for_selector(".turn.counsellor >> text=dag <b>jij</b>")
    shown = {"nl": "Je praat met een mens", "fr": "Tu parles avec une personne"}[language]
    assert await page.inner_text("#holder") == shown
    await say(page, "na het herladen")
    await until_heard(counsellor, case_id, "na het herladen")
    await counsellor.return_now(case_id)
    await page.wait_for_selector(f"text={words(world, 'given_back', language)}")
    await say(page, "nu weer de bot")
    await page.wait_for_selector(".turn.bot >> text=turn 2")
    await ask(page)
    await page.locator(".handoff .primary").last.click()
    await until_waiting(counsellor)
    assert await counsellor.claim() == case_id
    await counsellor.close(case_id, need="other_wellbeing", outcome="helped")
    await page.wait_for_selector(f"text={words(world, 'case_closed', language)}")
    await say(page, "nog iets")
    await page.wait_for_selector(".turn.bot >> text=turn 3")
    assert await counsellor.heard(case_id) == ["hallo", "dag <b>jij</b>", "na het herladen"]


async def until_heard(counsellor: Counsellor, case_id: str, text: str) -> None:
    for _ in range(200):
        if text in await counsellor.heard(case_id):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{text!r} did not reach the desk")


async def until_waiting(counsellor: Counsellor) -> None:
    for _ in range(200):
        if await counsellor.desk.queue():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody waits")


async def test_a_card_that_is_not_kept_any_more_is_not_sent_and_can_be_sent_as_it_is_now(world: World, open_page: OpenPage) -> None:
    counsellor = Counsellor(world)
    page = (await open_page(f"{world.base}/?lang=nl", **PHONE)).page
    await ask(page)
    async with world.hub.store.db.write() as connection:
        await connection.execute(ESCALATIONS.update().values(card_sealed=None))
    await page.locator(".handoff textarea").fill("liefst een vrouw")
    await page.locator(".handoff .primary").click()
    await page.wait_for_selector(f"text={world.hub.relay.answers.text('error_bad_frame', Language.NL)}")
    assert await counsellor.desk.queue() == []
    await page.locator(".handoff .primary:enabled").click()
    await until_waiting(counsellor)
    assert (await counsellor.case((await counsellor.waiting()).id)).note == "liefst een vrouw"


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_a_message_to_a_closed_desk_and_back_with_four_words(world: World, open_page: OpenPage, language: str) -> None:
    page = (await open_page(f"{world.base}/?lang={language}", **PHONE)).page
    await ask(page)
    card = await page.inner_text(".handoff")
    assert {"nl": "vier woorden", "fr": "quatre mots"}[language] in card
    assert {"nl": "niemand van het team", "fr": "personne de l’équipe"}[language] in card
    await page.locator(".handoff .primary").click()
    code = await page.locator(".handoff .words b").inner_text()
    assert len(code.split()) == 4
    counsellor = Counsellor(world)
    case_id = await counsellor.claim()
    await counsellor.say(case_id, "goeiemorgen")
    other = (await open_page(f"{world.base}/?lang={language}", **PHONE)).page
    await other.click("#code-open")
    await other.fill("#code", "zomaar vier foute woorden")
    await other.press("#code", "Enter")
    await other.wait_for_selector("#code-state:has-text('116000')")
    assert await other.locator("#code-panel").is_visible()
    await other.fill("#code", code)
    await other.press("#code", "Enter")
    await other.wait_for_selector(".turn.counsellor >> text=goeiemorgen")
    assert await other.locator("#code-panel").is_hidden()
    assert await other.locator("#log .turn.counsellor").count() == 1
    await say(other, "ik ben terug")
    await until_heard(counsellor, case_id, "ik ben terug")


async def test_taking_it_back_while_waiting(world: World, open_page: OpenPage) -> None:
    counsellor = Counsellor(world)
    page = (await open_page(world.base)).page
    await ask(page)
    await page.locator(".handoff .primary").click()
    await page.locator(".handoff .words button").click()
    await page.wait_for_selector(".handoff-state:has-text('Teruggenomen')")
    assert "bot" in await page.inner_text("#holder")
    assert await counsellor.desk.queue() == []


async def test_after_a_reload_it_can_be_taken_back_and_new_words_asked_for(world: World, open_page: OpenPage) -> None:
    page = (await open_page(world.base)).page
    await ask(page)
    await page.locator(".handoff .primary").click()
    before = await page.locator(".handoff .words b").inner_text()
    await page.reload()
    await page.wait_for_selector("#holder:has-text('Wachten')")
    await page.click("#human")
    await page.get_by_role("button", name="Geef me vier nieuwe woorden").click()
    code = await page.locator(".handoff .words b").inner_text()
    assert len(code.split()) == 4
    assert code != before
    await page.get_by_role("button", name="Ik wil toch geen mens").click()
    await page.wait_for_selector("#holder:has-text('bot')")
    assert await Counsellor(world).desk.queue() == []
    assert await page.locator(".handoff button:enabled").count() == 0


async def test_a_newer_card_takes_the_place_of_one_not_decided_and_keeps_what_was_done_to_it(world: World, open_page: OpenPage) -> None:
    counsellor = Counsellor(world)
    page = (await open_page(world.base)).page
    await say(page, "zeepaardje is mijn geheim")
    await page.wait_for_selector("text=turn 1")
    await ask(page)
    await page.locator(".handoff li", has_text="zeepaardje").locator("input").uncheck()
    await page.locator(".handoff textarea").fill("mijn noot")
    await say(page, "nog een zin erbij")
    await page.wait_for_selector("text=turn 2")
    await page.click("#human")
    await page.wait_for_selector(".handoff >> text=nog een zin erbij")
    assert await page.locator(".handoff").count() == 1
    await page.locator(".handoff .primary").click()
    await until_waiting(counsellor)
    case = await counsellor.case((await counsellor.waiting()).id)
    assert case.note == "mijn noot"
    assert "nog een zin erbij" in repr(case.lines)
    assert "zeepaardje" not in repr(case.lines)


async def test_danger_shows_the_lines_first_and_the_card_beside_them(world: World, open_page: OpenPage) -> None:
    page = (await open_page(world.base, **PHONE)).page
    await say(page, "gevaarwoord")
    await page.wait_for_selector(".handoff")
    order = await page.evaluate("[...document.querySelectorAll('#log .card, #log .handoff')].map((e) => e.className)")
    assert order.index("handoff") > order.index("card")
    assert len(await Counsellor(world).desk.signals()) == 1


async def test_the_line_is_lost_while_a_decision_is_on_its_way(world: World, open_page: OpenPage) -> None:
    counsellor = Counsellor(world)
    page = (await open_page(world.base)).page
    await say(page, "dit mag het team weten")
    await page.wait_for_selector("text=turn 1")
    await ask(page)
    app = next(
        runner.app for runner in world.hub._runners if runner.app is not None and "/chat/ws" in str(list(runner.app.router.routes()))
    )
    await page.evaluate("document.querySelector('.handoff .primary').click()")
    for key in app:
        if "sockets" in str(key):
            await app[key].close()
    await until_waiting(counsellor)
    await page.wait_for_selector(".handoff-state:has-text('bewaard')")
    assert "dit mag het team weten" in repr((await counsellor.case((await counsellor.waiting()).id)).lines)


async def test_the_card_with_the_keyboard_alone(world: World, open_page: OpenPage) -> None:
    counsellor = Counsellor(world)
    page = (await open_page(world.base, **DESKTOP)).page
    await page.focus("#human")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".handoff")
    await page.focus("#main")
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.type === 'checkbox'"):
            break
    await page.keyboard.press("Space")
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.classList.contains('primary')"):
            break
    await page.keyboard.press("Enter")
    await until_waiting(counsellor)
    case = await counsellor.case((await counsellor.waiting()).id)
    assert len(case.lines) == await page.locator(".handoff li").count() - 1
    await page.focus("#code-open")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "code"
    await page.keyboard.press("Escape")
    assert await page.evaluate("document.activeElement.id") == "code-open"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_card_words_and_panel(world: World, open_page: OpenPage, scheme: str) -> None:
    page = (await open_page(world.base, color_scheme=scheme, bypass_csp=True, **PHONE)).page
    await ask(page)
    assert await violations(page) == []
    await page.locator(".handoff .primary").click()
    await page.wait_for_selector(".handoff .words b")
    assert await violations(page) == []
    await page.click("#code-open")
    assert await violations(page) == []


async def test_markup_of_a_counsellor_and_of_a_teenager_is_shown_literally(world: World, open_page: OpenPage) -> None:
    payload = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    counsellor = Counsellor(world)
    page = (await open_page(world.base)).page
    await say(page, payload)
    await page.wait_for_selector("text=turn 1")
    await ask(page)
    assert "<img src=x" in await page.inner_text(".handoff")
    await page.locator(".handoff .primary").click()
    await until_waiting(counsellor)
    case_id = await counsellor.claim()
    await counsellor.desk.say(case_id, counsellor.account, str(uuid.uuid4()), payload)
    await page.wait_for_selector(".turn.counsellor >> text=<img src=x")
    assert "hit" not in await page.title()
