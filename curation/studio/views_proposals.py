"""The first page, the list of proposals, and a new one."""

from __future__ import annotations

from aiohttp import web

from channels.store.studio_proposals import LONGEST_TITLE
from curation.proposals import Proposal, State
from curation.studio.pages import asked, fields, show, to
from curation.studio.shelf import proposal_of

_OPEN = (State.DRAFT, State.PROPOSED, State.APPROVED)


async def home(request: web.Request) -> web.StreamResponse:
    """GET /studio: one's own work, what waits for one's eyes, and where to begin."""
    kit, visitor = asked(request)
    kit.bench.warm()
    rows = [proposal_of(row) for row in await kit.store.proposals.all(*_OPEN, State.REFUSED)]
    mine = [one for one in rows if one.author_id == visitor.id]
    to_read = [one for one in rows if one.state is State.PROPOSED and may_approve(one, visitor.id, guarded=visitor.may_approve_guarded)]
    return await show(request, "home.html", mine=mine, to_read=to_read)


async def listed(request: web.Request) -> web.StreamResponse:
    """GET /studio/proposals; `?state=` narrows it."""
    kit, _ = asked(request)
    state = request.query.get("state", "")
    states = [state] if state in set(State) else []
    rows = [proposal_of(row) for row in await kit.store.proposals.all(*states)]
    return await show(request, "proposals.html", rows=rows, state=state, states=list(State))


async def create(request: web.Request) -> web.StreamResponse:
    """POST /studio/proposals: an empty draft, which is the one in hand from now on."""
    kit, visitor = asked(request)
    (title,) = await fields(request, "title")
    title = " ".join(title.split())[:LONGEST_TITLE]
    if not title:
        return await show(request, "proposals.html", status=422, rows=[], state="", states=list(State), fault="title")
    await kit.store.proposals.create(visitor.id, title)
    raise to("/studio", "proposal_made")


def may_approve(proposal: Proposal, account_id: str, *, guarded: bool) -> bool:
    """Another's proposal, not approved by this person yet; for guarded files only with the role for it (`guarded`)."""
    is_other = account_id != proposal.author_id and account_id not in {who for who, _ in proposal.approvers}
    return is_other and (guarded or not proposal.is_guarded)
