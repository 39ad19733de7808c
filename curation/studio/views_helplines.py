"""Counsellors' standard replies, and the helplines with the list of facts that somebody must verify again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from curation.changes import CANNED, HELPLINES, SetCanned, SetFact
from curation.content_tree import Tree
from curation.draft_reading import DraftReader
from curation.edit_texts import FACT_TEXTS
from curation.studio.pages import asked, fields, refused, show, to
from curation.studio.shelf import Refused, add_changes, draft_tree
from kernel.language import Language
from safety.facts import UNDATED

MOST_WORDS = 60
SOON_DAYS, LATE_DAYS = 300, 365
"""A fact older than a year is no more stated (hours) or comes with a warning; two months before that it is on the list."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a helpline. `state`: "late", "soon" or "good"; `value` as text; `verified` None where no source has a date."""

    helpline: str
    service: str
    name: str
    value: str
    certainty: str
    verified: date | None
    days: int
    state: str
    source: str
    can_change: bool


async def canned(request: web.Request) -> web.StreamResponse:
    """GET /studio/canned"""
    return await _canned_page(request)


async def save_canned(request: web.Request) -> web.StreamResponse:
    """POST /studio/canned: a new one, other words, or gone."""
    kit, visitor = asked(request)
    act, key, nl, fr = await fields(request, "act", "key", "nl", "fr")
    key, nl, fr = key.strip().casefold(), " ".join(nl.split()), " ".join(fr.split())
    try:
        if not key.isascii() or not key.isalnum() or len(key) > 30:
            raise Refused("key", key)
        if act != "remove" and not (nl and fr):
            raise Refused("both")
        if any(len(text.split()) > MOST_WORDS for text in (nl, fr)):
            raise Refused("long", nl[:60])
        gone = act == "remove"
        await add_changes(kit, visitor, [SetCanned(key=key, nl="" if gone else nl, fr="" if gone else fr)])
    except Refused as why:
        return await _canned_page(request, why, {"key": key, "nl": nl, "fr": fr})
    raise to("/studio/canned", "removed" if act == "remove" else "changed")


async def helplines(request: web.Request) -> web.StreamResponse:
    """GET /studio/helplines"""
    return await _helplines_page(request)


async def verify(request: web.Request) -> web.StreamResponse:
    """POST /studio/helplines: a fact was looked up again (admins)."""
    kit, visitor = asked(request)
    helpline, fact, verified, source, value = await fields(request, "helpline", "fact", "verified", "source", "value")
    try:
        if not source.strip():
            raise Refused("source")
        if not _is_day(verified):
            raise Refused("date", verified)
        await add_changes(
            kit, visitor, [SetFact(helpline=helpline, fact=fact, verified=verified, source=source.strip(), value=value.strip())]
        )
    except Refused as why:
        return await _helplines_page(request, why)
    raise to("/studio/helplines", "verified")


def _is_day(text: str) -> bool:
    """An ISO date that is not in the future."""
    try:
        return date.fromisoformat(text) <= date.today()
    except ValueError:
        return False


async def _canned_page(request: web.Request, why: Refused | None = None, typed: dict[str, str] | None = None) -> web.Response:
    kit, visitor = asked(request)
    tree, draft = await draft_tree(kit, visitor)
    file = await asyncio.to_thread(DraftReader(tree).file, CANNED)
    rows = [{name: str(row[name]) for name in ("key", "nl", "fr")} for row in (file.content["canned"] if file is not None else ())]
    values: dict[str, Any] = {"rows": rows, "typed": typed or {"key": "", "nl": "", "fr": ""}, "draft": draft, "limit": MOST_WORDS}
    if why is not None:
        return await refused(request, "canned.html", why, **values)
    return await show(request, "canned.html", **values)


async def _helplines_page(request: web.Request, why: Refused | None = None) -> web.Response:
    kit, visitor = asked(request)
    tree, draft = await draft_tree(kit, visitor)
    facts = await asyncio.to_thread(facts_of, tree, visitor.language, date.today())
    values: dict[str, Any] = {
        "due": sorted((fact for fact in facts if fact.state != "good"), key=lambda fact: -fact.days),
        "services": {fact.helpline: fact.service for fact in facts}, "facts": facts, "today": date.today().isoformat(), "draft": draft,
    }  # fmt: skip
    if why is not None:
        return await refused(request, "helplines.html", why, **values)
    return await show(request, "helplines.html", **values)


def facts_of(tree: Tree, language: Language, today: date) -> list[Fact]:
    """Every fact of the directory, with how long ago it was verified."""
    file = DraftReader(tree).file(HELPLINES)
    services: Any = file.content.get("helplines", {}) if file is not None else {}
    found = []
    for helpline, service in services.items():
        name = service["name"]
        called = str(name if isinstance(name, str) else name.get(language.value) or next(iter(name.values())))
        for fact_name, fact in service["facts"].items():
            verified = fact["last_verified"]
            days = (today - verified).days
            state = "late" if days > LATE_DAYS else "soon" if days > SOON_DAYS else "good"
            value = fact.get("value")
            can_change = fact_name in FACT_TEXTS and isinstance(value, str)
            shown = _shown(value, language)
            found.append(
                Fact(
                    str(helpline),
                    called,
                    str(fact_name),
                    shown,
                    str(fact.get("certainty")),
                    verified if verified != UNDATED else None,
                    days,
                    state,
                    str(fact.get("source", "")),
                    can_change,
                )
            )
    return found


def _shown(value: Any, language: Language) -> str:
    if isinstance(value, dict):
        return str(value[language.value]) if language.value in value else ", ".join(f"{key} {part}" for key, part in value.items())
    return {True: "✓", False: "–"}.get(value, str(value)) if isinstance(value, bool) else str(value)
