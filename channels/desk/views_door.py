"""Logging in and out, enrolment, and one's own account."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from aiohttp import web

from channels.desk.annex import ANNEXES
from channels.desk.auth import Visitor
from channels.desk.context import DESK, VISITOR, visitor_of
from channels.desk.forms import field, fields, read_form
from channels.desk.pages import page
from channels.desk.permissions import HOME
from channels.desk_hours import SEEN_S
from channels.origins import address_of
from channels.store import Gone, NotPossible, StorageFailed
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.role import Role


async def home(request: web.Request) -> web.StreamResponse:
    """GET /: where the role lands."""
    raise web.HTTPSeeOther(_home(request, visitor_of(request).account.role))


def _home(request: web.Request, role: Role) -> str:
    added = {role: path for annex in request.app[ANNEXES] for role, path in annex.homes.items()}
    return added.get(role, HOME[role])


async def login_page(request: web.Request) -> web.StreamResponse:
    """GET /login"""
    if (visitor := request.get(VISITOR)) is not None:
        raise web.HTTPSeeOther(_home(request, visitor.account.role))
    return page(request, "login.html", name="", bye="bye" in request.query)


async def login(request: web.Request) -> web.StreamResponse:
    """POST /login"""
    desk = request.app[DESK]
    name, password, code = await fields(request, "name", "password", "code")
    token = await desk.door.log_in(name, password, code, address_of(request, desk.settings.trusted_proxies))
    if token is None:
        return page(request, "login.html", status=401, name=name, bye=False, fault="wrong")
    response = _led_to("/")
    desk.door.give_cookie(response, token)
    return response


async def logout(request: web.Request) -> web.StreamResponse:
    """POST /logout"""
    desk, visitor = request.app[DESK], visitor_of(request)
    await desk.store.audit.note(visitor.account.id, "logout")
    await desk.store.sessions.end(visitor.session.handle)
    await _release(request, visitor)
    response = _led_to("/login?bye")
    desk.door.take_cookie(response)
    return response


async def _release(request: web.Request, visitor: Visitor) -> None:
    """Who goes home holds nobody: their cases wait again, and ring. Not where another browser of theirs was used a moment ago."""
    desk, account = request.app[DESK], visitor.account
    others = await desk.store.sessions.of_account(account.id)
    if any(time.time() - each.seen_at < SEEN_S for each in others if each.handle != visitor.session.handle):
        return
    for escalation in await desk.store.escalations.of_account(account.id):
        if escalation.state is EscalationState.CLAIMED:
            # What fails now happens as soon as the teenager writes (channels/waiting.py).
            with suppress(Gone, NotPossible, StorageFailed):
                await desk.store.audit.note(account.id, "case_released", escalation.id)
                await desk.escalations.release(escalation)


async def enrol_page(request: web.Request) -> web.StreamResponse:
    """GET /enrol/{token}"""
    return await _enrol_form(request)


async def enrol(request: web.Request) -> web.StreamResponse:
    """POST /enrol/{token}: shows the recovery codes once."""
    password, again, code = await fields(request, "password", "again", "code")
    codes, fault = await request.app[DESK].door.enrol(request.match_info["token"], password, again, code)
    if fault is not None:
        return await _enrol_form(request, fault)
    return page(request, "codes.html", codes=codes, onward="/login", is_new=True)


def _led_to(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})


async def _enrol_form(request: web.Request, fault: str | None = None) -> web.Response:
    found = await request.app[DESK].door.enrolment(request.match_info["token"])
    if found is None:
        return page(request, "enrol_used.html", status=410)
    account, secret, qr = found
    key = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page(request, "enrol.html", status=422 if fault else 200, name=account.name, key=key, qr=qr, fault=fault)


async def me(request: web.Request) -> web.StreamResponse:
    """GET /me"""
    return await _me(request)


async def save_me(request: web.Request) -> web.StreamResponse:
    """POST /me: the language of the pages and the languages one talks in."""
    form, account = await read_form(request), visitor_of(request).account
    language = next((one for one in Language if form.get("language") == one.value), account.language)
    speaks = [one for one in Language if f"speaks_{one.value}" in form]
    await request.app[DESK].store.accounts.set_preferences(account.id, language, speaks)
    raise web.HTTPSeeOther("/me?saved")


async def new_codes(request: web.Request) -> web.StreamResponse:
    """POST /me/codes: new recovery codes, shown once."""
    codes = await request.app[DESK].door.fresh_codes(visitor_of(request).account)
    return page(request, "codes.html", codes=codes, onward="/me", is_new=False)


async def end_own_session(request: web.Request) -> web.StreamResponse:
    """POST /me/sessions/end: one of one's own; another's handle ends nothing."""
    desk, account = request.app[DESK], visitor_of(request).account
    await desk.store.audit.note(account.id, "session_ended", account.id)
    await desk.store.sessions.end(await field(request, "handle"), account.id)
    raise web.HTTPSeeOther("/me")


async def _me(request: web.Request, **more: Any) -> web.Response:
    desk, visitor = request.app[DESK], visitor_of(request)
    return page(
        request,
        "me.html",
        account=visitor.account,
        sessions=await desk.store.sessions.of_account(visitor.account.id),
        here=visitor.session.handle,
        codes_left=await desk.store.accounts.codes_left(visitor.account.id),
        saved="saved" in request.query,
        **more,
    )
