"""Fixtures: the stand-in hub, one Chromium for all tests here, and a page that records what must never happen."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright

sys.path.insert(0, str(Path(__file__).parent))  # for the stand-in, whatever import mode pytest runs in

from standin_chat import StandinHub

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
_WATCH = (
    "addEventListener('securitypolicyviolation', (e) => console.error('CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI), true);"
)


@dataclass
class Watched:
    """A page, and what was seen of it: addresses asked for, complaints about the policy, errors of the script."""

    page: Page
    context: BrowserContext
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Start recording."""
        self.context.on("request", self._on_request)
        self.page.on("websocket", lambda socket: self.addresses.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if "policy" in message.text.lower() or "CSP" in message.text else None,
        )

    def _on_request(self, request: Request) -> None:
        self.addresses.append(request.url)


OpenPage = Callable[..., Awaitable[Watched]]


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def hub() -> AsyncIterator[StandinHub]:
    """A fresh stand-in hub."""
    running = StandinHub()
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens an address in a context of its own; afterwards no third party was asked, no policy broken, no cookie set."""
    opened: list[tuple[Watched, str]] = []

    async def open_it(address: str, *, wait_for: str | None = "#log .choices", clock: bool = False, **how: Any) -> Watched:
        context = await browser.new_context(**({"service_workers": "block"} | (how or PHONE)))
        await context.add_init_script(_WATCH)
        page = await context.new_page()
        if clock:
            await page.clock.install()
        watched = Watched(page, context)
        watched.listen()
        opened.append((watched, address))
        await page.goto(address)
        if wait_for:
            await page.wait_for_selector(wait_for)
        return watched

    yield open_it
    for watched, address in opened:
        cookies = await watched.context.cookies()
        await watched.context.close()
        host = urlsplit(address).hostname
        assert watched.addresses, "nothing was recorded"
        assert [each for each in watched.addresses if urlsplit(each).hostname != host] == []
        assert watched.complaints == []
        assert watched.errors == []
        assert cookies == []
