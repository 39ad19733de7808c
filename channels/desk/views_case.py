"""A case: reading it, talking, notes, giving back with ten seconds to undo it, closing with a short record."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from channels.desk import views_inbox
from channels.desk.context import DESK, visitor_of
from channels.desk.forms import field, read_form
from channels.desk.level import level_of, version_of
from channels.desk.pages import page, words
from channels.desk.permissions import may_act, may_lower, may_read, may_see
from channels.desk.record import Suggestions, record_of, suggestions
from channels.desk.rows import row_of
from channels.escalation import LONGEST_SAID
from channels.store import Case, Escalation, Gone, NotPossible
from kernel.escalation import EscalationState
from kernel.language import Language

_NOT_SENT = frozenset({EscalationState.OFFERED, EscalationState.CANCELLED})
_LONGEST_NOTE = 2000
_KINDS = ("need", "urgency", "age_group", "who", "language", "wants", "said")
"""The order of the card; a card that was shown twice is stored in the order in which its lines first came up."""


async def case(request: web.Request) -> web.StreamResponse:
    """GET /cases/{id}: audited before anything is shown."""
    return await case_page(request)


async def say(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/say; a script gets JSON, a form without script comes back to the page. A repeated `id` says nothing twice."""
    escalation = await _own(request)
    desk, account = request.app[DESK], visitor_of(request).account
    text, said_id = (await field(request, "text")).strip(), await field(request, "id")
    is_script = "application/json" in request.headers.get("Accept", "")
    if not text or len(text) > LONGEST_SAID:
        return web.json_response({}, status=422) if is_script else await case_page(request, fault="empty")
    await desk.store.audit.note(account.id, "case_said", escalation.id)
    try:
        said = await desk.escalations.say(escalation.id, account.id, _uuid(said_id), text)
    except NotPossible:
        return web.json_response({}, status=409) if is_script else await case_page(request, fault="gone")
    desk.watch.answered(escalation.id)
    if is_script:
        return web.json_response({"id": said.id})
    raise web.HTTPSeeOther(f"/cases/{escalation.id}")


async def note(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/note"""
    escalation, text = await _own(request), (await field(request, "text")).strip()
    desk, account = request.app[DESK], visitor_of(request).account
    if text:
        await desk.store.audit.note(account.id, "case_noted", escalation.id)
        await desk.escalations.note(escalation.id, account.id, text[:_LONGEST_NOTE])
    raise web.HTTPSeeOther(f"/cases/{escalation.id}#notes")


async def flag(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/flag: a sentence of the teenager from which the bot can learn, for the inbox; 404 unless that is on."""
    escalation = await _own(request)
    desk, account = request.app[DESK], visitor_of(request).account
    await desk.store.audit.note(account.id, "sentence_flagged", escalation.id)
    talk = [(said.id, said.speaker, said.text) for said in (await desk.escalations.case(escalation.id)).talk]
    await views_inbox.flag(request, talk, escalation.language or Language.NL)
    raise web.HTTPSeeOther(f"/cases/{escalation.id}?flagged")


async def give_back(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/return: in ten seconds, unless that is undone."""
    return await _moved(request, "case_returned", request.app[DESK].escalations.give_back)


async def stay(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/stay: undoes giving back."""
    return await _moved(request, "case_stayed", request.app[DESK].escalations.undo_give_back)


async def hand_over(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/handover: to a colleague who has the desk open; it rings there until it is opened."""
    escalation, account, to = await _own(request), visitor_of(request).account, await field(request, "to")
    desk = request.app[DESK]
    if to not in desk.watch.colleagues(account.id):
        return await case_page(request, fault="colleague")
    await desk.store.audit.note(account.id, "case_handed", escalation.id, to)
    try:
        await desk.escalations.take_over(escalation.id, account.id, to)
    except NotPossible:
        return await case_page(request, fault="gone")
    desk.watch.hand(escalation.id, to)
    raise web.HTTPSeeOther("/queue")


async def _moved(request: web.Request, act: str, move: Callable[[str, str], Awaitable[Escalation]]) -> web.StreamResponse:
    escalation, account = await _own(request), visitor_of(request).account
    await request.app[DESK].store.audit.note(account.id, act, escalation.id)
    try:
        await move(escalation.id, account.id)
    except NotPossible:
        return await case_page(request, fault="gone")
    raise web.HTTPSeeOther(f"/cases/{escalation.id}")


async def close(request: web.Request) -> web.StreamResponse:
    """POST /cases/{id}/close with the record; `version` as for lowering: danger heard since the page showed it is read first."""
    escalation = await _own(request)
    desk, account = request.app[DESK], visitor_of(request).account
    record = record_of(await read_form(request), words(request), desk.answers.directory.ids)
    if record is None:
        return await case_page(request, fault="outcome")
    version = version_of(await field(request, "version"))
    await desk.store.audit.note(account.id, "case_closed", escalation.id)
    try:
        await desk.escalations.close(escalation.id, account.id, record, version)
    except NotPossible:
        await desk.store.audit.note(account.id, "case_closed", escalation.id, "lost")
        _, now = await desk.store.escalations.with_version(escalation.id)
        return await case_page(request, fault="gone" if version in (None, now) else "danger")
    raise web.HTTPSeeOther("/queue")


async def known_case(request: web.Request) -> Escalation:
    """The case; 404 when there is none or nothing of it was sent to staff. Where a person was offered anew after it was given back, it is
    there for whoever talked in it, and for a lead."""
    try:
        escalation = await request.app[DESK].store.escalations.get(request.match_info["id"])
    except Gone:
        raise web.HTTPNotFound from None
    account = visitor_of(request).account
    is_known = escalation.returned_at is not None and may_read(account.role, account.id, escalation.claimed_by)
    if escalation.state in _NOT_SENT and not is_known:
        raise web.HTTPNotFound
    return escalation


async def _own(request: web.Request) -> Escalation:
    """The case, which must be this account's own; 403 else."""
    escalation, account = await known_case(request), visitor_of(request).account
    if not may_act(account.role, account.id, escalation.claimed_by):
        await request.app[DESK].store.audit.note(account.id, "refused", escalation.id)
        raise web.HTTPForbidden
    return escalation


async def case_page(request: web.Request, fault: str | None = None) -> web.Response:
    """The case as this account may see it, with what went wrong; audited before. Raises 403 and 404."""
    escalation, account = await known_case(request), visitor_of(request).account
    desk = request.app[DESK]
    if not may_see(account.role, account.id, escalation.claimed_by):
        await desk.store.audit.note(account.id, "refused", escalation.id)
        raise web.HTTPForbidden
    await desk.store.audit.note(account.id, "case_read", escalation.id)
    found = await desk.escalations.case(escalation.id)
    people = {each.id: each.name for each in await desk.store.accounts.all()}
    return page(request, "case.html", status=422 if fault else 200, fault=fault, **_shown(request, found, people))


def _shown(request: web.Request, found: Case, people: dict[str, str]) -> dict[str, Any]:
    desk, account, escalation = request.app[DESK], visitor_of(request).account, found.escalation
    language = escalation.language or Language.NL
    is_mine = escalation.claimed_by == account.id and escalation.is_held
    suggested: Suggestions | None = suggestions(escalation, desk.answers, language, time.time()) if is_mine else None
    left = max(0, round(escalation.returning_at - time.time())) if escalation.returning_at else None
    return {
        "case": found,
        "lines": sorted(found.lines, key=lambda line: _KINDS.index(line[0]) if line[0] in _KINDS else len(_KINDS)),
        "escalation": escalation,
        "row": row_of(escalation, words(request), people),
        "language": language.value,
        "people": people,
        "is_mine": is_mine,
        "level": level_of(escalation, found.urgency_version, words(request)),
        "can_lower": escalation.is_held and may_lower(account.role, account.id, escalation.claimed_by),
        "is_free": escalation.claimed_by is None and escalation.state in (EscalationState.WAITING, EscalationState.LEFT),
        "is_noting": may_act(account.role, account.id, escalation.claimed_by) and escalation.wiped_at is None,
        "returning": left,
        "colleagues": [(each, people.get(each, "?")) for each in sorted(desk.watch.colleagues(account.id))] if is_mine else [],
        "suggested": suggested,
        "can_flag": is_mine and desk.settings.inbox,
        "is_flagged": "flagged" in request.query,
        "canned": desk.canned,
        "other": language.other.value,
        "now": time.time(),
        "said_id": str(uuid.uuid4()),
    }


def _uuid(text: str) -> str:
    """A client's id, or a fresh one where it sent none that can be used."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return str(uuid.uuid4())
