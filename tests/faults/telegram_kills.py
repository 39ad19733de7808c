"""Kills the hub at random points while teenagers write on Telegram and a fifth of all calls to Telegram fails: nothing lost, nothing twice.

Hub and python-telegram-bot client are the real ones; Telegram is the Bot API server of tests/telegram, the bot a stand-in that
repeats what was said, so that every answer names its message. At each restart the hub changes between webhook and polling.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import sqlite3
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("channels", "telegram")]

from bot_api import TOKEN as TELEGRAM_TOKEN
from bot_api import BotApi
from bot_api_faults import Faults
from hub_process import Process
from hub_world import TOKEN, environment
from phone import Phone
from standin_bot import StandinBot
from telegram_verdict import Window, brought_otherwise, judge

from channels.store.crypto import ChatNumbers

KEY = "a key of this test, thirty-two characters"
SECRET = "secret_of_the_test"
NUMBERS = ChatNumbers(KEY)
LOST = "a message lost (never answered)"
PHONES = 10
FAULT_RATE = 0.2
_PATIENCE_S, _SETTLE_S = 25.0, 120.0
_UNSTORED = (b'"event": "not stored"', b'"event": "left behind"')
_MODES = ("webhook", "polling")


@dataclass
class Outcome:
    """What a run gave. `windows`: replies that stand twice because the protocol cannot rule it out, by where."""

    seed: int
    kills: int = 0
    chats: int = 0
    messages: int = 0
    replies: int = 0
    fixed: int = 0
    unstored: int = 0
    redelivered: int = 0
    calls: int = 0
    too_fast: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    failed: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    windows: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: Outcome) -> None:
        """Take in what another run gave."""
        for name in ("kills", "chats", "messages", "replies", "fixed", "unstored", "redelivered", "calls", "too_fast", "seconds"):
            setattr(self, name, round(getattr(self, name) + getattr(other, name), 1))
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        for name in ("failed", "moments", "windows", "faults"):
            getattr(self, name).update(getattr(other, name))

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        counters = ("failed", "moments", "windows", "faults")
        return vars(self) | {name: dict(sorted(getattr(self, name).items())) for name in counters}

    def as_text(self) -> str:
        """The report for people."""
        faults = [f"- {kind}: {count}" for kind, count in sorted(self.faults.items())] or ["- none"]
        share = sum(self.failed.values()) / max(self.calls, 1)
        return "\n".join(
            [
                "# Kills while Telegram fails",
                "",
                f"Made by `make faults` (seed {self.seed}): SIGKILL of the hub {self.kills} times in {self.seconds:.0f} s while {PHONES} teenagers at a time",
                f"write on Telegram; {sum(self.failed.values())} of {self.calls} calls to Telegram failed ({share:.0%}). At each restart the hub changes between",
                "webhook and polling.",
                "",
                f"{self.chats} chats, {self.messages} messages, {self.replies} replies of the bot, {self.fixed} fixed answers in its place; {self.redelivered} updates came more than once;"
                f" {self.too_fast} messages were refused as too fast;",
                f"{self.unstored} times the database did not store in time (a busy machine; another fault than those meant here);",
                f"the longest wait for an answer: {self.slowest_s:.1f} s.",
                "",
                "What must hold: every message is answered, in its order, once; none is stored twice.",
                "",
                "Faults:",
                *faults,
                "",
                "Replies that stand in a chat twice and cannot be ruled out, since Telegram takes no id of ours with a message:",
                "",
                "| where | times |",
                "|---|---|",
                *(f"| {window.value} | {self.windows[window.value]} |" for window in Window),
                "",
                "| how a call failed | times |",
                "|---|---|",
                *(f"| {kind} | {count} |" for kind, count in sorted(self.failed.items())),
                "",
                "| what a teenager was doing at a kill | times |",
                "|---|---|",
                *(f"| {kind} | {count} |" for kind, count in sorted(self.moments.items())),
                "",
            ]
        )


class Teenager:
    """Writes, waits for the answer (not always), writes on; sometimes Telegram delivers a message once more."""

    def __init__(self, api: BotApi, chance: random.Random, language: str) -> None:
        self.api, self.chance = api, chance
        self.phone = Phone(api, language)
        self.written: list[str] = []
        self.ids: dict[str, str] = {}  # what was written → the id under which the hub stores it
        self.slowest_s = 0.0
        self.redelivered = 0
        self.doing = "begins"
        self.stop = False

    async def run(self) -> None:
        """Until told to stop."""
        self.phone.write("/start")
        while not self.stop:
            for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
                self._write()
                await asyncio.sleep(self.chance.uniform(0, 0.3))
            self.doing = "waits for an answer"
            if self.chance.random() < 0.8:
                await self._wait(self.written[-1])
            self.doing = "pauses"
            await asyncio.sleep(self.chance.uniform(0, 0.5))

    def _write(self) -> None:
        self.doing = "writes"
        text = f"bericht {len(self.written)} van {self.phone.chat.id}."
        self.written.append(text)
        _, update = self.phone.write(text)
        assert update is not None
        self.ids[text] = str(uuid.UUID(NUMBERS.pseudonym(update.id, "update")[:32]))
        if update.is_confirmed and self.chance.random() < 0.1:
            self.api.updates.again(update)

    async def _wait(self, text: str) -> None:
        began = time.monotonic()
        while not self.stop and time.monotonic() - began < _PATIENCE_S:
            if self.is_answered(text):
                self.slowest_s = max(self.slowest_s, time.monotonic() - began)
                return
            confirmed = [update for update in self.api.updates.all if update.queue == self.phone.chat.id and update.is_confirmed]
            if confirmed and self.chance.random() < 0.005:
                self.api.updates.again(confirmed[-1])
                self.redelivered += 1
            await asyncio.sleep(0.05)

    def is_answered(self, text: str) -> bool:
        """Whether a bubble of the bot repeats it."""
        return any(text in sent.text for sent in self.phone.bubbles)


def settings_for(folder: Path, bot_url: str, api: BotApi) -> dict[str, str]:
    """A hub with Telegram, on free ports."""
    telegram = {"TELEGRAM_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_SECRET": SECRET, "TELEGRAM_API_URL": api.url}
    return environment(folder / "var", bot_url) | {"SECRET_KEY": KEY} | telegram


async def run(folder: Path, kills: int, seconds: float, seed: int) -> Outcome:
    """Kill the hub `kills` times while it runs for about `seconds`, its starts not counted; what was wrong is in `faults`."""
    began, chance, result = time.monotonic(), random.Random(seed), Outcome(seed)
    bot, api = StandinBot(TOKEN), BotApi(seed=seed)
    await bot.start()
    await api.start()
    api.faults.rate = FAULT_RATE
    hub = Process(settings_for(folder, bot.url, api) | {"TELEGRAM_MODE": chance.choice(_MODES)})
    teenagers = [Teenager(api, random.Random(seed * 100 + number), ("nl", "fr")[number % 2]) for number in range(PHONES)]
    killed: list[float] = []
    try:
        async with aiohttp.ClientSession() as session:
            await hub.start(session)
            tasks = [asyncio.create_task(one.run()) for one in teenagers]
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.2, 2 * seconds / (kills + 1) - 0.2))
                result.moments.update(one.doing for one in teenagers)
                await hub.end(signal.SIGKILL)
                killed.append(time.monotonic())
                hub.settings["TELEGRAM_MODE"] = chance.choice(_MODES)
                await hub.start(session)
            await asyncio.sleep(seconds / (kills + 1))
            for one in teenagers:
                one.stop = True
            await asyncio.gather(*tasks)
            await _settle(api, teenagers)
            await hub.end(signal.SIGTERM)
    finally:
        if hub.process is not None:
            hub.process.send_signal(signal.SIGKILL)
        await api.stop()
        await bot.stop()
    return _judged(result, api, teenagers, killed, folder, hub.output, time.monotonic() - began)


async def _settle(api: BotApi, teenagers: list[Teenager]) -> None:
    """Telegram works again: everything that is still to come comes."""
    api.faults.rate = 0.0
    end = time.monotonic() + _SETTLE_S
    while time.monotonic() < end:
        is_all_answered = all(one.is_answered(text) for one in teenagers for text in one.written)
        if is_all_answered and not api.updates.pending:
            break
        await asyncio.sleep(0.2)
    await asyncio.sleep(3)  # what would come twice comes now


def _judged(
    result: Outcome, api: BotApi, teenagers: list[Teenager], killed: list[float], folder: Path, output: bytes, seconds: float
) -> Outcome:
    result.unstored = sum(output.count(event) for event in _UNSTORED)
    result.kills, result.seconds, result.chats = len(killed), round(seconds, 1), len(teenagers)
    for one in teenagers:
        result.messages += len(one.written)
        result.slowest_s = round(max(result.slowest_s, one.slowest_s), 1)
        found = judge(one.phone.chat.of_bot, one.written, killed)
        result.replies += found.replies
        result.faults.update(found.faults)
        result.windows.update(found.windows)
        fixed = brought_otherwise(
            folder / "var/chatmasjien.db", NUMBERS.pseudonym(one.phone.chat.id), [one.ids[text] for text in found.unanswered]
        )
        result.fixed += fixed
        result.faults[LOST] += len(found.unanswered) - fixed
    result.redelivered = sum(len(update.statuses) > 1 for update in api.updates.all) + sum(one.redelivered for one in teenagers)
    faults: Faults = api.faults
    result.calls, result.failed, result.too_fast = faults.calls, faults.happened, len(api.state.too_fast)
    result.faults["a limit of the Bot API broken"] += sum("query is too old" not in found.description for found in api.violations)
    result.faults["a message stored twice"] += stored_twice(folder, sum(len(one.written) for one in teenagers))
    result.faults = +result.faults
    return result


def stored_twice(folder: Path, written: int) -> int:
    """How many messages more than were written stand in the database."""
    with contextlib.closing(sqlite3.connect(folder / "var/chatmasjien.db", timeout=5)) as database:
        stored = int(database.execute("select count(*) from messages").fetchone()[0])
    return max(0, stored - written)
