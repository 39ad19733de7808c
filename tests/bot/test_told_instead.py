"""Something else told where a yes or no would take a danger away: it is met, and that question comes once more."""

from __future__ import annotations

from typing import Any

from bot_scripts import told_by

LINES, HEARD = "action_point_to_safety", "nlu_fallback"
SAFE, RECENT, NOW = "utter_ask_sexual_abuse_safe", "utter_ask_sexual_abuse_recent", "utter_ask_unsafe_home_now"
# the question, how often it was asked, the intent, what is told instead, the topic → the turn
ROWS: list[tuple[list[Any], list[str]]] = [
    ([SAFE, 1, HEARD, "else", "sexual_abuse"], ["utter_sexual_abuse_safe_heard", LINES, SAFE]),
    ([SAFE, 1, "sexual_abuse", "else", "sexual_abuse"], ["utter_sexual_abuse_safe_heard", LINES, SAFE]),
    ([SAFE, 2, HEARD, "else", "sexual_abuse"], []),
    ([SAFE, 1, HEARD, None, "sexual_abuse"], []),
    ([SAFE, 1, "affirm", "else", "sexual_abuse"], []),
    # whoever did it is there
    ([RECENT, 1, HEARD, "near", "sexual_abuse"], ["utter_sexual_abuse_not_safe", LINES, RECENT]),
    ([NOW, 1, HEARD, "else", "unsafe_home"], ["utter_unsafe_home_now_heard", LINES, NOW]),
    # a danger of this moment goes on to 112; a question of no danger is not repeated
    (["utter_ask_now_away", 1, HEARD, "else", "unsafe_home"], []),
    (["utter_ask_sexual_abuse_tell", 1, HEARD, "else", "sexual_abuse"], []),
    (["utter_ask_sextortion_safe", 1, HEARD, "else", "sextortion"], []),
]


def test_the_question_comes_once_more() -> None:
    found = told_by("told_instead.py", [row for row, _ in ROWS])
    assert [(row, turn) for row, turn in zip(ROWS, found, strict=True) if turn != row[1]] == []
