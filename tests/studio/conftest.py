"""A fresh studio per test, on a copy of the content; what is read from data/safety is read once."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

sys.path.insert(0, str(Path(__file__).parent))

from small_content import shorten
from studio_world import ROOT, StudioWorld, copy_of_content

from channels.answers import Answers
from channels.store import Store
from curation.draft_checks import Judged
from curation.studio.bench import Bench


@pytest.fixture(scope="session")
def studio_answers() -> Answers:
    """The real lines and fixed answers."""
    return Answers.load(ROOT / "data/safety")


@pytest.fixture(scope="session")
def studio_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the content for all tests that only read it, with a part of its sentences: the checks' processes read it once."""
    return shorten(copy_of_content(tmp_path_factory.mktemp("content")))


class KeptBench(Bench):
    """Outlives the worlds of single tests."""

    def close(self) -> None:
        """Only at the end of the run."""
        self._judging.clear()

    def end(self) -> None:
        """End the processes."""
        super().close()


class QuickBench(KeptBench):
    """Finds nothing, at once: for tests of what is not the checks."""

    def judged(self, changes_json: str) -> asyncio.Task[Judged]:
        """Nothing wrong, unless there is nothing at all."""

        async def at_once() -> Judged:
            return Judged({}, (), unchanged=changes_json == "[]")

        return asyncio.create_task(at_once())

    def warm(self) -> None:
        """Needs nothing."""


@pytest.fixture(scope="session")
def studio_bench(studio_content: Path) -> Iterator[KeptBench]:
    """The processes of the checks, started once."""
    bench = KeptBench(studio_content)
    yield bench
    bench.end()


@pytest.fixture
async def checked_studio(
    tmp_path: Path, studio_answers: Answers, studio_content: Path, studio_bench: KeptBench
) -> AsyncIterator[StudioWorld]:
    """A running studio with the real checks, without accounts."""
    world = StudioWorld(tmp_path / "var", studio_answers, studio_content, bench=studio_bench)
    await world.start()
    yield world
    await world.stop()


@pytest.fixture
async def studio(tmp_path: Path, studio_answers: Answers, studio_content: Path, studio_bench: KeptBench) -> AsyncIterator[StudioWorld]:
    """A running studio whose checks find nothing, at once; near sentences and the board are those of the real one."""
    bench = QuickBench(studio_content)
    bench.near, bench.board = studio_bench.near, studio_bench.board  # type: ignore[method-assign]
    world = StudioWorld(tmp_path / "var", studio_answers, studio_content, bench=bench)
    await world.start()
    yield world
    await world.stop()


@pytest.fixture
async def studio_store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    store = Store(f"sqlite:///{tmp_path}/studio.db", "a key of this test, thirty-two characters")
    await store.open()
    yield store
    await store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def world(tmp_path: Path, studio_answers: Answers, studio_content: Path, studio_bench: KeptBench) -> AsyncIterator[StudioWorld]:
    """A running studio, in the loop of the browser."""
    running = StudioWorld(tmp_path / "var", studio_answers, studio_content, bench=studio_bench)
    await running.start()
    yield running
    await running.stop()
