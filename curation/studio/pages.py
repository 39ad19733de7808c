"""What every page of the studio is shown with: its words, the draft in hand, who asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from curation.change_json import cleaned
from curation.proposals import Proposal
from curation.studio.context import KIT, Kit, Visitor
from curation.studio.shelf import Refused, current_draft
from kernel.need import NEEDS

_MENU = (
    ("home", "/studio"),
    ("examples", "/studio/examples"),
    ("replies", "/studio/replies"),
    ("stories", "/studio/stories"),
    ("scenarios", "/studio/scenarios"),
    ("canned", "/studio/canned"),
    ("helplines", "/studio/helplines"),
    ("proposals", "/studio/proposals"),
    ("board", "/studio/board"),
)
_MENU_INBOX = (("inbox", "/studio/inbox"),)
_MENU_TRAINED = (("publish", "/studio/publish"),)
"""Where bots can be trained at all."""
_MENU_ADMINS = (("files", "/studio/files"),)
SCRIPT_WORDS = "script"
"""The group of texts that the scripts use."""


def asked(request: web.Request) -> tuple[Kit, Visitor]:
    """The parts, and who asks."""
    kit = request.app[KIT]
    return kit, kit.visitor(request)


async def fields(request: web.Request, *names: str) -> list[str]:
    """The named fields of a form, without characters that nobody can see (they could make a sentence read other than it is)."""
    return [cleaned(value) for value in await request.app[KIT].fields(request, *names)]


def words(request: web.Request) -> dict[str, dict[str, Any]]:
    """The studio's texts in the reader's language."""
    kit, visitor = asked(request)
    return kit.texts[visitor.language]


async def show(request: web.Request, template: str, *, status: int = 200, **values: Any) -> web.Response:
    """The template in the frame of desk and studio."""
    kit, visitor = asked(request)
    draft: Proposal | None = values.pop("draft", None) or await current_draft(kit, visitor)
    s = kit.texts[visitor.language]
    return kit.page(
        request,
        f"studio/{template}",
        status=status,
        s=s,
        me=visitor,
        draft=draft,
        studio_menu=_menu(request, visitor),
        studio_words=s[SCRIPT_WORDS],
        refusal=values.pop("refusal", None),
        said=_said(request, s),
        need_names=need_names(request),
        **values,
    )


def need_names(request: web.Request) -> Mapping[str, str]:
    """What volunteers call each need and each answer."""
    kit, visitor = asked(request)
    named: dict[str, str] = dict(kit.words(request).get("needs", {}))
    return {need: named.get(need, need) for need in NEEDS} | kit.texts[visitor.language]["answers"]


def _menu(request: web.Request, visitor: Visitor) -> list[tuple[str, str]]:
    kit = request.app[KIT]
    entries = list(_MENU)
    if kit.inbox:
        entries[1:1] = _MENU_INBOX
    if kit.workshop is not None:
        entries += _MENU_TRAINED
    if visitor.is_admin:
        entries += _MENU_ADMINS
    return entries


def _said(request: web.Request, s: Mapping[str, Any]) -> str | None:
    """What the redirect after a form wants to say: a name of the group `said`."""
    name = request.query.get("said", "")
    found = s["said"].get(name)
    return str(found) if found is not None else None


async def refused(request: web.Request, template: str, why: Refused, **values: Any) -> web.Response:
    """The same page again, with why the edit could not be made."""
    s = words(request)
    reasons = s["refused"]
    fault = str(reasons.get(why.reason, reasons["not_now"])).replace("{what}", why.what[:120])
    return await show(request, template, status=422, refusal=fault, **values)


def to(path: str, said: str = "", place: str = "") -> web.HTTPSeeOther:
    """The redirect after a form; `said` is a name of the group `said`, `place` where on the page one was."""
    query = f"{'&' if '?' in path else '?'}said={said}" if said else ""
    return web.HTTPSeeOther(f"{path}{query}" + (f"#at-{place}" if place else ""))
