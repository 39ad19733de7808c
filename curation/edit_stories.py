"""Edits of the steps of a path. A step is taken over whole or part by part, so that no answer is heard by two steps of one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from curation.changes import AddStep, ChangeStep, RemoveStep
from curation.content_tree import Conflict, Tree


def _file(topic: str) -> str:
    return f"data/stories/{topic}.yml"


def place_of(steps: Any) -> str:
    """The question a step begins after; empty for an opening."""
    return str(steps[0]["action"]) if steps and "action" in steps[0] else ""


def _heard(steps: Any) -> list[str]:
    for step in steps:
        if "intent" in step:
            return [str(step["intent"])]
        if "or" in step:
            return [str(one["intent"]) for one in step["or"]]
    return []


def _steps(place: str, hears: Iterable[str], does: Iterable[str]) -> CommentedSeq:
    steps = CommentedSeq([CommentedMap(action=place)] if place else [])
    heard = [CommentedMap(intent=intent) for intent in dict.fromkeys(hears)]
    if not heard:
        raise Conflict("empty", place)
    steps.append(heard[0] if len(heard) == 1 else CommentedMap({"or": CommentedSeq(heard)}))
    for action in does:
        steps.append(CommentedMap(action=action))
    return steps


def _put_steps(story: CommentedMap, steps: CommentedSeq) -> None:
    """New steps, with the empty line that came after the old ones."""
    after = _tail(story)
    story["steps"] = steps
    if after is not None:
        _set_tail(steps, after)


def _last(steps: Any) -> tuple[CommentedMap, str]:
    last = steps[-1]
    while "or" in last:
        last = last["or"][-1]
    return last, next(reversed(last))


def _tail(story: CommentedMap) -> Any:
    last, key = _last(story["steps"])
    return last.ca.items.get(key)


def _set_tail(steps: CommentedSeq, after: Any) -> None:
    last, key = _last(steps)
    last.ca.items[key] = after


def _add(tree: Tree, change: AddStep) -> None:
    stories = tree.section(_file(change.topic), "stories")
    if any(story.get("story") == change.name for story in stories):
        raise Conflict("there", change.name)
    if not change.place and any(not place_of(story["steps"]) for story in stories):
        raise Conflict("there", change.name)
    places = [number for number, story in enumerate(stories) if place_of(story["steps"]) == change.place]
    asked = {str(step["action"]) for story in stories for step in story["steps"] if "action" in step}
    if change.place and not places and change.place not in asked:
        raise Conflict("gone", change.place)
    at = places[-1] + 1 if places else len(stories)
    story = CommentedMap(story=change.name, steps=_steps(change.place, change.hears, change.does))
    _insert(stories, at, story)
    _take_over(stories, change, story)


def _insert(stories: CommentedSeq, at: int, story: CommentedMap) -> None:
    """Among the others, with an empty line before and after as they have."""
    blank = next((tail for other in stories if (tail := _tail(other)) is not None), None)
    before = stories[at - 1] if at else None
    if before is not None and blank is not None:
        own = _tail(before)
        if own is None:
            _set_tail(before["steps"], blank)
        else:
            _set_tail(story["steps"], own)
    stories.insert(at, story)


def _take_over(stories: CommentedSeq, change: AddStep, new: CommentedMap) -> None:
    for story in [one for one in stories if one is not new and place_of(one["steps"]) == change.place and change.place]:
        left = [intent for intent in _heard(story["steps"]) if intent not in change.hears]
        if len(left) == len(_heard(story["steps"])):
            continue
        if not left:
            stories.remove(story)
            continue
        does = [str(step["action"]) for step in story["steps"][1:] if "action" in step]
        _put_steps(story, _steps(change.place, left, does))


def _change(tree: Tree, change: ChangeStep) -> None:
    stories = tree.section(_file(change.topic), "stories")
    story = _named(stories, change.name)
    place = place_of(story["steps"])
    for other in stories:
        if other is not story and place_of(other["steps"]) == place and set(_heard(other["steps"])) & set(change.hears):
            raise Conflict("heard", str(other["story"]))
    _put_steps(story, _steps(place, change.hears, change.does))


def _remove(tree: Tree, change: RemoveStep) -> None:
    stories = tree.section(_file(change.topic), "stories")
    stories.remove(_named(stories, change.name))


def _named(stories: CommentedSeq, name: str) -> CommentedMap:
    for story in stories:
        if story.get("story") == name:
            return story  # type: ignore[no-any-return]
    raise Conflict("gone", name)


HANDS: dict[str, Callable[[Tree, Any], None]] = {AddStep.kind: _add, ChangeStep.kind: _change, RemoveStep.kind: _remove}
