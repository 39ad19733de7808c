"""A Bot API server per test; and the running product with Telegram, one hub per way in which updates come."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "channels"), str(_HERE.parent / "product")]

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the client warns at every 429

from bot_api import TOKEN, BotApi
from chat_client import Chat, replies
from hub_world import ROOT
from hub_world import TOKEN as BOT_TOKEN
from lines import CHANNELS, SECRET, Line
from product_world import Product
from small_world import AnyPace, SmallWorld
from standin_bot import StandinBot
from standin_safety import StandinDetector

from channels.answers import Answers
from channels.public import telegram_api
from safety.directory import Directory
from safety.fallback import FixedAnswers
from safety.routes import Routes

_FIRST_TURNS, _READY_S = 8, 20.0


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server that answers, paces and checks."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def one_api() -> AsyncIterator[BotApi]:
    """One Telegram for all hubs on one database: its numbers of updates and chats go on."""
    api = BotApi()
    await api.start()
    yield api
    await api.stop()


@pytest_asyncio.fixture(loop_scope="session", scope="module", params=CHANNELS)
async def running_line(request: pytest.FixtureRequest, running_bot: Product, one_api: BotApi) -> AsyncIterator[Line]:
    """The product with a hub that speaks Telegram; the web is open beside it."""
    api, asked_before = one_api, len(one_api.called("getUpdates"))
    mode = "polling" if request.param.endswith("polling") else "webhook"
    running_bot.make_whole()
    running_bot.stop_hub()
    telegram = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET, "TELEGRAM_MODE": mode, "TELEGRAM_API_URL": api.url}
    await asyncio.to_thread(running_bot.start_hub, **telegram)
    await asyncio.to_thread(running_bot.wait_healthy)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        await _is_connected(api, mode, asked_before)
        await _is_awake(session, running_bot)
        yield Line(request.param, running_bot, api, session)
    running_bot.stop_hub()


@pytest_asyncio.fixture(loop_scope="session")
async def line(running_line: Line) -> AsyncIterator[Line]:
    """The line; afterwards: nothing that Telegram would have refused, nothing too fast, every press answered."""
    yield running_line
    await running_line.hang_up()
    running_line.api.check()
    unanswered = [query.data for query in running_line.api.state.queries.values() if not query.answers]
    assert unanswered == []


async def _is_connected(api: BotApi, mode: str, asked_before: int) -> None:
    end = time.monotonic() + _READY_S
    while not (api.updates.webhook if mode == "webhook" else len(api.called("getUpdates")) > asked_before):
        assert time.monotonic() < end, f"the hub never asked Telegram for updates ({mode})"
        await asyncio.sleep(0.05)


async def _is_awake(session: aiohttp.ClientSession, product: Product) -> None:
    """On a busy machine the very first turn may get the fixed answer."""
    for _ in range(_FIRST_TURNS):
        chat = await Chat(session, product.base_url).connect()
        await chat.hello("nl")
        answer = replies(await chat.say("hallo, hoe gaat het?", seconds=10))
        await chat.close()
        if answer and answer[0]["from"] == "bot":
            return
    pytest.fail(f"the bot answered none of {_FIRST_TURNS} first turns in time", pytrace=False)


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SmallWorld]:
    """A hub with Telegram at any pace and a stand-in bot; modules that need another one have their own."""
    monkeypatch.setattr(telegram_api, "PER_CHAT_S", 0.001)
    monkeypatch.setattr(telegram_api, "PER_S", 10_000)
    folder = ROOT / "data/safety"
    directory = Directory.load(folder / "helplines.yml")
    fixed = FixedAnswers.load(folder / "fixed.yml")
    answers = Answers(directory, Routes.load(folder / "routes.yml", directory), fixed, StandinDetector())  # type: ignore[arg-type]
    api, bot = BotApi(pace=AnyPace()), StandinBot(BOT_TOKEN)  # type: ignore[arg-type]
    await api.start()
    await bot.start()
    made = SmallWorld(api, bot, tmp_path / "var", answers)
    await made.start()
    yield made
    await made.stop()
    await bot.stop()
    await api.stop()
