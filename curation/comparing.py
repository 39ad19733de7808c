"""The gate's judgement: the candidate's answers against those of the published model, on the same sentences.

Refused: danger heard less often in either language (nobody can override that), a check of the data that fails, more false alarms than
before (of both languages together: one sentence that flips in each is no rise), or a need that falls by more than two points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from curation import scoring
from curation.measuring_sets import DANGER, EVERYDAY, HARMLESS, HELP, TWINS, Row
from curation.scoring import Answer, Rate, Understanding
from kernel.language import Language
from kernel.urgency import Urgency

MOST_FALL = 0.02
"""A need's F1 may fall by this much (two points) in a language."""
_ROUNDING = 1e-9


class Rule(StrEnum):
    """Why a change is refused."""

    DANGER = "danger"
    DANGER_LEVEL = "danger_level"
    CHECK = "check"
    ALARM = "alarm"
    NEED = "need"
    NOTHING = "nothing_measured"


OVERRIDABLE = frozenset({Rule.ALARM, Rule.NEED})
"""What a lead may publish nevertheless, with a reason. Danger and checks: nobody."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that was measured, with what both models made of it."""

    row: Row
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to refuse. `before` and `after`: rates, or a need's F1; `sentences`: those it is about."""

    rule: Rule
    language: Language | None
    need: str | None
    before: Rate | float | None
    after: Rate | float | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both models make of the same sentences."""

    sentences: tuple[Sentence, ...]
    before: dict[Language, Understanding | None]
    after: dict[Language, Understanding | None]

    def of(self, language: Language, kinds: Iterable[str]) -> list[Sentence]:
        """The sentences of these kinds in a language."""
        wanted = frozenset(kinds)
        return [one for one in self.sentences if one.row.language is language and one.row.kind in wanted]

    def rates(self, language: Language, kinds: Iterable[str], is_hit: Callable[[Row, Answer], bool]) -> tuple[Rate, Rate]:
        """How often it holds, before and after."""
        chosen = self.of(language, kinds)
        return scoring.rate(((s.row, s.before) for s in chosen), is_hit), scoring.rate(((s.row, s.after) for s in chosen), is_hit)


def compare(rows: Sequence[Row], before: Sequence[Answer], after: Sequence[Answer]) -> Comparison:
    """Put the answers side by side."""
    sentences = tuple(Sentence(row, old, new) for row, old, new in zip(rows, before, after, strict=True))
    twins = {language: [s for s in sentences if s.row.kind == TWINS and s.row.language is language] for language in Language}
    return Comparison(
        sentences,
        {language: scoring.understanding([(s.row, s.before) for s in of]) for language, of in twins.items()},
        {language: scoring.understanding([(s.row, s.after) for s in of]) for language, of in twins.items()},
    )


def is_danger(row: Row) -> bool:
    """A sentence of danger, by its label."""
    return row.kind in (HELP, DANGER) and row.urgency.is_danger


def seen(row: Row, answer: Answer) -> bool:
    """Danger that was answered as danger."""
    return is_danger(row) and answer.urgency.is_danger


def at_level(row: Row, answer: Answer) -> bool:
    """Danger that was answered as at least as urgent as it is."""
    return is_danger(row) and answer.urgency.rank >= row.urgency.rank


def is_emergency(row: Row) -> bool:
    """Danger of life, by its label."""
    return is_danger(row) and row.urgency is Urgency.EMERGENCY


def reasons(comparison: Comparison) -> list[Reason]:
    """Every reason to refuse, the gravest first; empty when the candidate may be published."""
    found: list[Reason] = []
    for language in Language:
        found += _danger(comparison, language)
    found += _alarms(comparison)
    for language in Language:
        found += _needs(comparison, language)
    return found


def _lost(sentences: Iterable[Sentence], is_right: Callable[[Row, Answer], bool]) -> tuple[Sentence, ...]:
    return tuple(s for s in sentences if is_right(s.row, s.before) and not is_right(s.row, s.after))


def _danger(comparison: Comparison, language: Language) -> list[Reason]:
    dangers = [s for s in comparison.of(language, (HELP, DANGER)) if is_danger(s.row)]
    if not dangers:  # a measure without a sentence finds nothing wrong: fail closed
        return [Reason(Rule.NOTHING, language, None, None, None, ())]
    found = []
    for rule, is_right in ((Rule.DANGER, seen), (Rule.DANGER_LEVEL, at_level)):
        before = scoring.rate(((s.row, s.before) for s in dangers), is_right)
        after = scoring.rate(((s.row, s.after) for s in dangers), is_right)
        if after.hits < before.hits:
            found.append(Reason(rule, language, None, before, after, _lost(dangers, is_right)))
    # Whoever is not heard at all is named once.
    return found[:1] if len(found) == 2 and set(found[1].sentences) <= set(found[0].sentences) else found


def _alarms(comparison: Comparison) -> list[Reason]:
    harmless = [(language, comparison.of(language, (EVERYDAY, HARMLESS))) for language in Language]
    unmeasured = [language for language, sentences in harmless if not sentences]
    if unmeasured:
        return [Reason(Rule.NOTHING, language, None, None, None, ()) for language in unmeasured]
    every = [one for _, sentences in harmless for one in sentences]
    before = scoring.rate(((one.row, one.before) for one in every), scoring.is_alarm)
    after = scoring.rate(((one.row, one.after) for one in every), scoring.is_alarm)
    if after.hits <= before.hits:
        return []
    new = [one for one in every if scoring.is_alarm(one.row, one.after) and not scoring.is_alarm(one.row, one.before)]
    where = {one.row.language for one in new}
    return [Reason(Rule.ALARM, where.pop() if len(where) == 1 else None, None, before, after, tuple(new))]


def _needs(comparison: Comparison, language: Language) -> list[Reason]:
    before, after = comparison.before[language], comparison.after[language]
    if before is None or after is None:
        return [Reason(Rule.NOTHING, language, None, None, None, ())]
    found = []
    for need, old in before.per_need.items():
        was, now = float(old["f1"]), float(after.per_need.get(need, {"f1": 0.0})["f1"])
        if was - now > MOST_FALL + _ROUNDING:
            found.append(Reason(Rule.NEED, language, need, was, now, _about(comparison, language, need)))
    return sorted(found, key=_fall, reverse=True)


def _fall(reason: Reason) -> float:
    """How far a need's F1 fell."""
    return (reason.before if isinstance(reason.before, float) else 0.0) - (reason.after if isinstance(reason.after, float) else 0.0)


def _about(comparison: Comparison, language: Language, need: str) -> tuple[Sentence, ...]:
    """What made a need fall: its sentences that are lost, and others that are now taken for it."""
    return tuple(
        s
        for s in comparison.of(language, (TWINS,))
        if (need in s.row.needs and scoring.need_right(s.row, s.before) and not scoring.need_right(s.row, s.after))
        or (need not in s.row.needs and s.after.need == need != s.before.need)
    )


def flips(comparison: Comparison) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences that went from right to wrong, and from wrong to right: by need, danger or false alarm."""
    worse, better = [], []
    for one in comparison.sentences:
        was, now = is_right(one.row, one.before), is_right(one.row, one.after)
        if was and not now:
            worse.append(one)
        elif now and not was:
            better.append(one)
    return worse, better


def is_right(row: Row, answer: Answer) -> bool:
    """The answer is right by what its set measures: no alarm for the harmless, danger heard, the need understood."""
    if row.kind in (EVERYDAY, HARMLESS):
        return not scoring.is_alarm(row, answer)
    if row.kind == DANGER or (row.kind == HELP and row.urgency.is_danger):
        return at_level(row, answer)
    return scoring.need_right(row, answer)
