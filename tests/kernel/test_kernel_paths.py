"""The steps of the paths: what is walked without asking, what stays, and what may be passed over."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.paths import Paths

SAFE, WHAT, STEP, LAST = "utter_ask_sextortion_safe", "utter_ask_sextortion_happened", "utter_ask_sextortion_step", "utter_ask_else"
HELP = "action_point_to_help"


def story(first: dict[str, str], said: list[str], *actions: str) -> dict[str, Any]:
    intents = [{"intent": name} for name in said]
    begins = [first] if first else []
    return {"steps": [*begins, intents[0] if len(intents) == 1 else {"or": intents}, *({"action": name} for name in actions)]}


PATHS = Paths(
    [
        story({}, ["sextortion"], "utter_sextortion", HELP, SAFE),
        story({"action": SAFE}, ["affirm", "nlu_fallback"], WHAT),
        story({"action": SAFE}, ["deny"], "utter_sextortion_not_safe", "action_point_to_safety", WHAT),
        story({"action": SAFE}, ["dont_know"], "utter_sextortion_maybe_safe", WHAT),
        story({"action": WHAT}, ["sextortion", "nlu_fallback"], "utter_sextortion_step", STEP),
        story({"action": STEP}, ["affirm"], "utter_sextortion_proof", LAST),
        story({"action": "utter_ask_unsafe_home_now"}, ["dont_know"], "utter_unsafe_home_heard", LAST),
    ]
)


def test_what_comes_behind_an_answer_or_begins_a_path() -> None:
    assert PATHS.steps(SAFE, "nlu_fallback") == (WHAT,)
    assert PATHS.steps(None, "sextortion") == PATHS.steps(LAST, "sextortion") == ("utter_sextortion", HELP, SAFE)
    assert PATHS.steps(LAST, "affirm") == PATHS.steps(None, "nonsense") == ()


@pytest.mark.parametrize(
    ("asked", "heard", "answers", "walked"),
    [
        (SAFE, "affirm", {}, (WHAT,)),
        (SAFE, "affirm", {WHAT: "sextortion"}, ("utter_sextortion_step", STEP)),
        (SAFE, "dont_know", {WHAT: "sextortion"}, ("utter_sextortion_step", STEP)),  # one remark is enough
        (SAFE, "deny", {WHAT: "sextortion"}, ("utter_sextortion_not_safe", "action_point_to_safety", "utter_sextortion_step", STEP)),
        (None, "sextortion", {SAFE: "affirm"}, ("utter_sextortion", HELP, WHAT)),
        (None, "sextortion", {SAFE: "affirm", WHAT: "sextortion"}, ("utter_sextortion", HELP, STEP)),
        (SAFE, "affirm", {WHAT: "nonsense"}, (WHAT,)),
        (SAFE, "affirm", {LAST: "affirm"}, (WHAT,)),
    ],
)
def test_what_is_known_is_not_asked(asked: str | None, heard: str, answers: dict[str, str], walked: tuple[str, ...]) -> None:
    assert PATHS.walked(PATHS.steps(asked, heard), answers) == walked


def test_a_circle_ends() -> None:
    circle = Paths([story({"action": WHAT}, ["affirm"], STEP), story({"action": STEP}, ["affirm"], WHAT)])
    assert circle.walked((WHAT,), {WHAT: "affirm", STEP: "affirm"}) in ((WHAT,), (STEP,))


def test_a_question_of_danger_is_never_passed_over() -> None:
    assert PATHS.behind(SAFE) == WHAT
    assert PATHS.behind(STEP) is None
    assert PATHS.behind("utter_ask_unsafe_home_now") is PATHS.behind("utter_ask_now_away") is None


def test_a_question_about_the_words_before_it_is_not_asked_without_them() -> None:
    assert PATHS.steps(WHAT, "nlu_fallback") == ("utter_sextortion_step", STEP)
    assert PATHS.behind(WHAT) is None
    other = Paths([story({"action": WHAT}, ["nlu_fallback"], "utter_sextortion_heard", STEP)])
    assert other.behind(WHAT) == STEP
