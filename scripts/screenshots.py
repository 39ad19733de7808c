"""The README's two pictures: a Dutch and a French chat on a phone, from the running product (`make run`).

`.venv/bin/python scripts/screenshots.py [BASE_URL] [FOLDER]` writes chat-nl.png and chat-fr.png, by default from
http://127.0.0.1:8080 to docs/images.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as BrowserError

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ANSWER_MS, SETTLE_MS = 15_000, 700
CONVERSATIONS = {
    "nl": ("iemand heeft mijn naaktfoto en wil geld", "ja, ik ben alleen", "hij wil 200 euro"),
    "fr": ("jveux fuguer ce soir jen peux plus", "oui", "ca crie tout le temps a la maison"),
}


def main(base: str = "http://127.0.0.1:8080", folder: str = str(ROOT / "docs/images")) -> int:
    """0 when both pictures were written; 1 with one line when there is no browser or nobody answers."""
    if not CHROMIUM.exists():
        print("No Chromium: install it (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    try:
        asyncio.run(_take_all(base, Path(folder)))
    except BrowserError as error:
        print(f"{base}: {str(error).splitlines()[0]} (is the product running? make run)", file=sys.stderr)
        return 1
    return 0


async def _take_all(base: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for language, said in CONVERSATIONS.items():
            await _take(browser, f"{base}/?lang={language}", said, folder / f"chat-{language}.png")
        await browser.close()


async def _take(browser: Browser, address: str, said: tuple[str, ...], target: Path) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True)
    await page.goto(address)
    await page.wait_for_selector("#log .choices", timeout=ANSWER_MS)
    for text in said:
        await _say(page, text)
    await page.evaluate("document.activeElement.blur()")
    await page.screenshot(path=target)
    await page.close()
    print(target)


async def _say(page: Page, text: str) -> None:
    """Type and send; returns when the bot's answer stands."""
    await page.fill("#text", text)
    await page.tap("#send")
    await page.wait_for_function("document.querySelector('#log').lastElementChild.matches('.turn:not(.me)')", timeout=ANSWER_MS)
    await page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
