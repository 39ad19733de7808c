"""A volunteer judges the inbox in real Chromium with the keyboard alone, Dutch and French: what each key did, and how few are needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from desk_browser import TABLET, WIDE, Counter, violations
from playwright.async_api import Browser, Locator, Page, expect
from studio_world import StudioWorld

from channels.answers import Answers
from channels.store import InboxState, NewItem, Verdict
from curation.changes import AddExample
from curation.studio.bench import Bench
from kernel.language import Language

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEED = "report_content_removal"
TWELVE = {
    Language.NL: (
        "kwil da filmke van mij weg van het net", "zwarte bananen zingen", "iemand zette mijn ding online wa nu", "hm geen idee man",
        "hij blijft vragen om naaktfotos te sturen", "tis vol blokskes in de keuken", "der staat iets van mij op ne site",
        "ze hebben mijn prentje gejat en gepost", "lampen lopen altijd scheef", "zoiets ofzo weetje", "kunt ge da wegkrijgen van tiktok aub",
        "mijn gezicht staat op een raar account",
    ),
    Language.FR: (
        "jveux que mon truc parte du net", "les bananes noires chantent", "quelqu'un a mis mon machin en ligne jfais quoi", "bof aucune idee mec",
        "il arrete pas de demander des nudes de moi", "la cuisine est pleine de cubes", "ya un bidule de moi sur un site",
        "ils ont pique mon image et poste", "les lampes marchent toujours de travers", "un truc du genre tsais", "tu peux virer ca de tiktok stp",
        "ma tete est sur un compte bizarre",
    ),
}  # fmt: skip
EDITED = {Language.NL: "dees moet van het net af", Language.FR: "ce machin doit partir du net"}
TO_TYPE = {Language.NL: "zelf door", Language.FR: "a partag"}


@pytest_asyncio.fixture(loop_scope="session")
async def inbox(
    tmp_path: Path, studio_answers: Answers, studio_content: Path, studio_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[StudioWorld]:
    """A studio whose inbox is on, in the loop of the browser; no sentence gets a second reader."""
    monkeypatch.setattr("channels.store.inbox.SECOND_LOOK", 1 << 40)
    running = StudioWorld(tmp_path / "var", studio_answers, studio_content, inbox=True, bench=studio_bench)
    await running.start()
    yield running
    await running.stop()


async def put_in(world: StudioWorld, language: Language, texts: Sequence[str]) -> list[str]:
    """Sentences that a counsellor passed on, in this order (the least sure comes first): their ids."""
    ids = []
    for number, text in enumerate(texts):
        await world.store.inbox.add([NewItem(language, text, NEED, 0.1 + number / 100)], "teenager")
        (item,) = await world.store.inbox.new()
        await world.store.inbox.pass_on(item.id, text)
        ids.append(item.id)
    return ids


@dataclass
class Hands:
    """The keyboard, and how many keys the last verdict on each sentence took, by its id. Nothing is ever clicked."""

    page: Page
    pressed: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    async def shown(self) -> str:
        """The sentence on the screen."""
        return await self.page.locator("#inbox-text").input_value()

    async def key(self, name: str) -> None:
        """A key that leaves the page as it is."""
        self.pressed.append(name)
        await self.page.keyboard.press(name)

    async def belgian(self, name: str, place: str) -> None:
        """A key of a Belgian keyboard, whose row of digits gives other signs."""
        self.pressed.append(name)
        session = await self.page.context.new_cdp_session(self.page)
        for kind in ("keyDown", "keyUp"):
            await session.send("Input.dispatchKeyEvent", {"type": kind, "key": name, "code": place})
        await session.detach()

    async def last_key(self, name: str) -> None:
        """The key that brings the next sentence: the page comes again, and the keys since the one before are counted."""
        action = await self.page.locator("#inbox").get_attribute("action") or ""
        async with self.page.expect_navigation():
            await self.key(name)
        self.taken[action.split("?")[0].rsplit("/", 1)[-1]] = len(self.pressed)
        self.pressed.clear()


def chosen(page: Page) -> Locator:
    """The need that is ticked."""
    return page.locator('input[name="need"]:checked')


@pytest.mark.parametrize("language", list(Language))
async def test_twelve_sentences_with_the_keyboard_alone(inbox: StudioWorld, chromium: Browser, language: Language) -> None:
    texts = TWELVE[language]
    an = await inbox.volunteer("An", language)
    ids = dict(zip(texts, await put_in(inbox, language, texts), strict=True))
    counter = await Counter.of(chromium, an, **WIDE)
    hands = Hands(page := await counter.open("/studio/inbox"))
    await expect(page.locator(".legend kbd")).to_have_text(["Enter", "1–5", "R", "X", "S", "E", "U"])
    await expect(page.locator(".legend")).to_be_in_viewport(ratio=1)

    async def on(place: int) -> None:
        assert await hands.shown() == texts[place]

    await on(0)
    await hands.last_key("Enter")
    await on(1)
    await hands.last_key("x")
    await on(2)
    await hands.last_key("a")
    await on(3)
    await hands.last_key("s")
    await on(4)  # another need that is offered
    await hands.belgian("é", "Digit2")
    second = await chosen(page).get_attribute("value")
    await expect(chosen(page)).to_be_focused()
    await hands.last_key("Enter")
    await on(5)
    await hands.last_key("Shift+X")  # the legend writes it as a capital
    await on(6)  # rejected, and taken back
    await hands.last_key("x")
    await on(7)
    await hands.last_key("u")
    await on(6)
    await hands.last_key("Enter")
    await on(7)  # a need out of the whole list: its name is typed
    await hands.key("r")
    await page.keyboard.type(TO_TYPE[language])
    await expect(page.locator("#inbox-other")).to_be_checked()
    third = await page.locator("#inbox-all").input_value()
    await hands.last_key("Enter")
    await on(8)  # letters typed in the list are not verdicts; Escape leaves it
    await hands.key("r")
    await page.keyboard.type("sx")
    await on(8)
    await hands.key("Escape")
    await hands.last_key("x")
    await on(9)
    await hands.last_key("s")
    await on(10)  # in other words: letters typed in the sentence are not verdicts
    await hands.key("e")
    await page.keyboard.press("Control+A")
    await page.keyboard.type(EDITED[language])
    await hands.key("Escape")
    await expect(page.locator("#inbox-text")).not_to_be_focused()
    await hands.key("e")
    await hands.last_key("Enter")
    await on(11)
    await hands.last_key("Enter")
    await expect(page.locator("p.empty").first).to_be_visible()
    await expect(page.locator("#inbox")).to_have_count(0)

    changes = [one for one in await inbox.changes_of(await inbox.draft_of(an)) if isinstance(one, AddExample)]
    assert [(one.language, one.text, one.need) for one in changes] == [
        (language, texts[0], NEED), (language, texts[2], NEED), (language, texts[4], second), (language, texts[6], NEED),
        (language, texts[7], third), (language, EDITED[language], NEED), (language, texts[11], NEED),
    ]  # fmt: skip
    assert len({NEED, second, third}) == 3
    verdicts = {one.item_id: one.verdict for one in await inbox.store.inbox.judged()}
    said = {"accept": (0, 2, 6, 10, 11), "relabel": (4, 7), "reject": (1, 5, 8), "skip": (3, 9)}
    assert verdicts == {ids[texts[place]]: Verdict(verdict) for verdict, places in said.items() for place in places}
    assert await inbox.store.inbox.counts() == {InboxState.NEW: 0, InboxState.OPEN: 2, InboxState.SECOND: 0, InboxState.DONE: 10}
    slower = {4: 2, 7: 2, 8: 3, 10: 4}  # another need, and what was tried out in the list and in the sentence (letters typed aside)
    assert hands.taken == {ids[text]: slower.get(place, 1) for place, text in enumerate(texts)}
    await counter.close()


async def test_a_key_pressed_twice_judges_one_sentence(inbox: StudioWorld, chromium: Browser) -> None:
    an = await inbox.volunteer("An")
    texts = TWELVE[Language.NL][:4]
    await put_in(inbox, Language.NL, texts)
    counter = await Counter.of(chromium, an, **WIDE)
    hands = Hands(page := await counter.open("/studio/inbox"))
    await hands.last_key("x")
    async with page.expect_navigation():  # all of it before the next sentence is there
        await page.evaluate(
            "for (const key of ['x', 's', 'u', 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
        )
    assert await hands.shown() == texts[2]
    assert [one.verdict for one in await inbox.store.inbox.judged()] == [Verdict.REJECT, Verdict.REJECT]
    for combined in ("Control+x", "Alt+s", "Meta+u"):  # these are the browser's
        await page.keyboard.press(combined)
    assert await hands.shown() == texts[2]
    await counter.close()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("screen", [WIDE, TABLET], ids=["wide", "tablet"])
async def test_axe_finds_nothing_and_it_fits(inbox: StudioWorld, chromium: Browser, language: Language, screen: dict[str, object]) -> None:
    an = await inbox.volunteer("An", language)
    near = [f"{TWELVE[language][0]} {more}".strip() for more in ("", *"abcdefghijklmno")]
    await put_in(inbox, language, [*near, *TWELVE[language][1:3]])
    counter = await Counter.of(chromium, an, bypass_csp=True, **screen)
    page = await counter.open("/studio/inbox")
    await expect(page.locator('[name="also"]')).to_have_count(15)
    await fits(page)
    await expect(page.locator(".legend")).to_be_in_viewport(ratio=1)
    for box in await page.locator('[name="also"]').all():
        await box.check()
    if screen is TABLET:
        await page.tap("#inbox-reject")
    else:
        await page.click("#inbox-reject")
    await expect(page.locator("#inbox-undo")).to_be_visible()
    assert len(await inbox.store.inbox.judged()) == 16
    await fits(page)
    async with page.expect_navigation():  # all sixteen come back
        await page.keyboard.press("u")
    assert await inbox.store.inbox.judged() == []
    await fits(page)
    async with page.expect_navigation():
        await page.locator("#inbox-skip").click()
    for _ in range(15):
        async with page.expect_navigation():
            await page.keyboard.press("s")
    for _ in range(2):
        async with page.expect_navigation():
            await page.keyboard.press("s")
    await expect(page.locator("#inbox")).to_have_count(0)
    await fits(page)
    await counter.close()


async def fits(page: Page) -> None:
    """Axe has nothing to say, nothing is wider than the screen, and every verdict is large enough for a finger."""
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for button in await page.locator("#inbox button, #inbox .pick").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 24
