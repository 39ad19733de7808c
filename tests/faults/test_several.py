"""Two hubs, two bots, a database and a Redis that die and come back: nothing acknowledged is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path

from several import KINDS, run


async def test_nothing_is_lost_whatever_dies(tmp_path: Path) -> None:
    outcome = await run(tmp_path, 1, 116000)
    assert outcome.faults == {}
    assert set(outcome.done) == set(KINDS)
    assert outcome.acknowledged > 20, "hardly anybody talked: nothing was tried"
