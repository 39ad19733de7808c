"""The people on the way of a change, each in Chromium: Noor writes, Lou approves and has it tried, An publishes and goes back, a teenager
says hello. Nothing here knows whether the bot behind the pages is the real one: a journey with real trainings and a quick test share it.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS / part) for part in ("", "channels", "desk", "journeys", "product")]

import aiohttp
from chat_page import ChatPage
from chromium import POLICY_WATCH
from desk_browser import Counter
from desk_world import Person
from playwright.async_api import Browser, Page, expect
from playwright.async_api import Error as PlaywrightError

from channels.store import Store
from kernel.language import Language
from kernel.role import Role

SCREEN: dict[str, Any] = {"viewport": {"width": 1024, "height": 720}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 720}, "is_mobile": True, "has_touch": True, "service_workers": "block"}
SLOW_MS = 120_000
"""For a page, and for the checks behind one, on a machine that does other things too."""
NEED, STEP, NEXT, EARLIER = "sextortion", "utter_ask_sextortion_step", "utter_ask_sextortion_tell", "utter_ask_sextortion_safe"
SAYS = {Language.NL: "Dat is niet oké van die persoon.", Language.FR: "Ce n'est pas correct de sa part."}
_PROGRESS = """() => {
  if (document.readyState !== "complete") return "";
  const job = document.getElementById("job");
  return job && `${job.querySelector("progress").value} % ${document.getElementById("job-step").textContent}`;
}"""


@dataclass(frozen=True, slots=True)
class Words:
    """What people write in one language."""

    hello: str
    old: str
    new: str
    title: str
    why: str
    sentences: tuple[str, ...]


WORDS = {
    Language.NL: Words(
        hello="hallo",
        old="Dag! Fijn dat je er bent.",
        new="Dag! Fijn dat je hier bent vandaag.",
        title="Geld vragen met een foto",
        why="Zo zeggen ze het de laatste tijd.",
        sentences=(
            "hij zegt da ge uw cam moet aanzetten of hij zet alles online",
            "iemand vraagt geld anders gaat mijn foto naar heel de klas",
            "die gast wil een paysafecard of hij lekt mijn filmpje",
            "ze dreigen mijn pic te sturen naar mijn mama als ik niet betaal",
            "ik moet bitcoins kopen want hij heeft een screenshot van mij bloot",
        ),
    ),
    Language.FR: Words(
        hello="bonjour",
        old="Salut ! Content que tu sois là.",
        new="Salut ! C'est bien que tu sois là aujourd'hui.",
        title="Demander de l'argent avec une photo",
        why="C'est comme ça qu'ils le disent ces derniers temps.",
        sentences=(
            "il veut des sous sinon toute ma classe recoit la photo",
            "elle dit que jai jusqua demain pour payer sinon elle poste",
            "un inconnu demande des cartes cadeaux pour ma video",
            "jfais quoi il compte les heures avant de tout balancer",
            "mon cousin est menace avec une photo prise en cam",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where it all runs: the store behind it, the addresses of desk and chat page, a session for plain requests."""

    store: Store
    desk: str
    public: str
    http: aiohttp.ClientSession


@dataclass(frozen=True, slots=True)
class Tried:
    """What the page of a gate showed: its address, its progress step by step, its verdict, the sentences it names, and the buttons that
    would let the change pass or be published."""

    path: str
    progress: tuple[str, ...]
    passed: bool
    named: tuple[str, ...]
    ways_on: tuple[str, ...]

    @property
    def job_id(self) -> str:
        """The id of the gate."""
        return self.path.rsplit("/", 1)[-1]


@dataclass
class People:
    """Two volunteers and a lead; Noor's and An's pages speak `language`, Lou's the other one. `pictures`: the folder for them."""

    browser: Browser
    site: Site
    language: Language
    patience_s: float
    pictures: Path | None = None
    ids: dict[str, str] = field(default_factory=dict)
    _taken: int = 0

    @property
    def words(self) -> Words:
        """What they write."""
        return WORDS[self.language]

    async def arrive(self) -> None:
        """They get their accounts."""
        for name, role, language in (
            ("Noor", Role.VOLUNTEER, self.language),
            ("Lou", Role.VOLUNTEER, self.language.other),
            ("An", Role.LEAD, self.language),
        ):
            self.ids[name] = (await self.site.store.accounts.create(name, role, language))[0]

    @asynccontextmanager
    async def visit(self, name: str, path: str) -> AsyncIterator[Page]:
        """A page of the desk, of somebody logged in; afterwards: no policy broken, no error, nobody else asked."""
        token = await self.site.store.sessions.begin(self.ids[name])
        person = Person(self.site.desk, self.site.http, name, Role.VOLUNTEER, self.ids[name], "", cookies={"desk": token})
        counter = await Counter.of(self.browser, person, **SCREEN)
        counter.context.set_default_timeout(SLOW_MS)
        try:
            yield await counter.open(path)
        except BaseException:
            await counter.context.close()
            raise
        await counter.close()

    async def picture(self, page: Page, name: str) -> None:
        """Take a picture of what is on the screen, where pictures are wanted."""
        self._taken += 1
        if self.pictures is not None:
            await page.screenshot(path=self.pictures / f"change-{self.language.value}-{self._taken}-{name}.png")

    # ---- Noor ------------------------------------------------------------------------------------------------------

    async def noor_writes(self) -> str:
        """Five sentences, a step in a conversation and another greeting, proposed; the address of the proposal."""
        async with self.visit("Noor", "/studio") as page:
            await page.click(".doors a[href='/studio/examples']")
            await page.click(f"a[href='/studio/examples/{NEED}']")
            await self._add_sentences(page)
            await page.goto(f"{self.site.desk}/studio/stories/{NEED}")
            await _build_step(page)
            await page.goto(f"{self.site.desk}/studio/replies/greeting/utter_greeting")
            await self._change_greeting(page)
            return await self._propose(page)

    async def _add_sentences(self, page: Page) -> None:
        for number, sentence in enumerate(self.words.sentences, 1):
            field = page.locator(f"#text-{self.language}")
            await (field.press_sequentially(sentence) if number == 1 else field.fill(sentence))
            await expect(page.locator(f"#near-{self.language}")).not_to_be_empty(timeout=SLOW_MS)
            await page.click(f"[data-near={self.language}] button")
            await expect(page.locator(".in-hand .tag")).to_contain_text(str(number), timeout=SLOW_MS)

    async def _change_greeting(self, page: Page) -> None:
        form = page.locator("form", has=page.locator(f'input[name=text][value="{self.words.old}"]'))
        await form.locator("textarea").fill(self.words.new)
        await expect(form.locator("[data-preview]")).to_have_text(self.words.new)
        await form.locator("button").click()
        await expect(page.locator(f'input[name=text][value="{self.words.new}"]')).to_have_count(1, timeout=SLOW_MS)

    async def _propose(self, page: Page) -> str:
        await page.click(".in-hand a.button")
        await page.fill("#title", self.words.title)
        await page.fill("#why", self.words.why)
        await self.picture(page, "proposal")
        await page.click("[aria-labelledby=go] button.primary", no_wait_after=True)
        await expect(page.locator(".chip.proposed").first).to_be_visible(timeout=SLOW_MS)
        await expect(page.locator("#approve")).to_have_count(0)
        return page.url.split("?")[0].removeprefix(self.site.desk)

    # ---- Lou -------------------------------------------------------------------------------------------------------

    async def lou_approves(self, path: str, cards: int) -> None:
        """Finds the proposal on the first page, sees all its changes, approves."""
        async with self.visit("Lou", "/studio") as page:
            await page.click(f"a[href='{path}']")
            await expect(page.locator(".card")).to_have_count(cards, timeout=SLOW_MS)
            await page.click("#approve", no_wait_after=True)
            await expect(page.locator(".chip.approved").first).to_be_visible(timeout=SLOW_MS)

    async def have_tried(self, path: str, name: str = "Lou") -> Tried:
        """Press the button of an approved proposal that starts the gate, and watch its page until it says what it found; as a lead sees
        it: what she is not offered, nobody is."""
        async with self.visit(name, path) as page:
            await page.click("#start-gate")
            await page.wait_for_url("**/studio/jobs/*")
            job = page.url.split("?")[0].removeprefix(self.site.desk)
            progress = await self._watched(page)
            end = page.locator("#verdict, main p[role=status]").first
            said = await end.inner_text()
            assert await end.get_attribute("id") == "verdict", f"the gate said neither yes nor no: {said}"
        async with self.visit("An", job) as page:
            verdict = page.locator("#verdict")
            await expect(verdict).to_be_visible()
            passed = "done" in str(await verdict.get_attribute("class")).split()
            await self.picture(page, "passed" if passed else "refused")
            named = await page.locator(".reason.danger q, .reason.danger_level q").all_inner_texts()
            ways_on = [one for one in ("override", "publish") if await page.locator(f"#{one}").count()]
            return Tried(job, progress, passed, tuple(named), tuple(ways_on))

    # ---- An --------------------------------------------------------------------------------------------------------

    async def an_lets_pass(self, path: str) -> None:
        """With a reason, where the page of a refused gate offers it."""
        async with self.visit("An", path) as page:
            await page.click("details:has(#override) summary")
            await page.fill("#reason", "seen one by one: no danger among them")
            await page.click("#override")
            await page.wait_for_url("**/studio/publish*")

    async def an_publishes(self, proposal: str) -> tuple[str, ...]:
        """With the button beside the proposal; what the page showed meanwhile. In the end the page of leads says what is current."""
        async with self.visit("An", "/studio/publish") as page:
            return await self._done_by(page, f"form:has(input[value='{proposal.rsplit('/', 1)[-1]}']) button.primary")

    async def an_goes_back(self) -> tuple[str, ...]:
        """One click."""
        async with self.visit("An", "/studio/publish") as page:
            return await self._done_by(page, "#back")

    async def _done_by(self, page: Page, button: str) -> tuple[str, ...]:
        await page.click(button)
        await page.wait_for_url("**/studio/jobs/*")
        shown = await self._watched(page)
        await page.click("#published a")
        await expect(page.locator("#current")).to_be_visible(timeout=SLOW_MS)
        return shown

    async def _watched(self, page: Page) -> tuple[str, ...]:
        """Until the job on the page is over: what the page showed of its progress, each once. The page comes again by itself."""
        shown: dict[str, None] = {}
        end = time.monotonic() + self.patience_s
        while time.monotonic() < end:
            try:
                now = await page.evaluate(_PROGRESS)
            except PlaywrightError:  # just now the page comes again
                now = ""
            if now is None:
                return tuple(shown)
            if now:
                shown[now] = None
            await asyncio.sleep(0.2)
        raise AssertionError(f"not over within {self.patience_s:.0f} s: {list(shown)[-1:]}")

    # ---- a teenager ------------------------------------------------------------------------------------------------

    async def teenager_says_hello(self, picture: str = "") -> str:
        """On the chat page, on a phone: what the bot answers."""
        context = await self.browser.new_context(**PHONE, locale=f"{self.language.value}-BE")
        try:
            context.set_default_timeout(SLOW_MS)
            await context.add_init_script(POLICY_WATCH)
            chat = ChatPage(await context.new_page(), context, self.site.public)
            chat.listen()
            await chat.open(self.language.value)
            turn = await chat.write(self.words.hello)
            if picture:
                await self.picture(chat.page, picture)
            chat.check_record()
            return " ".join(turn.bubbles)
        finally:
            await context.close()


async def _build_step(page: Page) -> None:
    """A step out of blocks: what somebody may answer to a question, what the bot says then, what it asks next."""
    await page.select_option("#place", STEP)
    await expect(page.locator(f"#next option[value={EARLIER}]")).to_be_disabled()
    await page.select_option("select[name=hears]", "grooming")
    await page.select_option("#say", "new")
    for language, text in SAYS.items():
        await page.fill(f"#say-{language}", text)
    await page.select_option("#next", NEXT)
    await page.click("#builder > button")
    await expect(page.locator(".step.new")).to_have_count(1, timeout=SLOW_MS)
    await expect(page.locator("svg .arrow.new")).to_have_count(1)
