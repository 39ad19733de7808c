"""The guard before every handler: Origin, who is asking, role, anti-forgery mark. A route that is not in the table is refused."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from channels.desk.context import DESK, VISITOR
from channels.desk.forms import field
from channels.desk.pages import error_page
from channels.logs import log_of
from channels.origins import allowed_origins
from channels.store import Gone, StorageFailed
from kernel.role import Role

Table = Mapping[tuple[str, str], frozenset[Role] | None]
"""Method and path of a route → the roles that may use it; None: no login needed."""
FORGERY_FIELD = "mark"
FORGERY_HEADER = "X-Mark"
_LOG = log_of("desk")
_READS = ("GET", "HEAD")


def errors() -> Middleware:
    """Turns a refusal or a failure into a page in the reader's language (or a bare status for a script)."""

    @web.middleware
    async def handle(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refused:
            if refused.status < 400:
                raise
            return error_page(request, refused.status)
        except Gone:
            return error_page(request, 404)
        except StorageFailed:
            _LOG.error("desk: storage failed")
            return error_page(request, 503)
        except Exception:
            _LOG.exception("desk: a page failed")
            return error_page(request, 500)

    return handle


def guard(table: Table, desk_url: str) -> Middleware:
    """Lets a request through to its handler, or refuses it with 403 (or leads to the login)."""
    allowed = allowed_origins(desk_url)

    @web.middleware
    async def handle(request: web.Request, handler: Handler) -> web.StreamResponse:
        if isinstance(request.match_info.http_exception, web.HTTPException):
            raise request.match_info.http_exception  # no such route, or not with this method
        resource = request.match_info.route.resource
        method = "GET" if request.method in _READS else request.method
        key = (method, resource.canonical if resource is not None else "")
        if key not in table:
            raise web.HTTPForbidden
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if (method != "GET" or is_socket) and request.headers.get("Origin", "") not in allowed:
            raise web.HTTPForbidden
        await _check_visitor(request, table[key], is_socket=is_socket)
        return await handler(request)

    return handle


async def _check_visitor(request: web.Request, roles: frozenset[Role] | None, *, is_socket: bool) -> None:
    desk = request.app[DESK]
    visitor = await desk.door.visitor(request)
    if visitor is not None:
        request[VISITOR] = visitor
    if roles is None:
        return
    if visitor is None:
        if request.method in _READS and not is_socket and request.headers.get("Sec-Fetch-Dest", "document") == "document":
            raise web.HTTPSeeOther("/login")
        raise web.HTTPUnauthorized
    if visitor.account.role not in roles:
        await desk.store.audit.note(visitor.account.id, "refused")
        raise web.HTTPForbidden
    if request.method not in _READS:
        sent = await _mark_sent(request)
        if not hmac.compare_digest(sent.encode("utf-8", "replace"), visitor.mark.encode()):
            raise web.HTTPForbidden


async def _mark_sent(request: web.Request) -> str:
    sent = request.headers.get(FORGERY_HEADER)
    if sent is None:
        sent = await field(request, FORGERY_FIELD)
    return sent
