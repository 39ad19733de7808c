"""The inbox: one sentence at a time that the bot did not understand; accepted ones become changes of the reviewer's draft."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web

from channels.store import InboxItem, InboxState, NotNow, Verdict
from curation.change_json import new_id
from curation.changes import AddExample
from curation.checks.privacy import detail_in
from curation.edit_examples import tidy
from curation.inbox import Agreement, agreement, clusters, suggestions
from curation.near import Near
from curation.studio.context import Kit, Visitor
from curation.studio.pages import asked, refused, show
from curation.studio.shelf import Refused, add_changes, current_draft, set_changes
from curation.studio.views_examples import LONGEST
from kernel.language import Language
from kernel.need import NEEDS

_TOO_CLOSE = 0.8
_MOST_OTHERS = 20


async def inbox(request: web.Request) -> web.StreamResponse:
    """GET /studio/inbox; `?language=` nl or fr shows that language alone."""
    return await _page(request)


async def judge(request: web.Request) -> web.StreamResponse:
    """POST /studio/inbox/{id}: accepted (for the suggested need or another), rejected or skipped; then the next one."""
    kit, visitor = _open(request)
    act, need, text, language, other = await kit.fields(request, "act", "need", "text", "language", "other")
    need = need or other
    if act not in ("accept", "reject", "skip"):
        raise web.HTTPBadRequest
    mine = {item.id: item for item in await kit.store.inbox.open_for(visitor.id)}
    item = mine.get(request.match_info["id"])
    if item is None:
        raise web.HTTPSeeOther(_next(language, "inbox_first"))
    form = await request.post()
    others = [mine[other] for other in form.getall("also", []) if isinstance(other, str) and other in mine and other != item.id]
    try:
        if act == "accept":
            await _accept(kit, visitor, item, need, tidy(text))
        else:
            await _note(kit, visitor, item, Verdict(act), None)
        same = [one.id for one in others[:_MOST_OTHERS] if await _also(kit, visitor, one, act, need)]
    except Refused as why:
        return await _page(request, why, {"id": item.id, "text": text, "need": need})
    except NotNow:
        raise web.HTTPSeeOther(_next(language, "inbox_first")) from None
    raise web.HTTPSeeOther(_next(language, f"inbox_{act}", [item.id, *same]))


async def undo(request: web.Request) -> web.StreamResponse:
    """POST /studio/inbox/{id}/undo: one's own last verdict, and the same on its near-duplicates (`also`), is taken back; the sentences
    leave the draft again."""
    kit, visitor = _open(request)
    language, also = await kit.fields(request, "language", "also")
    changes = set((await kit.store.inbox.take_back(request.match_info["id"], visitor.id)).split(","))
    for other in also.split(",")[:_MOST_OTHERS]:
        with suppress(NotNow):  # somebody read it a second time meanwhile
            changes |= set((await kit.store.inbox.take_back(other, visitor.id)).split(","))
    draft = await current_draft(kit, visitor)
    if draft is not None and any(change.id in changes for change in draft.changes):
        await set_changes(kit, visitor, draft, lambda change: change.id not in changes)
    raise web.HTTPSeeOther(_next(language, "inbox_undone"))


async def _accept(kit: Kit, visitor: Visitor, item: InboxItem, need: str, text: str) -> None:
    """Into the draft, then noted; a second look is noted only. Raises Refused and NotNow."""
    if need not in NEEDS:
        raise Refused("choose")
    if not text or len(text) > LONGEST:
        raise Refused("long" if text else "empty", text)
    verdict = Verdict.ACCEPT if need == item.suggested else Verdict.RELABEL
    if item.state is InboxState.SECOND:
        await _note(kit, visitor, item, verdict, need)
        return
    if found := detail_in(text, item.language, kit.root):
        raise Refused("personal", found)
    near = await kit.bench.near(text, item.language)
    if any(one.is_twin and one.share >= _TOO_CLOSE for one in near):
        raise Refused("twin")
    change = AddExample(id=new_id(), need=need, language=item.language, text=text)
    await add_changes(kit, visitor, [change])
    try:
        await kit.store.inbox.judge(item, visitor.id, verdict, need, [change.id])
    except NotNow:
        draft = await current_draft(kit, visitor)
        if draft is not None:
            await set_changes(kit, visitor, draft, lambda one: one.id != change.id)
        raise


async def _also(kit: Kit, visitor: Visitor, item: InboxItem, act: str, need: str) -> bool:
    """The same for a near-duplicate; False for one that does not fit (it stands there already): it is left for its own turn."""
    try:
        if act == "accept":
            await _accept(kit, visitor, item, need, tidy(item.text))
        else:
            await _note(kit, visitor, item, Verdict(act), None)
    except (Refused, NotNow):
        return False
    return True


async def _note(kit: Kit, visitor: Visitor, item: InboxItem, verdict: Verdict, need: str | None) -> None:
    await kit.store.inbox.judge(item, visitor.id, verdict, need)


def _open(request: web.Request) -> tuple[Kit, Visitor]:
    kit, visitor = asked(request)
    if not kit.inbox:
        raise web.HTTPNotFound
    return kit, visitor


async def _page(request: web.Request, why: Refused | None = None, typed: dict[str, str] | None = None) -> web.Response:
    kit, visitor = _open(request)
    language = _language(request.query.get("language", ""))
    items = [one for one in await kit.store.inbox.open_for(visitor.id) if language in ("", one.language.value)]
    groups = clusters(items)
    if typed is not None:  # the one that could not be saved comes first again
        groups.sort(key=lambda group: all(one.id != typed["id"] for one in group))
    group = groups[0] if groups else []
    shown = next((one for one in group if typed is not None and one.id == typed["id"]), group[0] if group else None)
    near = await kit.bench.near(shown.text, shown.language) if shown is not None else []
    last, _, last_also = request.query.get("last", "").partition(",")
    values: dict[str, Any] = {
        "item": shown,
        "text": typed["text"] if typed else shown.text if shown is not None else "",
        "others": [one for one in group if one is not shown][:_MOST_OTHERS],
        "near": [one for one in near if not one.is_twin][:4],
        "choices": suggestions(shown.suggested, _told(near), NEEDS) if shown is not None else [],
        "chosen": (typed or {}).get("need", ""),
        "needs": list(NEEDS),
        "left": len(items),
        "groups": len(groups),
        "language": language,
        "last": last,
        "last_also": last_also,
        "agreed": await _agreed(kit),
    }
    if why is not None:
        return await refused(request, "inbox.html", why, **values)
    return await show(request, "inbox.html", **values)


def _told(near: Sequence[Near]) -> list[Near]:
    """A held-out twin must not tell the need either: what is measured would be what was learnt."""
    return [one for one in near if not one.is_twin]


async def _agreed(kit: Kit) -> Agreement:
    firsts: dict[str, str] = {}
    seconds: dict[str, str] = {}
    for one in await kit.store.inbox.judged():
        if one.verdict is not Verdict.SKIP:
            (seconds if one.is_second else firsts)[one.item_id] = one.need or Verdict.REJECT.value
    return agreement((firsts[item], seconds[item]) for item in seconds if item in firsts)


def _language(text: str) -> str:
    return text if text in set(Language) else ""


def _next(language: str, said: str, last: Sequence[str] = ()) -> str:
    more = (f"&language={_language(language)}" if _language(language) else "") + (f"&last={','.join(last)}" if last else "")
    return f"/studio/inbox?said={said}{more}"
