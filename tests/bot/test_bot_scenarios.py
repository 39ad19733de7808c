"""The bot's part in the interactive scenarios: the words that ask for one, when its action goes first, and the way back."""

from __future__ import annotations

import scenario_tables
from inside import said


def test_the_words_that_ask_for_a_story() -> None:
    assert len(said()["scenario_words"]) == len(scenario_tables.SCENARIO_WORDS)
    assert [row for row, found in zip(scenario_tables.SCENARIO_WORDS, said()["scenario_words"], strict=True) if found != row[1]] == []


def test_when_the_story_goes_first() -> None:
    assert len(said()["next_actions"]) == len(scenario_tables.NEXT_ACTIONS)
    wrong = [(row, found) for row, found in zip(scenario_tables.NEXT_ACTIONS, said()["next_actions"], strict=True) if found != row[2]]
    assert wrong == []


def test_a_question_offers_the_way_back_to_a_story_that_was_interrupted() -> None:
    assert said()["way_back"] == [payloads for *_, payloads in scenario_tables.WAY_BACK]
