"""The parity board, and the progress per need and per person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from aiohttp import web

from curation.changes import KINDS
from curation.proposals import Proposal, State
from curation.studio.pages import asked, show
from curation.studio.shelf import proposal_of


@dataclass(frozen=True, slots=True)
class Helper:
    """What one volunteer did: proposals on their way, published ones, changes in those, approvals of others' work."""

    name: str
    open: int
    published: int
    changes: int
    approvals: int


async def board(request: web.Request) -> web.StreamResponse:
    """GET /studio/board"""
    kit, _ = asked(request)
    rows = [proposal_of(row) for row in await kit.store.proposals.all(limit=2000)]
    waiting: Counter[str] = Counter()
    for one in rows:
        if one.state in (State.DRAFT, State.PROPOSED, State.APPROVED):
            for change in one.changes:
                waiting[str(getattr(change, "need", getattr(change, "topic", "")))] += 1
    helpers = _helpers(rows)
    return await show(request, "board.html", board=await kit.bench.board(), waiting=waiting, helpers=helpers, kinds=tuple(KINDS))


def _helpers(rows: list[Proposal]) -> list[Helper]:
    names = {one.author_id: one.author for one in rows} | {who: name for one in rows for who, name in one.approvers}
    found = []
    for account_id, name in names.items():
        own = [one for one in rows if one.author_id == account_id]
        done = [one for one in own if one.state is State.PUBLISHED]
        given = sum(account_id in {who for who, _ in one.approvers} for one in rows)
        is_open = sum(one.state in (State.DRAFT, State.PROPOSED, State.APPROVED) for one in own)
        found.append(Helper(name, is_open, len(done), sum(len(one.changes) for one in done), given))
    return sorted(found, key=lambda helper: (-helper.changes, -helper.approvals, helper.name.casefold()))
