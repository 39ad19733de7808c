"""The page over all runs, and the bars of the crowds, with planted faults: a page on which all always holds would say nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import overview
import pytest
from crowd_run import Outcome, Size, write

GOOD: dict[str, dict[str, Any]] = {
    "malformed": {"requests": 20_000, "5xx": 0, "slow": 0, "grown_mb": 12.5},
    "storm": {"chats": 2000, "back": 2000, "seconds": 9.0},
    "hostile": {"hostile": 50, "normal": 200, "turns": 2400, "p50": 80.0, "p95": 700.0, "answered": {"bot": 2390, "fixed": 10}},
    "steady": {"chats": 200, "seconds": 600.0, "said": 12_000, "errors": 0, "p50": 90, "p95": 300, "p99": 700, "grown_mb": 20.0},
}


def outcome(**changed: dict[str, Any]) -> Outcome:
    found = deepcopy(GOOD)
    for name, values in changed.items():
        found[name] |= values
    made = Outcome(1, found)
    made.judge()
    return made


def test_good_numbers_hold_everywhere() -> None:
    assert all(outcome().bars.values())
    assert "**does not hold**" not in outcome().as_text(Size())


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("malformed", {"5xx": 1}),
        ("malformed", {"slow": 1}),
        ("malformed", {"grown_mb": 100.0}),
        ("storm", {"back": 1999}),
        ("hostile", {"p95": 1500.0}),
        ("hostile", {"answered": {"bot": 2399, "nobody": 1}}),
        ("steady", {"silent": 1}),
        ("steady", {"errors": 1}),
        ("steady", {"p95": 1500}),
    ],
)
def test_one_bad_number_breaks_one_bar(name: str, values: dict[str, Any]) -> None:
    bad = outcome(**{name: values})
    assert list(bad.bars.values()).count(False) == 1
    assert bad.as_text(Size()).count("**does not hold**") == 1


def test_the_page_tells_of_each_run_what_it_made_and_found(tmp_path: Path) -> None:
    write(outcome(storm={"back": 7}), Size(), tmp_path)
    (tmp_path / "faults_machine.json").write_text(
        json.dumps({"done": {"disk full": 3, "disk slow": 4}, "acknowledged": 70, "faults": {"x": 2}})
    )
    (tmp_path / "faults_kills.json").write_text(json.dumps({"kills": {"hub": 5, "bot": 6}, "acknowledged": 9, "faults": {}}))
    (tmp_path / "faults_studio.json").write_text(json.dumps({"kills": 50, "promises": 51, "faults": {}}))
    (tmp_path / "faults_several.md").write_text("# ...")
    overview.write(tmp_path)
    rows = {line.split("[")[-1].split("]")[0]: line for line in (tmp_path / "faults.md").read_text().splitlines() if "](" in line}
    assert "| 7 · 70 · 2 |" in rows["faults_machine.md"]
    assert "| 11 · 9 · none |" in rows["faults_kills.md"]
    assert "| 50 · 51 · none |" in rows["faults_studio.md"]
    assert "| in its report |" in rows["faults_several.md"]
    assert "| not made |" in rows["faults_telegram.md"]
    assert "| 8 bars, 7 hold |" in rows["faults_crowd.md"]
