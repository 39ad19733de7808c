"""Paths as pictures: the graph, the same as a chat, and a form of blocks that can only make a step that fits."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from curation.changes import AddReply, AddStep, Button, Change, RemoveStep
from curation.checks.stories import AGAIN, SHARED_END
from curation.content import QUESTION
from curation.content_tree import Tree
from curation.draft_reading import DraftReader
from curation.paths import START, PathGraph, Step, graph_of
from curation.studio.drawing import Arrow, Box, drawing
from curation.studio.pages import asked, fields, need_names, refused, show, to, words
from curation.studio.shelf import Refused, add_changes, draft_tree
from kernel.language import Language
from kernel.need import ANSWERS, NEEDS, NOT_UNDERSTOOD

LONGEST = 300
HELP = "action_point_to_help"
_FIELDS = ("place", "say", "say_nl", "say_fr", "say_both", "help", "next", "next_nl", "next_fr", "next_both", "then")


@dataclass(frozen=True, slots=True)
class Shown:
    """A path, ready to be shown: `label` gives the words of a place, an action or an answer in the reader's language."""

    graph: PathGraph
    label: Callable[[str], str]
    replies: list[tuple[str, str]]
    followers: Mapping[str, list[str]]


async def topics(request: web.Request) -> web.StreamResponse:
    """GET /studio/stories: the subjects that have a path."""
    kit, visitor = asked(request)
    tree, _ = await draft_tree(kit, visitor)
    reader = DraftReader(tree)
    rows = await asyncio.to_thread(lambda: [(topic, len(reader.stories(topic))) for topic in reader.names_in("data/stories")])
    return await show(request, "topics.html", kind="stories", rows=rows)


async def story(request: web.Request) -> web.StreamResponse:
    """GET /studio/stories/{topic}: picture, chat and form; `?place=` fills in the place."""
    return await _page(request)


async def add(request: web.Request) -> web.StreamResponse:
    """POST /studio/stories/{topic}: a step out of blocks."""
    kit, visitor = asked(request)
    topic = request.match_info["topic"]
    form = await request.post()
    values = dict(zip(_FIELDS, await fields(request, *_FIELDS), strict=True))
    hears = tuple(dict.fromkeys(str(one) for one in form.getall("hears", []) if one))
    try:
        tree, _ = await draft_tree(kit, visitor)
        graph = await asyncio.to_thread(lambda: graph_of(topic, DraftReader(tree).stories(topic)))
        await add_changes(kit, visitor, built(topic, graph, hears, values))
    except Refused as why:
        return await _page(request, why, typed=values | {"hears": hears})
    raise to(f"/studio/stories/{topic}", "step_added")


async def remove(request: web.Request) -> web.StreamResponse:
    """POST /studio/stories/{topic}/remove"""
    kit, visitor = asked(request)
    topic = request.match_info["topic"]
    (name,) = await fields(request, "name")
    try:
        await add_changes(kit, visitor, [RemoveStep(topic=topic, name=name)])
    except Refused as why:
        return await _page(request, why)
    raise to(f"/studio/stories/{topic}", "step_removed")


def built(topic: str, graph: PathGraph, hears: tuple[str, ...], blocks: Mapping[str, str]) -> list[Change]:
    """The changes of one filled-in form. Valid by construction: only places, answers and questions of the lists; raises Refused."""
    place = blocks["place"]
    if place not in graph.places or place == START:
        raise Refused("place")
    if not hears or any(one not in NEEDS and one != NOT_UNDERSTOOD for one in hears):
        raise Refused("hears")
    made: list[Change] = []
    stem = f"{topic}_{_slug(blocks['say_nl'] or blocks['next_nl'] or hears[0])}"
    does = _says(topic, f"utter_{stem}", blocks, made)
    does += [HELP] if blocks["help"] == "yes" else []
    does += [_asks(topic, graph, place, stem, blocks, made)]
    name = _step_name(topic, graph, place, hears)
    made.append(AddStep(topic=topic, name=name, place=place, hears=hears, does=tuple(does)))
    if does[-1].startswith(QUESTION) and blocks["next"] == "new":
        then = blocks["then"]
        if then not in (*graph.may_follow(place), SHARED_END):
            raise Refused("then")
        # A new question leads on whatever is answered, so that nobody gets stuck; the answers can be told apart later.
        heard = tuple(dict.fromkeys((*ANSWERS, topic, NOT_UNDERSTOOD)))
        made.append(AddStep(topic=topic, name=f"{name}, and on", place=does[-1], hears=heard, does=(then,)))
    return made


def _says(topic: str, new_name: str, blocks: Mapping[str, str], made: list[Change]) -> list[str]:
    if blocks["say"] == "new":
        _need_words(blocks, "say")
        made.append(AddReply(topic=topic, reply=new_name, nl=blocks["say_nl"], fr=blocks["say_fr"], both=_both(blocks, "say")))
        return [new_name]
    return [blocks["say"]] if blocks["say"] else []


def _asks(topic: str, graph: PathGraph, place: str, stem: str, blocks: Mapping[str, str], made: list[Change]) -> str:
    if blocks["next"] == "new":
        _need_words(blocks, "next")
        name = f"{QUESTION}{stem}"
        buttons = tuple(Button(payload, nl, fr) for payload, nl, fr in (("affirm", "Ja", "Oui"), ("deny", "Nee", "Non")))
        both = _both(blocks, "next")
        unsure = Button("dont_know", "Weet ik niet", "Je ne sais pas")
        made.append(AddReply(topic=topic, reply=name, nl=blocks["next_nl"], fr=blocks["next_fr"], both=both, buttons=(*buttons, unsure)))
        return name
    if blocks["next"] not in (*graph.may_follow(place), SHARED_END, AGAIN):
        raise Refused("next")
    return blocks["next"]


def _need_words(blocks: Mapping[str, str], what: str) -> None:
    if not blocks[f"{what}_nl"].strip() or not blocks[f"{what}_fr"].strip():
        raise Refused("both")
    if max(len(blocks[f"{what}_nl"]), len(blocks[f"{what}_fr"])) > LONGEST:
        raise Refused("long", blocks[f"{what}_nl"][:60])


def _both(blocks: Mapping[str, str], what: str) -> str:
    """Both languages in one line, for when the language is not known yet."""
    return f"{' '.join(blocks[f'{what}_nl'].split())} / {' '.join(blocks[f'{what}_fr'].split())}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", plain)[:4])[:40].strip("_") or "step"


def _step_name(topic: str, graph: PathGraph, place: str, hears: tuple[str, ...]) -> str:
    base = f"{topic}, {place.removeprefix(f'{QUESTION}{topic}_').replace('_', ' ')}, {' or '.join(hears[:3]).replace('_', ' ')}"
    taken = {step.name for step in graph.steps}
    return next(name for name in (base, *(f"{base} ({number})" for number in range(2, 99))) if name not in taken)


async def _page(request: web.Request, why: Refused | None = None, typed: Mapping[str, Any] | None = None) -> web.Response:
    kit, visitor = asked(request)
    topic = request.match_info["topic"]
    tree, draft = await draft_tree(kit, visitor)
    added = {one.name for one in (draft.changes if draft else ()) if isinstance(one, AddStep) and one.topic == topic}
    shown = await asyncio.to_thread(_shown, tree, topic, visitor.language, words(request), need_names(request))
    if not shown.graph.steps:
        raise web.HTTPNotFound
    typed = typed or dict.fromkeys(_FIELDS, "") | {"place": request.query.get("place", ""), "hears": ()}
    values: dict[str, Any] = {
        "topic": topic, "path_shown": shown, "picture": _picture(shown, words(request)["stories"]["picture"], added), "added": added,
        "typed": typed, "draft": draft, "answers": (*ANSWERS, topic, NOT_UNDERSTOOD),
        "others": [need for need in NEEDS if need not in (*ANSWERS, topic)],
        "again": AGAIN, "shared_end": SHARED_END,
    }  # fmt: skip
    if why is not None:
        return await refused(request, "story.html", why, **values)
    return await show(request, "story.html", **values)


def _shown(tree: Tree, topic: str, language: Language, s: Mapping[str, Any], names: Mapping[str, str]) -> Shown:
    reader = DraftReader(tree)
    graph = graph_of(topic, reader.stories(topic))

    def label(name: str) -> str:
        if name == START:
            return str(s["stories"]["start"])
        if name in s["actions"]:
            return str(s["actions"][name])
        return reader.said(name, language) or names.get(name, name)

    topic_replies = [(name, label(name)) for name in reader.replies(topic) if not name.startswith(QUESTION)]
    followers = {place: graph.may_follow(place) for place in graph.places}
    known = {name: label(name) for name in _all_names(graph)}
    return Shown(graph, lambda name: known.get(name) or label(name), topic_replies, followers)


def _all_names(graph: PathGraph) -> set[str]:
    return {name for step in graph.steps for name in (step.place, step.goes_to, *step.says, *step.hears)} | {SHARED_END, AGAIN}


def _picture(shown: Shown, title: str, added: set[str]) -> Any:
    graph = shown.graph
    fresh = {step.place for step in graph.steps if step.name in added} & {step.goes_to for step in graph.steps if step.name in added}
    rows = [
        [Box(place or "start", shown.label(place), f"#at-{place or 'start'}", _look(place, graph, fresh)) for place in row]
        for row in graph.rows
    ]
    arrows = [Arrow(step.place or "start", step.goes_to, _spoken(step, shown), step.name in added) for step in graph.steps if step.goes_to]
    return drawing(rows, arrows, title)


def _spoken(step: Step, shown: Shown) -> str:
    """The answers on an arrow, the plain ones first."""
    plain = [one for one in ANSWERS if one in step.hears]
    rest = [one for one in step.hears if one not in plain]
    return ", ".join(shown.label(one) for one in (*plain, *rest[: 1 if plain else 2])) + ("…" if len(rest) > (1 if plain else 2) else "")


def _look(place: str, graph: PathGraph, fresh: set[str]) -> str:
    if place in fresh:
        return "new"
    return "start" if place == START else "end" if not graph.at(place) else ""
