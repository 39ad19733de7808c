"""Edits of replies: words of one way to say it, a way more or less (always in both languages), a new reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from curation.changes import AddReply, AddVariation, Button, ChangeReply, RemoveVariation
from curation.content_tree import Conflict, Tree, quoted
from kernel.language import Language


def _ways(tree: Tree, topic: str, reply: str) -> CommentedSeq:
    named = tree.section(f"data/responses/{topic}.yml", "responses")
    found = named.get(reply)
    if not isinstance(found, CommentedSeq):
        raise Conflict("gone", reply)
    return found


def _place(ways: CommentedSeq, text: str) -> int:
    for number, way in enumerate(ways):
        if isinstance(way, dict) and way.get("text") == text:
            return number
    raise Conflict("gone", text)


def _conditions(way: Any) -> dict[str, str]:
    return {str(one["name"]): str(one["value"]) for one in way.get("condition") or [] if isinstance(one, dict) and "name" in one}


def _change(tree: Tree, change: ChangeReply) -> None:
    ways = _ways(tree, change.topic, change.reply)
    way = ways[_place(ways, change.text)]
    new = quoted(change.new)
    if not new:
        raise Conflict("empty", change.text)
    if any(one is not way and one.get("text") == new and _conditions(one) == _conditions(way) for one in ways):
        raise Conflict("there", change.new)
    way["text"] = new


def _add(tree: Tree, change: AddVariation) -> None:
    ways = _ways(tree, change.topic, change.reply)
    if known := next((text for text in (change.nl, change.fr) if any(way.get("text") == quoted(text) for way in ways)), None):
        raise Conflict("there", known)
    if {"nl", "fr"} - {_conditions(way).get("language") for way in ways if set(_conditions(way)) == {"language"}}:
        raise Conflict("gone", change.reply)
    for language, text in ((Language.NL, change.nl), (Language.FR, change.fr)):
        wanted = {"language": language.value} | ({"who": change.who} if change.who else {})
        alike = [number for number, way in enumerate(ways) if _conditions(way) == wanted]
        usual = [number for number, way in enumerate(ways) if _conditions(way) == {"language": language.value}]
        like = ways[(alike or usual)[-1]]
        way = CommentedMap(text=quoted(text))
        way["condition"] = like["condition"] if alike else _condition(wanted)
        if "buttons" in like:
            way["buttons"] = like["buttons"]
        _insert(ways, (alike or usual)[-1] + 1, way)


def _insert(ways: CommentedSeq, place: int, way: CommentedMap) -> None:
    """In the list, before what stands at `place`; the empty line after a reply stays at its end, since the default comes last."""
    ways.insert(place, way)


def _remove(tree: Tree, change: RemoveVariation) -> None:
    ways = _ways(tree, change.topic, change.reply)
    places = [_place(ways, text) for text in (change.nl, change.fr)]
    for place in places:
        wanted = _conditions(ways[place])
        is_last = set(wanted) == {"language"} and sum(_conditions(way) == wanted for way in ways) == 1
        if wanted.get("language") is None or is_last:
            raise Conflict("last", str(ways[place]["text"]))
    for place in sorted(set(places), reverse=True):
        del ways[place]


def _new(tree: Tree, change: AddReply) -> None:
    named = tree.section(f"data/responses/{change.topic}.yml", "responses")
    if change.reply in named:
        raise Conflict("there", change.reply)
    if not change.reply.startswith("utter_") or " / " not in change.both:
        raise Conflict("empty", change.reply)
    ways = CommentedSeq()
    for language, text in ((Language.NL, change.nl), (Language.FR, change.fr), (None, change.both)):
        way = CommentedMap(text=quoted(text))
        if language is not None:
            way["condition"] = _condition({"language": language.value})
        if change.buttons:
            way["buttons"] = _buttons(change.buttons, language)
        ways.append(way)
    named[change.reply] = ways
    named.yaml_set_comment_before_after_key(change.reply, before="\n")


def _condition(wanted: dict[str, str]) -> CommentedSeq:
    return CommentedSeq(CommentedMap(type="slot", name=slot, value=value) for slot, value in wanted.items())


def _buttons(buttons: tuple[Button, ...], language: Language | None) -> CommentedSeq:
    return CommentedSeq(CommentedMap(title=quoted(_title(one, language)), payload=quoted(f"/{one.payload}")) for one in buttons)


def _title(button: Button, language: Language | None) -> str:
    return {Language.NL: button.nl, Language.FR: button.fr, None: f"{button.nl} / {button.fr}"}[language]


HANDS: dict[str, Callable[[Tree, Any], None]] = {
    ChangeReply.kind: _change,
    AddVariation.kind: _add,
    RemoveVariation.kind: _remove,
    AddReply.kind: _new,
}
