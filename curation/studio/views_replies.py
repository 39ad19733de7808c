"""What the bot says: each way to say a reply in both languages, weighed and shown as in the chat while one writes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aiohttp import web

from curation.changes import HELPLINES, AddVariation, Change, ChangeReply, RemoveVariation
from curation.content_tree import Tree
from curation.draft_reading import DraftReader
from curation.nouns import Reply, Variation
from curation.studio.pages import asked, fields, refused, show, to
from curation.studio.shelf import Refused, add_changes, draft_tree
from curation.weighing import weigh as weigh_text
from kernel.language import Language

LONGEST = 600
_WHO = ("", "friend", "adult")


@dataclass(frozen=True, slots=True)
class Group:
    """The ways to say a reply to one kind of reader, in both languages. `title`: who, or the further conditions."""

    who: str
    title: str
    nl: tuple[Variation, ...]
    fr: tuple[Variation, ...]


async def topics(request: web.Request) -> web.StreamResponse:
    """GET /studio/replies: the subjects."""
    kit, visitor = asked(request)
    tree, _ = await draft_tree(kit, visitor)
    reader = DraftReader(tree)
    names = await asyncio.to_thread(lambda: list(reader.topic_of.values()))
    rows = [(topic, names.count(topic)) for topic in reader.names_in("data/responses")]
    return await show(request, "topics.html", kind="replies", rows=rows)


async def replies(request: web.Request) -> web.StreamResponse:
    """GET /studio/replies/{topic}: its replies, each with its first words in both languages."""
    kit, visitor = asked(request)
    topic = request.match_info["topic"]
    tree, _ = await draft_tree(kit, visitor)
    found = await asyncio.to_thread(_replies, tree, topic)
    if not found:
        raise web.HTTPNotFound
    return await show(request, "replies.html", topic=topic, replies=[(reply, _first(reply)) for reply in found.values()])


async def reply(request: web.Request) -> web.StreamResponse:
    """GET /studio/replies/{topic}/{reply}"""
    return await _page(request)


async def save(request: web.Request) -> web.StreamResponse:
    """POST /studio/replies/{topic}/{reply}: other words for one way, a way more (both languages), a way less."""
    kit, visitor = asked(request)
    act, text, new, nl, fr, who = await fields(request, "act", "text", "new", "nl", "fr", "who")
    topic, name = request.match_info["topic"], request.match_info["reply"]
    try:
        await add_changes(kit, visitor, [_change(topic, name, act, text, new, nl, fr, who)])
    except Refused as why:
        return await _page(request, why, typed={"text": text, "new": new, "nl": nl, "fr": fr, "who": who})
    raise to(f"/studio/replies/{topic}/{name}", {"add": "way_added", "remove": "way_removed"}.get(act, "changed"))


async def weigh(request: web.Request) -> web.StreamResponse:
    """GET /studio/weigh?language=&text=: how a text reads, and what a check would say of it; JSON."""
    kit, visitor = asked(request)
    language, text = request.query.get("language", ""), request.query.get("text", "")[:LONGEST]
    if language not in ("nl", "fr"):
        raise web.HTTPBadRequest
    names = await asyncio.to_thread(_service_names, Tree(kit.root).text(HELPLINES))
    found = await asyncio.to_thread(weigh_text, text, Language(language), names)
    dutch = visitor.language is Language.NL
    notes = [
        {"text": note.message_nl if dutch else note.message_fr, "fix": note.fix_nl if dutch else note.fix_fr, "stops": note.is_error}
        for note in found.notes
    ]
    return web.json_response({"words": found.words, "level": found.level, "longest": found.longest_sentence, "notes": notes})


@lru_cache(maxsize=4)
def _service_names(text: str) -> tuple[str, ...]:
    from curation.yamlfile import YamlFile, parsed_file

    file = parsed_file(HELPLINES, text)
    services: Any = file.content.get("helplines", {}) if isinstance(file, YamlFile) else {}
    named = [service["name"] for service in services.values() if isinstance(service, dict) and "name" in service]
    whole = {name for one in named for name in ([one] if isinstance(one, str) else map(str, one.values()))}
    parts = {part for name in whole for part in (name, *name.split(" ")) if len(part) > 3}
    return tuple(sorted(parts, key=len, reverse=True))


def _change(topic: str, name: str, act: str, text: str, new: str, nl: str, fr: str, who: str) -> Change:
    nl, fr, new = (" ".join(words.split()) for words in (nl, fr, new))
    if act == "add":
        if not nl or not fr:
            raise Refused("both")
        if max(len(nl), len(fr)) > LONGEST:
            raise Refused("long", nl[:60])
        if who not in _WHO:
            raise Refused("choose")
        return AddVariation(topic=topic, reply=name, nl=nl, fr=fr, who=who)
    if act == "remove":
        if not nl or not fr:
            raise Refused("both")
        return RemoveVariation(topic=topic, reply=name, nl=nl, fr=fr)
    if not new:
        raise Refused("empty")
    if new == text:
        raise Refused("same")
    if len(new) > LONGEST:
        raise Refused("long", new[:60])
    return ChangeReply(topic=topic, reply=name, text=text, new=new)


def _replies(tree: Tree, topic: str) -> dict[str, Reply]:
    return DraftReader(tree).replies(topic)


def _first(one: Reply) -> tuple[str, str]:
    nl, fr = (next((way.text for way in one.in_language(language) if not way.others), "") for language in Language)
    return nl, fr


def groups_of(one: Reply) -> list[Group]:
    """The ways to say a reply, by who reads them."""
    found = []
    for others in dict.fromkeys(way.others for way in one.variations if way.language is not None):
        nl, fr = (tuple(way for way in one.in_language(language) if way.others == others) for language in Language)
        conditions = dict(others)
        who = conditions.get("who", "") if set(conditions) <= {"who"} else "other"
        found.append(Group(who, " ".join(f"{slot}={value}" for slot, value in others), nl, fr))
    return found


async def _page(request: web.Request, why: Refused | None = None, typed: dict[str, str] | None = None) -> web.Response:
    kit, visitor = asked(request)
    topic, name = request.match_info["topic"], request.match_info["reply"]
    tree, draft = await draft_tree(kit, visitor)
    one = (await asyncio.to_thread(_replies, tree, topic)).get(name)
    if one is None:
        raise web.HTTPNotFound
    usual = next((way.text for way in one.variations if not way.conditions), "")
    values: dict[str, Any] = {
        "topic": topic, "reply": one, "groups": groups_of(one), "usual": usual, "typed": typed or {}, "draft": draft, "who": _WHO,
    }  # fmt: skip
    if why is not None:
        return await refused(request, "reply.html", why, **values)
    return await show(request, "reply.html", **values)
