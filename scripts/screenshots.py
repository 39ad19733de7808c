"""The README's two pictures: a Dutch and a French chat on a phone, from the running product (`make run`).

`.venv/bin/python scripts/screenshots.py [BASE_URL] [FOLDER]` writes chat-nl.png and chat-fr.png, by default from
http://127.0.0.1:8080 to docs/images.
"""

from __future__ import annotations

import asyncio
import json
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


class NotTaken(Exception):
    """A picture that would not show the product as it is; the message says why."""


def main(base: str = "http://127.0.0.1:8080", folder: str = str(ROOT / "docs/images")) -> int:
    """0 when both pictures were written; 1 with one line when there is no browser, nobody answers or the bot is too slow."""
    if not CHROMIUM.exists():
        print("No Chromium: install it (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    try:
        asyncio.run(_take_all(base, Path(folder)))
    except BrowserError as error:
        print(f"{base}: {str(error).splitlines()[0]} (is the product running? make run)", file=sys.stderr)
        return 1
    except NotTaken as why:
        print(f"{base}: {why}", file=sys.stderr)
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
    frames: list[dict[str, object]] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda payload: frames.append(json.loads(payload))))
    await page.goto(address)
    await page.wait_for_selector("#log .choices", timeout=ANSWER_MS)
    for text in said:
        await _say(page, frames, text)
    await page.evaluate("document.activeElement.blur()")
    await page.screenshot(path=target)
    await page.close()
    print(target)


async def _say(page: Page, frames: list[dict[str, object]], text: str) -> None:
    """Type and send; returns when the bot's answer stands. The page's policy forbids to wait for a script (`unsafe-eval`).

    Raises NotTaken when no whole answer comes in time, or when the hub answered with its fixed sentence in place of the bot.
    """
    answered = sum(frame["type"] == "done" for frame in frames)
    await page.fill("#text", text)
    await page.tap("#send")
    for _ in range(ANSWER_MS // 50):
        await page.wait_for_timeout(50)
        if sum(frame["type"] == "done" for frame in frames) > answered:
            break
    else:
        raise NotTaken(f"no answer within {ANSWER_MS // 1000} s")
    if any(frame["type"] == "reply" and frame["in_reply_to"] and frame["from"] != "bot" for frame in frames):
        raise NotTaken("the bot is down or slow: the hub answered for it, and that is not the picture wanted; try again")
    await page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
