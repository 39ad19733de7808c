"""The report tells what holds, what does not, and what was not measured; both sides are asked the same."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "product"), str(_HERE.parent / "channels")]

import report
from load import TURNS, Measured, _chunks, closed_loop, messages
from product_world import Child
from sides import limited, processor_seconds
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


def test_every_part_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "OUT", tmp_path)
    taken = {"taken": {"on": "2026-11-27", "seconds": 60}}
    costly = side(40, 500) | {"hub_ms": 16.04, "bot 1_ms": 12.0}
    loaded = {"seconds": 20.0, "p95_before": 90.0, "p95": 180.0, "longest": 300.0, "per_second": 30.0, "failed": 0}
    two = {"one": side(16, 900), "two": side(24, 500) | {"hub_ms": 19.0}}
    found = {
        "path": {"16": {"product": costly, "stock": side(12, 2000)}, "resident": {"hub": 5, "bot": 6, "stock": 7}},
        "bots": {"share": 0.25, "limited": two, "unlimited": two | {"two": side(8, 900)}},
        "new_model": {"product": loaded, "stock": loaded | {"failed": 7}},
        "idle": {
            "chats": 10_000,
            "kb_each": 31.0,
            "resident_before": 1,
            "resident_after": 2,
            "open_at_the_end": 9999,
            "p95": {"alone": 20.0, "with_idle": 24.0},
        },
    }
    report.write({name: numbers | taken for name, numbers in found.items()})
    text = (tmp_path / "bench.md").read_text(encoding="utf-8")
    assert "| 16 | product | 40 | 250 | 500 | 500 | 0 | 2.0 | hub 16.0, bot 1 12.0 |" in text
    assert "| two bots behind a hub: throughput to one | ≥ 1.50 | 1.50 | holds |" in text
    assert "| 25% of a core | two | 24 | 500 | 0 | hub 19.0 |" in text
    assert "Two to one with all of the machine: 0.50." in text
    assert "| stock | 20.0 | 90 | 180 | 300 | 30.0 | 7 |" in text
    assert "| KB of each of 10,000 idle chats | ≤ 30.00 | 31.00 | **does not hold** |" in text
    assert "| p95 of an active chat beside them | ≤ 1.30 | 1.20 | holds |" in text


async def test_a_load_ends_when_it_is_told_so_and_counts_what_failed() -> None:
    answered = 0

    async def talk(_number: int, said: list[tuple[str, str]], note: Callable[[float, int | None], bool]) -> None:
        nonlocal answered
        for _ in said:
            await asyncio.sleep(0)
            answered += 1
            if not note(5.0, None if answered % 4 == 0 else 2):
                return

    measured = await closed_loop(talk, 3, 60.0, messages(1), is_over=lambda: answered >= 40)
    assert 40 <= answered <= 43
    assert measured.failed == answered // 4
    assert measured.plain()["bubbles"] == 2.0


def test_a_limited_process_gets_about_its_share(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", "while True: pass"], {}, tmp_path / "log")
    try:
        with limited([child], 0.25):
            before, begun = processor_seconds(child.process.pid), time.monotonic()
            time.sleep(1.5)
            share = (processor_seconds(child.process.pid) - before) / (time.monotonic() - begun)
        assert 0.01 < share < 0.6, "a busy machine gives less; without a limit it would be near one"
    finally:
        child.kill()


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
