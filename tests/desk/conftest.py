"""A fresh desk per test; what is read from data/safety is read once."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

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


@pytest_asyncio.fixture(loop_scope="session")
async def world(tmp_path: Path, desk_answers: Answers) -> AsyncIterator[DeskWorld]:
    """A running desk, in the loop of the browser."""
    running = DeskWorld(tmp_path / "var", desk_answers)
    await running.start()
    yield running
    await running.stop()
