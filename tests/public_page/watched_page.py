"""A page in Chromium that records what must never happen: a third party asked, a policy broken, a cookie, an error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, Page, Request

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


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


async def say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def bubbles(page: Page, of: str = ".bot") -> list[str]:
    return await page.locator(f"#log .turn{of} .bubble .text").all_inner_texts()


async def until(check: Callable[[], Any], seconds: float = 5) -> None:
    """Wait until `check()` is true; fails after `seconds`."""
    for _ in range(int(seconds / 0.02)):
        if check():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")
