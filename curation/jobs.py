"""Background work of the studio: one job at a time, with progress, that can be cancelled and survives a restart.

Whoever holds var/studio/runner.lock runs the jobs: the hub while it runs, else the command line. What the last runner left half
done is started again; every kind of work finds what it finished before and goes on from there.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import IO, Any, Protocol

from curation.commands import kill_marked

_LOG = logging.getLogger("chatmasjien.jobs")
_LOOK_S, _TELL_S = 1.0, 1.0


class JobLike(Protocol):
    """What a job tells its work."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> Any: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def account_id(self) -> str | None: ...


class JobTable(Protocol):
    """Where jobs are kept (channels.store.studio_jobs)."""

    async def take(self) -> Any: ...
    async def tell(self, job_id: str, step: str, percent: int) -> bool: ...
    async def end(self, job_id: str, state: Any, outcome: str | None) -> bool: ...
    async def give_back(self) -> list[Any]: ...


class JobFailed(Exception):
    """The work cannot be done; `reason` is a word from our own list (texts: publish.reasons)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Progress:
    """Where the work is; shared between it and the runner. While `is_final` it is not cancelled any more."""

    def __init__(self) -> None:
        self.step, self.percent, self.is_final = "starting", 0, False

    def at(self, step: str, percent: float) -> None:
        """Now doing `step` (a word from our own list), `percent` 0 to 100; never goes back."""
        self.step, self.percent = step, max(self.percent, min(99, round(percent)))


Work = Callable[[Any, Progress], Awaitable[str]]
"""Does a job; gives its outcome, a word. Raises JobFailed."""


class Jobs:
    """Runs the jobs of a table. `works`: what to do, by kind; `before`: what the runner does once, before the first job."""

    def __init__(
        self, table: JobTable, folder: Path, works: Mapping[str, Work], before: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self.folder = folder
        self._before = before
        self._table, self._works = table, works
        self._lock: IO[bytes] | None = None
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    @property
    def is_runner(self) -> bool:
        """Whether this process runs the jobs."""
        return self._lock is not None

    def lock(self) -> bool:
        """Become the runner; False when another process is."""
        if self._lock is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "runner.lock").open("ab")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.close()
                return False
            self._lock = lock
        return True

    async def start(self) -> None:
        """Run jobs from now on, as soon as no other process does."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Stop; the job under way is started again by the next runner."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._unlock()

    def wake(self) -> None:
        """A job was added or cancelled: look now."""
        self._wake.set()

    async def recover(self) -> None:
        """Become ready to run: what the last runner left is ended, and waits again."""
        for job in await self._table.give_back():
            killed = await asyncio.to_thread(kill_marked, job.id)
            _LOG.warning("job found half done", extra={"kind": str(job.kind), "processes": killed})
        if self._before is not None:
            await self._before()

    async def run_waiting(self) -> int:
        """Run what waits, one after the other; how many. Only for the runner."""
        count = 0
        while (job := await self._table.take()) is not None:
            await self._run(job)
            count += 1
        return count

    async def _keep(self) -> None:
        has_recovered = False
        while True:
            try:
                if self.lock():
                    if not has_recovered:
                        await self.recover()
                        has_recovered = True
                    await self.run_waiting()
            except Exception:  # the store may be away for a moment
                _LOG.exception("jobs cannot be run")
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _LOOK_S)

    async def _run(self, job: Any) -> None:
        progress = Progress()
        _LOG.info("job starts", extra={"kind": str(job.kind)})
        work = asyncio.ensure_future(self._works[job.kind](job, progress))
        is_cancelled = False
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=_TELL_S)
                if await self._stops(job, progress) and not work.done() and not progress.is_final:
                    is_cancelled = True
                    work.cancel()
        except asyncio.CancelledError:  # the runner stops: the row stays "running" and is given back by the next one
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            raise
        await self._end(job, work, is_cancelled=is_cancelled)

    async def _stops(self, job: Any, progress: Progress) -> bool:
        try:
            return await self._table.tell(job.id, progress.step, progress.percent)
        except Exception:
            _LOG.warning("progress was not stored")
            return False

    async def _end(self, job: Any, work: asyncio.Future[str], *, is_cancelled: bool) -> None:
        state, outcome = "done", None
        try:
            outcome = work.result()
        except asyncio.CancelledError:
            state = "cancelled"
        except JobFailed as failed:
            state, outcome = ("cancelled", None) if is_cancelled else ("failed", failed.reason)
        except Exception:
            _LOG.exception("job failed")
            state, outcome = "failed", "defect"
        _LOG.info("job ends", extra={"kind": str(job.kind), "state": state, "outcome": outcome or ""})
        await self._end_patiently(job.id, state, outcome)

    async def _end_patiently(self, job_id: str, state: str, outcome: str | None) -> None:
        for pause in (0.5, 1.0, 2.0, 4.0, 8.0):
            try:
                await self._table.end(job_id, state, outcome)
                return
            except Exception:
                _LOG.warning("the end of a job was not stored")
                await asyncio.sleep(pause)
        await self._table.end(job_id, state, outcome)

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
