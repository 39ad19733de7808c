"""A counsellor's browser: Chromium with a session of the desk, and everything that must never happen in it recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from desk_world import Person
from playwright.async_api import Browser, BrowserContext, Error, Page, expect

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
_WATCH = """
addEventListener('securitypolicyviolation', (e) => console.error('CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI), true);
window.alert = window.confirm = window.prompt = () => { console.error('EXECUTED'); };
"""


@dataclass
class Counter:
    """A page of the desk, and what was seen of it."""

    page: Page
    context: BrowserContext
    person: Person
    addresses: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, browser: Browser, person: Person, **how: Any) -> Counter:
        """A browser of its own, logged in as `person`."""
        context = await browser.new_context(**({"service_workers": "block"} | (how or WIDE)))
        await context.add_cookies([{"name": name, "value": value, "url": person.base} for name, value in person.cookies.items()])
        await context.add_init_script(_WATCH)
        seen = cls(await context.new_page(), context, person)
        context.on("request", lambda request: seen.addresses.append(request.url))
        seen.page.on("websocket", lambda socket: seen.addresses.append(socket.url))
        seen.page.on("pageerror", lambda error: seen.complaints.append(f"script: {error}"))
        seen.page.on("console", lambda message: seen.complaints.append(message.text) if message.type in ("error", "warning") else None)
        return seen

    async def open(self, path: str) -> Page:
        """Go to a page, and wait until its live part has spoken where it has one."""
        try:
            await self.page.goto(self.person.base + path)
        except Error as error:  # it was just loading itself anew, because the case changed, and that won
            if "ERR_ABORTED" not in error.message:
                raise
            await self.page.wait_for_load_state()
            await self.page.goto(self.person.base + path)
        if await self.page.locator("#alarm").count():
            await expect(self.page.locator("#desk-state")).not_to_be_empty()
        return self.page

    async def close(self) -> None:
        """Close it: nobody else was asked, no policy broken, nothing executed, no error."""
        await self.context.close()
        assert self.addresses, "nothing was recorded"
        host = urlsplit(self.person.base).netloc
        assert [each for each in self.addresses if urlsplit(each).netloc != host] == []
        assert self.complaints == []


async def violations(page: Page) -> list[str]:
    """What axe-core complains of, as rule and place; every rule it has, best practices included."""
    found = (await Axe().run(page)).response
    assert len(found["passes"]) > 10, "axe had nothing to check"
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]
