"""Lowering the urgency of a case that a counsellor holds, and undoing that. Rising happens by itself, and wins (store/staff_moves.py)."""

from __future__ import annotations

from aiohttp import web

from channels.desk.context import DESK, visitor_of
from channels.desk.forms import fields
from channels.desk.level import level_of, lowering_of
from channels.desk.pages import words
from channels.desk.permissions import may_act, may_lower
from channels.desk.views_case import case_page, known_case
from channels.store import Escalation, NotPossible


async def lower(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/lower: to a level below the one shown, unless danger was heard since; a script gets the level as JSON."""
    escalation, holder = await _to_lower(request)
    desk, account = request.app[DESK], visitor_of(request).account
    lowering = lowering_of(await fields(request, "before", "to", "version"))
    if lowering is None:
        return await _answer(request, escalation.id, is_done=False)
    await desk.store.audit.note(account.id, "urgency_lowered", escalation.id, f"{lowering.before} → {lowering.to}")
    try:
        await desk.escalations.lower(escalation.id, holder, lowering)
    except NotPossible:
        await desk.store.audit.note(account.id, "urgency_lowered", escalation.id, "lost")
        return await _answer(request, escalation.id, is_done=False)
    return await _answer(request, escalation.id, is_done=True)


async def undo(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/lower/undo: back to the level before; a script gets the level as JSON."""
    escalation, holder = await _to_lower(request)
    desk, account = request.app[DESK], visitor_of(request).account
    await desk.store.audit.note(account.id, "urgency_restored", escalation.id, str(escalation.lowered_from or ""))
    try:
        await desk.escalations.undo_lowering(escalation.id, holder)
    except NotPossible:
        await desk.store.audit.note(account.id, "urgency_restored", escalation.id, "lost")
        return await _answer(request, escalation.id, is_done=False)
    return await _answer(request, escalation.id, is_done=True)


async def _to_lower(request: web.Request) -> tuple[Escalation, str | None]:
    """The case, and who must hold it for the move (None: whoever does, for a lead); 403 for who may not."""
    escalation, account = await known_case(request), visitor_of(request).account
    if not may_lower(account.role, account.id, escalation.claimed_by):
        await request.app[DESK].store.audit.note(account.id, "refused", escalation.id)
        raise web.HTTPForbidden
    return escalation, account.id if may_act(account.role, account.id, escalation.claimed_by) else None


async def _answer(request: web.Request, case_id: str, *, is_done: bool) -> web.StreamResponse:
    if "application/json" not in request.headers.get("Accept", ""):
        if not is_done:
            return await case_page(request, fault="lower")
        raise web.HTTPSeeOther(f"/cases/{case_id}")
    escalation, version = await request.app[DESK].store.escalations.with_version(case_id)
    return web.json_response(level_of(escalation, version, words(request)), status=200 if is_done else 409)
