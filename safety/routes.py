"""Which helplines are named, in which order: need x language x who x age x urgency, after the referral rules of needs.md.

A list of routes.yml is for everybody; of its lines those are named that are for whoever asks (safety/ages.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kernel.language import Language
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency
from safety.ages import UNKNOWN, Reach, whose_age
from safety.datafile import DataError, read_section
from safety.directory import Directory

MOST = 3
"""Never more than three services in one answer (rule 1)."""
WHO = ("self", "friend", "adult")
AGE_GROUPS = ("under14", "14_15", "16_17", "adult", UNKNOWN)
HOTLINE = "childfocus"
_CONDITIONS: dict[str, tuple[str, ...]] = {
    "who": WHO,
    "age_group": AGE_GROUPS,
    "urgency": tuple(level.value for level in Urgency),
}


@dataclass(frozen=True, slots=True)
class _Route:
    """One ordered list of lines per language; `when` narrows it (empty: always)."""

    when: dict[str, frozenset[str]]
    lines: dict[Language, tuple[str, ...]]

    def fits(self, facts: dict[str, str]) -> bool:
        return all(facts[name] in allowed for name, allowed in self.when.items())


class Routes:
    """The routing table. Total: every need, known or not, has an answer in both languages at every minute."""

    def __init__(
        self,
        routes: dict[str, tuple[_Route, ...]],
        questions: dict[str, tuple[_Route, ...]],
        now_first: dict[str, str],
        always_open: dict[Language, str],
        directory: Directory,
    ) -> None:
        self._routes = routes
        self._questions = questions
        self._now_first = now_first
        self._always_open = always_open
        self._directory = directory

    @classmethod
    def load(cls, path: Path, directory: Directory) -> Routes:
        """Reads `data/safety/routes.yml`.

        Raises DataError for a need without a route, an unknown line, one in the wrong language, or one not for all ages where it must be.
        """
        section = read_section(path, "routes")
        needs = section.get("needs")
        if not isinstance(needs, dict):
            raise DataError(path, "needs a mapping `needs:`")
        expected = {name for name, need in NEEDS.items() if not need.is_conversation} | {"unknown"}
        if set(needs) != expected:
            raise DataError(path, f"must name exactly the needs that are not conversation; check {sorted(set(needs) ^ expected)}")
        routes = {name: _read_routes(path, name, entries, directory) for name, entries in needs.items()}
        asked = section.get("questions") or {}
        questions = {str(name): _read_routes(path, str(name), entries, directory) for name, entries in asked.items()}
        now_first = _read_now(path, section.get("now_first"), expected, directory)
        always_open = _read_always_open(path, section.get("always_open"), directory)
        return cls(routes, questions, now_first, always_open, directory)

    @property
    def questions(self) -> frozenset[str]:
        """The questions on the way (data/questions/asked.yml) that have lines of their own."""
        return frozenset(self._questions)

    def lines(
        self,
        need: str | None,
        language: Language,
        *,
        who: str = "self",
        age_group: str = UNKNOWN,
        urgency: Urgency = Urgency.NONE,
        now: bool = False,
        at: datetime,
    ) -> tuple[str, ...]:
        """At most three helpline ids, first to name first.

        `who` and `age_group` as in contract.md (anything else counts as self and unknown); `urgency` is the conversation's;
        `now` = the words say *now*; `at` is an aware datetime. Small talk without danger gives an empty tuple, with danger 116000.
        """
        known = NEEDS.get(need or "")
        if known is not None and known.is_conversation and not now:
            return (HOTLINE,) if urgency.is_danger else ()
        name = need if need in self._routes and need is not None else "unknown"
        chosen = self._chosen(self._routes[name], language, who, age_group, urgency)
        if not chosen:
            chosen = [HOTLINE] if urgency.is_danger or now else []
        if now:
            chosen = self._with_now(name, chosen)
        elif urgency is Urgency.EMERGENCY and urgency_of(name) is not Urgency.EMERGENCY:
            chosen = _ensure(chosen, HOTLINE)
        return tuple(self._with_open(chosen[:MOST], language, at)) if chosen else ()

    def lines_of_question(
        self, question: str, language: Language, *, who: str = "self", age_group: str = UNKNOWN, at: datetime
    ) -> tuple[str, ...]:
        """The lines that go with the answer to a question on the way, as `lines`; () where it has none of its own."""
        routes = self._questions.get(question)
        chosen = self._chosen(routes, language, who, age_group, Urgency.NONE) if routes else []
        return tuple(self._with_open(chosen, language, at)) if chosen else ()

    def _chosen(self, routes: tuple[_Route, ...], language: Language, who: str, age_group: str, urgency: Urgency) -> list[str]:
        """The first list that fits, without the lines that are not for whoever asks; 116000 where none of them is."""
        who = who if who in WHO else "self"
        age = whose_age(who, age_group)
        facts = {"who": who, "age_group": age, "urgency": urgency.value}
        lines = next(route for route in routes if route.fits(facts)).lines[language]
        reach = {line: self._directory.reach(line, who, age) for line in lines}
        # Of an unknown age: a line for all teenagers goes before one for some of them.
        serving = sorted((line for line in lines if reach[line] is not Reach.NONE), key=lambda line: -reach[line])
        return serving or ([HOTLINE] if lines else [])

    def _with_now(self, name: str, chosen: list[str]) -> list[str]:
        """112 (101 for somebody missing) first, then the line of the need; 116000 stays in sight."""
        first = self._now_first.get(name, self._now_first["default"])
        rest = [line for line in chosen if line != first]
        return _ensure([first, *rest], HOTLINE)

    def _with_open(self, chosen: list[str], language: Language, at: datetime) -> list[str]:
        """Where nothing can be reached by phone at `at`, or the first is known to be closed, an open line follows the first (rule 1)."""
        can_be_called = [line for line in chosen if self._directory.phone_open(line, at)]
        if can_be_called and not self._directory.phone_closed(chosen[0], at):
            return chosen
        if can_be_called:
            return [chosen[0], can_be_called[0], *(line for line in chosen[1:] if line != can_be_called[0])]
        kept = chosen if len(chosen) < MOST else [line for line in chosen if line != self._least(chosen, at)]
        return [kept[0], self._always_open[language], *kept[1:]]

    def _least(self, chosen: list[str], at: datetime) -> str:
        """The line that gives way: one whose phone is known to be closed, else the last; never the first to name."""
        rest = chosen[1:]
        closed = [line for line in rest if self._directory.phone_closed(line, at)]
        return closed[-1] if closed else rest[-1]


def _ensure(chosen: list[str], line: str) -> list[str]:
    """`line` among the first three of `chosen`: as it stands, else as the third, the last one giving way."""
    return chosen[:MOST] if line in chosen[:MOST] else [*[kept for kept in chosen if kept != line][: MOST - 1], line]


def _read_routes(path: Path, name: str, entries: object, directory: Directory) -> tuple[_Route, ...]:
    items = entries if isinstance(entries, list) else [entries]
    routes = tuple(_read_route(path, name, item, directory) for item in items)
    if not routes or routes[-1].when:
        raise DataError(path, f"`{name}`: the last route must have no `when`, so that there is always an answer")
    return routes


def _read_route(path: Path, name: str, item: object, directory: Directory) -> _Route:
    if not isinstance(item, dict):
        raise DataError(path, f"`{name}` needs `nl:` and `fr:` lists")
    lines = {language: _read_lines(path, name, item.get(language.value), language, directory) for language in Language}
    return _Route(_read_when(path, name, item.get("when") or {}), lines)


def _read_lines(path: Path, name: str, value: object, language: Language, directory: Directory) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST or len(set(value)) != len(value):
        raise DataError(path, f"`{name}` `{language.value}` needs a list of at most {MOST} different helpline ids")
    for line in value:
        if line not in directory.ids:
            raise DataError(path, f"`{name}` names the unknown helpline `{line}`")
        if not directory.serves(line, language):
            raise DataError(path, f"`{name}` sends `{language.value}` to `{line}`, which does not speak it")
    return tuple(value)


def _read_when(path: Path, name: str, when: Any) -> dict[str, frozenset[str]]:
    if not isinstance(when, dict):
        raise DataError(path, f"`{name}`: `when` must be a mapping")
    result: dict[str, frozenset[str]] = {}
    for key, allowed in when.items():
        values = frozenset(allowed if isinstance(allowed, list) else [allowed])
        if key not in _CONDITIONS or not values <= set(_CONDITIONS[key]):
            raise DataError(path, f"`{name}`: `when` knows {', '.join(_CONDITIONS)} and their values; check `{key}`")
        result[key] = values
    return result


def _read_now(path: Path, value: object, needs: set[str], directory: Directory) -> dict[str, str]:
    if not isinstance(value, dict) or "default" not in value:
        raise DataError(path, "`now_first` needs at least `default:`")
    for need, line in value.items():
        if need not in needs | {"default"} or line not in directory.ids or not directory.is_for_everybody(line):
            raise DataError(path, f"`now_first`: check `{need}: {line}`")
    return {str(need): str(line) for need, line in value.items()}


def _read_always_open(path: Path, value: object, directory: Directory) -> dict[Language, str]:
    if not isinstance(value, dict):
        raise DataError(path, "`always_open` needs `nl:` and `fr:`")
    result: dict[Language, str] = {}
    for language in Language:
        line = value.get(language.value)
        if line not in directory.ids or not directory.serves(line, language) or not directory.day_and_night(line):
            raise DataError(path, f"`always_open` `{language.value}` must be a line that is there day and night")
        if not directory.is_for_everybody(line):
            raise DataError(path, f"`always_open` `{language.value}` must be a line for all ages")
        result[language] = line
    return result
