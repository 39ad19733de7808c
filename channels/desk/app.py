"""The desk site: its own host setting, port, cookie and key."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable

from aiohttp import WSCloseCode, web

from channels.desk.annex import ANNEXES, Annex
from channels.desk.context import DESK, desk_of
from channels.desk.guards import errors, guard
from channels.desk.pages import set_up
from channels.desk.routes import Route, routes
from channels.relay import Relay
from channels.site_headers import add_headers
from kernel.settings import Settings

_ID = "{id:[0-9a-f]{32}}"
"""What stands for an id in a path; anything else is no page, before anybody looks it up."""


def add_desk(
    app: web.Application,
    settings: Settings,
    relay: Relay,
    *,
    more: Iterable[Route] = (),
    annexes: Iterable[Annex] = (),
    clock: Callable[[], float] = time.time,
) -> None:
    """Make `app` the site of DESK_PORT; `more` routes and those of `annexes` come behind the same guards.

    Raises DataError for a missing text.
    """
    desk = desk_of(settings, relay, clock)
    app[ANNEXES] = tuple(annexes)
    table = [*routes(desk.assets), *more, *(route for annex in app[ANNEXES] for route in annex.routes)]
    guards = {(route.method, route.path): route.roles for route in table}
    app[DESK] = desk
    app.middlewares.extend((errors(), guard(guards, settings.desk_url)))
    set_up(app)
    # Under no-referrer a browser sends its forms with the Origin "null", and the guard could not tell them from a stranger's.
    add_headers(app, settings.desk_url, {"Referrer-Policy": "same-origin"})
    for route in table:
        app.router.add_route(route.method, route.path.replace("{id}", _ID), route.handler)

    async def close_sockets(_app: web.Application) -> None:
        for socket in set(desk.sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def watch(_app: web.Application) -> AsyncIterator[None]:
        watching = asyncio.create_task(desk.watch.keep_listening())
        yield
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    app.on_shutdown.append(close_sockets)
    for annex in app[ANNEXES]:
        annex.set_up(app)
    app.cleanup_ctx.append(watch)
