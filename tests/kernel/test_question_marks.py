"""Marks of the questions on the way: each is read, nothing else is, and each stands in data/questions/asked.yml where its answer asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kernel.question import Question, QuestionsError, question_of
from kernel.questions import Questions
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = Questions(read_section(ROOT / "data/questions/asked.yml", "questions"))
MARKED: Mapping[str, frozenset[str]] = {
    mark: frozenset(names.split())
    for mark, names in {
        "for_victims": "my_fault my_fault_spread my_fault_home he_angry he_prison guilt_other something_happened still_counts",
        "after_danger": "shaken",
        "of_another": "at_school friend_blades",
        "own_story": "opens_up something_happened odd_adult",
        "in_strong_words": "home_rotten bad_day",
        "drops_level": "home_carer home_rotten gay_places scary_film lost_phone",
        "over_guess": "partner_control",
        "far_day": "forced_trip forced_trip_soon",
        "decides": "ask_away has_address gave_address asks_address not_going",
        "need_first": "who_reads",
        "in_now": "no_phone_now",
    }.items()
}
MARKS = ("anywhere", "bare", "alone", "in_danger", "of_body", "over_talk", "serious", "opens", "told", "small", *MARKED)


def _marks_of(question: Question) -> set[str]:
    return {mark for mark in MARKS if getattr(question, mark)}


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_is_read_and_is_true_or_false(mark: str) -> None:
    assert _marks_of(question_of({"name": "wait"})) == _marks_of(question_of({"name": "wait", mark: False})) == set()
    assert _marks_of(question_of({"name": "wait", mark: True})) == {mark}
    with pytest.raises(QuestionsError, match="are true or false"):
        question_of({"name": "wait", mark: "yes"})


@pytest.mark.parametrize("mark", ["for_victim", "decided", "marks"])
def test_a_mark_that_does_not_exist_is_refused(mark: str) -> None:
    with pytest.raises(QuestionsError, match="wait: needs a name, and only"):
        question_of({"name": "wait", mark: True})


@pytest.mark.parametrize(("mark", "names"), MARKED.items())
def test_a_mark_stands_on_these_questions_and_on_no_other(mark: str, names: frozenset[str]) -> None:
    assert {name for name, question in QUESTIONS.all.items() if getattr(question, mark)} == names


@pytest.mark.parametrize(
    "mark", ["after_danger", "of_another", "in_strong_words", "drops_level", "over_guess", "far_day", "decides", "in_now"]
)
def test_what_is_decided_by_the_words_is_known_by_them(mark: str) -> None:
    assert [name for name in MARKED[mark] if QUESTIONS.all[name].opened_by is None] == []


def test_where_words_that_decide_are_the_very_answer_they_are_no_question() -> None:
    asked_at: dict[str, Any] = {name: question.asked_at for name, question in QUESTIONS.all.items() if question.asked_at}
    assert asked_at == {
        "no_phone_now": {"now_call"},
        "not_going": {"grooming_stay", "grooming_meeting"},
        "has_address": {
            *("sextortion_safe", "nude_spread_safe", "deepfake_nude_safe", "grooming_meeting", "grooming_stay"),
            *("cyberbullying_threat", "pressured_to_send_fear"),
        },
        "gave_address": {"grooming_meeting", "grooming_stay", "cyberbullying_threat", "pressured_to_send_fear"},
        "asks_address": {"grooming_meeting", "grooming_stay", "cyberbullying_threat", "pressured_to_send_fear"},
    }


def test_the_need_that_goes_first_is_named() -> None:
    assert {QUESTIONS.all[name].need for name in MARKED["need_first"]} == {"privacy_question"}
    assert all(QUESTIONS.all[name].over_talk for name in MARKED["need_first"])


def test_who_dropped_the_level_says_what_tells_of_danger() -> None:
    assert [name for name in MARKED["drops_level"] if QUESTIONS.all[name].unless is None] == []


def test_what_is_small_talk_is_of_no_need_and_names_no_line() -> None:
    small = {name for name, one in QUESTIONS.all.items() if one.small}
    assert {"lost_pet", "school_task"} <= small and "miss_parent" not in small
    assert [name for name in small if QUESTIONS.all[name].need or QUESTIONS.all[name].lines or QUESTIONS.all[name].serious] == []
