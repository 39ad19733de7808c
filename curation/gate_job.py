"""Starting the gate's own process for a proposal, and reading what it reports (the work itself: curation/gate.py)."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from curation import workspace
from curation.commands import MARK, CommandFailed, run
from curation.files import read_json
from curation.gate import CONTENT, ORDER, REPORT, TRAIN, WORK, Order
from curation.jobs import JobFailed, Progress

_REASONS = frozenset({"no_order", "training_failed", "not_answered"})
_CODE = Path(__file__).resolve().parents[1]
_GENTLY_S = 0.0005
_KEPT = 8
"""So many folders of jobs are kept: their reports stay readable, and their models can be tried out."""


class GateRunner:
    """Runs the gate for jobs, each in its own folder under `folder`. `train` and `sample` as in curation.gate.Order."""

    def __init__(self, root: Path, folder: Path, *, train: tuple[str, ...] = TRAIN, sample: int = 0) -> None:
        self.root, self.folder = root, folder
        self._train, self._sample = train, sample

    def folder_of(self, job_id: str) -> Path:
        """Where a job's files lie."""
        return self.folder / job_id

    def report(self, job_id: str) -> dict[str, Any] | None:
        """The report of a gate that is done."""
        return read_json(self.folder_of(job_id) / REPORT)

    async def run(self, job_id: str, write: Callable[[Path], None] | None, progress: Progress, *, only_train: bool = False) -> str:
        """Train and measure; the outcome: trained, passed or refused. `write` puts the changed content tree into a folder; None: the
        files as they lie. Raises JobFailed."""
        folder = self.folder_of(job_id)
        if not (folder / ORDER).is_file():
            interval = sys.getswitchinterval()
            sys.setswitchinterval(_GENTLY_S)  # reading and writing YAML in a thread: whoever chats goes first
            try:
                await asyncio.to_thread(self._prepare, folder, write, only_train)
            finally:
                sys.setswitchinterval(interval)
        outcome = ""

        def on_line(line: str) -> None:
            nonlocal outcome
            try:
                said = json.loads(line)
            except ValueError:
                return
            outcome = said.get("outcome", outcome)
            if "step" in said:
                progress.at(said["step"], said["percent"])

        command = [sys.executable, "-m", "curation.gate", str(folder)]
        environment = workspace.own_environment(folder / WORK) | {MARK: job_id}
        try:
            await run(command, _CODE, environment, on_line)
        except CommandFailed as failed:
            raise JobFailed(failed.last if failed.last in _REASONS else "defect") from failed
        return outcome

    def _prepare(self, folder: Path, write: Callable[[Path], None] | None, only_train: bool) -> None:
        self._clear_old()
        folder.mkdir(parents=True, exist_ok=True)
        # Before the content is read: when files change meanwhile, the base is not theirs, and publishing says so.
        base = workspace.content_digest(self.root)
        if write is not None:
            write(folder / CONTENT)
        Order(self.root, write is not None, self._train, only_train, self._sample, base).write(folder)

    def _clear_old(self) -> None:
        found = [path for path in self.folder.iterdir() if path.is_dir()] if self.folder.is_dir() else []
        for old in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
