"""The page of leads: what answers people now, what may follow, and the way back."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from channels.store import JobKind
from curation import release
from curation.proposals import State
from curation.studio.context import Kit
from curation.studio.pages import asked, show, to
from curation.studio.shelf import proposal_of
from curation.studio.views_jobs import job_named, proposal_named, title_of, workshop_of
from kernel.role import Role


async def page(request: web.Request) -> web.StreamResponse:
    """GET /studio/publish."""
    kit, visitor = asked(request)
    workshop = workshop_of(kit)
    card, releases = await asyncio.to_thread(lambda: (workshop.current_card(), workshop.releases()))
    jobs = await workshop.store.jobs.latest(20)
    under_way = [one for one in jobs if not one.is_over]
    current = (card or {}).get("release")
    return await show(
        request,
        "publish.html",
        card=card,
        current=current,
        previous=release.get(workshop.root, str((card or {}).get("previous") or "")),
        releases=[one for one in releases if one.id != current],
        ready=await _ready(kit),
        under_way=under_way,
        titles={one.id: await title_of(kit, one) for one in under_way},
        is_lead=visitor.role is Role.LEAD,
    )


async def _ready(kit: Kit) -> list[dict[str, Any]]:
    """Approved proposals, with what their gate said: none, running, passed, refused, overridden, old."""
    workshop, found = workshop_of(kit), []
    for row in await kit.store.proposals.all(State.APPROVED):
        job, report = await workshop.gate_of(row.id)
        if job is None:
            said = "none"
        elif not job.is_over:
            said = "running"
        elif report is None:
            said = "failed"
        elif not await asyncio.to_thread(workshop.is_fresh, report):
            said = "old"
        elif report["passed"]:
            said = "passed"
        else:
            said = "overridden" if workshop.override_of(job.id) is not None else "refused"
        found.append({"proposal": proposal_of(row), "job": job, "gate": said})
    return found


async def publish(request: web.Request) -> web.StreamResponse:
    """POST /studio/publish: what passed the gate answers people from now on."""
    kit, visitor = asked(request)
    (proposal_id,) = await kit.fields(request, "proposal")
    proposal = await proposal_named(kit, proposal_id)
    if proposal.state is not State.APPROVED:
        raise web.HTTPConflict
    started = await workshop_of(kit).ask_for(JobKind.PUBLISH, proposal.id, visitor.id)
    raise to(f"/studio/jobs/{started.id}")


async def back(request: web.Request) -> web.StreamResponse:
    """POST /studio/publish/back: the release before, or the one named, answers people again."""
    kit, visitor = asked(request)
    (name,) = await kit.fields(request, "release")
    workshop = workshop_of(kit)
    if name and await asyncio.to_thread(release.get, workshop.root, name) is None:
        raise web.HTTPNotFound
    started = await workshop.ask_for(JobKind.BACK, name or None, visitor.id)
    raise to(f"/studio/jobs/{started.id}")


async def override(request: web.Request) -> web.StreamResponse:
    """POST /studio/jobs/{id}/override: a lead lets a change pass, with a reason. Danger and checks: nobody can."""
    kit, visitor = asked(request)
    found, (reason,) = await job_named(kit, request), await kit.fields(request, "reason")
    proposal = await proposal_named(kit, found.subject or "")
    if proposal.author_id == visitor.id or not workshop_of(kit).override(found.id, {"id": visitor.id, "name": visitor.name}, reason):
        raise web.HTTPConflict
    raise to("/studio/publish", "overridden")
