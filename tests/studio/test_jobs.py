"""Background work: one at a time, cancelled, taken up again after a restart, and left alone when it cannot be done."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from chat_client import wait_for

from channels.store import JobKind, JobState, Store
from channels.store.studio_jobs import MOST_STARTS
from curation import jobs as jobs_module
from curation.commands import MARK, CommandFailed, kill_marked, run
from curation.gate_job import GateRunner
from curation.jobs import JobFailed, Jobs, Progress

GATE, DRAFT = JobKind.GATE, JobKind.DRAFT
Works = dict[str, Any]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "_TELL_S", 0.03)
    monkeypatch.setattr(jobs_module, "_LOOK_S", 0.03)


async def is_over(store: Store, job_id: str, seconds: float = 5.0) -> Any:
    async with asyncio.timeout(seconds):
        while True:
            job = await store.jobs.get(job_id)
            assert job is not None
            if job.is_over:
                return job
            await asyncio.sleep(0.02)


async def test_jobs_run_one_at_a_time_in_their_order(studio_store: Store, tmp_path: Path) -> None:
    seen: list[str] = []
    under_way = 0

    async def work(job: Any, progress: Progress) -> str:
        nonlocal under_way
        under_way += 1
        assert under_way == 1
        progress.at("training", 40)
        await asyncio.sleep(0.1)
        under_way -= 1
        seen.append(job.subject)
        return "passed"

    for subject in ("a", "b", "c"):
        await studio_store.jobs.add(GATE, subject, None)
    jobs = Jobs(studio_store.jobs, tmp_path / "jobs", {GATE: work})
    await jobs.start()
    last = await studio_store.jobs.latest_of(GATE, "c")
    assert last is not None
    done = await is_over(studio_store, last.id)
    assert (done.state, done.outcome, done.percent) == (JobState.DONE, "passed", 100)
    assert seen == ["a", "b", "c"]
    await jobs.stop()


async def test_the_database_lets_only_one_run(studio_store: Store) -> None:
    await studio_store.jobs.add(GATE, "a", None)
    await studio_store.jobs.add(GATE, "b", None)
    taken = await asyncio.gather(*(studio_store.jobs.take() for _ in range(6)))
    assert sum(job is not None for job in taken) == 1


async def test_asking_twice_is_one_job(studio_store: Store) -> None:
    first, is_new = await studio_store.jobs.add(GATE, None, None)
    again, is_new_again = await studio_store.jobs.add(GATE, None, None)
    assert (first.id, is_new, is_new_again) == (again.id, True, False)
    assert (await studio_store.jobs.add(DRAFT, None, None))[1]


async def test_a_running_job_is_cancelled_and_tells_how_far_it_is(studio_store: Store, tmp_path: Path) -> None:
    ended = asyncio.Event()

    async def work(_job: Any, progress: Progress) -> str:
        progress.at("training", 33)
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return "never"

    job, _ = await studio_store.jobs.add(GATE, "a", None)
    jobs = Jobs(studio_store.jobs, tmp_path / "jobs", {GATE: work})
    await jobs.start()
    for _ in range(100):
        if (await studio_store.jobs.get(job.id)).percent == 33:  # type: ignore[union-attr]
            break
        await asyncio.sleep(0.03)
    assert await studio_store.jobs.cancel(job.id)
    over = await is_over(studio_store, job.id)
    assert (over.state, over.step) == (JobState.CANCELLED, "training")
    assert ended.is_set()
    assert not await studio_store.jobs.cancel(job.id)
    await jobs.stop()


async def test_what_is_decided_is_not_cancelled(studio_store: Store, tmp_path: Path) -> None:
    go_on = asyncio.Event()

    async def work(_job: Any, progress: Progress) -> str:
        progress.is_final = True
        await go_on.wait()
        return "released"

    job, _ = await studio_store.jobs.add(JobKind.PUBLISH, "a", None)
    jobs = Jobs(studio_store.jobs, tmp_path / "jobs", {JobKind.PUBLISH: work})
    await jobs.start()
    await asyncio.sleep(0.2)
    await studio_store.jobs.cancel(job.id)
    await asyncio.sleep(0.2)
    go_on.set()
    assert (await is_over(studio_store, job.id)).outcome == "released"
    await jobs.stop()


async def test_a_restart_takes_up_what_ran_and_a_second_process_leaves_it_alone(studio_store: Store, tmp_path: Path) -> None:
    starts: list[int] = []

    async def work(job: Any, _progress: Progress) -> str:
        starts.append(job.starts)
        await asyncio.sleep(60 if len(starts) == 1 else 0)
        return "passed"

    job, _ = await studio_store.jobs.add(GATE, "a", None)
    first, second = (Jobs(studio_store.jobs, tmp_path / "jobs", {GATE: work}) for _ in range(2))
    await first.start()
    await asyncio.sleep(0.2)
    await second.start()
    await asyncio.sleep(0.2)
    assert (first.is_runner, second.is_runner, starts) == (True, False, [1])
    await first.stop()
    assert (await is_over(studio_store, job.id)).outcome == "passed"
    assert second.is_runner
    assert starts == [1, 2]
    await second.stop()


async def test_a_job_whose_process_dies_again_and_again_is_given_up(studio_store: Store) -> None:
    job, _ = await studio_store.jobs.add(GATE, "a", None)
    for _ in range(MOST_STARTS):
        assert await studio_store.jobs.take() is not None
        await studio_store.jobs.give_back()
    found = await studio_store.jobs.get(job.id)
    assert found is not None
    assert (found.state, found.outcome) == (JobState.FAILED, "ended_often")


async def test_a_job_that_was_cancelled_before_the_restart_is_not_started_again(studio_store: Store) -> None:
    job, _ = await studio_store.jobs.add(GATE, "a", None)
    await studio_store.jobs.take()
    await studio_store.jobs.cancel(job.id)
    await studio_store.jobs.give_back()
    assert (await studio_store.jobs.get(job.id)).state is JobState.CANCELLED  # type: ignore[union-attr]
    assert await studio_store.jobs.take() is None


async def test_what_fails_says_why_in_one_word(studio_store: Store, tmp_path: Path) -> None:
    async def work(job: Any, _progress: Progress) -> str:
        if job.subject == "a":
            raise JobFailed("training_failed")
        raise RuntimeError("with words that nobody shall read")

    ids = [(await studio_store.jobs.add(GATE, subject, None))[0].id for subject in ("a", "b")]
    jobs = Jobs(studio_store.jobs, tmp_path / "jobs", {GATE: work})
    await jobs.start()
    found = [await is_over(studio_store, job_id) for job_id in ids]
    assert [(job.state, job.outcome) for job in found] == [(JobState.FAILED, "training_failed"), (JobState.FAILED, "defect")]
    await jobs.stop()


SPAWNS = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


async def gone(pid: int) -> None:
    await wait_for(lambda: not is_alive(pid))


async def test_a_cancelled_command_takes_its_children_along(tmp_path: Path) -> None:
    pids: list[int] = []
    task = asyncio.create_task(run([sys.executable, "-c", SPAWNS], tmp_path, dict(os.environ), lambda line: pids.append(int(line))))
    await wait_for(lambda: bool(pids), 5)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await gone(pids[0])


async def test_what_a_killed_runner_left_is_found_by_its_mark_and_nothing_else(tmp_path: Path) -> None:
    pids = {}
    for job_id in ("a" * 32, "b" * 32):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", SPAWNS), env=os.environ | {MARK: job_id}, stdout=asyncio.subprocess.PIPE, start_new_session=True
        )
        assert process.stdout is not None
        pids[job_id] = (process, int(await process.stdout.readline()))
    assert kill_marked("a" * 32) == 2
    await gone(pids["a" * 32][1])
    assert is_alive(pids["b" * 32][1])
    kill_marked("b" * 32)
    for process, _ in pids.values():
        await process.wait()


async def test_a_command_that_fails_gives_its_last_word(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed) as failed:
        await run(
            [sys.executable, "-c", "import sys; print('training_failed', file=sys.stderr); sys.exit(3)"], tmp_path, dict(os.environ), print
        )
    assert (failed.value.code, failed.value.last) == (3, "training_failed")


async def test_a_gate_without_a_project_fails_as_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's side: a process that says why it cannot becomes a JobFailed with that reason, an unknown one a defect."""
    for last, reason in (("not_answered", "not_answered"), ("Traceback of something", "defect")):

        async def fails(*_: object, last: str = last) -> None:
            raise CommandFailed(3, last)

        monkeypatch.setattr("curation.gate_job.run", fails)
        with pytest.raises(JobFailed, match=reason):
            await GateRunner(tmp_path, tmp_path / "jobs").run("a" * 32, None, Progress())
