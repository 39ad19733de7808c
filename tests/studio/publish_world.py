"""A running hub whose bot is a stand-in with a model, and the publisher with its real switch: nothing of the change itself is a stand-in."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
from small_release import gated, project

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "channels")]

from chat_client import Chat, wait_for
from hub_world import environment

from channels.answers import Answers
from channels.bots import Bots
from channels.limits import Limiter
from channels.live_switch import LiveSwitch
from channels.public.app import SOCKETS
from channels.secrets import with_secrets
from channels.site import Hub
from channels.wiring import actions
from curation.jobs import Progress
from curation.publish import Publisher, Wanted
from kernel.settings import read_settings

BOT = [sys.executable, str(Path(__file__).with_name("standin_model.py"))]


def model(name: str, **more: Any) -> str:
    """A model's file."""
    return json.dumps({"name": name, **more})


class Told:
    """Books that only remember."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any], list[str]]] = []

    async def published(self, about: dict[str, Any], files: list[str]) -> None:
        self.said.append(("published", about, files))

    async def taken_back(self, about: dict[str, Any], files: list[str]) -> None:
        self.said.append(("taken_back", about, files))


class PublishWorld:
    """Hub, bots and publisher on a small project; chats that talk."""

    def __init__(
        self, folder: Path, answers: Answers, command: list[str] | None = None, root: Path | None = None, *, is_real: bool = False
    ) -> None:
        self.root = root or project(folder / "project", model("old"))
        self.settings = with_secrets(read_settings(environment(folder / "var"), ROOT))
        self.hub = Hub(self.settings, ROOT, pages=None, actions=actions() if is_real else None, answers=answers)
        self.bots = Bots(self.settings, self.root, self.hub.bot, command=lambda _root: command or BOT)
        self.live = LiveSwitch(self.hub, self.bots)
        self.books = Told()
        self.publisher = Publisher(self.root, self.live, self.books)
        self.http = aiohttp.ClientSession()
        self.folder = folder

    async def start(self) -> None:
        await self.hub.start()
        await self.bots.start()
        await wait_for(lambda: self.hub.bot.is_ready, 120)
        app = next(runner.app for runner in self.hub._runners if runner.app is not None and SOCKETS in runner.app)
        app[SOCKETS].per_conversation = app[SOCKETS].per_address = Limiter(1e6, 1e6)

    async def stop(self) -> None:
        await self.http.close()
        await self.hub.relay.those_under_way()  # a turn that is cancelled half-way would leave a connection of the database
        await asyncio.sleep(0.3)
        await self.hub.stop()
        await self.bots.stop()

    def gate(self, name: str, new: str, *, passed: bool = True) -> Path:
        """A gate that is done, for a change of the greeting."""
        return gated(self.root, name, new, passed=passed, responses__greeting=f"reply of {name}\n")

    async def publish(self, gate: Path, progress: Progress | None = None, **card: Any) -> str:
        """Publish what this gate measured."""
        given: dict[str, Any] = {"published_by": {"id": "l" * 32, "name": "An"}, "proposal": None, "approved_by": ["Lou"]}
        return await self.publisher.publish(gate.name, Wanted(gate, given | card), progress or Progress())

    async def back(self, job: str = "back", to: str | None = None) -> str:
        """One click back."""
        by = {"id": "l" * 32, "name": "An"}
        return await self.publisher.back(job, to, by, self.root / "var" / "studio" / "jobs" / job, Progress())

    def fallbacks(self) -> float:
        """How many turns the hub answered without the bot."""
        found = [one for of in self.hub.metrics.fallbacks.collect() for one in of.samples if one.name.endswith("_total")]
        return sum(one.value for one in found)

    async def said(self, text: str = "hallo") -> str:
        """What the bot says to somebody new."""
        chat = await Chat(self.http, self.settings.public_url).connect()
        await chat.hello("nl")
        frames = await chat.say(text, seconds=6)
        await chat.close()
        return next(frame["text"] for frame in frames if frame["type"] == "reply")


class Talkers:
    """Chats that talk without a pause but `every` seconds; each turn with when it began and ended, and what was said."""

    def __init__(self, world: PublishWorld, count: int = 20, every: float = 0.6) -> None:
        self.turns: list[tuple[float, float, str]] = []
        self.failed: list[str] = []
        self._world, self._count, self._every = world, count, every
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Talkers:
        self._tasks = [asyncio.create_task(self._talk(number)) for number in range(self._count)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for result in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(result, Exception):
                self.failed.append(repr(result))

    async def _talk(self, number: int) -> None:
        pause = random.Random(number)
        await asyncio.sleep(number * self._every / self._count)  # people do not all write in the same instant
        chat = await Chat(self._world.http, self._world.settings.public_url).connect()
        try:
            await chat.hello("nl")
            before = 0
            while True:
                started = time.monotonic()
                frames = await chat.say("hallo", seconds=6)
                replies = [frame["text"] for frame in frames if frame["type"] == "reply"]
                self.turns.append((started, time.monotonic(), " ".join(replies)))
                words = " ".join(replies).split()
                if words[:1] in (["old"], ["new"]):  # the stand-in counts the turns of a conversation
                    if int(words[1]) <= before:
                        self.failed.append(f"a conversation began anew: turn {words[1]} after {before}")
                    before = int(words[1])
                await asyncio.sleep(self._every * pause.uniform(0.7, 1.3))
        finally:
            await chat.close()

    def p95(self, after: float, before: float) -> float:
        """Seconds, of the turns that ended between these moments; 0 when there was none."""
        took = sorted(ended - started for started, ended, _ in self.turns if after <= ended < before)
        return took[int(len(took) * 0.95)] if took else 0.0
