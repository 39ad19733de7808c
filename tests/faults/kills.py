"""Kills the hub and the bots at random points of running conversations, as often as asked, and says what it did to them."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from product_world import TOKEN, Child, Product, get
from talker import Record, Talker
from verdict import faults_of, stored_of

from channels.bot_process import bot_command, bot_environment
from kernel.settings import read_settings
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
TALKERS = 4
_READY_S = 240.0


@dataclass
class Result:
    """What a run gave. `moments` counts what each teenager was waiting for when a process was killed."""

    seed: int
    kills: dict[str, int] = field(default_factory=lambda: {"hub": 0, "bot": 0})
    moments: dict[str, Counter[str]] = field(default_factory=lambda: {"hub": Counter(), "bot": Counter()})
    conversations: int = 0
    messages: int = 0
    acknowledged: int = 0
    replies: int = 0
    slowest_s: float = 0.0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: Result) -> None:
        """Take in what another run gave."""
        for what, count in other.kills.items():
            self.kills[what] += count
            self.moments[what].update(other.moments[what])
        self.conversations += other.conversations
        self.messages += other.messages
        self.acknowledged += other.acknowledged
        self.replies += other.replies
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        self.seconds = round(self.seconds + other.seconds, 1)
        self.faults.update(other.faults)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return vars(self) | {"moments": {name: dict(of) for name, of in self.moments.items()}, "faults": dict(self.faults)}

    def as_text(self) -> str:
        """The report for people."""
        kinds = sorted({kind for of in self.moments.values() for kind in of})
        rows = [f"| {kind} | {self.moments['hub'][kind]} | {self.moments['bot'][kind]} |" for kind in kinds]
        faults = [f"- {kind}: {count}" for kind, count in sorted(self.faults.items())] or ["- none"]
        return "\n".join(
            [
                "# Kills at random points",
                "",
                f"Made by `make faults` (seed {self.seed}): SIGKILL of the hub {self.kills['hub']} times and of a bot {self.kills['bot']} times,",
                "while four teenagers talk (two in each language). A process is started again at once; the teenagers resume as the page does.",
                "",
                f"{self.conversations} conversations, {self.messages} messages, {self.acknowledged} acknowledged, {self.replies} replies,"
                f" {self.seconds:.0f} s; the longest wait of a teenager who was connected: {self.slowest_s} s.",
                "",
                "What must hold: no acknowledged message is lost or stays without an answer, none is answered twice, no reply is missing",
                "or comes twice, the urgency in the store is never lower than what was said, danger that was stored is at the desk.",
                "",
                "Faults:",
                *faults,
                "",
                "| what the teenagers were doing at the kill | hub | bot |",
                "|---|---|---|",
                *rows,
                "",
            ]
        )


class Bots:
    """Two bots behind the hub, so that one answers while the other loads its model."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self.ports = (product.ports["BOT_PORT"], str(free_ports(1)[0]))
        self._running: dict[str, Child] = {}
        # A copy: the published model may be replaced while this runs.
        self._model = product.folder / "model.tar.gz"
        shutil.copyfile(os.environ.get("BOT_MODEL") or ROOT / "models/current.tar.gz", self._model)

    @property
    def urls(self) -> str:
        """For BOT_URLS."""
        return ",".join(f"http://127.0.0.1:{port}" for port in self.ports)

    def start(self, port: str) -> None:
        """Start one; it is ready some seconds later."""
        settings = self._product.settings | {"BOT_PORT": port}
        environment = bot_environment(read_settings(settings, ROOT)) | {"BOT_MODEL": str(self._model)}
        self._running[port] = Child(bot_command(ROOT), environment, self._product.folder / "bot.log")

    def kill(self, port: str) -> None:
        """SIGKILL."""
        self._running[port].kill()

    async def wait(self, port: str) -> None:
        """Until it says that it is ready; one that ended while starting (its port was taken meanwhile) starts again."""
        end = time.monotonic() + _READY_S
        while (await asyncio.to_thread(get, f"http://127.0.0.1:{port}/webhooks/hub/ready", TOKEN))[0] != 200:
            if not self._running[port].runs:
                await asyncio.sleep(1)
                self.start(port)
            if time.monotonic() > end:
                raise TimeoutError(f"a bot was not ready within {_READY_S:.0f} s; see {self._product.folder}/bot.log")
            await asyncio.sleep(0.2)

    def end(self) -> None:
        """End all."""
        for child in self._running.values():
            child.kill()


async def run(folder: Path, kills: int, seed: int, tell: Callable[[str], None]) -> Result:
    """`kills` of the hub and as many of the bot. `tell` gets a line of progress now and then."""
    started, chance = time.monotonic(), random.Random(seed)
    product = Product(folder)
    bots, result = Bots(product), Result(seed)
    talkers = [Talker(product.base_url, "nl" if number % 2 else "fr", seed * 100 + number) for number in range(TALKERS)]
    try:
        for port in bots.ports:
            bots.start(port)
        product.start_hub(BOT_URLS=bots.urls)
        for port in bots.ports:
            await bots.wait(port)
        tell("bots and hub run")
        tasks = [asyncio.create_task(talker.run()) for talker in talkers]
        for number in range(1, kills + 1):
            await _kill_bot(bots, bots.ports[number % 2], chance, talkers, result)
            await _kill_hub(product, bots, chance, talkers, result)
            if number % 10 == 0:
                tell(f"{number} of {kills} kills of each, {sum(len(talker.records) for talker in talkers)} conversations")
        for port in bots.ports:
            await bots.wait(port)
        await asyncio.sleep(2)
        for talker in talkers:
            talker.stop()
        await asyncio.gather(*tasks)
        _judge(result, [record for talker in talkers for record in talker.records], folder / "var/chatmasjien.db")
    finally:
        product.end()
        bots.end()
    result.seconds = round(time.monotonic() - started, 1)
    return result


async def _kill_bot(bots: Bots, port: str, chance: random.Random, talkers: list[Talker], result: Result) -> None:
    """The bot that is up longest; it starts again at once and is waited for before its next turn to die."""
    await bots.wait(port)
    await asyncio.sleep(chance.uniform(0.0, 0.5))
    _note("bot", talkers, result)
    bots.kill(port)
    bots.start(port)


async def _kill_hub(product: Product, bots: Bots, chance: random.Random, talkers: list[Talker], result: Result) -> None:
    await asyncio.sleep(chance.uniform(0.1, 1.2))
    _note("hub", talkers, result)
    product.kill_hub()
    await asyncio.to_thread(product.start_hub, BOT_URLS=bots.urls)


def _note(what: str, talkers: list[Talker], result: Result) -> None:
    result.kills[what] += 1
    result.moments[what].update(talker.doing for talker in talkers)


def _judge(result: Result, records: list[Record], database: Path) -> None:
    for record in records:
        if not record.token:
            continue  # began while the hub was down, and nothing was promised
        result.conversations += 1
        result.messages += len(record.sent)
        result.acknowledged += len(record.acked)
        result.replies += len(record.replies)
        result.slowest_s = round(max(result.slowest_s, record.slowest_s), 2)
        result.faults.update(faults_of(record, *stored_of(database, record.token)))
