"""Two hubs, two bots, a PostgreSQL and a Redis, while teenagers talk: each of them dies, freezes and comes back, in a seeded order.

The bots are stand-ins (they start in a moment); hubs, database and Redis are real processes. A teenager who loses one hub comes
back at either.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
from outcome import Troubles
from product_world import TOKEN, Child, get
from servers import Postgres, RedisServer
from talker import Record, Talker
from verdict import faults_of

from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
TALKERS = 6
_NAMES = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
KINDS = ("hub killed", "hub frozen", "bot killed", "bot frozen", "database gone", "redis gone", "redis frozen")


class Roamer(Talker):
    """A teenager whose page finds another hub when its own is gone."""

    def __init__(self, bases: list[str], language: str, seed: int) -> None:
        self._bases, self._roam = bases, random.Random(seed)
        super().__init__(bases[0], language, seed)

    @property
    def base(self) -> str:  # type: ignore[override]
        """Any of the hubs: asked for at each connecting."""
        return self._roam.choice(self._bases)

    @base.setter
    def base(self, _value: str) -> None:
        """Chosen anew each time."""


@dataclass
class Outcome(Troubles):
    """What a run gave."""

    slowest_s: float = 0.0

    def as_text(self) -> str:
        """The report for people."""
        lines = [
            "# Two hubs, two bots, PostgreSQL and Redis",
            "",
            f"Made by `make faults` (seed {self.seed}): each dies, freezes and comes back while {TALKERS} teenagers talk; who loses a hub comes back",
            f"at either. {self.conversations} conversations, {self.acknowledged} acknowledged messages, {self.replies} replies, {self.seconds:.0f} s;",
            f"the longest wait of a teenager who was connected: {self.slowest_s} s.",
            "",
            "What must hold: no acknowledged message is lost or stays without an answer, none is answered twice, no reply is missing or comes twice,",
            "danger that was stored is at the desk.",
            "",
            *self.tables(KINDS),
        ]
        return "\n".join(lines)


class Deployment:
    """All processes of two machines, on this one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.postgres, self.redis = Postgres(), RedisServer()
        ports = free_ports(2 + 2 * len(_NAMES))  # all in one go: those asked for later may be the same
        self.bot_ports = ports[:2]
        self._settings = [self._settings_of(number, ports[2 + number * len(_NAMES) :]) for number in range(2)]
        self.bots: list[Child] = []
        self.hubs: list[Child] = []

    def _settings_of(self, number: int, free: list[int]) -> dict[str, str]:
        ports = dict(zip(_NAMES, map(str, free), strict=False))
        bots = ",".join(f"http://127.0.0.1:{port}" for port in self.bot_ports)
        shared = {"BOT_TOKEN": TOKEN, "SECRET_KEY": "k" * 40, "DATABASE_URL": self.postgres.url, "REDIS_URL": self.redis.url}
        return ports | shared | {"BOT_URLS": bots, "VAR_DIR": str(self._folder / f"var{number}")}

    @property
    def bases(self) -> list[str]:
        """The public sites."""
        return [f"http://127.0.0.1:{settings['PUBLIC_PORT']}" for settings in self._settings]

    async def start(self) -> None:
        """All of it."""
        for port in self.bot_ports:
            self.bots.append(self._bot(port))
        for number in range(2):
            self.hubs.append(self._hub(number))
        for number in range(2):
            await self.well(number)

    def _bot(self, port: int) -> Child:
        command = [sys.executable, str(ROOT / "tests/channels/standin_bot.py"), str(port), TOKEN]
        return Child(command, dict(os.environ), self._folder / "bots.log")

    def _hub(self, number: int) -> Child:
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return Child([sys.executable, "-m", "channels", "hub"], plain | self._settings[number], self._folder / f"hub{number}.log")

    async def well(self, number: int) -> None:
        """Until this hub answers with the bot."""
        for _ in range(300):
            if (await asyncio.to_thread(get, f"{self.bases[number]}/healthz"))[0] == 200:
                return
            if not self.hubs[number].runs:
                self.hubs[number] = self._hub(number)  # the database was away when it started, as a service manager would
            await asyncio.sleep(0.1)
        raise TimeoutError(f"hub {number} does not become well; see {self._folder}")

    async def hub_killed(self, number: int) -> None:
        """SIGKILL; it starts again at once."""
        await asyncio.to_thread(self.hubs[number].kill)
        self.hubs[number] = self._hub(number)
        await self.well(number)

    async def bot_killed(self, number: int) -> None:
        """SIGKILL; it starts again at once."""
        await asyncio.to_thread(self.bots[number].kill)
        await asyncio.sleep(0.3)
        self.bots[number] = self._bot(self.bot_ports[number])

    async def frozen(self, child: Child, seconds: float) -> None:
        """SIGSTOP for a while."""
        child.signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        child.signal(signal.SIGCONT)

    async def database_gone(self, seconds: float) -> None:
        """Stopped at once, started again after `seconds`."""
        await asyncio.to_thread(self.postgres.stop)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self.postgres.start)

    async def redis_gone(self, seconds: float) -> None:
        """The same."""
        await asyncio.to_thread(self.redis.stop)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self.redis.start)

    async def redis_frozen(self, seconds: float) -> None:
        """SIGSTOP for a while."""
        self.redis.signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self.redis.signal(signal.SIGCONT)

    def end(self) -> None:
        """End all of it."""
        for child in (*self.hubs, *self.bots):
            child.signal(signal.SIGCONT)
            child.kill()
        self.redis.stop()
        self.postgres.remove()


async def run(folder: Path, times: int, seed: int, tell: Callable[[str], None] = lambda _line: None) -> Outcome:
    """Each kind of fault `times`, in a seeded order."""
    started, chance, outcome = time.monotonic(), random.Random(seed), Outcome(seed)
    deployment = Deployment(folder)
    try:
        await deployment.start()
        talkers = [Roamer(deployment.bases, "nl" if number % 2 else "fr", seed * 100 + number) for number in range(TALKERS)]
        tasks = [asyncio.create_task(talker.run()) for talker in talkers]
        order = [kind for kind in KINDS for _ in range(times)]
        chance.shuffle(order)
        for number, kind in enumerate(order, 1):
            await asyncio.sleep(chance.uniform(0.1, 0.8))
            await _do(deployment, kind, chance)
            outcome.done[kind] += 1
            if number % 20 == 0:
                tell(f"{number} of {len(order)} faults, {sum(len(talker.records) for talker in talkers)} conversations")
        for number in range(2):
            await deployment.well(number)
        await asyncio.sleep(2)
        for talker in talkers:
            talker.stop()
        await asyncio.gather(*tasks)
        await _judge(outcome, [record for talker in talkers for record in talker.records], deployment.postgres.url)
    finally:
        deployment.end()
    outcome.seconds = round(time.monotonic() - started, 1)
    return outcome


def _do(deployment: Deployment, kind: str, chance: random.Random) -> Awaitable[None]:
    one, seconds = chance.randrange(2), chance.uniform(0.3, 2.2)
    match kind:
        case "hub killed":
            return deployment.hub_killed(one)
        case "hub frozen":
            return deployment.frozen(deployment.hubs[one], seconds)
        case "bot killed":
            return deployment.bot_killed(one)
        case "bot frozen":
            return deployment.frozen(deployment.bots[one], seconds)
        case "database gone":
            return deployment.database_gone(min(seconds, 1.5))
        case "redis gone":
            return deployment.redis_gone(seconds)
        case _:
            return deployment.redis_frozen(seconds)


async def _judge(outcome: Outcome, records: list[Record], url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for record in records:
            if not record.token:
                continue  # began while nothing could be stored, and nothing was promised
            outcome.conversations += 1
            outcome.acknowledged += len(record.acked)
            outcome.replies += len(record.replies)
            outcome.slowest_s = round(max(outcome.slowest_s, record.slowest_s), 2)
            outcome.faults.update(faults_of(record, *await _stored_of(connection, record.token)))
    finally:
        await connection.close()


async def _stored_of(connection: Any, token: str) -> tuple[int, dict[str, bool], int]:
    digest = sha256(token.encode()).hexdigest()
    found = await connection.fetchrow("SELECT id, urgency_rank FROM conversations WHERE token_hash = $1", digest)
    if found is None:
        return -1, {}, -1
    rows = await connection.fetch("SELECT client_id, done_at FROM messages WHERE conversation_id = $1", found["id"])
    seen = "SELECT coalesce(max(urgency_rank), -1) FROM escalations WHERE conversation_id = $1 AND is_danger"
    rung = int(await connection.fetchval(seen, found["id"]))
    return int(found["urgency_rank"]), {row["client_id"]: row["done_at"] is not None for row in rows}, rung
