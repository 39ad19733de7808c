"""Accounts, for admins: make, link, role, unlock, end, and the sessions of everybody."""

from __future__ import annotations

import time

from aiohttp import web

from channels.desk.context import DESK, visitor_of
from channels.desk.forms import field, fields
from channels.desk.pages import page
from channels.store.accounts import Account, LastAdmin, NameTaken
from kernel.role import Role

_ROLES = frozenset(Role)


async def accounts(request: web.Request) -> web.StreamResponse:
    """GET /accounts"""
    return await _list(request)


async def create(request: web.Request) -> web.StreamResponse:
    """POST /accounts: a new account; shows its link once."""
    desk, admin = request.app[DESK], visitor_of(request).account
    name, role = await fields(request, "name", "role")
    if role not in _ROLES:
        return await _list(request, "role", name)
    try:
        account_id, token = await desk.store.accounts.create(name, Role(role), admin.language)
    except NameTaken:
        return await _list(request, "taken", name)
    except ValueError:
        return await _list(request, "name", name)
    await desk.store.audit.note(admin.id, "account_created", account_id, role)
    return _link(request, " ".join(name.split()), token)


async def account(request: web.Request) -> web.StreamResponse:
    """GET /accounts/{id}"""
    return await _one(request, await _named(request))


async def set_role(request: web.Request) -> web.StreamResponse:
    """POST /accounts/{id}/role"""
    desk, found, role = request.app[DESK], await _named(request), await field(request, "role")
    if role not in _ROLES:
        return await _one(request, found, "role")
    await desk.store.audit.note(visitor_of(request).account.id, "account_role", found.id, role)
    try:
        await desk.store.accounts.set_role(found.id, Role(role))
    except LastAdmin:
        return await _one(request, found, "last_admin")
    raise web.HTTPSeeOther(f"/accounts/{found.id}")


async def unlock(request: web.Request) -> web.StreamResponse:
    """POST /accounts/{id}/unlock"""
    desk, found = request.app[DESK], await _named(request)
    await desk.store.audit.note(visitor_of(request).account.id, "account_unlocked", found.id)
    await desk.store.accounts.unlock(found.id)
    raise web.HTTPSeeOther(f"/accounts/{found.id}")


async def renew(request: web.Request) -> web.StreamResponse:
    """POST /accounts/{id}/renew: a new link, for who lost phone or password."""
    desk, found = request.app[DESK], await _named(request)
    await desk.store.audit.note(visitor_of(request).account.id, "account_renewed", found.id)
    return _link(request, found.name, await desk.store.accounts.renew(found.id))


async def end(request: web.Request) -> web.StreamResponse:
    """POST /accounts/{id}/end"""
    desk, found = request.app[DESK], await _named(request)
    await desk.store.audit.note(visitor_of(request).account.id, "account_ended", found.id)
    try:
        await desk.store.accounts.end(found.id)
    except LastAdmin:
        return await _one(request, found, "last_admin")
    raise web.HTTPSeeOther("/accounts")


async def end_session(request: web.Request) -> web.StreamResponse:
    """POST /sessions/end: any session."""
    desk, (handle, back) = request.app[DESK], await fields(request, "handle", "account")
    await desk.store.audit.note(visitor_of(request).account.id, "session_ended", back[:32] or None)
    await desk.store.sessions.end(handle)
    raise web.HTTPSeeOther(f"/accounts/{back}" if back.isascii() and back.isalnum() else "/accounts")


async def _named(request: web.Request) -> Account:
    found = await request.app[DESK].store.accounts.get(request.match_info["id"])
    if found is None or (found.is_ended and request.method == "POST"):
        raise web.HTTPNotFound
    return found


def _link(request: web.Request, name: str, token: str) -> web.Response:
    return page(request, "link.html", name=name, link=f"{request.app[DESK].settings.desk_url}/enrol/{token}")


def _state(account: Account) -> str:
    if account.is_ended:
        return "ended"
    if not account.is_enrolled:
        return "invited"
    return "locked" if account.locked_until > time.time() else "active"


async def _list(request: web.Request, fault: str | None = None, name: str = "") -> web.Response:
    desk = request.app[DESK]
    sessions = await desk.store.sessions.of_account()
    rows = [(each, _state(each), sum(one.account_id == each.id for one in sessions)) for each in await desk.store.accounts.all()]
    return page(request, "accounts.html", status=422 if fault else 200, rows=rows, fault=fault, name=name, roles=list(Role))


async def _one(request: web.Request, found: Account, fault: str | None = None) -> web.Response:
    sessions = await request.app[DESK].store.sessions.of_account(found.id)
    status = 422 if fault else 200
    return page(
        request, "account.html", status=status, account=found, state=_state(found), sessions=sessions, fault=fault, roles=list(Role)
    )
