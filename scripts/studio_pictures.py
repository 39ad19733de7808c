"""The pictures of the volunteers' guides, taken from a studio that this script starts, fills and ends.

`.venv/bin/python scripts/studio_pictures.py [FOLDER]` writes studio-{nl,fr}-*.png, by default to docs/images. Nothing is published and
no model is needed: the studio runs on a copy of the content in a temporary folder.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import tempfile
from functools import partial
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from channels.desk.app import add_desk
from channels.relay import Relay
from channels.site import Hub
from channels.studio_wiring import studio
from curation.proposals import write_tree
from kernel.language import Language
from kernel.role import Role
from kernel.settings import Settings, read_settings

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
NEAR = {"nl": "hij dreigt met mijn fotos", "fr": "il menace avec mes photos"}
SENTENCES = {
    "nl": "hij wil geld anders stuurt hij mijn foto naar iedereen van school\nze zegt dat ik voor morgen moet betalen",
    "fr": "il veut de l'argent sinon il envoie ma photo a toute l'ecole\nelle dit que je dois payer avant demain",
}
REPLY = {
    "nl": "Betaal niet. Dat helpt bijna nooit, en je bent niet alleen.",
    "fr": "Ne paie pas. Ça n'aide presque jamais, et tu n'es pas seul.",
}
SAYS = ("Dat is niet oké van die persoon.", "Ce n'est pas correct de sa part.")
WHY = {"nl": "Zo zeggen jongeren het de laatste tijd.", "fr": "C'est comme ça que les jeunes le disent ces derniers temps."}
TITLE = {"nl": "Geld vragen met een foto", "fr": "Demander de l'argent avec une photo"}


def main(folder: str = str(ROOT / "docs/images")) -> int:
    """0 when all pictures were written; 1 with one line when there is no browser."""
    if not CHROMIUM.exists():
        print("No Chromium: install it (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    asyncio.run(_take_all(Path(folder)))
    return 0


async def _take_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    here = Path(tempfile.mkdtemp(prefix="studio-pictures-"))
    write_tree(ROOT, here / "content", {})
    hub = Hub(_settings(here), ROOT, pages=None, actions=None, desk=partial(_add, here / "content"))
    try:
        await hub.start()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for language, names in ((Language.NL, ("An", "Bo")), (Language.FR, ("Léa", "Noé"))):
                pages = [await _page_of(browser, hub, name, language) for name in names]
                await _take(pages[0], pages[1], hub.settings.desk_url, folder, language.value)
            await browser.close()
    finally:
        await hub.stop()
        shutil.rmtree(here, ignore_errors=True)


def _settings(here: Path) -> Settings:
    names = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
    held = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    ports = {name: str(one.getsockname()[1]) for name, one in zip(names, held, strict=True)}
    for one in held:
        one.close()
    (here / "var").mkdir()
    return read_settings(ports | {"VAR_DIR": str(here / "var"), "BOT_TOKEN": "t" * 40, "SECRET_KEY": "k" * 40}, ROOT)


def _add(root: Path, app: web.Application, settings: Settings, relay: Relay) -> None:
    add_desk(app, settings, relay, annexes=[studio(settings, relay.store, root)])


async def _page_of(browser: Browser, hub: Hub, name: str, language: Language) -> Page:
    """A browser of somebody who is logged in."""
    account_id, _ = await hub.store.accounts.create(name, Role.VOLUNTEER, language)
    token = await hub.store.sessions.begin(account_id)
    context = await browser.new_context(viewport={"width": 1180, "height": 760})
    await context.add_cookies([{"name": "desk", "value": token, "url": hub.settings.desk_url}])
    return await context.new_page()


async def _take(page: Page, other: Page, base: str, folder: Path, language: str) -> None:
    """The way of a volunteer: begin, a sentence, a reply, a step, the proposal; and the second reader's look at it."""

    async def shot(name: str, of: Page = page) -> None:
        await of.screenshot(path=folder / f"studio-{language}-{name}.png")

    await page.goto(f"{base}/studio")
    await shot("1-begin")
    await page.goto(f"{base}/studio/examples/sextortion")
    await page.fill(f"#text-{language}", NEAR[language])
    await page.wait_for_selector(f"#near-{language} li", timeout=150_000)
    await shot("2-sentence")
    await page.fill(f"#text-{language}", SENTENCES[language])
    await page.click(f"[data-near={language}] button")
    await page.goto(f"{base}/studio/replies/sextortion/utter_sextortion_step")
    field = page.locator(f"form[data-weigh={language}] textarea").first
    await field.fill(REPLY[language])
    await page.wait_for_timeout(2500)  # what was asked for the old words is answered first
    await page.wait_for_selector(f"form[data-weigh={language}] .weight p")
    await shot("3-reply")
    await page.goto(f"{base}/studio/stories/sextortion")
    await shot("4-picture")
    await page.select_option("#place", "utter_ask_sextortion_step")
    await page.select_option("select[name=hears]", "grooming")
    await page.select_option("#say", "new")
    await page.fill("#say-nl", SAYS[0])
    await page.fill("#say-fr", SAYS[1])
    await page.select_option("#next", "utter_ask_sextortion_removal")
    await page.locator("#build").screenshot(path=folder / f"studio-{language}-5-blocks.png")
    await page.click("#builder > button")
    await page.click(".in-hand a")
    await page.fill("#title", TITLE[language])
    await page.fill("#why", WHY[language])
    await page.click("[aria-labelledby=go] button.primary", no_wait_after=True)
    await page.wait_for_selector("[aria-labelledby=review]", timeout=150_000)
    await other.goto(page.url.split("?")[0])
    await other.wait_for_selector("[aria-labelledby=changes] .done", timeout=90_000)
    await shot("6-reading", other)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
