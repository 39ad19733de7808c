"""The long run of the crowds: the numbers that issue and operations ask for, and whether they hold."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crowd import crowded_hub, hostile, malformed, steady, storm


@dataclass(frozen=True)
class Size:
    """How large."""

    malformed: int = 20_000
    storm: int = 2_000
    hostile: int = 50
    normal: int = 200
    hostile_s: float = 60.0
    chats: int = 200
    every_s: float = 10.0
    chats_s: float = 600.0


@dataclass
class Outcome:
    """What a run gave; `bars` by what they say."""

    seed: int
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    bars: dict[str, bool] = field(default_factory=dict)
    seconds: float = 0.0

    def judge(self) -> None:
        """Which bars hold."""
        bad, back, beside, calm = (self.found[name] for name in ("malformed", "storm", "hostile", "steady"))
        self.bars = {
            "malformed requests: no 5xx": bad["5xx"] == 0,
            "malformed requests: none over 2 s": bad["slow"] == 0,
            "malformed requests: the hub grows by less than 100 MB": bad["grown_mb"] < 100,
            "storm: everybody is back": back["back"] == back["chats"],
            "hostile: p95 of the others under 1.5 s": beside["p95"] < 1500,
            "hostile: none of the others without an answer": beside["answered"].get("nobody", 0) == 0,
            "calm chats: nobody without an answer, no error": calm.get("silent", 0) == 0 and calm["errors"] == 0,
            "calm chats: p95 under 1.5 s": calm["p95"] < 1500,
        }

    def as_text(self, size: Size) -> str:
        """The report for people."""
        bad, back, beside, calm = (self.found[name] for name in ("malformed", "storm", "hostile", "steady"))
        return "\n".join(
            [
                "# Many at once",
                "",
                f"Made by `make faults` (seed {self.seed}) in {self.seconds:.0f} s: one hub with SQLite and one bot (the real one where it says",
                "so, else a stand-in); clients, hub and bot share the same cores.",
                "",
                f"- {bad['requests']} malformed requests and frames, 50 at a time: {bad['5xx']} times 5xx, {bad['slow']} took over 2 s, the hub grew by"
                f" {bad['grown_mb']} MB.",
                f"- {back['chats']} chats lost their socket at the same moment: {back['back']} were back, the last after {back['seconds']} s.",
                f"- {beside['hostile']} hostile clients send the longest messages without pause for {size.hostile_s:.0f} s, beside {beside['normal']} others: these had"
                f" {beside['turns']} turns, first words after p50 {beside['p50']:.0f} ms, p95 {beside['p95']:.0f} ms; whose:"
                f" {', '.join(f'{who} {count}' for who, count in sorted(beside['answered'].items()))}.",
                f"- {calm['chats']} chats, each a message every {size.every_s:.0f} s for {calm['seconds']:.0f} s, with the real bot: {calm['said']} messages,"
                f" {calm.get('silent', 0)} without an answer, {calm['errors']} errors, {calm.get('by system', 0)} fixed bubbles; {calm.get('wiped', 0)}"
                f" chats were wiped on the way and begun anew; p50 {calm['p50']} ms, p95"
                f" {calm['p95']} ms, p99 {calm['p99']} ms; the hub grew by {calm['grown_mb']} MB.",
                "",
                "| bar | |",
                "|---|---|",
                *(f"| {bar} | {'holds' if holds else '**does not hold**'} |" for bar, holds in self.bars.items()),
                "",
            ]
        )


async def run(folder: Path, size: Size, seed: int, tell: Callable[[str], None]) -> Outcome:
    """All of it, one after the other."""
    started, outcome = time.monotonic(), Outcome(seed)
    async with crowded_hub(folder / "standin") as hub:
        outcome.found["malformed"] = await malformed(hub, size.malformed, seed)
        tell(f"malformed: {outcome.found['malformed']}")
        outcome.found["storm"] = await storm(hub, size.storm)
        tell(f"storm: {outcome.found['storm']}")
        outcome.found["hostile"] = await hostile(hub, size.hostile, size.normal, size.hostile_s)
        tell(f"hostile: {outcome.found['hostile']}")
    async with crowded_hub(folder / "real", has_real_bot=True) as hub:
        outcome.found["steady"] = await steady(hub, size.chats, size.every_s, size.chats_s, seed)
        tell(f"steady: {outcome.found['steady']}")
    outcome.judge()
    outcome.seconds = round(time.monotonic() - started, 1)
    return outcome


def write(outcome: Outcome, size: Size, reports: Path) -> None:
    """Both files of the report."""
    plain = {"seed": outcome.seed, "found": outcome.found, "bars": outcome.bars, "seconds": outcome.seconds}
    (reports / "faults_crowd.json").write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
    (reports / "faults_crowd.md").write_text(outcome.as_text(size), encoding="utf-8")


def make(folder: Path, seed: int, reports: Path, tell: Callable[[str], None]) -> bool:
    """The long run and its report; True when every bar holds."""
    size = Size()
    outcome = asyncio.run(run(folder, size, seed, tell))
    write(outcome, size, reports)
    return all(outcome.bars.values())
