"""Figures of the evaluation, by hand on a few rows."""

from __future__ import annotations

import pytest
from scored import FR, NL, made_answer, made_row

from curation import agreed_bars, scoring
from curation.scoring import Rate, RightLines
from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency


def test_macro_f1_counts_every_need_alike_and_no_need_as_wrong() -> None:
    """suicidal 2 of 2 right, once wrongly said: P 2/3, R 1, F1 0.8; sextortion 1 of 3: P 1, R 1/3, F1 0.5."""
    pairs = [
        (made_row("suicidal"), made_answer("suicidal")),
        (made_row("suicidal"), made_answer("suicidal")),
        (made_row("sextortion"), made_answer("sextortion")),
        (made_row("sextortion"), made_answer("suicidal")),
        (made_row("sextortion"), made_answer("nlu_fallback")),
    ]
    found = scoring.understanding(pairs)
    assert found is not None
    assert found.macro_f1 == pytest.approx((0.8 + 0.5) / 2)
    assert found.accuracy == pytest.approx(3 / 5)
    assert found.labels == ["sextortion", "suicidal", scoring.OTHER]
    assert found.matrix == [[1, 1, 1], [0, 2, 0], [0, 0, 0]]
    assert found.most_confused(1) == [("sextortion", "suicidal", 1)]
    assert found.per_need["sextortion"] == {"precision": 1.0, "recall": 0.3333, "f1": 0.5, "count": 3}
    assert scoring.understanding([]) is None


def test_right_lines_come_from_the_routes(right: RightLines) -> None:
    assert right.of("suicidal", NL) == {"zelfmoordlijn_1813", "emergency_112"}
    assert right.of("worried_own_feelings", FR) == {"seos", "stopitnow_brussels"}
    assert {"childfocus", "take_it_down", "stopncii"} == right.of("nude_spread", NL)
    assert right.of("off_topic", NL) == right.of("privacy_question", FR) == right.of("nlu_fallback", NL) == frozenset()
    assert right.for_row(made_row("friend_missing", urgency="emergency")) >= {"police_101", "childfocus"}
    assert "emergency_112" in right.for_row(made_row("unsafe_home", urgency="emergency"))
    assert "emergency_112" not in right.for_row(made_row("unsafe_home", urgency="high"))
    missing = [(need, code) for need, known in NEEDS.items() for code in Language if not known.is_conversation and not right.of(need, code)]
    assert {need for need, _ in missing} == {"privacy_question"}


def test_line_rates_stand_beside_the_constant_answer(right: RightLines) -> None:
    pairs = [
        (made_row("suicidal"), made_answer("suicidal", "zelfmoordlijn_1813", "childfocus")),
        (made_row("suicidal"), made_answer("other_wellbeing", "awel", "zelfmoordlijn_1813")),
        (made_row("nude_spread"), made_answer("nude_spread")),
        (made_row("privacy_question"), made_answer("suicidal", "zelfmoordlijn_1813")),
    ]
    rates = scoring.line_rates(pairs, right)
    assert rates["right_line"] == Rate(2, 3)
    assert rates["first_card"] == Rate(1, 3)
    assert rates["always_116000"] == Rate(1, 3)


def test_lines_in_danger_are_counted_apart_where_no_need_of_ours_has_any(right: RightLines) -> None:
    pairs = [
        (made_row("suicidal", urgency="emergency"), made_answer("suicidal", "zelfmoordlijn_1813")),
        (made_row("grooming", urgency="high"), made_answer("off_topic", "jac")),
        (made_row("suicidal"), made_answer("suicidal")),  # labelled normal: not counted
        (made_row("privacy_question", urgency="high"), made_answer("off_topic", "childfocus")),
        (made_row("", urgency="emergency"), made_answer("off_topic", "awel")),
    ]
    assert scoring.line_rates_in_danger(pairs, right) == {"right line": Rate(1, 2), "116000 or 112": Rate(1, 2)}


def test_agreed_bars_hold_fall_short_or_have_nothing_to_count() -> None:
    summary = {bar.row: {NL: Rate(0, 0), FR: Rate(97, 100)} for bar in agreed_bars.AGREED}
    summary["danger: emergency, seen"][NL] = Rate(96, 100)
    summary["everyday: false alarms"] = {NL: Rate(1, 100), FR: Rate(2, 100)}
    holds = {(one.bar.row, one.language): one.holds for one in agreed_bars.judged(summary)}
    assert holds["danger: emergency, seen", NL] is False
    assert holds["danger: emergency, seen", FR] is True
    assert holds["everyday: false alarms", NL] is True
    assert holds["everyday: false alarms", FR] is False
    assert holds["danger: high, level", NL] is None
    with pytest.raises(KeyError):
        agreed_bars.judged({})


def test_danger_and_alarms() -> None:
    pairs = [
        (made_row("suicidal", urgency="emergency"), made_answer("suicidal", urgency="emergency")),
        (made_row("suicidal", urgency="emergency"), made_answer("self_harm", urgency="high")),
        (made_row("suicidal", urgency="emergency"), made_answer("off_topic")),
        (made_row("grooming", urgency="high"), made_answer("grooming", urgency="emergency")),
    ]
    assert scoring.danger_rates(pairs, Urgency.EMERGENCY) == {"seen": Rate(2, 3), "level": Rate(1, 3)}
    assert scoring.danger_rates(pairs, Urgency.HIGH) == {"seen": Rate(1, 1), "level": Rate(1, 1)}
    harmless = made_row("")
    assert [
        scoring.is_alarm(harmless, answer)
        for answer in (made_answer("off_topic", "childfocus"), made_answer("x", "awel"), made_answer("x", urgency="high"))
    ] == [False, True, True]
    assert [scoring.is_taken_for_help(harmless, made_answer(need)) for need in ("off_topic", None, "nlu_fallback", "suicidal")] == [
        False,
        False,
        False,
        True,
    ]
    assert scoring.need_right(made_row("grooming sexual_abuse"), made_answer("sexual_abuse"))
    assert Rate(0, 0).share is None
