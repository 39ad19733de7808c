"""Which answer to a question tells of danger: a danger of this moment that is typed in place of a button counts as that one."""

import pytest

from kernel.need import ANSWERS
from kernel.typed import MEANINGS, grave_answer, takes_wish_away


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("sexual_abuse_safe", "deny"),
        ("utter_ask_unsafe_home_now", "affirm"),
        ("parent_or_adult_asks_for_child_danger", "affirm"),
        ("grooming_meeting", "affirm"),
        ("sexual_abuse_again", "affirm"),
        ("self_harm_die", "affirm"),
        ("worried_own_feelings_down", "affirm"),
        ("sexting_question_tell", None),
        ("cyberbullying_line", None),
    ],
)
def test_the_answer_that_tells_of_danger(question: str, answer: str | None) -> None:
    assert grave_answer(question) == answer


def test_the_answers_are_meanings_and_there_are_others() -> None:
    assert MEANINGS.issuperset(ANSWERS)
    assert MEANINGS - set(ANSWERS) == {"asks", "now", "told", "other", "back", "talk"}


@pytest.mark.parametrize("question", ["utter_ask_suicidal_now", "self_harm_die", "worried_own_feelings_down"])
def test_no_wish_to_die_is_a_matter_of_rules(question: str) -> None:
    assert takes_wish_away(question, "deny")
    assert not takes_wish_away(question, "affirm")
    assert not takes_wish_away("sextortion_safe", "deny")
