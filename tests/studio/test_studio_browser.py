"""Volunteers in real Chromium, Dutch and French: five sentences and a step, read and approved by somebody else; and axe on every page."""

from __future__ import annotations

import pytest
from desk_browser import TABLET, WIDE, Counter, violations
from playwright.async_api import Browser, Page, expect
from studio_world import StudioWorld

from curation.changes import AddExample, AddReply, AddStep
from kernel.language import Language
from kernel.role import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIVE = {
    Language.NL: (
        "hij wil geld anders stuurt hij mijn foto naar iedereen van school",
        "ze zegt dat ik voor morgen moet betalen of ze post het",
        "een onbekende vraagt tegoedkaarten voor mijn filmpje",
        "wa moek doen hij telt de uren af tot hij alles lekt",
        "mijn neef wordt bedreigd met een foto van zijn camera",
    ),
    Language.FR: (
        "il veut des sous sinon toute ma classe recoit la photo",
        "elle dit que jai jusqua demain pour payer sinon elle poste",
        "un inconnu demande des cartes cadeaux pour ma video",
        "jfais quoi il compte les heures avant de tout balancer",
        "mon cousin est menace avec une photo prise en cam",
    ),
}
WORDS = {
    Language.NL: {"look": "Bekijken en voorstellen", "hello": "Dag", "good": "Het nazicht", "approved": "Goedgekeurd"},
    Language.FR: {"look": "Regarder et proposer", "hello": "Bonjour", "good": "La vérification", "approved": "Approuvée"},
}
SLOW_MS = 420_000
"""The checks on a machine that does other things too."""


async def add_sentences(page: Page, language: Language) -> None:
    """One by one, with what is near shown while typing."""
    for number, sentence in enumerate(FIVE[language]):
        field = page.locator(f"#text-{language}")
        await field.press_sequentially(sentence)
        await expect(page.locator(f"#near-{language}")).not_to_be_empty(timeout=SLOW_MS)
        await page.locator(f"[data-near={language}] button").click()
        await expect(page.locator(".in-hand .tag")).to_contain_text(str(number + 1))


async def build_step(page: Page) -> None:
    """A step out of blocks; what may not come next cannot be chosen."""
    await page.select_option("#place", "utter_ask_sextortion_step")
    await expect(page.locator("#next option[value=utter_ask_sextortion_safe]")).to_be_disabled()
    await page.select_option("select[name=hears]", "grooming")
    await expect(page.locator("#say-nl")).to_be_hidden()
    await page.select_option("#say", "new")
    await page.fill("#say-nl", "Dat is niet oké van die persoon.")
    await page.fill("#say-fr", "Ce n'est pas correct de sa part.")
    await expect(page.locator("[data-when=say] .level").first).to_be_visible()
    await page.select_option("#next", "utter_ask_sextortion_removal")
    await page.click("#builder > button")
    await expect(page.locator(".step.new")).to_have_count(1)
    await expect(page.locator("svg .arrow.new")).to_have_count(1)


async def propose(page: Page, language: Language) -> str:
    """Look at it, wait for the checks, say why, propose; the proposal's address."""
    await page.click(f"text={WORDS[language]['look']}")
    await page.fill("#title", "Geld vragen met een foto")
    await page.fill("#why", "Zo zeggen ze het de laatste tijd.")
    await page.click("[aria-labelledby=go] button.primary", no_wait_after=True)
    await expect(page.locator(".chip.proposed").first).to_be_visible(timeout=SLOW_MS)
    return page.url.split("?")[0].removeprefix(page.url.split("/studio")[0])


@pytest.mark.parametrize("language", list(Language))
async def test_five_sentences_and_a_step_approved_by_somebody_else(world: StudioWorld, chromium: Browser, language: Language) -> None:
    an, bo = await world.volunteer("An", language), await world.volunteer("Bo", language.other)
    first = await Counter.of(chromium, an, **WIDE)
    page = await first.open("/studio")
    await expect(page.locator("h1")).to_contain_text(WORDS[language]["hello"])
    await page.click(".doors a[href='/studio/examples']")
    await page.click("a[href='/studio/examples/sextortion']")
    await add_sentences(page, language)
    await page.goto(f"{world.base}/studio/stories/sextortion")
    await build_step(page)
    path = await propose(page, language)
    await expect(page.locator("#approve")).to_have_count(0)
    second = await Counter.of(chromium, bo, **TABLET)
    page = await second.open("/studio")
    await page.click(f"a[href='{path}']")
    await expect(page.locator(".card")).to_have_count(7)
    card = page.locator(".card").first
    await card.locator("summary").click()
    await card.locator("textarea").fill("Mooi.")
    await card.locator("details button").click()
    await expect(page.locator(".card .remark")).to_have_text([f"Bo · {await said_at(page)}Mooi."])
    await page.click("[aria-labelledby=talk] .remark a")
    assert "#at-" in page.url
    await page.click("#approve", no_wait_after=True)
    await expect(page.locator(".chip.approved").first).to_be_visible(timeout=SLOW_MS)
    changes = await world.changes_of(path.rsplit("/", 1)[-1])
    assert [change.text for change in changes if isinstance(change, AddExample)] == list(FIVE[language])
    assert [type(change) for change in changes[5:]] == [AddReply, AddStep]
    row = await world.store.proposals.get(path.rsplit("/", 1)[-1])
    assert row is not None and (row.state, row.author, row.approvers[0][1]) == ("approved", "An", "Bo")
    await first.close()
    await second.close()


async def said_at(page: Page) -> str:
    """The moment on the first remark."""
    text = await page.locator(".card .remark .from").inner_text()
    return text.removeprefix("Bo · ")


PAGES = (
    "/studio", "/studio/examples", "/studio/examples/bot_challenge?language=nl&sentence=ben+je+een+bot", "/studio/replies", "/studio/replies/sextortion",
    "/studio/replies/sextortion/utter_sextortion", "/studio/stories", "/studio/stories/sextortion", "/studio/scenarios", "/studio/scenarios/gamer",
    "/studio/canned", "/studio/helplines", "/studio/proposals", "/studio/board", "/studio/try", "/studio/files", "/studio/files/edit?file=data/domain.yml",
)  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
async def test_axe_finds_nothing_on_any_page(world: StudioWorld, chromium: Browser, language: Language) -> None:
    admin = await world.volunteer("Ad", language, Role.ADMIN)
    await admin.post("/studio/examples/sextortion/add", language="nl", text="hij wil geld voor mijn foto")
    made = await world.draft_of(admin)
    await admin.post(f"/studio/proposals/{made}/comment", change="", text="kijk dit na")
    await world.checked(admin, made)
    counter = await Counter.of(chromium, admin, bypass_csp=True, **WIDE)
    found: dict[str, object] = {}
    for path in (*PAGES, f"/studio/proposals/{made}"):
        page = await counter.open(path)
        if complaints := await violations(page):
            found[path] = complaints
        if await page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found[f"{path} is wider than the screen"] = True
    assert found == {}
    await counter.close()


async def test_no_page_is_wider_than_a_tablet(world: StudioWorld, chromium: Browser) -> None:
    admin = await world.volunteer("Ad", Language.FR, Role.ADMIN)
    counter = await Counter.of(chromium, admin, **TABLET)
    for path in PAGES:
        page = await counter.open(path)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    await counter.close()


async def test_a_reply_is_weighed_and_shown_while_it_is_written(world: StudioWorld, chromium: Browser) -> None:
    an = await world.volunteer("An")
    counter = await Counter.of(chromium, an, **WIDE)
    page = await counter.open("/studio/replies/sextortion/utter_sextortion")
    await page.fill("#add-nl", "Bel 0800 32 123 <b>nu</b>, of stuur nooit naaktfoto's.")
    await expect(page.locator("[data-weigh=nl] [data-preview]").last).to_have_text("Bel 0800 32 123 <b>nu</b>, of stuur nooit naaktfoto's.")
    await expect(page.locator("#weight-add-nl .finding.stops")).to_have_count(1, timeout=SLOW_MS)
    await counter.close()
