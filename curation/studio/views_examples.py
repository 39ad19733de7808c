"""The sentences of a need, Dutch and French side by side; adding one while near-duplicates show."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from curation.changes import AddExample, Change, ChangeExample, MoveExample, RemoveExample
from curation.content_tree import Tree
from curation.draft_reading import DraftReader
from curation.edit_examples import tidy
from curation.studio.pages import asked, fields, need_names, refused, show, to
from curation.studio.shelf import Refused, add_changes, draft_tree
from kernel.language import Language
from kernel.need import NEEDS

LONGEST = 600
MOST_AT_ONCE = 50


async def needs(request: web.Request) -> web.StreamResponse:
    """GET /studio/examples: every need with its number of sentences."""
    kit, visitor = asked(request)
    tree, _ = await draft_tree(kit, visitor)
    reader = DraftReader(tree)
    rows = [
        (need, known.is_conversation, reader.count(need, Language.NL), reader.count(need, Language.FR)) for need, known in NEEDS.items()
    ]
    return await show(request, "needs.html", rows=rows)


async def examples(request: web.Request) -> web.StreamResponse:
    """GET /studio/examples/{need}; `?find=` shows only sentences with these words."""
    return await _page(request)


async def add(request: web.Request) -> web.StreamResponse:
    """POST /studio/examples/{need}/add: a sentence, or several, one a line."""
    kit, visitor = asked(request)
    need = _need(request)
    language, text = await fields(request, "language", "text")
    sentences = list(dict.fromkeys(tidy(line) for line in text.splitlines() if tidy(line)))
    try:
        if language not in ("nl", "fr"):
            raise Refused("empty")
        changes = _added(need, Language(language), sentences)
        await add_changes(kit, visitor, changes)
    except Refused as why:
        return await _page(request, why, typed={language: text})
    raise to(f"/studio/examples/{need}", f"added_{language}")


async def change(request: web.Request) -> web.StreamResponse:
    """POST /studio/examples/{need}/change: other words, another need, or out."""
    kit, visitor = asked(request)
    need = _need(request)
    act, language, text, new, to_need = await fields(request, "act", "language", "text", "new", "to_need")
    try:
        await add_changes(kit, visitor, [_changed(need, act, language, text, new, to_need)])
    except Refused as why:
        return await _page(request, why)
    raise to(f"/studio/examples/{need}", {"remove": "removed", "move": "moved"}.get(act, "changed"))


async def near(request: web.Request) -> web.StreamResponse:
    """GET /studio/near?language=&text=: sentences that are nearly the same, those of the draft too; JSON."""
    kit, visitor = asked(request)
    language, text = request.query.get("language", ""), request.query.get("text", "")[:LONGEST]
    if language not in ("nl", "fr") or len(text.strip()) < 3:
        return web.json_response({"near": []})
    names = need_names(request)
    found = await kit.bench.near(text, Language(language))
    rows = [
        {"text": "" if one.is_twin else one.text, "need": names.get(one.need, one.need), "same": one.share == 1.0, "twin": one.is_twin}
        for one in found
        if not one.is_twin or one.share >= 0.8
    ]
    _, draft = await draft_tree(kit, visitor)
    for made in draft.changes if draft is not None else ():
        if isinstance(made, AddExample) and made.language == language and made.text.casefold() == tidy(text).casefold():
            rows.insert(0, {"text": made.text, "need": names.get(made.need, made.need), "same": True, "twin": False})
    return web.json_response({"near": rows})


def _added(need: str, language: Language, sentences: Sequence[str]) -> list[Change]:
    if not sentences:
        raise Refused("empty")
    if len(sentences) > MOST_AT_ONCE:
        raise Refused("many")
    if long := next((one for one in sentences if len(one) > LONGEST), None):
        raise Refused("long", long)
    return [AddExample(need=need, language=language, text=one) for one in sentences]


def _changed(need: str, act: str, language: str, text: str, new: str, to_need: str) -> Change:
    if language not in ("nl", "fr") or not text:
        raise Refused("gone", text)
    spoken = Language(language)
    if act == "remove":
        return RemoveExample(need=need, language=spoken, text=text)
    if act == "move":
        if to_need not in NEEDS or to_need == need:
            raise Refused("choose")
        return MoveExample(need=need, language=spoken, text=text, to_need=to_need)
    if not tidy(new) or len(new) > LONGEST:
        raise Refused("long" if new else "empty", new)
    return ChangeExample(need=need, language=spoken, text=text, new=tidy(new))


def _need(request: web.Request) -> str:
    need = request.match_info["need"]
    if need not in NEEDS:
        raise web.HTTPNotFound
    return need


async def _page(request: web.Request, why: Refused | None = None, typed: dict[str, str] | None = None) -> web.Response:
    kit, visitor = asked(request)
    need, find = _need(request), request.query.get("find", "")[:100]
    tree, draft = await draft_tree(kit, visitor)
    columns = await asyncio.to_thread(_columns, tree, need, find)
    mine = {(one.language.value, one.text) for one in (draft.changes if draft else ()) if isinstance(one, AddExample) and one.need == need}
    asked_for = (request.query.get("language", ""), request.query.get("sentence", "")[:LONGEST])
    chosen = asked_for if asked_for[1] in columns.get(asked_for[0], ()) else None
    values: dict[str, Any] = {
        "chosen": chosen,
        "movable": [other for other in NEEDS if other != need],
        "need": need,
        "find": find,
        "columns": columns,
        "mine": mine,
        "typed": typed or {},
        "draft": draft,
    }
    if why is not None:
        return await refused(request, "examples.html", why, **values)
    return await show(request, "examples.html", **values)


def _columns(tree: Tree, need: str, find: str) -> dict[str, list[str]]:
    """The sentences by language, the last added first, since that is what one looks for."""
    reader = DraftReader(tree)
    found = {}
    for language in Language:
        texts = [one.text for one in reader.examples(need, language)]
        found[language.value] = [text for text in reversed(texts) if find.casefold() in text.casefold()]
    return found
