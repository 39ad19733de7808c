"""`python -m tests.bench.campaign`: what it takes when many teenagers write in the same hour, from the measured cost of a turn.

Reads reports/bench.json (the whole path), writes reports/campaign.md and .json. No load is made: it is a simulation.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE)]

from queueing import DEADLINE_S, Plan, Played, mean_wait_s, needed, play

HOUR_S = 3600.0
CHATS = (1_000, 5_000, 20_000, 50_000, 100_000)
SHAPES = {"spread over the hour": HOUR_S, "all in ten minutes": 600.0}
TURNS, THINKS_S = 10.0, 20.0
WAIT_S = 0.1
"""Mean wait for a bot, and for a hub, that the number of each is chosen for."""
WANT_A_PERSON = (0.01, 0.05)
CASE_S, AT_ONCE, PROMISE_S = 20 * 60.0, 3, 600.0
"""A case takes so long, a counsellor leads so many at once, and is promised within so long (CLAIM_WITHIN_MIN)."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor for a turn, measured."""

    hub_s: float
    bot_s: float
    on: str


def measured(report: Path) -> Cost:
    """From the part `path` at 16 conversations. Raises KeyError when it was not measured."""
    part = json.loads(report.read_text(encoding="utf-8"))["parts"]["path"]
    row = part["16"]["product"]
    return Cost(row["hub_ms"] / 1000, row["bot 1_ms"] / 1000, part["taken"]["on"])


def busiest(chats: int, within_s: float, turns: float = TURNS) -> float:
    """Turns a second when most chats are open: they come in evenly, and each goes on for its turns."""
    return chats * turns / max(within_s, turns * THINKS_S)


def planned(cost: Cost, chats: int, within_s: float) -> Plan:
    """As many hubs and bots as the formula asks for at the busiest. A chat stays at its hub; any bot answers any turn."""
    per_second = busiest(chats, within_s)
    hubs = 1
    while mean_wait_s(1, per_second / hubs, cost.hub_s) > WAIT_S:
        hubs += 1
    return Plan(hubs, needed(per_second, cost.bot_s, WAIT_S), cost.hub_s, cost.bot_s, chats, within_s)


def counsellors(chats: int, share: float, within_s: float) -> int:
    """How many lead enough cases at once that the mean wait is within the promise."""
    places = needed(busiest(chats, max(within_s, CASE_S), turns=share), CASE_S, PROMISE_S)
    return -(-places // AT_ONCE)


def rows_of(cost: Cost) -> list[dict[str, Any]]:
    """One per number of chats and shape of the hour."""
    rows = []
    for chats in CHATS:
        for shape, within_s in SHAPES.items():
            plan = planned(cost, chats, within_s)
            played = play(plan)
            people = {f"{share:.0%}": counsellors(chats, share, within_s) for share in WANT_A_PERSON}
            rows.append({"chats": chats, "shape": shape, "plan": asdict(plan), "played": asdict(played), "counsellors": people})
    return rows


def one_machine(cost: Cost) -> list[dict[str, Any]]:
    """What becomes of it with one hub and one bot, each with a core of its own."""
    rows = []
    for chats in (500, 1_000, 2_000, 4_000, 8_000):
        played: Played = play(Plan(1, 1, cost.hub_s, cost.bot_s, chats, HOUR_S))
        rows.append({"chats": chats, "played": asdict(played)})
    return rows


def _lines(cost: Cost, rows: list[dict[str, Any]], alone: list[dict[str, Any]]) -> list[str]:
    lines = [
        "# A campaign: many teenagers in one hour",
        "",
        f"Simulated by `python -m tests.bench.campaign` from what a turn was measured to cost ({cost.on}, `bench.md`): {1000 * cost.hub_s:.1f} ms of a hub's",
        f"processor and {1000 * cost.bot_s:.1f} ms of a bot's. Assumed, not measured: a chat has {TURNS:.0f} turns, with {THINKS_S:.0f} s between answer and next message;",
        f"a bot or hub has a core to itself; a case takes {CASE_S / 60:.0f} minutes and a counsellor leads {AT_ONCE} at once.",
        "",
        "## One hub and one bot",
        "",
        f"| chats in the hour | turns/s | answered by the bot within {DEADLINE_S} s | p95, s | hub busy | bot busy |",
        "|---|---|---|---|---|---|",
    ]
    for row in alone:
        of = row["played"]
        lines.append(
            f"| {row['chats']:,} | {of['per_second']:.0f} | {1 - of['late']:.1%} | {of['p95']:.2f} | {of['hub_load']:.0%} | {of['bot_load']:.0%} |"
        )
    lines += [
        "",
        "What is late gets the fixed answer with lines; nobody waits longer.",
        "",
        "## What it takes",
        "",
        f"Hubs and bots: the fewest with a mean wait under {WAIT_S} s each by Erlang's formula at the busiest; then every turn is played.",
        "",
        "| chats | in | hubs | bots | turns/s | at once | within the deadline | p95, s | counsellors if 1 % want one | if 5 % |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        plan, of = row["plan"], row["played"]
        lines.append(
            f"| {row['chats']:,} | {row['shape']} | {plan['hubs']} | {plan['bots']} | {of['per_second']:.0f} | {of['most_at_once']:,}"
            f" | {1 - of['late']:.2%} | {of['p95']:.2f} | {row['counsellors']['1%']} | {row['counsellors']['5%']} |"
        )
    wait = mean_wait_s(1, 0.5 / cost.bot_s, cost.bot_s)
    lines += ["", f"Half busy, one bot makes a turn wait {1000 * wait:.0f} ms on average (M/M/1); at 90 % it is nine times as long.", ""]
    return lines


def main() -> int:
    """0; 2 when the whole path was not measured yet."""
    try:
        cost = measured(ROOT / "reports/bench.json")
    except (OSError, KeyError):
        print("the cost of a turn is not there: make bench PART=path measures it", file=sys.stderr)
        return 2
    rows, alone = rows_of(cost), one_machine(cost)
    (ROOT / "reports/campaign.json").write_text(
        json.dumps({"cost": asdict(cost), "rows": rows, "one_machine": alone}, indent=1) + "\n", encoding="utf-8"
    )
    (ROOT / "reports/campaign.md").write_text("\n".join(_lines(cost, rows, alone)), encoding="utf-8")
    print("\n".join(_lines(cost, rows, alone)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
