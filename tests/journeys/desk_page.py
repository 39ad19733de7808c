"""A counsellor's screen: made with the command, enrolled and logged in through the pages, in a Chromium of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pyotp
from playwright.async_api import Browser, Page, expect
from product_world import ROOT, Product

PASSWORD = "vier losse woorden samen"
SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block"}


def made_account(product: Product, name: str, role: str) -> str:
    """A new account of the product's desk, by the command; the link it prints."""
    command = [sys.executable, "-m", "channels", "staff", name, role]
    made = subprocess.run(command, cwd=ROOT, env=product.settings, capture_output=True, text=True, timeout=60, check=True)
    return made.stdout.splitlines()[0]


@dataclass
class DeskPage:
    """The page, and what must not have happened on it."""

    page: Page
    base: str
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def enrolled(cls, browser: Browser, product: Product, link: str, name: str) -> DeskPage:
        """Through the enrolment link to the first page after logging in."""
        desk = cls(await (await browser.new_context(**SCREEN)).new_page(), f"http://127.0.0.1:{product.ports['DESK_PORT']}")
        desk._listen()
        page = desk.page
        await page.goto(link)
        secret = (await page.inner_text(".key")).replace(" ", "")
        for box in ("password", "again"):
            await page.fill(f"#{box}", PASSWORD)
        await page.fill("#code", pyotp.TOTP(secret).now())
        await page.keyboard.press("Enter")
        await expect(page.locator(".codes li")).to_have_count(10)
        await page.goto(f"{desk.base}/login")
        await page.fill("#name", name)
        await page.fill("#password", PASSWORD)
        await page.fill("#code", pyotp.TOTP(secret).at(int(time.time()) + 30))  # the code of enrolment opens nothing again
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/queue")
        return desk

    async def speak(self, lang: str) -> None:
        """The pages in this language, and every language in the queue."""
        await self.page.goto(f"{self.base}/me")
        await self.page.check(f"input[name=language][value={lang}]")
        for each in ("nl", "fr"):
            await self.page.check(f"input[name=speaks_{each}]")
        await self.page.click("form[action='/me'] button")
        await self.queue()

    async def queue(self) -> None:
        """The queue, live."""
        await self.page.goto(f"{self.base}/queue")
        await expect(self.page.locator("#desk-state")).not_to_be_empty()

    async def take_next(self) -> None:
        """Press "next most urgent" once somebody waits."""
        await expect(self.page.locator("#next")).to_be_enabled()
        await self.page.click("#next")
        await self.page.wait_for_url("**/cases/*")
        await expect(self.page.locator("#text")).to_be_focused()

    async def say(self, text: str) -> None:
        """Write to the teenager; stored when the bubble has no state left."""
        await self.page.fill("#text", text)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#talk .said.counsellor .text").last).to_have_text(text)
        await expect(self.page.locator("#talk .state")).to_have_count(0)

    async def close_case(self, outcome: str) -> None:
        """Close with the record as it is filled in, and an outcome."""
        await self.page.click("#close-heading")
        await self.page.select_option("#outcome", outcome)
        await self.page.click("#close-button")
        await self.page.wait_for_url("**/queue")

    def forgive(self, start: str) -> None:
        """Take complaints that begin so off the record: a journey that kills the hub causes what a browser says of that."""
        self.complaints[:] = [each for each in self.complaints if not each.startswith(start)]

    async def shut(self) -> None:
        """Close the browser: only the desk was asked, nothing was complained about."""
        await self.page.context.close()
        host = urlsplit(self.base).netloc
        assert self.addresses, "nothing was recorded"
        assert [each for each in self.addresses if urlsplit(each).netloc != host] == []
        assert self.complaints == []

    def _listen(self) -> None:
        self.page.context.on("request", lambda request: self.addresses.append(request.url))
        self.page.on("websocket", lambda socket: self.addresses.append(socket.url))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
