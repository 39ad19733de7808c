"""The gate's judgement on small tables of answers: what is refused, and which sentences it names."""

from __future__ import annotations

import pytest

from curation import gate_report
from curation.comparing import Rule, compare, flips, reasons
from curation.jobs import JobFailed
from curation.measuring_sets import DANGER, EVERYDAY, HARMLESS, HELP, TWINS, Row
from curation.publish import allowed
from curation.scoring import Answer
from kernel.language import Language
from kernel.urgency import Urgency

NL, FR = Language.NL, Language.FR
CALM, HEARD, ALARM = (
    Answer("off_topic", 0.9, Urgency.NONE, "nl", ()),
    Answer("suicidal", 0.9, Urgency.EMERGENCY, "nl", ("childfocus",)),
    Answer("grooming", 0.9, Urgency.HIGH, "nl", ("childfocus",)),
)
REAL = "dit schreef iemand echt"


def row(kind: str, language: Language, number: int, need: str = "suicidal", urgency: Urgency = Urgency.EMERGENCY) -> Row:
    text = REAL if kind in (HELP, EVERYDAY) else f"{kind} {language.value} {number} {need}"
    level = urgency if kind in (HELP, DANGER) else Urgency.NONE
    needs = () if kind in (HARMLESS, EVERYDAY) else (need,)
    return Row(f"{kind}{number}", kind, f"{kind}_{language.value}:{number}:{need}", language, text, needs, level)


def table() -> dict[Row, Answer]:
    """Both languages: ten dangers heard, ten harmless ones without alarm, two needs with fifty twins each, all right."""
    answers: dict[Row, Answer] = {}
    for language in Language:
        for number in range(10):
            answers[row(DANGER, language, number)] = HEARD
            answers[row(HARMLESS, language, number)] = CALM
        for need in ("grooming", "sextortion"):
            for number in range(50):
                answers[row(TWINS, language, number, need)] = Answer(need, 0.9, Urgency.NONE, language.value, ())
    return answers


def judged(
    changes: dict[Row, Answer], before: dict[Row, Answer] | None = None
) -> list[tuple[Rule, Language | None, str | None, list[str]]]:
    old = before or table()
    found = reasons(compare(list(old), list(old.values()), list((old | changes).values())))
    return [(one.rule, one.language, one.need, [s.row.text for s in one.sentences]) for one in found]


def test_the_same_answers_pass() -> None:
    assert judged({}) == []


@pytest.mark.parametrize("language", list(Language))
def test_danger_that_is_missed_in_one_language_only_is_refused_and_the_sentence_named(language: Language) -> None:
    missed = row(DANGER, language, 3)
    assert judged({missed: CALM}) == [(Rule.DANGER, language, None, [missed.text])]


def test_more_danger_heard_in_one_language_does_not_make_up_for_the_other() -> None:
    before = table() | {row(DANGER, NL, number): CALM for number in range(5)}
    changes = {row(DANGER, NL, number): HEARD for number in range(5)} | {row(DANGER, FR, 0): CALM}
    assert judged(changes, before) == [(Rule.DANGER, FR, None, [row(DANGER, FR, 0).text])]


def test_an_emergency_taken_for_less_is_refused() -> None:
    lower = row(DANGER, FR, 1)
    assert judged({lower: ALARM}) == [(Rule.DANGER_LEVEL, FR, None, [lower.text])]


def test_danger_in_what_people_really_wrote_counts_and_is_not_shown() -> None:
    real = row(HELP, NL, 0)
    before = table() | {real: HEARD}
    old = list(before.values())
    comparison = compare(list(before), old, list((before | {real: CALM}).values()))
    report = gate_report.of_comparison(comparison, reasons(comparison))
    assert not report["passed"]
    assert not report["may_override"]
    assert report["reasons"][0]["sentences"][0]["place"] == real.place
    assert REAL not in str(report)


def test_one_more_false_alarm_in_one_language_is_refused() -> None:
    new = row(HARMLESS, FR, 2)
    assert judged({new: ALARM}) == [(Rule.ALARM, FR, None, [new.text])]


def test_a_false_alarm_more_and_one_less_is_no_rise() -> None:
    before = table() | {row(HARMLESS, NL, 1): ALARM}
    assert judged({row(HARMLESS, NL, 1): CALM, row(HARMLESS, NL, 2): ALARM}, before) == []
    assert judged({row(HARMLESS, NL, 1): CALM, row(HARMLESS, FR, 2): ALARM}, before) == []


def test_two_more_and_one_less_is_a_rise_whichever_the_language() -> None:
    before = table() | {row(HARMLESS, NL, 1): ALARM}
    new = [row(HARMLESS, NL, 2), row(HARMLESS, FR, 2)]
    changes = {row(HARMLESS, NL, 1): CALM} | dict.fromkeys(new, ALARM)
    assert judged(changes, before) == [(Rule.ALARM, None, None, [one.text for one in new])]


@pytest.mark.parametrize("language", list(Language))
def test_a_language_without_harmless_sentences_is_not_measured(language: Language) -> None:
    bare = {one: answer for one, answer in table().items() if not (one.kind == HARMLESS and one.language is language)}
    assert judged({}, bare) == [(Rule.NOTHING, language, None, [])]


def test_a_need_may_fall_by_two_points_and_no_more() -> None:
    """One of fifty twins lost to no need: recall 0.98, precision 1, F1 0.9899: 1.01 points. Three lost: F1 0.9691, 3.1 points."""
    lost = [row(TWINS, NL, number, "grooming") for number in range(3)]
    nothing = Answer(None, 0.2, Urgency.NONE, "nl", ())
    assert judged({lost[0]: nothing}) == []
    assert judged(dict.fromkeys(lost, nothing)) == [(Rule.NEED, NL, "grooming", [one.text for one in lost])]


def test_a_need_that_takes_the_sentences_of_another_is_named_with_them() -> None:
    taken = [row(TWINS, FR, number, "grooming") for number in range(4)]
    found = judged({one: Answer("sextortion", 0.9, Urgency.NONE, "fr", ()) for one in taken})
    assert {(rule, need) for rule, _, need, _ in found} == {(Rule.NEED, "grooming"), (Rule.NEED, "sextortion")}
    assert all(sentences == [one.text for one in taken] for *_, sentences in found)


def test_a_measure_without_sentences_refuses() -> None:
    without = {key: answer for key, answer in table().items() if not (key.kind == DANGER and key.language is FR)}
    assert judged({}, without) == [(Rule.NOTHING, FR, None, [])]


def test_the_gravest_reason_comes_first_and_flips_are_told_both_ways() -> None:
    before = table() | {row(TWINS, NL, 7, "sextortion"): CALM}
    changes = {
        row(DANGER, FR, 0): CALM,
        row(HARMLESS, NL, 0): ALARM,
        row(TWINS, NL, 7, "sextortion"): Answer("sextortion", 0.9, Urgency.NONE, "nl", ()),
    }
    assert [rule for rule, *_ in judged(changes, before)] == [Rule.DANGER, Rule.ALARM]
    worse, better = flips(compare(list(before), list(before.values()), list((before | changes).values())))
    assert [one.row.kind for one in worse] == [HARMLESS, DANGER]
    assert [one.row.text for one in better] == [row(TWINS, NL, 7, "sextortion").text]


def report_of(changes: dict[Row, Answer]) -> dict[str, object]:
    old = table()
    comparison = compare(list(old), list(old.values()), list((old | changes).values()))
    return gate_report.of_comparison(comparison, reasons(comparison))


def test_nobody_overrides_danger_or_a_check_and_a_lead_needs_a_reason_for_the_rest() -> None:
    said = {"by": {"id": "x"}, "reason": "seen one by one"}
    danger, alarm = report_of({row(DANGER, NL, 0): CALM}), report_of({row(HARMLESS, NL, 0): ALARM})
    both = report_of({row(DANGER, NL, 0): CALM, row(HARMLESS, NL, 0): ALARM})
    assert (danger["may_override"], alarm["may_override"], both["may_override"]) == (False, True, False)
    for report, override in (
        (danger, said),
        (both, said),
        (gate_report.of_findings([]), said),
        (alarm, None),
        (alarm, said | {"reason": " "}),
    ):
        with pytest.raises(JobFailed, match="refused"):
            allowed(report, override)
    with pytest.raises(JobFailed, match="refused"):
        allowed(alarm | {"is_sample": True}, said)
    with pytest.raises(JobFailed, match="no_gate"):
        allowed(None, said)
    assert allowed(alarm, said) is alarm
    assert allowed(report_of({}), None)["passed"]


def test_the_report_holds_figures_per_language_and_need() -> None:
    report = report_of({row(DANGER, NL, 0): CALM, row(TWINS, FR, 0, "grooming"): CALM})
    figures = report["figures"]
    assert isinstance(figures, dict)
    assert [one["hits"] for one in figures["nl"]["danger"]] == [10, 9]
    assert [one["hits"] for one in figures["fr"]["danger"]] == [10, 10]
    assert [one["hits"] for one in figures["fr"]["need_right"]] == [100, 99]
    needs = report["needs"]
    assert isinstance(needs, list)
    assert (needs[0]["need"], needs[0]["language"]) == ("grooming", "fr")
    assert len(needs) == 4
