"""Edits of single texts, scenarios, standard replies, facts of helplines, and of a whole guarded file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from curation.changes import CANNED, HELPLINES, AddChoice, AddScene, ChangeText, RemoveChoice, ReplaceFile, SetCanned, SetFact
from curation.content_tree import Conflict, Tree, digest_of, quoted

FACT_TEXTS = ("phone", "chat", "url", "email")
"""Facts whose value is a text that a form can change; others (hours) are for an admin's editor."""


def _text(tree: Tree, change: ChangeText) -> None:
    node: Any = tree.doc(change.file)
    for step in change.path[:-1]:
        node = _inside(node, step)
    key: Any = int(change.path[-1]) if isinstance(node, list) and change.path[-1].isdigit() else change.path[-1]
    old = _inside(node, change.path[-1])
    if not isinstance(old, str) or old != change.text:
        raise Conflict("gone", change.text)
    node[key] = quoted(change.new)


def _inside(node: Any, step: str) -> Any:
    try:
        return node[int(step)] if isinstance(node, list) else node[step]
    except (KeyError, IndexError, ValueError, TypeError):
        raise Conflict("gone", step) from None


def _scenes(tree: Tree, scenario: str) -> CommentedMap:
    found = tree.section(f"data/scenarios/{scenario}.yml", "scenario").get("scenes")
    if not isinstance(found, CommentedMap):
        raise Conflict("no_file", scenario)
    return found


def _both(nl: str, fr: str) -> CommentedMap:
    return CommentedMap(nl=quoted(nl), fr=quoted(fr))


def _flow(nl: str, fr: str) -> CommentedMap:
    both = _both(nl, fr)
    both.fa.set_flow_style()
    return both


def _scene(tree: Tree, change: AddScene) -> None:
    scenes = _scenes(tree, change.scenario)
    if change.scene in scenes:
        raise Conflict("there", change.scene)
    # Before the last scene, so that the empty line between scenes is kept and the file's end stays its end.
    scenes.insert(max(len(scenes) - 1, 0), change.scene, CommentedMap(says=_both(change.nl, change.fr), end=True))


def _choice(tree: Tree, change: AddChoice) -> None:
    scenes = _scenes(tree, change.scenario)
    if change.goes_to not in scenes:
        raise Conflict("gone", change.goes_to)
    scene = scenes.get(change.scene)
    if not isinstance(scene, CommentedMap):
        raise Conflict("gone", change.scene)
    choices = scene.get("choices")
    if choices is not None and any(one["title"]["nl"] == change.title_nl for one in choices):
        raise Conflict("there", change.title_nl)
    choice = CommentedMap(title=_flow(change.title_nl, change.title_fr))
    if change.words_nl and change.words_fr:
        choice["words"] = _flow(change.words_nl, change.words_fr)
    if change.reply_nl and change.reply_fr:
        choice["reply"] = _both(change.reply_nl, change.reply_fr)
    choice["goes_to"] = change.goes_to
    if choices is None:
        scene.pop("end", None)  # a scene with a choice is no end any more
        scene["choices"] = CommentedSeq([choice])
    else:
        choices.insert(len(choices) - 1, choice)


def _no_choice(tree: Tree, change: RemoveChoice) -> None:
    scene = _scenes(tree, change.scenario).get(change.scene) or {}
    choices = scene.get("choices") or []
    place = next((number for number, one in enumerate(choices) if one["title"]["nl"] == change.title_nl), None)
    if place is None:
        raise Conflict("gone", change.title_nl)
    if len(choices) == 1:
        raise Conflict("last", change.title_nl)
    del choices[place]


def _canned(tree: Tree, change: SetCanned) -> None:
    rows = tree.section(CANNED, "canned")
    place = next((number for number, row in enumerate(rows) if row.get("key") == change.key), None)
    if not change.nl.strip() and not change.fr.strip():
        if place is None:
            raise Conflict("gone", change.key)
        del rows[place]
    elif not change.nl.strip() or not change.fr.strip():
        raise Conflict("empty", change.key)
    elif place is None:
        rows.append(CommentedMap(key=change.key, nl=quoted(change.nl), fr=quoted(change.fr)))
    else:
        rows[place]["nl"], rows[place]["fr"] = quoted(change.nl), quoted(change.fr)


def _fact(tree: Tree, change: SetFact) -> None:
    service = tree.section(HELPLINES, "helplines").get(change.helpline)
    facts = service.get("facts") if isinstance(service, dict) else None
    fact = facts.get(change.fact) if isinstance(facts, dict) else None
    if not isinstance(fact, CommentedMap):
        raise Conflict("gone", f"{change.helpline} {change.fact}")
    if change.value and (change.fact not in FACT_TEXTS or not isinstance(fact.get("value"), str)):
        raise Conflict("by_hand", change.fact)
    try:
        fact["last_verified"] = date.fromisoformat(change.verified)
    except ValueError:
        raise Conflict("date", change.verified) from None
    if change.source:
        fact["source"] = quoted(change.source)
    if change.value:
        fact["value"] = quoted(change.value)
    fact.pop("waiver", None)  # what was verified needs no excuse any more


def _file(tree: Tree, change: ReplaceFile) -> None:
    if digest_of(tree.text(change.file)) != change.digest:
        raise Conflict("changed", change.file)
    text = change.new.replace("\r\n", "\n")
    tree.put(change.file, text if text.endswith("\n") else f"{text}\n")


HANDS: dict[str, Callable[[Tree, Any], None]] = {
    ChangeText.kind: _text,
    AddScene.kind: _scene,
    AddChoice.kind: _choice,
    RemoveChoice.kind: _no_choice,
    SetCanned.kind: _canned,
    SetFact.kind: _fact,
    ReplaceFile.kind: _file,
}
