"""A path as a graph: places (the questions the bot asks), and the steps between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curation.checks.stories import AGAIN, ENDS, SHARED_END
from curation.content import QUESTION
from curation.nouns import Story
from kernel.need import ANSWERS, NOT_UNDERSTOOD

START = ""
"""The place before anything was asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """At `place`, who says one of `hears` is told `says`, and is at `goes_to` then."""

    name: str
    place: str
    hears: tuple[str, ...]
    says: tuple[str, ...]
    goes_to: str


@dataclass(frozen=True, slots=True)
class PathGraph:
    """The steps of one subject. `rows`: the places by their distance from the start, each place once."""

    topic: str
    steps: tuple[Step, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def places(self) -> tuple[str, ...]:
        """All places, from the start on."""
        return tuple(place for row in self.rows for place in row)

    def at(self, place: str) -> list[Step]:
        """What can happen at a place."""
        return [step for step in self.steps if step.place == place]

    def may_follow(self, place: str) -> list[str]:
        """The questions that may come after `place` without going in a circle: the shared end, and places farther on."""
        behind = self._before(place)
        return [other for other in self.places if other not in (START, place) and other not in behind and other.startswith(QUESTION)]

    def answers_left(self, place: str, needs: Sequence[str]) -> list[str]:
        """What is not heard yet at a place."""
        heard = {intent for step in self.at(place) for intent in step.hears}
        return [intent for intent in (*ANSWERS, NOT_UNDERSTOOD, *needs) if intent not in heard]

    def _before(self, place: str) -> set[str]:
        """The places from which one can come to `place`."""
        found: set[str] = set()
        waiting = [place]
        while waiting:
            at = waiting.pop()
            for step in self.steps:
                if step.goes_to == at and step.place not in found:
                    found.add(step.place)
                    waiting.append(step.place)
        return found


def graph_of(topic: str, stories: Sequence[Story]) -> PathGraph:
    """The graph of a subject's steps."""
    steps = []
    for story in stories:
        ends = story.end.startswith(QUESTION) or story.end in ENDS or story.end == AGAIN
        says = story.actions[:-1] if ends else story.actions
        steps.append(Step(story.name, story.place or START, story.intents, says, story.end if ends else ""))
    return PathGraph(topic, tuple(steps), _rows(steps))


def _rows(steps: Sequence[Step]) -> tuple[tuple[str, ...], ...]:
    """Places by the longest way to them; the shared end last."""
    level: dict[str, int] = {}

    def put(place: str, depth: int, behind: tuple[str, ...]) -> None:
        if place in behind or level.get(place, -1) >= depth:
            return
        level[place] = depth
        for step in steps:
            if step.place == place and step.goes_to:
                put(step.goes_to, depth + 1, (*behind, place))

    firsts = [START] if any(step.place == START for step in steps) else sorted({step.place for step in steps[:1]})
    for first in firsts:
        put(first, 0, ())
    for step in steps:  # places nobody comes to yet: shown all the same
        if step.place not in level:
            put(step.place, max(level.values(), default=-1) + 1, ())
    for place in level:
        if place == SHARED_END or place in ENDS:
            level[place] = max(level.values())
    deepest = max(level.values(), default=-1)
    return tuple(tuple(place for place, at in level.items() if at == depth) for depth in range(deepest + 1))
