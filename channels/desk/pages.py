"""Showing a page: the reader's language, the frame around it, the policy."""

from __future__ import annotations

from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from channels.desk.annex import ANNEXES
from channels.desk.auth import Visitor
from channels.desk.context import DESK, HERE, VISITOR
from channels.desk.permissions import ADMINS, CASE_STAFF, EVERYBODY, LEADS
from channels.desk.shown import FILTERS
from channels.site_headers import page_policy
from kernel.language import Language

_NAVIGATION = (
    ("queue", "/queue", CASE_STAFF),
    ("inbox", "/inbox", CASE_STAFF),
    ("numbers", "/numbers", LEADS),
    ("audit", "/audit", LEADS),
    ("hours", "/hours", LEADS),
    ("accounts", "/accounts", ADMINS),
    ("me", "/me", EVERYBODY),
)
_LAST = 1
"""How many of these come after what an annex adds."""
_SCRIPT_WORDS = ("alarm", "queue", "case", "frame")
"""Groups of texts that the scripts of the page use."""


def set_up(app: web.Application) -> None:
    """Templates, their filters and globals."""
    environment = aiohttp_jinja2.setup(app, loader=_templates(app), undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(FILTERS)
    environment.globals["asset"] = app[DESK].assets.url
    for annex in app[ANNEXES]:
        environment.globals.update(annex.values)


def _templates(app: web.Application) -> jinja2.BaseLoader:
    annexes = {annex.name: jinja2.FileSystemLoader(annex.templates) for annex in app[ANNEXES]}
    return jinja2.ChoiceLoader([jinja2.FileSystemLoader(HERE / "templates"), jinja2.PrefixLoader(annexes)])


def language_of(request: web.Request) -> Language:
    """Of the account; at the door of `?lang=`, else of the browser, else Dutch."""
    visitor: Visitor | None = request.get(VISITOR)
    if visitor is not None:
        return visitor.account.language
    if request.query.get("lang") in ("nl", "fr"):
        return Language(request.query["lang"])
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        if (code := part.strip()[:2]) in ("nl", "fr"):
            return Language(code)
    return Language.NL


def words(request: web.Request) -> dict[str, dict[str, Any]]:
    """All texts of the desk in the reader's language, by group."""
    return request.app[DESK].texts[language_of(request)]


def page(request: web.Request, template: str, *, status: int = 200, **more: Any) -> web.Response:
    """The rendered template in the desk's frame."""
    desk, visitor, language = request.app[DESK], request.get(VISITOR), language_of(request)
    role = visitor.account.role if visitor is not None else None
    added = [entry for annex in request.app[ANNEXES] for entry in annex.navigation]
    entries = (*_NAVIGATION[:-_LAST], *added, *_NAVIGATION[-_LAST:])
    context = {
        "lang": language.value,
        "t": desk.texts[language],
        "visitor": visitor,
        "mark": visitor.mark if visitor is not None else "",
        "navigation": [(name, path) for name, path, roles in entries if role in roles and (name != "inbox" or desk.settings.inbox)],
        "path": request.path,
        "fault": None,
        "is_live": role in CASE_STAFF,
        "script_words": {group: desk.texts[language][group] for group in _SCRIPT_WORDS},
        **more,
    }
    response = aiohttp_jinja2.render_template(template, request, context, status=status)
    response.headers["Content-Security-Policy"] = page_policy(desk.settings.desk_url, has_forms=True)
    response.headers["Content-Language"] = language.value
    return response


def error_page(request: web.Request, status: int) -> web.Response:
    """A refusal or failure, said in plain words; bare for a script."""
    if "text/html" not in request.headers.get("Accept", "*/*") and request.headers.get("Accept", "*/*") != "*/*":
        return web.Response(status=status)
    known = request.app[DESK].texts[language_of(request)]["errors"]
    return page(request, "error.html", status=status, reason=known.get(f"status_{status}", known["status_other"]))
