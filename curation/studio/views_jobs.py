"""The pages of background work: what runs, how far it is, what the gate found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.store import Job, JobKind, JobState
from curation.proposals import Proposal, State
from curation.studio.context import Kit
from curation.studio.pages import asked, show, to
from curation.studio.shelf import proposal_of
from curation.studio.workshop import Workshop
from kernel.role import Role

_ID = re.compile("[0-9a-f]{32}")
_PICTURE = re.compile(r"confusion_(nl|fr)_(before|after)\.svg")
_NEEDS_SHOWN = 24


def workshop_of(kit: Kit) -> Workshop:
    """What works behind the pages; 404 where nothing can be trained."""
    if not isinstance(kit.workshop, Workshop):
        raise web.HTTPNotFound
    return kit.workshop


async def proposal_named(kit: Kit, proposal_id: str) -> Proposal:
    """The proposal with the id that a form sent; 404 when there is none."""
    row = await kit.store.proposals.get(proposal_id) if _ID.fullmatch(proposal_id) else None
    if row is None:
        raise web.HTTPNotFound
    return proposal_of(row)


async def job_named(kit: Kit, request: web.Request) -> Job:
    """The job in the path; 404 when there is none."""
    job = await workshop_of(kit).store.jobs.get(request.match_info["id"])
    if job is None:
        raise web.HTTPNotFound
    return job


async def listed(request: web.Request) -> web.StreamResponse:
    """GET /studio/jobs: the newest first."""
    kit, _ = asked(request)
    jobs = await workshop_of(kit).store.jobs.latest()
    titles = {job.id: await title_of(kit, job) for job in jobs}
    return await show(request, "jobs.html", jobs=jobs, titles=titles)


async def title_of(kit: Kit, job: Job) -> str | None:
    """What the job is about: a proposal's title, a release; None for the files as they lie."""
    if job.subject is None or job.kind is JobKind.BACK:
        return job.subject
    row = await kit.store.proposals.get(job.subject)
    return row.title if row is not None else None


async def job(request: web.Request) -> web.StreamResponse:
    """GET /studio/jobs/{id}: its progress, and the gate's report once it is there."""
    kit, visitor = asked(request)
    found, workshop = await job_named(kit, request), workshop_of(kit)
    report = workshop.report(found.id) if found.kind is JobKind.GATE and found.state is JobState.DONE else None
    row = await kit.store.proposals.get(found.subject) if found.subject is not None and found.kind is not JobKind.BACK else None
    folder = workshop.gates.folder_of(found.id)
    return await show(
        request,
        "job.html",
        job=found,
        title=await title_of(kit, found),
        proposal=proposal_of(row) if row is not None else None,
        report=report,
        needs=report["needs"][:_NEEDS_SHOWN] if report is not None else [],
        override=workshop.override_of(found.id),
        pictures=[name for name in sorted(path.name for path in folder.glob("*.svg")) if _PICTURE.fullmatch(name)] if report else [],
        may_cancel=not found.is_over and may_cancel(found, visitor.id, visitor.role),
        is_lead=visitor.role is Role.LEAD,
    )


def may_cancel(found: Job, account_id: str, role: Role) -> bool:
    """Whoever started it, and leads and admins."""
    return account_id == found.account_id or role in (Role.LEAD, Role.ADMIN)


async def state(request: web.Request) -> web.StreamResponse:
    """GET /studio/jobs/{id}/state: for the progress bar."""
    kit, _ = asked(request)
    found = await job_named(kit, request)
    step = kit.texts[kit.visitor(request).language]["steps"].get(found.step, found.step)
    told: dict[str, Any] = {"state": found.state.value, "percent": found.percent, "step": step, "is_over": found.is_over}
    return web.json_response(told, headers={"Cache-Control": "no-store"})


async def picture(request: web.Request) -> web.StreamResponse:
    """GET /studio/jobs/{id}/picture/{name}: a confusion as a picture."""
    kit, _ = asked(request)
    found, name = await job_named(kit, request), request.match_info["name"]
    path: Path = workshop_of(kit).gates.folder_of(found.id) / name
    if not _PICTURE.fullmatch(name) or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(body=path.read_bytes(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


async def cancel(request: web.Request) -> web.StreamResponse:
    """POST /studio/jobs/{id}/cancel."""
    kit, visitor = asked(request)
    found = await job_named(kit, request)
    if not may_cancel(found, visitor.id, visitor.role):
        raise web.HTTPForbidden
    await workshop_of(kit).cancel(found.id)
    raise to(f"/studio/jobs/{found.id}")


async def start_gate(request: web.Request) -> web.StreamResponse:
    """POST /studio/gate: the approved proposal is trained and measured."""
    kit, visitor = asked(request)
    (proposal_id,) = await kit.fields(request, "proposal")
    proposal = await proposal_named(kit, proposal_id)
    if proposal.state is not State.APPROVED:
        raise web.HTTPConflict
    started = await workshop_of(kit).ask_for(JobKind.GATE, proposal.id, visitor.id)
    raise to(f"/studio/jobs/{started.id}")


async def start_draft(request: web.Request) -> web.StreamResponse:
    """POST /studio/draft: a bot learns the proposal, to try it out. The author's own while it is a draft."""
    kit, visitor = asked(request)
    (proposal_id,) = await kit.fields(request, "proposal")
    proposal = await proposal_named(kit, proposal_id)
    if proposal.state is State.DRAFT and proposal.author_id != visitor.id:
        raise web.HTTPForbidden
    started = await workshop_of(kit).ask_for(JobKind.DRAFT, proposal.id, visitor.id)
    raise to(f"/studio/jobs/{started.id}")
