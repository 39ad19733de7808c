"""What was told for sure is not asked, nor what was asked twice; a question of danger always is."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot_scripts import told_by

SAFE, WHAT, STEP = "utter_ask_sextortion_safe", "utter_ask_sextortion_happened", "utter_ask_sextortion_step"
REMOVAL, LISTEN = "utter_ask_sextortion_removal", "action_listen"
MONEY = {"sextortion_happened": "money"}
CAN_TALK = ["utter_ask_nude_spread_safe", LISTEN, "you:affirm", "utter_ask_nude_spread_where", LISTEN]
# what happened, told_before, minutes since → the action of the story and the one in its place
WALKS: list[tuple[list[str], dict[str, str], float, list[str | None] | None]] = [
    ([SAFE, LISTEN, "you:affirm"], {}, 0, None),
    ([SAFE, LISTEN, "you:affirm"], MONEY, 0, [WHAT, "utter_sextortion_step"]),
    ([SAFE, LISTEN, "you:affirm", "utter_sextortion_step"], MONEY, 0, [None, STEP]),
    ([SAFE, LISTEN, "you:affirm", "utter_sextortion_step", STEP], MONEY, 0, [None, LISTEN]),
    ([SAFE, LISTEN, "you:affirm", "utter_now"], MONEY, 0, None),  # somebody else began this turn
    ([SAFE, LISTEN, "you:affirm"], {"sextortion_happened": "deadline"}, 0, None),
    (["utter_ask_grooming_happened", LISTEN, "you:nlu_fallback"], MONEY, 0, None),
    # who said that they can talk is not asked so by another path; unless it is long ago, or was a no
    ([*CAN_TALK, "you:sextortion", "utter_sextortion", "action_point_to_help"], {}, 1, [None, WHAT]),
    ([*CAN_TALK, "you:sextortion", "utter_sextortion", "action_point_to_help"], {}, 60, None),
    (["utter_ask_nude_spread_safe", LISTEN, "you:deny", "x", LISTEN, "you:sextortion", "utter_sextortion"], {}, 1, None),
    # "gisteren" is not asked once more: the care of the first days is named at once
    (
        ["utter_ask_sexual_abuse_safe", LISTEN, "you:affirm"],
        {"sexual_abuse_recent": "recent"},
        0,
        ["utter_sexual_abuse_safe_yes", "utter_sexual_abuse_recent_yes"],
    ),
    (["utter_ask_sexual_abuse_safe", LISTEN, "you:affirm"], {"sexual_abuse_recent": "long_ago"}, 0, None),
    # danger is asked about whatever was told
    (["utter_ask_topic", LISTEN, "you:grooming", "utter_grooming", "action_point_to_help"], {"grooming_meeting": "wants_to_meet"}, 0, None),
]
CHILD = "utter_ask_parent_or_adult_asks_for_child"
WAY = ["you:question_on_the_way", "action_answer_question"]
AGAIN = [LISTEN, *WAY, "action_ask_again", STEP]
# what happened, told_before, topic → what is done behind the answer to a question on the way
OVER: list[tuple[list[str], dict[str, str], str | None, str | None]] = [
    ([STEP, LISTEN, *WAY], {}, "sextortion", None),
    ([STEP, *AGAIN, LISTEN, *WAY], {}, "sextortion", REMOVAL),
    ([STEP, *AGAIN, LISTEN, *WAY, REMOVAL], {}, "sextortion", LISTEN),
    ([WHAT, LISTEN, *WAY], MONEY, "sextortion", "utter_sextortion_step"),
    ([WHAT, LISTEN, *WAY, "utter_sextortion_step"], MONEY, "sextortion", STEP),
    ([WHAT, LISTEN, *WAY], MONEY, None, None),
    ([WHAT, LISTEN, "you:question_on_the_way"], MONEY, "sextortion", None),
    ([WHAT, LISTEN, "you:affirm"], MONEY, "sextortion", None),
    (["utter_ask_unsafe_home_now", LISTEN, *WAY, "utter_ask_unsafe_home_now", LISTEN, *WAY], {}, "unsafe_home", None),
    ([f"{CHILD}_danger", LISTEN, *WAY, "action_ask_again", f"{CHILD}_danger", LISTEN, *WAY], {}, CHILD[10:], f"{CHILD}_online"),
]


@cache
def said() -> dict[str, Any]:
    """What the policies say; started once."""
    answer: dict[str, Any] = told_by("told_walk.py", {"walks": [row[:3] for row in WALKS], "over": [row[:3] for row in OVER]})
    return answer


def test_what_is_known_is_not_asked() -> None:
    assert [(row, found) for row, found in zip(WALKS, said()["walks"], strict=True) if found != row[3]] == []


def test_a_path_goes_on_where_its_question_was_asked_twice() -> None:
    assert [(row, found) for row, found in zip(OVER, said()["over"], strict=True) if found != row[3]] == []
