"""The gate, publishing and the way back from the command line: the hub that runs does it, else this process itself."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from channels.store import Job, JobKind, JobState
from curation.evaluation_report import percent
from curation.studio.workshop import Workshop

_LOOK_S = 1.0


async def run(workshop: Workshop, act: str, subject: str | None) -> int:
    """`act`: gate, publish or back. `subject`: a proposal, for `back` a release; None: the files as they lie, or the release before.

    0 when it was done; 1 when the gate said no, or it failed.
    """
    if act == "back":
        return _code(await _carry_out(workshop, JobKind.BACK, subject))
    gate, report = await workshop.gate_of(subject)
    if act == "gate" or not await _is_good(workshop, gate, report):
        gate = await _carry_out(workshop, JobKind.GATE, subject)
        report = workshop.report(gate.id)
        _print_report(gate, report, workshop)
    if act == "gate":
        return 0 if report is not None and report["passed"] else 1
    if gate is None or report is None or not report["passed"]:
        return 1
    return _code(await _carry_out(workshop, JobKind.PUBLISH, subject))


async def _is_good(workshop: Workshop, gate: Job | None, report: dict[str, Any] | None) -> bool:
    """Whether an earlier gate passed, for the content as it is now."""
    return gate is not None and report is not None and bool(report["passed"]) and await asyncio.to_thread(workshop.is_fresh, report)


async def _carry_out(workshop: Workshop, kind: JobKind, subject: str | None) -> Job:
    """The job, when it is over. Its steps are printed."""
    job = await workshop.ask_for(kind, subject, None)
    is_ours = workshop.jobs.lock()
    working = asyncio.create_task(_work(workshop)) if is_ours else None
    print(f"→ {kind.value}: {'here' if is_ours else 'in the hub that runs'}", flush=True)
    said = ""
    try:
        while True:
            found = await workshop.store.jobs.get(job.id)
            if found is None or found.is_over:
                break
            line = f"  … {found.step.replace('_', ' ')}, {found.percent} %"
            if line != said:
                print(line, flush=True)
            said = line
            await asyncio.sleep(_LOOK_S)
    finally:
        if working is not None:
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working
    job = found or job
    print(f"→ {kind.value}: {job.state.value}{', ' + job.outcome.replace('_', ' ') if job.outcome else ''}", flush=True)
    return job


async def _work(workshop: Workshop) -> None:
    await workshop.jobs.recover()
    while True:
        await workshop.jobs.run_waiting()
        await asyncio.sleep(_LOOK_S)


def _code(job: Job) -> int:
    return 0 if job.state is JobState.DONE else 1


def _print_report(job: Job, report: dict[str, Any] | None, workshop: Workshop) -> None:
    if report is None:
        return
    for finding in report["findings"]:
        print(f"{finding['file']}:{finding['line']}: {finding['rule']}: {' → '.join(finding['nl'])}")
    for reason in report["reasons"]:
        about = " ".join(str(part) for part in (reason["language"], reason["need"]) if part)
        print(f"refused: {reason['rule']} {about}: {_said(reason['before'])} → {_said(reason['after'])}")
        for sentence in reason["sentences"][:20]:
            print(f"  {sentence['place']}: {sentence['text'] or '…'}")
    print(f"the whole report: {workshop.gates.folder_of(job.id)}/report.json")


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['hits']}/{value['count']}"
    return percent(value)
