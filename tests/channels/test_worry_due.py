"""When the gentle question after danger is due, counted in turns of the bot."""

from __future__ import annotations

import pytest

from channels.worry import Worry, after_turn, recheck_is_due
from kernel.conversation import BotTurn, Bubble, Choice
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding

FINDING = Finding("suicidal", Urgency.EMERGENCY, False, Language.NL, "test")


def turn(need: str | None, topic: str = "", bubbles: int = 2) -> BotTurn:
    shown = (*(Bubble("a", Language.NL) for _ in range(bubbles - 1)), Bubble("b", Language.NL, (Choice("Ja", "/affirm"),)))
    return BotTurn(shown, need, 0.9, "none", Language.NL, "nl", {"topic": topic})


def asked_at(*turns: BotTurn, need: str = "suicidal", level: Urgency = Urgency.EMERGENCY, is_taken_back: bool = False) -> list[int]:
    """At which of the turns after the danger (and after "grapje") the re-check is due."""
    worry, due = after_turn(None, Finding(need, level, False, Language.NL, "test"), turn(need, need)), []
    assert worry is not None
    if is_taken_back:
        worry = worry.asked("believed").answered()
    for number, this in enumerate(turns, 1):
        before, worry = worry, after_turn(worry, None, this)
        if recheck_is_due(before, worry, this):
            due.append(number)
            assert worry is not None
            worry = worry.asked("recheck").answered()
    return due


def test_the_recheck_is_due_once_two_to_four_answers_after_the_talk_turned_away() -> None:
    away, on_path = turn("off_topic", "suicidal"), turn("deny", "suicidal")
    assert asked_at(*[away] * 9) == [3]
    assert asked_at(away, *[on_path] * 8) == [5]
    assert asked_at(*[turn("cyberbullying", "cyberbullying", bubbles=1)] * 9) == [5]
    assert asked_at(*[on_path] * 9) == []  # the bot itself is still asking about it


@pytest.mark.parametrize("need", ["sextortion", "grooming", "sexual_abuse", "teen_pimp", "unsafe_home", "self_harm"])
def test_after_lesser_danger_it_is_due_once_it_was_taken_back(need: str) -> None:
    away, on_path = turn("off_topic"), turn("deny", need)
    assert asked_at(*[away] * 9, need=need, level=Urgency.HIGH, is_taken_back=True) == [2]
    assert asked_at(*[on_path] * 9, need=need, level=Urgency.HIGH, is_taken_back=True) == [4]
    assert asked_at(*[away] * 9, need=need, level=Urgency.HIGH) == [], (
        "who did not say that nothing was wrong only speaks of something else"
    )
    again = (away, turn(need, need), *[away] * 6)
    assert asked_at(*again, need=need, level=Urgency.HIGH, is_taken_back=True) == [], "told again: the worry is no longer taken back"


def test_the_recheck_does_not_push_aside_what_matters_more() -> None:
    away = turn("off_topic", "suicidal")
    assert asked_at(away, away, turn("wipe_chat"), turn("affirm"), away) == [5]
    assert asked_at(away, away, turn("want_human"), turn("privacy_question"), away) == [5]
    assert asked_at(away, turn("suicidal", "suicidal"), away, away, away) == [5]


def test_danger_heard_anew_is_the_worry_of_then_on() -> None:
    first = after_turn(None, FINDING, turn("suicidal"))
    assert first == Worry("suicidal", Urgency.EMERGENCY)
    lesser = after_turn(first, None, turn("sextortion"))
    assert lesser is not None
    assert (lesser.need, lesser.since_turned) == ("suicidal", 0)
    assert after_turn(first, None, turn("runaway_now")) == Worry("runaway_now", Urgency.EMERGENCY)
    assert Worry.of({"worry": lesser.asked("recheck", Bubble("q", Language.FR, (Choice("Oui", "/affirm"),))).kept()}) is not None


def asked_before(question: str | None = None) -> Worry:
    """An emergency that was asked about already, told laughing then."""
    return Worry("suicidal", Urgency.EMERGENCY, age=4, since_turned=3, is_rechecked=True, is_light=True, question=question)


def test_the_same_danger_told_again_after_the_recheck_is_asked_about_anew() -> None:
    away, told = turn("off_topic"), turn("suicidal", "suicidal")
    assert after_turn(asked_before(), FINDING, told) == Worry("suicidal", Urgency.EMERGENCY)
    assert asked_at(*[away] * 3, told, *[away] * 6) == [3, 7]


def test_told_in_answer_to_the_recheck_it_is_not_asked_about_once_more() -> None:
    after = after_turn(asked_before("recheck"), FINDING, turn("suicidal", "suicidal"))
    assert after is not None
    assert (after.is_rechecked, after.question, after.age) == (True, None, 0)


def test_another_danger_after_the_recheck_is_the_one_to_ask_about_also_when_it_is_lesser() -> None:
    assert after_turn(asked_before(), None, turn("sextortion")) == Worry("sextortion", Urgency.HIGH)
    answering = after_turn(asked_before("recheck"), Finding("sextortion", Urgency.HIGH, False, Language.NL, "test"), turn("deny"))
    assert answering == Worry("sextortion", Urgency.HIGH)
