"""The pages of the public site: the chat, who gets to know what, the button for partner sites. No cookie is read or set."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from channels.site_assets import Assets, asset
from channels.site_headers import CLEAR_SITE_DATA, add_headers, page_policy
from channels.site_texts import filled, load_page_texts
from kernel.language import Language
from kernel.settings import Settings

_HERE = Path(__file__).resolve().parent
_TEXTS = _HERE.parents[1] / "data" / "page"
_GONE = "/gone"


def page_language(request: web.Request) -> Language:
    """The language of the page: `?lang=`, else the better liked of the two in Accept-Language, else Dutch."""
    asked = request.query.get("lang", "")
    if asked in ("nl", "fr"):
        return Language(asked)
    best, best_weight = Language.NL, 0.0
    for code, weight in re.findall(
        r"\b(nl|fr)\b(?:-\w+)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?", request.headers.get("Accept-Language", "").lower()
    ):
        if float(weight or 1) > best_weight:
            best, best_weight = Language(code), float(weight or 1)
    return best


class Pages:
    """The handlers, with what they show: settings, words and files, all read once at the start."""

    def __init__(self, app: web.Application, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._assets = Assets(_HERE / "static")
        self._has_own_exit = not settings.exit_url and settings.is_loopback_only
        self._exit_url = settings.exit_url or _GONE
        values = {
            "hours": str(settings.retention_chat_h),
            "days": str(settings.retention_case_days),
            "operator": settings.operator_name,
            "contact": settings.privacy_contact,
        }
        self._texts = {
            language: {group: filled(texts, values) for group, texts in groups.items()}
            for language, groups in load_page_texts(_TEXTS).items()
        }
        for groups in self._texts.values():
            privacy = groups["privacy"]
            if not settings.inbox and isinstance(privacy, dict):
                privacy.pop("inbox", None)  # what does not happen here is not told
            if not settings.privacy_contact and isinstance(privacy, dict):
                privacy.pop("contact", None)
        self._policy = page_policy(settings.public_url)
        self._embed_policy = page_policy(settings.public_url, settings.embed_origins)
        environment = aiohttp_jinja2.setup(
            app,
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["asset"] = self._assets.url
        environment.globals["modules"] = [name for name in self._assets.files if name.endswith(".js")]
        self._embed_script = asset(self._render_embed_script(environment), ".js")

    def _render_embed_script(self, environment: jinja2.Environment) -> bytes:
        words = {language.value: self._texts[language]["embed"] for language in Language}
        return environment.get_template("embed.js").render(words=json.dumps(words), exit_url=json.dumps(self._exit_url)).encode()

    def routes(self) -> list[web.RouteDef]:
        """Every route of the pages, in one table."""
        table = [
            web.get("/", self.chat),
            web.get("/embed", self.embed),
            web.get("/privacy", self.privacy),
            web.get("/embed.js", self.embed_script),
            web.post("/leave", self.leave),
            web.get("/static/{version}/{name}", self._assets.handle),
        ]
        if self._has_own_exit:
            table.append(web.get(_GONE, self.gone))
        return table

    def _page(self, request: web.Request, template: str, **more: Any) -> web.Response:
        language = page_language(request)
        context = {
            "lang": language.value,
            "other": language.other.value,
            "texts": {each.value: self._texts[each] for each in (language, language.other)},
            "t": self._texts[language]["chat"],
            "exit_url": self._exit_url,
            "path": request.path,
            **more,
        }
        response = aiohttp_jinja2.render_template(template, request, context)
        response.headers["Content-Security-Policy"] = self._policy
        response.headers["Content-Language"] = language.value
        response.enable_compression()
        return response

    async def chat(self, request: web.Request) -> web.Response:
        """GET /"""
        return self._page(request, "chat.html", embedded=False)

    async def embed(self, request: web.Request) -> web.Response:
        """GET /embed: the chat in a frame on a partner's page; only EMBED_ORIGINS may show it."""
        response = self._page(request, "chat.html", embedded=True)
        response.headers["Content-Security-Policy"] = self._embed_policy
        return response

    async def privacy(self, request: web.Request) -> web.Response:
        """GET /privacy"""
        return self._page(request, "privacy.html", embedded=False)

    async def embed_script(self, request: web.Request) -> web.Response:
        """GET /embed.js: asked anew each time, since partners never change the address in their script tag."""
        response = self._embed_script.response(request, "no-cache", f"{self._assets.version}-{len(self._embed_script.plain)}")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def leave(self, request: web.Request) -> web.Response:
        """POST /leave: tells the browser to forget what it kept of us. Only our own page may ask for it."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise web.HTTPForbidden
        return web.Response(status=204, headers={"Clear-Site-Data": CLEAR_SITE_DATA})

    async def gone(self, request: web.Request) -> web.Response:
        """GET /gone: where the leave button leads on a machine of one's own, when there is no EXIT_URL."""
        response = self._page(request, "gone.html")
        response.headers["Clear-Site-Data"] = CLEAR_SITE_DATA
        return response


@web.middleware
async def _without_cookies(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No answer sets a cookie, whatever a handler or library does."""
    response = await handler(request)
    response.cookies.clear()
    return response


def add_pages(app: web.Application, settings: Settings) -> None:
    """Add the pages, their files and the security headers (on every answer of `app`) to the public site.

    Raises PageTextError when a text of the pages is missing in one language.
    """
    add_headers(app, settings.public_url)
    app.middlewares.append(_without_cookies)
    app.add_routes(Pages(app, settings).routes())
