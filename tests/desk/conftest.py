"""A fresh desk per test; what is read from data/safety is read once."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desk_world import ROOT, DeskWorld

from channels.answers import Answers


@pytest.fixture(scope="session")
def desk_answers() -> Answers:
    """The real lines and fixed answers."""
    return Answers.load(ROOT / "data/safety")


@pytest.fixture
async def desk(tmp_path: Path, desk_answers: Answers) -> AsyncIterator[DeskWorld]:
    """A running desk without accounts."""
    world = DeskWorld(tmp_path / "var", desk_answers)
    await world.start()
    yield world
    await world.stop()
