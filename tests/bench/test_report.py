"""The report tells what holds, what does not, and what was not measured; both sides are asked the same."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "product"), str(_HERE.parent / "channels")]

import report
from load import TURNS, Measured, _chunks, messages
from stock import times


def side(per_second: float, p95: float) -> dict[str, float]:
    return {"per_second": per_second, "p50": p95 / 2, "p95": p95, "p99": p95, "failed": 0, "bubbles": 2.0}


def test_bars_hold_break_and_are_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "OUT", tmp_path)
    level = {"product": side(100, 200), "stock": side(20, 500)}
    bot = dict.fromkeys(("1", "4", "16", "64"), level) | {"resident": {"product": 5, "stock": 10}}
    report.write({"bot": bot | {"taken": {"on": "2026-11-25", "seconds": 9}}})
    text = (tmp_path / "bench.md").read_text(encoding="utf-8")
    assert "| bot at 16 conversations: throughput to stock | ≥ 3.50 | 5.00 | holds |" in text
    assert "| bot at 16 conversations: p95 to stock | ≤ 0.29 | 0.40 | **does not hold** |" in text
    assert "| start to first answer to stock | ≤ 0.40 | not measured |  |" in text
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [row["holds"] for row in kept["bars"]].count(None) == len(report.BARS) - 3
    assert (tmp_path / "bench-bot-p95.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_messages_are_held_out_distinct_and_the_same_for_both() -> None:
    said = messages(3)
    assert len(said) == len(set(said)) > 1000
    assert said == messages(3) != messages(4)
    chunk = next(_chunks(said))
    assert len(chunk) == TURNS
    assert len({language for language, _ in chunk}) == 1


def test_percentiles_count_all_turns() -> None:
    measured = Measured(tuple(float(each) for each in range(1, 101)), 10.0, 2, 150)
    assert measured.plain() == {"p50": 51.0, "p95": 96.0, "p99": 100.0, "per_second": 10.0, "failed": 2, "bubbles": 1.5}


def test_a_hundred_epochs_are_worked_out_of_one(tmp_path: Path) -> None:
    log = tmp_path / "train.log"
    log.write_text(
        "INFO - Starting to train component 'DIETClassifier'.\nEpochs: 0%| | 0/1\rEpochs: 100%|█| 1/1 [05:46<00:00]\n"
        "INFO - Starting to train component 'TEDPolicy'.\nEpochs: 100%|█| 1/1 [00:34<00:00, 34.11s/it, loss=5.58]\n",
        encoding="utf-8",
    )
    assert times(log, 500.0) == {"seconds": 500.0, "epochs": 380, "worked_out": 500 + 99 * 380, "DIETClassifier": 346, "TEDPolicy": 34}
