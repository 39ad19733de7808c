"""Fixtures: the stand-in hub, one Chromium for all tests here, and a page that records what must never happen."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest_asyncio
from playwright.async_api import Browser

sys.path.insert(0, str(Path(__file__).parent))  # for the stand-in, whatever import mode pytest runs in

from chromium import POLICY_WATCH
from standin_chat import StandinHub
from watched_page import PHONE, OpenPage, Watched


@pytest_asyncio.fixture(loop_scope="session")
async def hub() -> AsyncIterator[StandinHub]:
    """A fresh stand-in hub."""
    running = StandinHub()
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Browser) -> AsyncIterator[OpenPage]:
    """Opens an address in a context of its own; afterwards no third party was asked, no policy broken, no cookie set."""
    opened: list[tuple[Watched, str]] = []

    async def open_it(address: str, *, wait_for: str | None = "#log .choices", clock: bool = False, **how: Any) -> Watched:
        context = await chromium.new_context(**({"service_workers": "block"} | (how or PHONE)))
        await context.add_init_script(POLICY_WATCH)
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
