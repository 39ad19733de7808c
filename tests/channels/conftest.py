"""The hub in this process, with a stand-in bot and stand-in danger terms; the rest is real."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from desk_side import Counsellor
from hub_world import ROOT, TOKEN, World, environment
from standin_bot import StandinBot
from standin_safety import StandinDetector

from channels.answers import Answers
from channels.secrets import with_secrets
from channels.site import Hub
from channels.store import Store
from kernel.settings import read_settings
from safety.directory import Directory
from safety.fallback import FixedAnswers
from safety.routes import Routes


@pytest.fixture
async def bot() -> AsyncIterator[StandinBot]:
    """A stand-in bot that answers."""
    standin = StandinBot(TOKEN)
    await standin.start()
    yield standin
    await standin.stop()


@pytest.fixture(scope="session")
def answers() -> Answers:
    """The real directory, routes and fixed answers; stand-in danger terms."""
    folder = ROOT / "data/safety"
    directory = Directory.load(folder / "helplines.yml")
    routes = Routes.load(folder / "routes.yml", directory)
    return Answers(directory, routes, FixedAnswers.load(folder / "fixed.yml"), StandinDetector())  # type: ignore[arg-type]


@pytest.fixture
async def make_hub(bot: StandinBot, answers: Answers, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[World]]]:
    """Starts hubs on one var/ (one after the other)."""
    worlds: list[World] = []

    async def make() -> World:
        settings = with_secrets(read_settings(environment(tmp_path / "var", bot.url), ROOT))
        hub = Hub(settings, ROOT, pages=None, actions=None, answers=answers)
        session = aiohttp.ClientSession()
        worlds.append(World(hub, bot, session, settings))
        await hub.start()
        return worlds[-1]

    yield make
    for world in worlds:
        await world.session.close()
        await world.hub.stop()


@pytest.fixture
async def world(make_hub: Callable[[], Awaitable[World]]) -> World:
    """A running hub."""
    return await make_hub()


@pytest.fixture
def counsellor(world: World) -> Counsellor:
    """A counsellor at the desk of that hub."""
    return Counsellor(world)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on its own SQLite database, without a hub."""
    opened = Store(f"sqlite:///{tmp_path / 'store.db'}", "s" * 48)
    await opened.open()
    yield opened
    await opened.close()
