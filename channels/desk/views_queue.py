"""The queue: what waits, the most urgent first; taking a case; inviting once where only danger was seen."""

from __future__ import annotations

import time

from aiohttp import web

from channels.desk.context import DESK, visitor_of
from channels.desk.forms import field
from channels.desk.pages import page, words
from channels.desk.permissions import may_take_over
from channels.desk.rows import may_ring, row_of, wanted
from channels.store import Gone, NotPossible
from kernel.escalation import EscalationState

_NOTICES = frozenset({"none_left", "lost", "invite_gone"})


async def queue(request: web.Request) -> web.StreamResponse:
    """GET /queue; `?language=` nl or fr narrows it, all shows all; else the one language this person talks in."""
    desk, account = request.app[DESK], visitor_of(request).account
    await desk.store.audit.note(account.id, "queue_read")
    names, snapshot = words(request), await desk.watch.snapshot(time.monotonic())
    chosen = request.query.get("language", "")
    if chosen not in ("nl", "fr", "all"):
        chosen = account.speaks[0].value if len(account.speaks) == 1 else "all"
    rows = desk.watch.rows(snapshot, names, account.id)
    signals = [row_of(each, names, snapshot.people) for each in snapshot.signals]
    return page(
        request,
        "queue.html",
        waiting=wanted([row for row in rows if not row.holder], chosen),
        held=[row for row in rows if row.holder],
        signals=wanted(signals, chosen),
        chosen=chosen,
        now=time.time(),
        notice=next((name for name in request.query if name in _NOTICES), None),
    )


async def take_next(request: web.Request) -> web.StreamResponse:
    """POST /queue/next: the most urgent that can be had, in the language asked for (an emergency counts in every language)."""
    desk, account, language = request.app[DESK], visitor_of(request).account, await field(request, "language")
    names = words(request)
    free = [each for each in await desk.escalations.queue() if each.claimed_by is None]
    # What was left for the next opening comes after those who wait now.
    free.sort(key=lambda each: not may_ring(each))
    fitting = {row.id for row in wanted([row_of(each, names, {}) for each in free], language)}
    for each in free:
        if each.id in fitting and await _claim(request, each.id):
            raise web.HTTPSeeOther(f"/cases/{each.id}")
    await desk.store.audit.note(account.id, "queue_read")
    raise web.HTTPSeeOther("/queue?none_left")


async def claim(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/claim: of many who try, one gets it."""
    case_id = request.match_info["id"]
    raise web.HTTPSeeOther(f"/cases/{case_id}" if await _claim(request, case_id) else "/queue?lost")


async def _claim(request: web.Request, case_id: str) -> bool:
    desk, account = request.app[DESK], visitor_of(request).account
    await desk.store.audit.note(account.id, "case_claimed", case_id)
    try:
        await desk.escalations.claim(case_id, account.id)
    except NotPossible:
        await desk.store.audit.note(account.id, "case_claimed", case_id, "lost")
        return False
    except Gone:
        return False
    return True


async def take_over(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/takeover: from a counsellor who is away; a lead may at any time."""
    desk, account, case_id = request.app[DESK], visitor_of(request).account, request.match_info["id"]
    escalation = await desk.store.escalations.get(case_id)
    holder = escalation.claimed_by if escalation.is_held else None
    if holder == account.id:
        raise web.HTTPSeeOther(f"/cases/{case_id}")
    if holder is None or not may_take_over(account.role, account.id, holder, is_holder_away=desk.watch.is_away(holder)):
        await desk.store.audit.note(account.id, "refused", case_id)
        raise web.HTTPForbidden
    await desk.store.audit.note(account.id, "case_taken_over", case_id)
    try:
        await desk.escalations.take_over(case_id, holder, account.id)
    except NotPossible:
        raise web.HTTPSeeOther("/queue?lost") from None
    raise web.HTTPSeeOther(f"/cases/{case_id}")


async def invite(request: web.Request) -> web.StreamResponse:
    """POST /signals/{id}/invite: once, neutrally; a no sticks."""
    desk, account, case_id = request.app[DESK], visitor_of(request).account, request.match_info["id"]
    await desk.store.audit.note(account.id, "signal_invited", case_id)
    try:
        await desk.escalations.invite(case_id)
    except (Gone, NotPossible):
        raise web.HTTPSeeOther("/queue?invite_gone") from None
    desk.watch.mark_seen(case_id)
    raise web.HTTPSeeOther("/queue")


async def seen(request: web.Request) -> web.StreamResponse:
    """POST /signals/{id}/seen: this danger stops ringing."""
    desk, account, case_id = request.app[DESK], visitor_of(request).account, request.match_info["id"]
    escalation = await desk.store.escalations.get(case_id)
    if escalation.state not in (EscalationState.OFFERED, EscalationState.CANCELLED):
        raise web.HTTPNotFound
    await desk.store.audit.note(account.id, "signal_seen", case_id)
    desk.watch.mark_seen(case_id)
    await desk.escalations.danger_seen(case_id)
    raise web.HTTPSeeOther("/queue")
