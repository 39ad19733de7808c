"""The product for a whole test run: one trained model, one bot process (tests/product/product_world.py)."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parent), str(_HERE / "product"), str(_HERE / "channels")]

from chat_client import Chat
from chromium import CHROMIUM, launched
from product_world import Product, missing
from talking import Talk


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the bot is marked so, before marks are looked at: `-m product` is then one run with one bot (scripts/tests.sh)."""
    for item in items:
        if "running_bot" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.product)
        if (_HERE / "faults") in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def running_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The one bot of the run, started by the first test that needs it."""
    wanting = missing()
    if wanting:
        pytest.fail(wanting, pytrace=False)
    product = Product(tmp_path_factory.mktemp("product"))
    product.start_bot()
    yield product
    product.end()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The one Chromium of the run; each test opens contexts of its own in it."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        running = await launched(playwright)
        yield running
        await running.close()


@pytest.fixture
def product(running_bot: Product) -> Iterator[Product]:
    """Bot and hub, both whole: what an earlier test killed runs again."""
    running_bot.make_whole()
    yield running_bot
    if running_bot.bot is not None:
        running_bot.thaw_bot()


@pytest.fixture
async def talk(product: Product) -> AsyncIterator[Talk]:
    """Begins chats with the running product: `await talk("fr")` gives one after its greeting."""
    session = aiohttp.ClientSession()
    chats: list[Chat] = []

    async def begin(language: str = "nl") -> Chat:
        chat = await Chat(session, product.base_url).connect()  # not chats[-1]: a test may begin several at once
        chats.append(chat)
        await chat.hello(language)
        return chat

    yield begin
    for chat in chats:
        await chat.close()
    await session.close()
