"""The counsellor's part of the inbox: flagging a sentence of a case, and reading every sentence before a volunteer sees it."""

from __future__ import annotations

from aiohttp import web

from channels.desk.context import DESK, visitor_of
from channels.desk.forms import field, fields
from channels.desk.pages import page
from channels.inbox import InboxDoor
from channels.store import NotNow
from kernel.conversation import Speaker
from kernel.language import Language

_SAID = frozenset({"passed", "dropped", "gone"})


async def inbox(request: web.Request) -> web.StreamResponse:
    """GET /inbox: what waits to be read; 404 unless the inbox is on."""
    _door(request)
    await request.app[DESK].store.audit.note(visitor_of(request).account.id, "inbox_read")
    return await _page(request)


async def decide(request: web.Request) -> web.StreamResponse:
    """POST /inbox/{id}: passed on, in these words or others, or kept from volunteers for good."""
    door, desk, item_id = _door(request), request.app[DESK], request.match_info["id"]
    act, text = await fields(request, "act", "text")
    if act not in ("pass", "drop"):
        raise web.HTTPBadRequest
    item = await desk.store.inbox.get(item_id)
    if item is None:
        raise web.HTTPSeeOther("/inbox?said=gone")
    await desk.store.audit.note(visitor_of(request).account.id, "inbox_passed" if act == "pass" else "inbox_dropped", item_id)
    try:
        if act == "drop":
            await desk.store.inbox.drop(item_id)
            raise web.HTTPSeeOther("/inbox?said=dropped")
        words = await _checked(door, item.text, text, item.language)
        if words is None:
            return await _page(request, fault=item_id, typed=text)
        await desk.store.inbox.pass_on(item_id, words)
    except NotNow:
        raise web.HTTPSeeOther("/inbox?said=gone") from None
    raise web.HTTPSeeOther("/inbox?said=passed")


async def flag(request: web.Request, talk: list[tuple[str, Speaker, str]], language: Language) -> None:
    """Take the sentence that the form names out of the talk: only what the teenager said, and only to the inbox."""
    door, said_id = _door(request), await field(request, "said")
    for known, speaker, text in talk:
        if known == said_id and speaker is Speaker.TEENAGER:
            await door.flag(text, language)
            return
    raise web.HTTPNotFound


def _door(request: web.Request) -> InboxDoor:
    door = request.app[DESK].inbox
    if door is None or not door.is_on:
        raise web.HTTPNotFound
    return door


async def _checked(door: InboxDoor, stored: str, typed: str, language: Language) -> str | None:
    """The words that volunteers get; None when they might name somebody. What was masked and left as it is needs no second look."""
    typed = " ".join(typed.split())
    natural = door.natural(stored, language)
    if typed == natural:
        return natural
    masked = await door.mask(typed, language)
    return door.natural(masked, language) if masked is not None else None


async def _page(request: web.Request, fault: str | None = None, typed: str = "") -> web.Response:
    door = _door(request)
    found = await request.app[DESK].store.inbox.new()
    items = [(item, typed if item.id == fault else door.natural(item.text, item.language)) for item in found]
    said = request.query.get("said", "")
    return page(request, "inbox.html", status=422 if fault else 200, items=items, fault=fault, said=said if said in _SAID else None)
