"""Where the studio's heavy thinking happens: in two processes of its own, so that no teenager waits for a check of a volunteer."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path
from typing import Any

from curation.board import Board, board_of
from curation.content import Content
from curation.draft_checks import Judged, judge
from curation.near import Near, Sentences
from kernel.language import Language

_KEPT = 40


class Bench:
    """Checks drafts, finds near sentences, counts. The processes start at the first question and end with `close`."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._pools: dict[str, ProcessPoolExecutor] = {}
        self._judging: dict[str, asyncio.Task[Judged]] = {}
        self._warming: set[asyncio.Task[Any]] = set()

    def judged(self, changes_json: str) -> asyncio.Task[Judged]:
        """The judgement on these changes, under way or ready; the same changes on the same content are judged once."""
        key = f"{fingerprint(self._root)} {changes_json}"
        if key not in self._judging or (self._judging[key].done() and self._judging[key].exception() is not None):
            for old in list(self._judging)[: -_KEPT + 1]:
                if self._judging[old].done():
                    del self._judging[old]
            self._judging[key] = asyncio.create_task(self._run("checks", judge, self._root, changes_json))
        return self._judging[key]

    async def near(self, text: str, language: Language) -> list[Near]:
        """Sentences of the published content that are nearly the same."""
        found: list[Near] = await self._run("quick", _near, self._root, fingerprint(self._root), text, language)
        return found

    async def board(self) -> Board:
        """How the two languages and the needs stand."""
        found: Board = await self._run("quick", _board, self._root, fingerprint(self._root))
        return found

    def warm(self) -> None:
        """Somebody is here: read the content now, so that the first answer does not take long."""
        if not self._pools:
            for name, work, arguments in (
                ("quick", _near, (self._root, fingerprint(self._root), "", Language.NL)),
                ("checks", judge, (self._root, "[]")),
            ):
                task = asyncio.create_task(self._run(name, work, *arguments))
                self._warming.add(task)
                task.add_done_callback(self._warmed)

    def close(self) -> None:
        """End the processes."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        self._pools.clear()

    def _warmed(self, task: asyncio.Task[Any]) -> None:
        self._warming.discard(task)
        if not task.cancelled():
            task.exception()  # looked at: a site that ends meanwhile is no fault

    async def _run(self, name: str, work: Callable[..., Any], *arguments: object) -> Any:
        """One piece of work; a process that was killed is started once more."""
        for _ in range(2):
            pool = self._pools.get(name)
            if pool is None:
                pool = self._pools[name] = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_gently)
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
            except BrokenProcessPool:
                self._pools.pop(name, None)
        raise BrokenProcessPool


def _gently() -> None:
    """A teenager's turn goes before a volunteer's check."""
    os.nice(5)


def fingerprint(root: str) -> str:
    """Changes whenever a file of the content does."""
    newest, count = 0, 0
    for folder in ("data", "tests/nlu"):
        for entry in _files(f"{root}/{folder}"):
            count += 1
            newest = max(newest, entry)
    return f"{count}-{newest}"


def _files(folder: str) -> list[int]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            found += _files(entry.path) if entry.is_dir() else [entry.stat().st_mtime_ns]
    return found


@lru_cache(maxsize=1)
def _sentences(root: str, _print: str) -> Sentences:
    content = Content.load(Path(root))
    return Sentences(content.examples, content.twins)


def _near(root: str, print_: str, text: str, language: Language) -> list[Near]:
    return _sentences(root, print_).near(text, language)


@lru_cache(maxsize=1)
def _board(root: str, _print: str) -> Board:
    return board_of(Content.load(Path(root)))
