"""The public site: the chat socket, healthz, and the pages (pages.py)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from channels.origins import address_of, allowed_origins
from channels.public.chat_socket import ChatSockets
from channels.relay import Relay
from kernel.language import Language
from kernel.settings import Settings

Routes = Callable[[web.Application], None]
"""Adds the routes of a further channel."""
Health = Callable[[], Awaitable[dict[str, str]]]
"""Gives healthz' JSON: status "ok", or "starting"/"degraded" with a reason."""
SOCKETS = web.AppKey("sockets", ChatSockets)


def public_app(
    settings: Settings,
    relay: Relay,
    health: Health,
    add_pages: Callable[[web.Application, Settings], None] | None,
    add_routes: Routes | None = None,
) -> web.Application:
    """The site of PUBLIC_PORT. `add_pages` adds the pages and the security headers, `add_routes` Telegram's webhook."""
    app = web.Application(client_max_size=LARGEST_BODY)
    sockets = ChatSockets(relay)
    app[SOCKETS] = sockets
    allowed = allowed_origins(settings.public_url)

    async def chat(request: web.Request) -> web.StreamResponse:
        if request.headers.get("Origin", "") not in allowed:
            raise web.HTTPForbidden(text="origin not allowed")
        return await sockets.serve(request, page_language(request), address_of(request, settings.trusted_proxies))

    async def healthz(_request: web.Request) -> web.Response:
        state = await health()
        return web.json_response(state, status=200 if state["status"] == "ok" else 503, headers={"Cache-Control": "no-store"})

    async def close_sockets(_app: web.Application) -> None:
        await sockets.close()

    app.router.add_get("/chat/ws", chat)
    app.router.add_get("/healthz", healthz)
    app.on_shutdown.append(close_sockets)
    if add_routes is not None:
        add_routes(app)
    if add_pages is not None:
        add_pages(app, settings)
    return app


LARGEST_BODY = 64 * 1024


def page_language(request: web.Request) -> Language:
    """Of `?lang=`, else the first of nl and fr in Accept-Language, else Dutch."""
    asked = request.query.get("lang")
    if asked in ("nl", "fr"):
        return Language(asked)
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in ("nl", "fr"):
            return Language(code)
    return Language.NL
