"""The model against what is known: Erlang's tables, one server by hand, and the simulation against the formula."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE)]

import campaign
from campaign import Cost, counsellors, main, planned
from queueing import DEADLINE_S, Plan, erlang_c, mean_wait_s, needed, play

CALM = Plan(hubs=2, bots=3, hub_s=0.016, bot_s=0.012, chats=300, starts_within_s=300.0)


@pytest.mark.parametrize(("servers", "offered", "waits"), [(1, 0.5, 0.5), (2, 1.0, 1 / 3), (10, 8.0, 0.4092), (5, 5.0, 1.0)])
def test_erlang_c_gives_what_tables_say(servers: int, offered: float, waits: float) -> None:
    assert erlang_c(servers, offered) == pytest.approx(waits, abs=1e-4)


def test_one_server_waits_as_worked_out_by_hand() -> None:
    assert mean_wait_s(1, 8.0, 0.1) == pytest.approx(0.8 / (1 - 0.8) * 0.1)
    assert mean_wait_s(1, 8.0, 0.1, variation=0.0) == pytest.approx(0.2)
    assert mean_wait_s(1, 10.0, 0.1) == math.inf


def test_needed_is_the_fewest() -> None:
    servers = needed(100.0, 0.02, 0.01)
    assert mean_wait_s(servers, 100.0, 0.02) <= 0.01 < mean_wait_s(servers - 1, 100.0, 0.02)


def test_the_simulation_waits_as_the_formula_says() -> None:
    """A hub that costs nothing, one bot, exponential times, so many chats that they do not notice each other: M/M/1."""
    plan = Plan(hubs=1, bots=1, hub_s=1e-9, bot_s=0.02, chats=20_000, starts_within_s=600.0, turns=1.0, variation=1.0)
    played = play(plan)
    rate = plan.chats / plan.starts_within_s
    response = mean_wait_s(1, rate, plan.bot_s) + plan.bot_s
    assert played.turns == plan.chats
    assert played.bot_load == pytest.approx(rate * plan.bot_s, rel=0.05)
    assert played.p50 == pytest.approx(response * math.log(2), rel=0.1)
    assert played.p95 == pytest.approx(response * math.log(20), rel=0.1)


def test_too_few_bots_are_late_and_more_are_not() -> None:
    crowd = replace(CALM, chats=9_000)
    few, enough = play(replace(crowd, hubs=8, bots=1)), play(replace(crowd, hubs=8, bots=8))
    assert few.late > 0.5
    assert few.p95 == DEADLINE_S
    assert enough.late < 0.001
    assert enough.turns == pytest.approx(9_000 * CALM.turns, rel=0.1)


def test_the_same_seed_plays_the_same() -> None:
    assert play(CALM) == play(CALM)
    assert play(CALM) != play(replace(CALM, seed=1))


@pytest.mark.parametrize("chats", [1_000, 20_000])
@pytest.mark.parametrize("within_s", [600.0, 3600.0])
def test_what_is_planned_is_enough_and_half_of_the_bots_is_not(chats: int, within_s: float) -> None:
    plan = planned(Cost(0.02, 0.018, "2026-11-27"), chats, within_s)
    assert play(plan).late < 0.005
    if plan.bots > 3:
        assert play(replace(plan, bots=plan.bots // 2)).late > 0.05


def test_people_are_counted_by_cases_at_once() -> None:
    assert counsellors(0, 0.05, 3600.0) == 1
    assert counsellors(20_000, 0.01, 3600.0) >= 200 * 1200 / 3600 / 3
    assert counsellors(20_000, 0.05, 600.0) > counsellors(20_000, 0.05, 3600.0) > counsellors(20_000, 0.01, 3600.0)


def test_without_a_measured_turn_nothing_is_simulated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/bench.json").write_text('{"parts": {}}')
    monkeypatch.setattr(campaign, "ROOT", tmp_path)
    assert main() == 2
    row = {"hub_ms": 20.0, "bot 1_ms": 18.0}
    (tmp_path / "reports/bench.json").write_text(json.dumps({"parts": {"path": {"16": {"product": row}, "taken": {"on": "2026-11-27"}}}}))
    monkeypatch.setattr(campaign, "CHATS", (1_000,))
    assert main() == 0
    assert "| 1,000 | all in ten minutes | 1 | 1 |" in (tmp_path / "reports/campaign.md").read_text()
