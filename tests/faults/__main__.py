"""`python -m tests.faults [--kills 100] [--handoffs 200] [--several 30] [--telegram 50] [--studio 50] [--machine 20]
[--strange 10000]
[--no-crowd] [--seed 116000]`: kills hub and bot at random points, then the hub in hand-offs, then parts of a deployment with two hubs,
then the hub while Telegram fails, then the studio; troubles disk and clock; says strange things; brings crowds.

Reports under reports/, all on one page in faults.md. Exit code 1 on a fault.
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
sys.path[:0] = [str(ROOT), str(_HERE), *(str(_HERE.parent / name) for name in ("product", "product_fuzz", "channels", "telegram"))]

import crowd_run
import handoffs
import machine
import overview
import several
import strange_run
import studio_kills
import telegram_kills
from kills import Result, run
from product_world import missing

_BATCH = 20
_TELEGRAM_KILL_S = 10.0
"""Seconds for each kill on Telegram, the hub's start not counted: fifty in ten minutes."""


def batches(kills: int) -> list[int]:
    """`kills` in batches, each with a fresh product: 45 → 20, 20, 5."""
    return [min(_BATCH, kills - done) for done in range(0, kills, _BATCH)]


def main() -> int:
    """0 when everything held, 1 when not, 2 when the product is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of the hub, and of the bot")
    parser.add_argument("--handoffs", type=int, default=200, help="of the hub, in hand-offs and talks with counsellors")
    parser.add_argument("--studio", type=int, default=50, help="of the studio, in edit, approve, train, publish and back")
    parser.add_argument("--several", type=int, default=30, help="of each kind, with two hubs, two bots, PostgreSQL and Redis")
    parser.add_argument(
        "--telegram", type=int, default=50, help="of the hub, while teenagers write on Telegram and a fifth of its calls fail"
    )
    parser.add_argument("--machine", type=int, default=20, help="of each kind: full disk, slow disk, clocks that jump")
    parser.add_argument("--strange", type=int, default=10_000, help="random and mutated messages")
    parser.add_argument("--crowd", action=argparse.BooleanOptionalAction, default=True, help="many at once, a quarter of an hour")
    parser.add_argument("--seed", type=int, default=116000)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports")
    chosen = parser.parse_args()
    wanting = missing() if chosen.kills or chosen.crowd or chosen.strange else None
    if wanting:
        print(wanting, file=sys.stderr)
        return 2
    chosen.reports.mkdir(parents=True, exist_ok=True)
    held = [kill_both(chosen.kills, chosen.seed, chosen.reports)] if chosen.kills else []
    held += [kill_in_handoffs(chosen.handoffs, chosen.seed, chosen.reports)] if chosen.handoffs else []
    held += [trouble_several(chosen.several, chosen.seed, chosen.reports)] if chosen.several else []
    held += [kill_on_telegram(chosen.telegram, chosen.seed, chosen.reports)] if chosen.telegram else []
    held += [kill_the_studio(chosen.studio, chosen.seed, chosen.reports)] if chosen.studio else []
    held += [trouble_the_machine(chosen.machine, chosen.seed, chosen.reports)] if chosen.machine else []
    held += [say_strange_things(chosen.strange, chosen.seed, chosen.reports)] if chosen.strange else []
    held += [bring_crowds(chosen.seed, chosen.reports)] if chosen.crowd else []
    overview.write(chosen.reports)
    return 0 if all(held) else 1


def trouble_the_machine(times: int, seed: int, reports: Path) -> bool:
    """Disk and clock. True when everything held."""
    with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
        return _held("machine", asyncio.run(machine.run(Path(folder), times, seed, _tell)), reports)


def say_strange_things(messages: int, seed: int, reports: Path) -> bool:
    """Random and mutated messages. True when all were answered and nothing broke."""
    with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
        return _held("strange", asyncio.run(strange_run.run(Path(folder), messages, seed, _tell)), reports)


def bring_crowds(seed: int, reports: Path) -> bool:
    """Many at once. True when every bar holds."""
    with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
        for name in ("standin", "real"):
            (Path(folder) / name).mkdir()
        return crowd_run.make(Path(folder), seed, reports, _tell)


def _tell(line: str) -> None:
    print(f"  … {line}", flush=True)


def kill_the_studio(kills: int, seed: int, reports: Path) -> bool:
    """The studio, while it edits, approves, trains, publishes and goes back. True when everything held."""
    total = studio_kills.Outcome(seed)
    for batch, count in enumerate(batches(kills)):
        with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
            total.add(asyncio.run(studio_kills.run(Path(folder), count, seed + batch)))
        (reports / "faults_studio.json").write_text(json.dumps(total.as_json(), indent=2) + "\n", encoding="utf-8")
        (reports / "faults_studio.md").write_text(total.as_text(), encoding="utf-8")
        print(
            f"  … {total.kills} of {kills} kills in the studio, {total.published} published, faults: {dict(total.faults) or 'none'}",
            flush=True,
        )
    return not total.faults


def trouble_several(times: int, seed: int, reports: Path) -> bool:
    """Every part of a deployment with two hubs. True when everything held."""
    with tempfile.TemporaryDirectory(prefix="chatmasjien-faults-") as folder:
        return _held("several", asyncio.run(several.run(Path(folder), times, seed, _tell)), reports)


def _held(name: str, outcome: several.Outcome | machine.Outcome | strange_run.Outcome, reports: Path) -> bool:
    """Writes the report; True when everything held."""
    (reports / f"faults_{name}.json").write_text(json.dumps(outcome.as_json(), indent=2) + "\n", encoding="utf-8")
    (reports / f"faults_{name}.md").write_text(outcome.as_text(), encoding="utf-8")
    made = outcome.as_json()
    print(f"→ {sum(made['done'].values())} made, {made['acknowledged']} acknowledged, found: {made['faults'] or 'none'}")
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
            result.add(asyncio.run(run(Path(folder), count, seed + batch, _tell)))
        # After each batch, so that a run that is broken off has not been for nothing.
        (reports / "faults_kills.json").write_text(json.dumps(result.as_json(), indent=2) + "\n", encoding="utf-8")
        (reports / "faults_kills.md").write_text(result.as_text(), encoding="utf-8")
    print(f"→ {result.kills} kills, {result.acknowledged} acknowledged messages, faults: {dict(result.faults) or 'none'}")
    return not result.faults


if __name__ == "__main__":
    sys.exit(main())
