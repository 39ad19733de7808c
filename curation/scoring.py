"""From messages and answers to numbers. Every rate is kept with its count, so that a small set looks small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from curation.measuring_sets import Row
from kernel.language import Language
from kernel.need import NEEDS, NOT_UNDERSTOOD
from kernel.urgency import Urgency
from safety.routes import AGE_GROUPS, HOTLINE, WHO, Routes

_ALWAYS_RIGHT = frozenset({HOTLINE, "emergency_112"})
FIRST_LINES = 2
"""How many of a route's lines count as right: the first to name and the one after it. The third is there to be open, or further help."""
OTHER = "—"
"""How a report names an answer without a need, or one that is not in the set."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the product said to a row."""

    need: str | None
    confidence: float
    urgency: Urgency
    language: str
    lines: tuple[str, ...]

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Answer:
        """From a row of `python -m channels ask`."""
        lines = tuple(str(line) for line in raw.get("lines") or ())
        return cls(raw.get("need"), float(raw.get("confidence") or 0.0), Urgency.parse(raw.get("urgency")), str(raw.get("lang")), lines)

    def plain(self) -> dict[str, Any]:
        """As `read` takes it."""
        urgency, lines = self.urgency.value, list(self.lines)
        return {"need": self.need, "confidence": self.confidence, "urgency": urgency, "lang": self.language, "lines": lines}


Pairs = Sequence[tuple[Row, Answer]]


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `count`."""

    hits: int
    count: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nothing was counted."""
        return self.hits / self.count if self.count else None

    def plain(self) -> dict[str, float | int | None]:
        """For the JSON report."""
        return {"hits": self.hits, "count": self.count, "share": None if self.share is None else round(self.share, 4)}


def rate(pairs: Iterable[tuple[Row, Answer]], is_hit: Callable[[Row, Answer], bool]) -> Rate:
    """How many of `pairs` are hits."""
    judged = [is_hit(row, answer) for row, answer in pairs]
    return Rate(sum(judged), len(judged))


@dataclass(frozen=True, slots=True)
class Understanding:
    """One language's figures on labelled sentences; `matrix[i][j]`: of need `labels[i]`, answered as `labels[j]` (the last is "—")."""

    count: int
    accuracy: float
    macro_f1: float
    per_need: dict[str, dict[str, float | int]]
    labels: list[str]
    matrix: list[list[int]]

    def most_confused(self, most: int) -> list[tuple[str, str, int]]:
        """The pairs (said, taken for, how often) that went wrong most often."""
        wrong = [
            (self.labels[i], self.labels[j], times) for i, row in enumerate(self.matrix) for j, times in enumerate(row) if i != j and times
        ]
        return sorted(wrong, key=lambda one: (-one[2], one[0], one[1]))[:most]


def understanding(pairs: Pairs) -> Understanding | None:
    """Accuracy and macro F1 over the needs present among the right ones; None for no rows. An answer without a need is wrong."""
    if not pairs:
        return None
    true = [row.needs[0] for row, _ in pairs]
    labels = [need for need in NEEDS if need in set(true)]
    said = [answer.need if answer.need in labels else OTHER for _, answer in pairs]
    precision, recall, f1, support = precision_recall_fscore_support(true, said, labels=labels, zero_division=0)
    per_need: dict[str, dict[str, float | int]] = {
        need: {"precision": round(float(p), 4), "recall": round(float(r), 4), "f1": round(float(f), 4), "count": int(n)}
        for need, p, r, f, n in zip(labels, precision, recall, f1, support, strict=True)
    }
    matrix = confusion_matrix(true, said, labels=[*labels, OTHER]).tolist()
    right = sum(one == other for one, other in zip(true, said, strict=True))
    return Understanding(len(true), right / len(true), float(sum(f1) / len(labels)), per_need, [*labels, OTHER], matrix)


class RightLines:
    """Which helplines are right for a need: the first lines of its routes in data/safety/routes.yml, whoever asks."""

    def __init__(self, routes: Routes, at: datetime | None = None) -> None:
        self._routes = routes
        # A weekday afternoon: the table as it is written, without lines that only stand in for closed ones.
        self._at = at or datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

    def of(self, need: str, language: Language) -> frozenset[str]:
        """The right lines; empty for small talk and questions about the bot."""
        if need not in NEEDS or NEEDS[need].is_conversation:
            return frozenset()
        return frozenset(
            line
            for who in WHO
            for age in AGE_GROUPS
            for line in self._routes.lines(need, language, who=who, age_group=age, at=self._at)[:FIRST_LINES]
        )

    def when_now(self, need: str, language: Language) -> str:
        """The line that comes first when the words say now (112, or 101 for somebody missing)."""
        return self._routes.lines(need, language, now=True, at=self._at)[0]

    def for_row(self, row: Row) -> frozenset[str]:
        """Right for any of the row's needs; in an emergency also the line for now."""
        lines = frozenset(line for need in row.needs for line in self.of(need, row.language))
        if row.urgency is Urgency.EMERGENCY and lines:
            lines |= {self.when_now(need, row.language) for need in row.needs}
        return lines


def line_rates(pairs: Pairs, right: RightLines) -> dict[str, Rate]:
    """Right line and first card right of the first reply, beside always naming 116000; rows without a right line are left out."""
    counted = [(row, answer) for row, answer in pairs if right.for_row(row)]
    return {
        "right_line": rate(counted, lambda row, answer: not right.for_row(row).isdisjoint(answer.lines)),
        "first_card": rate(counted, lambda row, answer: bool(answer.lines) and answer.lines[0] in right.for_row(row)),
        "always_116000": rate(counted, lambda row, _: HOTLINE in right.for_row(row)),
    }


def line_rates_in_danger(pairs: Pairs, right: RightLines) -> dict[str, Rate]:
    """Of the rows labelled high or emergency: a right line in the first reply, where one of the row's needs has lines; 116000 or 112 on the
    others."""
    urgent = [(row, answer) for row, answer in pairs if row.urgency.is_danger]
    with_need = [pair for pair in urgent if right.for_row(pair[0])]
    others = [pair for pair in urgent if not right.for_row(pair[0])]
    return {
        "right line": rate(with_need, lambda row, answer: not right.for_row(row).isdisjoint(answer.lines)),
        "116000 or 112": rate(others, lambda _, answer: not _ALWAYS_RIGHT.isdisjoint(answer.lines)),
    }


def need_right(row: Row, answer: Answer) -> bool:
    """The main need, or one that is right too."""
    return answer.need in row.needs


def danger_rates(pairs: Pairs, level: Urgency) -> dict[str, Rate]:
    """Of the rows labelled `level`: seen as danger at all (high or emergency), and as at least that level."""
    labelled = [(row, answer) for row, answer in pairs if row.urgency is level]
    return {
        "seen": rate(labelled, lambda _, answer: answer.urgency.is_danger),
        "level": rate(labelled, lambda row, answer: answer.urgency.rank >= row.urgency.rank),
    }


def is_alarm(_row: Row, answer: Answer) -> bool:
    """A harmless message answered as danger, or with any line but 116000."""
    return answer.urgency.is_danger or any(line != HOTLINE for line in answer.lines)


def is_raised(level: Urgency) -> Callable[[Row, Answer], bool]:
    """Whether a message brought the conversation to `level` or higher."""
    return lambda _, answer: answer.urgency.rank >= level.rank


def is_at_once_first(_row: Row, answer: Answer) -> bool:
    """Whether the first line is one that comes at once: 112 or the police."""
    return answer.lines[:1] in (("emergency_112",), ("police_101",))


def is_taken_for_help(_row: Row, answer: Answer) -> bool:
    """A harmless message answered as some need that is not conversation."""
    known = NEEDS.get(answer.need or "")
    return known is not None and not known.is_conversation


def not_understood(_row: Row, answer: Answer) -> bool:
    """No need was found, or the bot did not answer."""
    return answer.need in (None, NOT_UNDERSTOOD)


def is_silent(_row: Row, answer: Answer) -> bool:
    """The hub answered without the bot (late, down, or a typed command such as `wis`): only then the confidence is exactly 0.

    A bot that answered but understood nothing also leaves the need out, with a small confidence: that is no silence.
    """
    return answer.confidence == 0.0


def language_right(row: Row, answer: Answer) -> bool:
    """Answered in the language it was written in."""
    return answer.language == row.language.value
