"""The numbers of one month: counts per kind, small ones blanked, totals rounded. No text, no person, no case.

A count under 10 is not shown, and nothing tells one from ten cases apart from none (a row of the list is always there), so that
no single young person can be found in a table. The total is rounded to 5. Where all hidden counts of a table together are still
under 10, the smallest shown one is hidden too: else they could be worked out from the total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from channels.desk.record import CATEGORIES, OUTCOMES
from channels.store import Escalation
from kernel.escalation import EscalationState
from kernel.urgency import Urgency
from safety.hours import BRUSSELS

SMALLEST = 10
ROUND_TO = 5
_UNKNOWN = "unknown"
_NOT_SENT = (EscalationState.OFFERED, EscalationState.CANCELLED)
_WAITING_TIMES = (("under_1", 1), ("under_2", 2), ("under_5", 5), ("under_10", 10), ("under_30", 30))
"""Upper ends in minutes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the name in the code, its words, and the count (None: under 10)."""

    name: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One dimension. `total` is rounded to 5."""

    name: str
    title: str
    lines: tuple[Line, ...]
    total: int

    @property
    def is_blank(self) -> bool:
        """True when no count may be shown."""
        return all(line.count is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Dimension:
    name: str
    group: str  # of the desk's texts
    values: tuple[str, ...]
    of: Callable[[Escalation], str]


def _hour(escalation: Escalation) -> str:
    return f"{datetime.fromtimestamp(escalation.offered_at, UTC).astimezone(BRUSSELS).hour:02d}"


def _waited(escalation: Escalation) -> str:
    if escalation.claimed_at is None or escalation.waiting_at is None:
        return "never"
    minutes = (escalation.claimed_at - escalation.waiting_at) / 60
    return next((name for name, end in _WAITING_TIMES if minutes < end), "longer")


DIMENSIONS = (
    _Dimension("need", "needs", (*CATEGORIES, _UNKNOWN), lambda one: one.need or _UNKNOWN),
    _Dimension("urgency", "urgency", ("emergency", "high", "normal", _UNKNOWN), lambda one: _urgency(one.urgency)),
    _Dimension("language", "language", ("nl", "fr", _UNKNOWN), lambda one: one.language.value if one.language else _UNKNOWN),
    _Dimension("channel", "channel", ("web", "telegram"), lambda one: one.channel),
    _Dimension("age_group", "age_group", ("under14", "14_15", "16_17", "adult", _UNKNOWN), lambda one: one.age_group or _UNKNOWN),
    _Dimension("who", "who", ("self", "friend", "adult", _UNKNOWN), lambda one: one.who or _UNKNOWN),
    _Dimension("reason", "reason", ("action", "button", "danger"), lambda one: one.reason),
    _Dimension("hour", "hour", tuple(f"{hour:02d}" for hour in range(24)), _hour),
    _Dimension("waiting_time", "waiting_time", (*(name for name, _ in _WAITING_TIMES), "longer", "never"), _waited),
    _Dimension("outcome", "outcome", (*OUTCOMES, "wiped", "expired", "open"), lambda one: one.outcome or "open"),
)


def _urgency(level: Urgency | None) -> str:
    if level is None:
        return _UNKNOWN
    return "normal" if level is Urgency.NONE else level.value


def shown(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts that may be shown: from 10 on, less those whose absence keeps the hidden ones from being worked out."""
    open_ones = {name: count for name, count in counts.items() if count >= SMALLEST}
    hidden = sum(counts.values()) - sum(open_ones.values())
    while open_ones and 0 < hidden < SMALLEST:
        smallest = min(open_ones, key=lambda name: open_ones[name])
        hidden += open_ones.pop(smallest)
    return open_ones


def table_of(name: str, title: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> Table:
    """A table with a row for each of `labels`, counted or not, and the total of all."""
    known = {value: counts.get(value, 0) for value in labels}
    may_show = shown(known)
    lines = tuple(Line(value, label, may_show.get(value)) for value, label in labels.items())
    return Table(name, title, lines, rounded(sum(known.values())))


def rounded(count: int) -> int:
    """To the nearest 5."""
    return (count + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def tables(escalations: Iterable[Escalation], names: Mapping[str, Mapping[str, Any]]) -> list[Table]:
    """Every table over what was sent to staff in a month. A value outside our lists counts as unknown, or with the last of its list."""
    sent = [one for one in escalations if one.state not in _NOT_SENT]
    return [_table(dimension, sent, names) for dimension in DIMENSIONS]


def _table(dimension: _Dimension, sent: Sequence[Escalation], names: Mapping[str, Mapping[str, Any]]) -> Table:
    known = set(dimension.values)
    counts = Counter(value if (value := dimension.of(one)) in known else dimension.values[-1] for one in sent)
    labels = {value: _label(dimension, value, names) for value in dimension.values}
    return table_of(dimension.name, str(names["numbers"][f"of_{dimension.name}"]), labels, counts)


def _label(dimension: _Dimension, value: str, names: Mapping[str, Mapping[str, Any]]) -> str:
    if dimension.name == "hour":
        return f"{value}:00"
    key = f"code_{value}" if dimension.name == "language" and value != _UNKNOWN else value
    return str(names[dimension.group][key])
