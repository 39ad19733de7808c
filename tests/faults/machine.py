"""One machine with SQLite whose disk is full or slow, and whose clock jumps, while teenagers talk; the hub dies in the middle of it.

Hub and teenagers are real, the bot is a stand-in. The hub's process runs as it is: the trouble is between it and its kernel (trouble.c).
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outcome import Troubles
from product_world import TOKEN, Child, Product
from talker import Frame, Record, Talker
from trouble import Trouble
from verdict import faults_of, stored_of

ROOT = Path(__file__).resolve().parents[2]
TALKERS = 6
KINDS = ("disk full", "disk slow", "clock three hours ahead", "clock three hours back", "clock two days ahead")
_AHEAD_S = {"clock three hours ahead": 3 * 3600, "clock three hours back": -3 * 3600, "clock two days ahead": 2 * 86400}


class Watching(Talker):
    """Also notes how long each message waited for the first word of an answer, while its socket held."""

    first_s = 0.0

    def __init__(self, base: str, language: str, seed: int) -> None:
        super().__init__(base, language, seed)
        self._asked: dict[str, float] = {}

    async def _send(self, **frame: Any) -> None:
        if frame["type"] == "say":
            self._asked.setdefault(frame["id"], time.monotonic())
        elif frame["type"] == "hello":
            self._asked.clear()
        await super()._send(**frame)

    def _note(self, record: Record, frame: Frame) -> None:
        asked = self._asked.pop(frame.get("in_reply_to") or "", None) if frame["type"] == "reply" else None
        if asked is not None:
            self.first_s = max(self.first_s, time.monotonic() - asked)
        super()._note(record, frame)


@dataclass
class Outcome(Troubles):
    """What a run gave."""

    kills: int = 0
    refused_writes: int = 0
    delayed_writes: int = 0
    slowest_first_s: float = 0.0

    def as_text(self) -> str:
        """The report for people."""
        lines = [
            "# A full disk, a slow disk, a clock that jumps",
            "",
            f"Made by `make faults` (seed {self.seed}): one hub with SQLite, {TALKERS} teenagers who talk; {self.kills} times the hub was killed",
            f"in the middle of it. {self.conversations} conversations, {self.acknowledged} acknowledged messages, {self.replies} replies,",
            f"{self.refused_writes} writes refused, {self.delayed_writes} delayed, {self.seconds:.0f} s. The longest wait for the first words of an"
            f" answer, by a teenager whose socket held: {self.slowest_first_s} s.",
            "",
            "What must hold: no acknowledged message is lost or stays without an answer, none is answered twice, no reply is missing or comes",
            "twice, urgency is never lowered, danger that was stored is at the desk, no conversation is deleted by a wrong clock.",
            "",
            *self.tables(KINDS),
        ]
        return "\n".join(lines)


async def run(folder: Path, times: int, seed: int, tell: Callable[[str], None] = lambda _line: None) -> Outcome:
    """Each kind `times`, in a seeded order; the hub is killed in every second one."""
    started, chance, outcome = time.monotonic(), random.Random(seed), Outcome(seed)
    trouble, product = Trouble(folder), Product(folder)
    command = [sys.executable, str(ROOT / "tests/channels/standin_bot.py"), product.ports["BOT_PORT"], TOKEN]
    bot = Child(command, {}, folder / "bot.log")
    talkers = [Watching(product.base_url, "nl" if number % 2 else "fr", seed * 100 + number) for number in range(TALKERS)]
    try:
        await asyncio.to_thread(product.start_hub, **trouble.environment)
        tasks = [asyncio.create_task(talker.run()) for talker in talkers]
        order = [kind for kind in KINDS for _ in range(times)]
        chance.shuffle(order)
        for number, kind in enumerate(order):
            await asyncio.sleep(chance.uniform(0.3, 1.0))
            await _have(product, trouble, kind, chance, outcome, is_killed=number % 2 == 0)
            if number % 20 == 19:
                tell(f"{number + 1} of {len(order)} troubles, {sum(len(talker.records) for talker in talkers)} conversations")
        await asyncio.sleep(4)
        for talker in talkers:
            talker.stop()
        await asyncio.gather(*tasks)
        _judge(outcome, talkers, folder / "var/chatmasjien.db")
    finally:
        product.end()
        bot.kill()
    outcome.refused_writes, outcome.delayed_writes = trouble.happened
    outcome.seconds = round(time.monotonic() - started, 1)
    return outcome


async def _have(product: Product, trouble: Trouble, kind: str, chance: random.Random, outcome: Outcome, *, is_killed: bool) -> None:
    """One trouble for a moment. On a full disk the hub cannot start: it is killed and starts once there is room."""
    trouble.set(is_full=kind == "disk full", slow_s=0.05 if kind == "disk slow" else 0.0, clock_ahead_s=_AHEAD_S.get(kind, 0))
    await asyncio.sleep(chance.uniform(0.5, 2.5))
    if is_killed:
        product.kill_hub()
        outcome.kills += 1
        if kind == "disk full":
            trouble.set()
        await asyncio.to_thread(product.start_hub, **trouble.environment)
        await asyncio.sleep(chance.uniform(0.3, 1.0))
    trouble.set()
    outcome.done[kind] += 1


def _judge(outcome: Outcome, talkers: list[Watching], database: Path) -> None:
    for record in (record for talker in talkers for record in talker.records):
        if not record.token:
            continue  # began while nothing could be stored, and nothing was promised
        outcome.conversations += 1
        outcome.acknowledged += len(record.acked)
        outcome.replies += len(record.replies)
        outcome.faults.update(faults_of(record, *stored_of(database, record.token)))
    outcome.slowest_first_s = round(max(talker.first_s for talker in talkers), 2)
