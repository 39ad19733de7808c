"""The button on a partner's page: one script tag; the chat runs in a frame of our origin."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Route
from standin_chat import StandinHub
from test_chat_page import until
from watched_page import DESKTOP, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Partner:
    """A stand-in for a school's site, on another origin, with a strict policy of its own."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.hub_url = ""

    async def page(self, _request: web.Request) -> web.Response:
        html = (
            f'<!doctype html><html lang="fr"><title>École</title><h1>École</h1><script src="{self.hub_url}/embed.js" async></script></html>'
        )
        policy = f"default-src 'none'; script-src {self.hub_url}; frame-src {self.hub_url}; style-src 'none'"
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": policy})


@pytest_asyncio.fixture(loop_scope="session", params=[True, False], ids=["allowed", "refused"])
async def sites(request: pytest.FixtureRequest) -> AsyncIterator[tuple[StandinHub, Partner, bool]]:
    """A partner, and a hub that lists it in EMBED_ORIGINS or does not."""
    partner = Partner()
    hub = StandinHub(EMBED_ORIGINS=partner.url if request.param else "https://other.example")
    partner.hub_url = hub.url
    app = web.Application()
    app.router.add_get("/", partner.page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, partner.socket).start()
    await hub.start()
    yield hub, partner, request.param
    await hub.stop()
    await runner.cleanup()


async def test_the_button_opens_closes_and_leaves(sites: tuple[StandinHub, Partner, bool], open_page: OpenPage) -> None:
    hub, partner, is_allowed = sites
    watched = await open_page(partner.url, wait_for="h1", **DESKTOP)
    page = watched.page
    await until(lambda: "/embed.js" in hub.paths)
    assert "/embed" not in hub.paths  # nothing of the chat is fetched before somebody wants it
    await page.wait_for_timeout(200)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await until(lambda: "/embed" in hub.paths)
    if not is_allowed:
        await until(lambda: any("frame-ancestors" in each for each in watched.complaints))
        assert hub.received == []
        watched.complaints.clear()
        return
    await until(lambda: len(hub.of("hello")) == 1)
    await until(lambda: any("/embed" in each.url for each in page.frames))  # told later than its frames arrive at the hub
    frame = next(each for each in page.frames if "/embed" in each.url)
    await frame.wait_for_selector(".choices")
    assert await frame.locator("html").get_attribute("lang") == "fr"
    element = await frame.frame_element()
    await frame.click("#close")
    await element.wait_for_element_state("hidden")
    await page.keyboard.press("Enter")  # the focus is back on the button
    await element.wait_for_element_state("visible")
    assert len(hub.of("hello")) == 1
    await frame.click("#leave")
    await page.wait_for_url(f"{hub.url}/gone")
    await until(lambda: len(hub.of("leave")) == 1)


@pytest.mark.parametrize("policy", ["style-src 'unsafe-inline'", "style-src 'none'"])
async def test_a_browser_without_style_sheets_of_scripts_has_the_button_too(hub: StandinHub, open_page: OpenPage, policy: str) -> None:
    """Safari before 16.4; also where the partner's policy forbids styles."""
    watched = await open_page(f"{hub.url}/gone", wait_for="main", **DESKTOP)
    page = watched.page
    await page.add_init_script("window.CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } };")
    html = f'<!doctype html><title>x</title><h1>x</h1><script src="{hub.url}/embed.js" async></script>'
    head = {"Content-Security-Policy": f"default-src 'none'; script-src 'self'; frame-src 'self'; {policy}"}
    await page.route("**/partner", lambda route: route.fulfill(body=html, content_type="text/html", headers=head))
    framed: list[str] = []

    async def frame(route: Route) -> None:
        framed.append(route.request.url)
        await route.fulfill(body="<!doctype html><p>chat", content_type="text/html")

    await page.route("**/embed?*", frame)
    await page.goto(f"{hub.url}/partner")
    corner = (
        "(() => { const host = document.body.lastElementChild;"
        " return document.elementFromPoint(innerWidth - 30, innerHeight - 30) === host; })()"
    )
    await page.wait_for_function(corner)
    await page.mouse.click(1280 - 40, 800 - 30)
    await until(lambda: framed == [f"{hub.url}/embed?lang=nl"])
    assert watched.errors == []
    watched.complaints.clear()  # of the partner's own policy
