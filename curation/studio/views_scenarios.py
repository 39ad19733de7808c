"""Scenarios: the scenes as a picture and as a chat, every text editable, new scenes and buttons from lists of what is there."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from curation.changes import AddChoice, AddScene, Change, ChangeText, RemoveChoice
from curation.draft_reading import DraftReader
from curation.studio.drawing import Arrow, Box, drawing
from curation.studio.pages import asked, fields, refused, show, to, words
from curation.studio.shelf import Refused, add_changes, draft_tree

FOLDER = "data/scenarios"
LONGEST, LONGEST_TITLE = 300, 30
_FIELDS = (
    *(
        "act",
        "where",
        "text",
        "new",
        "scene",
        "title_nl",
        "title_fr",
        "words_nl",
        "words_fr",
        "reply_nl",
        "reply_fr",
        "goes_to",
        "nl",
        "fr",
    ),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a scene, with the paths of its texts."""

    title: Mapping[str, str]
    reply: Mapping[str, str]
    words: Mapping[str, str]
    goes_to: str
    path: str


@dataclass(frozen=True, slots=True)
class SceneShown:
    """A scene in both languages."""

    name: str
    says: Mapping[str, str]
    is_end: bool
    choices: tuple[Choice, ...]


async def listed(request: web.Request) -> web.StreamResponse:
    """GET /studio/scenarios"""
    kit, visitor = asked(request)
    tree, _ = await draft_tree(kit, visitor)
    reader = DraftReader(tree)

    def rows() -> list[tuple[str, str, int]]:
        raw = [(name, _raw(reader, name)) for name in reader.names_in(FOLDER)]
        return [(name, str(one["title"][visitor.language.value]), len(one["scenes"])) for name, one in raw if one is not None]

    return await show(request, "scenarios.html", rows=await asyncio.to_thread(rows))


async def scenario(request: web.Request) -> web.StreamResponse:
    """GET /studio/scenarios/{name}"""
    return await _page(request)


async def save(request: web.Request) -> web.StreamResponse:
    """POST /studio/scenarios/{name}: other words, a new button, a button less, a new scene behind a new button."""
    kit, visitor = asked(request)
    name = request.match_info["name"]
    form = dict(zip(_FIELDS, await fields(request, *_FIELDS), strict=True))
    form |= {key: " ".join(value.split()) for key, value in form.items() if key not in ("text", "where")}
    try:
        await add_changes(kit, visitor, changes_of(name, form))
    except Refused as why:
        return await _page(request, why, form)
    said = "changed" if form["act"] == "text" else "scenario_changed"
    raise to(f"/studio/scenarios/{name}", said, form["scene"])


def changes_of(name: str, form: Mapping[str, str]) -> list[Change]:
    """The changes of one form. Raises Refused."""
    if form["act"] == "text":
        if not form["new"]:
            raise Refused("empty")
        if len(form["new"]) > LONGEST:
            raise Refused("long", form["new"][:60])
        path = tuple(form["where"].split("/"))
        if path[:1] != ("scenario",):
            raise Refused("gone", form["where"])
        return [ChangeText(file=f"{FOLDER}/{name}.yml", path=path, text=form["text"], new=form["new"])]
    if form["act"] == "remove":
        return [RemoveChoice(scenario=name, scene=form["scene"], title_nl=form["title_nl"])]
    if form["act"] != "choice":
        raise Refused("choose")
    if not form["title_nl"] or not form["title_fr"] or bool(form["reply_nl"]) != bool(form["reply_fr"]):
        raise Refused("both")
    if max(len(form["title_nl"]), len(form["title_fr"])) > LONGEST_TITLE:
        raise Refused("long_title", form["title_nl"])
    made: list[Change] = []
    goes_to = form["goes_to"]
    if goes_to == "new":
        if not form["nl"] or not form["fr"]:
            raise Refused("both")
        goes_to = _slug(form["title_nl"])
        made.append(AddScene(scenario=name, scene=goes_to, nl=form["nl"], fr=form["fr"]))
    spoken = {key: form[key] for key in ("title_nl", "title_fr", "words_nl", "words_fr", "reply_nl", "reply_fr")}
    return [*made, AddChoice(scenario=name, scene=form["scene"], goes_to=goes_to, **spoken)]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return ("s_" + "_".join(re.findall(r"[a-z0-9]+", plain)[:4]))[:40].strip("_")


def _raw(reader: DraftReader, name: str) -> Any:
    file = reader.file(f"{FOLDER}/{name}.yml")
    found = file.content.get("scenario") if file is not None and isinstance(file.content, dict) else None
    return found if isinstance(found, dict) and isinstance(found.get("scenes"), dict) else None


def _scenes(raw: Any) -> list[SceneShown]:
    found = []
    for name, scene in raw["scenes"].items():
        choices = tuple(
            Choice(
                one["title"],
                one.get("reply") or {},
                one.get("words") or {},
                str(one.get("goes_to")),
                f"scenario/scenes/{name}/choices/{number}",
            )
            for number, one in enumerate(scene.get("choices") or ())
        )
        found.append(SceneShown(str(name), scene["says"], scene.get("end") is True, choices))
    return found


async def _page(request: web.Request, why: Refused | None = None, typed: Mapping[str, str] | None = None) -> web.Response:
    kit, visitor = asked(request)
    name, language = request.match_info["name"], visitor.language.value
    tree, draft = await draft_tree(kit, visitor)
    raw = await asyncio.to_thread(lambda: _raw(DraftReader(tree), name))
    if raw is None:
        raise web.HTTPNotFound
    scenes = _scenes(raw)
    values: dict[str, Any] = {
        "name": name, "title": raw["title"], "scenes": scenes, "question": raw.get("question"), "draft": draft, "typed": typed or {},
        "picture": _picture(scenes, str(raw.get("begins_with")), language, words(request)["scenarios"]["picture"]),
    }  # fmt: skip
    if why is not None:
        return await refused(request, "scenario.html", why, **values)
    return await show(request, "scenario.html", **values)


def _picture(scenes: list[SceneShown], first: str, language: str, title: str) -> Any:
    by_name = {scene.name: scene for scene in scenes}
    level: dict[str, int] = {}

    def put(name: str, depth: int, behind: tuple[str, ...]) -> None:
        if name in behind or name not in by_name or level.get(name, -1) >= depth:
            return
        level[name] = depth
        for choice in by_name[name].choices:
            put(choice.goes_to, depth + 1, (*behind, name))

    put(first, 0, ())
    for scene in scenes:
        level.setdefault(scene.name, max(level.values(), default=-1) + 1)
    rows = [[name for name in by_name if level[name] == depth] for depth in range(max(level.values(), default=-1) + 1)]
    boxes = [
        [
            Box(name, str(by_name[name].says[language]), f"#at-{name}", "start" if name == first else "end" if by_name[name].is_end else "")
            for name in row
        ]
        for row in rows
        if row
    ]
    arrows = [Arrow(scene.name, choice.goes_to, str(choice.title[language])) for scene in scenes for choice in scene.choices]
    return drawing(boxes, arrows, title)
