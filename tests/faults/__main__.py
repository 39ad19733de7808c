"""`python -m tests.faults [--kills 100] [--handoffs 200] [--several 30] [--telegram 50] [--seed 116000]`: kills hub and bot at random
points, then the hub in hand-offs, then parts of a deployment with two hubs, then the hub while Telegram fails.

Reports under reports/. Exit code 1 on a fault.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE), *(str(_HERE.parent / name) for name in ("product", "channels", "telegram"))]

import handoffs
import several
import telegram_kills
from kills import Result, run
from product_world import missing

_BATCH = 20
_TELEGRAM_KILL_S = 10.0
"""Seconds for each kill on Telegram, the hub's start not counted: fifty in ten minutes."""


def as_text(result: Result) -> str:
    """The report for people."""
    kinds = sorted({kind for of in result.moments.values() for kind in of})
    rows = [f"| {kind} | {result.moments['hub'][kind]} | {result.moments['bot'][kind]} |" for kind in kinds]
    faults = [f"- {kind}: {count}" for kind, count in sorted(result.faults.items())] or ["- none"]
    return "\n".join(
        [
            "# Kills at random points",
            "",
            f"Made by `make faults` (seed {result.seed}): SIGKILL of the hub {result.kills['hub']} times and of a bot {result.kills['bot']} times,",
            "while four teenagers talk (two in each language). A process is started again at once; the teenagers resume as the page does.",
            "",
            f"{result.conversations} conversations, {result.messages} messages, {result.acknowledged} acknowledged, {result.replies} replies,"
            f" {result.seconds:.0f} s; the longest wait of a teenager who was connected: {result.slowest_s} s.",
            "",
            "What must hold: no acknowledged message is lost or stays without an answer, none is answered twice, no reply is missing",
            "or comes twice, the urgency in the store is never lower than what was said.",
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


def batches(kills: int) -> list[int]:
    """`kills` in batches, each with a fresh product: 45 → 20, 20, 5."""
    return [min(_BATCH, kills - done) for done in range(0, kills, _BATCH)]


def main() -> int:
    """0 when everything held, 1 when not, 2 when the product is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of the hub, and of the bot")
    parser.add_argument("--handoffs", type=int, default=200, help="of the hub, in hand-offs and talks with counsellors")
    parser.add_argument("--several", type=int, default=30, help="of each kind, with two hubs, two bots, PostgreSQL and Redis")
    parser.add_argument(
        "--telegram", type=int, default=50, help="of the hub, while teenagers write on Telegram and a fifth of its calls fail"
    )
    parser.add_argument("--seed", type=int, default=116000)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports")
    chosen = parser.parse_args()
    wanting = missing() if chosen.kills else None
    if wanting:
        print(wanting, file=sys.stderr)
        return 2
    chosen.reports.mkdir(parents=True, exist_ok=True)
    held = [kill_both(chosen.kills, chosen.seed, chosen.reports)] if chosen.kills else []
    held += [kill_in_handoffs(chosen.handoffs, chosen.seed, chosen.reports)] if chosen.handoffs else []
    held += [trouble_several(chosen.several, chosen.seed, chosen.reports)] if chosen.several else []
    held += [kill_on_telegram(chosen.telegram, chosen.seed, chosen.reports)] if chosen.telegram else []
    return 0 if all(held) else 1


def trouble_several(times: int, seed: int, reports: Path) -> bool:
    """Every part of a deployment with two hubs. True when everything held."""
    with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
        outcome = asyncio.run(several.run(Path(folder), times, seed, lambda line: print(f"  … {line}", flush=True)))
    (reports / "faults_several.json").write_text(json.dumps(outcome.as_json(), indent=2) + "\n", encoding="utf-8")
    (reports / "faults_several.md").write_text(outcome.as_text(), encoding="utf-8")
    print(f"→ {sum(outcome.done.values())} faults made, {outcome.acknowledged} acknowledged, found: {dict(outcome.faults) or 'none'}")
    return not outcome.faults


def kill_on_telegram(kills: int, seed: int, reports: Path) -> bool:
    """The hub, while Telegram fails. True when everything held."""
    total = telegram_kills.Outcome(seed)
    for batch, count in enumerate(batches(kills)):
        with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
            total.add(asyncio.run(telegram_kills.run(Path(folder), count, count * _TELEGRAM_KILL_S, seed + batch)))
        (reports / "faults_telegram.json").write_text(json.dumps(total.as_json(), indent=2) + "\n", encoding="utf-8")
        (reports / "faults_telegram.md").write_text(total.as_text(), encoding="utf-8")
        print(
            f"  … {total.kills} of {kills} kills on Telegram, {total.messages} messages, faults: {dict(total.faults) or 'none'}", flush=True
        )
    return not total.faults


def kill_in_handoffs(kills: int, seed: int, reports: Path) -> bool:
    """The hub, in hand-offs and talks; every second batch with a dead bot. True when everything held."""
    total = handoffs.Outcome(seed)
    for batch, count in enumerate(batches(kills)):
        with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
            total.add(asyncio.run(handoffs.run(Path(folder), count, seed + batch, has_bot=batch % 2 == 0)))
        (reports / "faults_handoffs.json").write_text(json.dumps(total.as_json(), indent=2) + "\n", encoding="utf-8")
        (reports / "faults_handoffs.md").write_text(total.as_text(), encoding="utf-8")
        print(
            f"  … {total.kills} of {kills} kills in hand-offs, {total.promised} promised, faults: {dict(total.faults) or 'none'}",
            flush=True,
        )
    return not total.faults


def kill_both(kills: int, seed: int, reports: Path) -> bool:
    """Hub and bot, while teenagers talk with the bot. True when everything held."""
    result = Result(seed)
    for batch, count in enumerate(batches(kills)):
        with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
            result.add(asyncio.run(run(Path(folder), count, seed + batch, lambda line: print(f"  … {line}", flush=True))))
        # After each batch, so that a run that is broken off has not been for nothing.
        (reports / "faults.json").write_text(json.dumps(result.as_json(), indent=2) + "\n", encoding="utf-8")
        (reports / "faults.md").write_text(as_text(result), encoding="utf-8")
    print(f"→ {result.kills} kills, {result.acknowledged} acknowledged messages, faults: {dict(result.faults) or 'none'}")
    return not result.faults


if __name__ == "__main__":
    sys.exit(main())
