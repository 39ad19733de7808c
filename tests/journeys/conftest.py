"""One Chromium for all journeys, and phones to open the running product with (its session fixture: tests/conftest.py)."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser

sys.path.insert(0, str(Path(__file__).parent))

from chat_client import Chat, replies
from chat_page import ChatPage, OpenChat
from chromium import POLICY_WATCH
from product_world import Product

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "service_workers": "block"}
_FIRST_TURNS = 5


@pytest_asyncio.fixture(loop_scope="session")
async def awake(product: Product) -> Product:
    """The whole product after a first turn: on a busy machine the very first one may get the fixed answer, which is no journey."""
    async with aiohttp.ClientSession() as session:
        for _ in range(_FIRST_TURNS):
            chat = await Chat(session, product.base_url).connect()
            await chat.hello("nl")
            answer = replies(await chat.say("hallo, hoe gaat het?", seconds=10))
            await chat.close()
            if answer and answer[0]["from"] == "bot":
                return product
    pytest.fail(f"the bot answered none of {_FIRST_TURNS} first turns in time", pytrace=False)


@pytest_asyncio.fixture(loop_scope="session")
async def open_chat(chromium: Browser, awake: Product) -> AsyncIterator[OpenChat]:
    """Opens the chat on a phone of its own; afterwards: only our origin was asked, no policy broken, no error, no cookie."""
    opened: list[ChatPage] = []

    async def open_it(lang: str, *, may_lose_line: bool = False) -> ChatPage:
        context = await chromium.new_context(**PHONE, locale=f"{lang}-BE")
        await context.add_init_script(POLICY_WATCH)
        chat = ChatPage(await context.new_page(), context, awake.base_url, may_lose_line)
        chat.listen()
        opened.append(chat)
        await chat.open(lang)
        return chat

    yield open_it
    for chat in opened:
        cookies = await chat.context.cookies()
        await chat.context.close()
        chat.check_record()
        assert cookies == []
