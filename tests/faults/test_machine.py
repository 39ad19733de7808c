"""A disk that is full or slow and a clock that jumps: nothing acknowledged is lost, nothing comes twice, nothing is deleted."""

from __future__ import annotations

from pathlib import Path

from machine import KINDS, run


async def test_nothing_is_lost_whatever_the_machine_does(tmp_path: Path) -> None:
    outcome = await run(tmp_path, 1, 116000)
    assert outcome.faults == {}
    assert set(outcome.done) == set(KINDS)
    assert outcome.kills > 1
    assert outcome.acknowledged > 20, "hardly anybody talked: nothing was tried"
    assert outcome.refused_writes > 0
    assert outcome.delayed_writes > 0
