"""The studio as something that the desk site can take in: its routes, the audit before each POST, what it needs at start and end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from channels.store import NotNow
from curation.changes import BadChange
from curation.studio.context import KIT, Kit
from curation.studio.routes import Handler, Route, routes

HERE = Path(__file__).resolve().parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


def guarded_routes() -> list[Route]:
    """The table, each POST noted in the audit before it does anything; a move that is not possible now answers 409."""
    return [replace(route, handler=_noted(route)) for route in routes()]


def set_up(app: web.Application, kit: Kit) -> None:
    """Make the parts known to the handlers, and end the processes with the site."""
    app[KIT] = kit

    async def bench(_app: web.Application) -> AsyncIterator[None]:
        if kit.workshop is not None:
            await kit.workshop.start()
        yield
        if kit.workshop is not None:
            await kit.workshop.stop()
        kit.bench.close()

    app.cleanup_ctx.append(bench)


def _noted(route: Route) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        kit = request.app[KIT]
        if route.method != "GET":
            await kit.store.audit.note(kit.visitor(request).id, route.act or "studio_edited", request.match_info.get("id"))
        try:
            return await route.handler(request)
        except NotNow:
            raise web.HTTPConflict from None
        except BadChange:
            raise web.HTTPBadRequest from None

    return handle
