"""Danger in the words of a first message, which the rest takes back or not (bot/first_message.py)."""

from __future__ import annotations

from typing import Any

from bot_scripts import told_by

_BRUISE = "mijn blauwe plek van t paintballen op de verjaardag van lars is al geel"
_JUDO = "bij judo gewurgd op de mat door een wit gordeltje, wat een schaamte"
_LONG = "Morgen toets van frans. Mijn vader slaat mij en mijn zus bijna elke avond. Ik heb wel al twee hoofdstukken geleerd."
_DEATH = "eigenlijk wil ik al maanden gewoon dood maar die taak moet woensdag binnen"

ROWS: list[tuple[str, float, float, str, list[Any]]] = [
    # surely something else: the words are taken back, and nothing is raised
    (_BRUISE, 0.01, 0.0, "off_topic", ["off_topic", ["unsafe_home"], []]),
    (_BRUISE, 0.29, 0.0, "off_topic", ["off_topic", ["unsafe_home"], []]),
    # not surely: the words stay
    (_BRUISE, 0.31, 0.0, "off_topic", ["unsafe_home", [], ["high"]]),
    (_BRUISE, 0.01, 0.0, "self_harm", ["unsafe_home", [], ["high"]]),  # another danger is heard without the words
    # of this moment: only where nothing at all speaks for it
    (_JUDO, 0.02, 0.0, "off_topic", ["off_topic", ["unsafe_home"], []]),
    (_JUDO, 0.04, 0.0, "off_topic", ["unsafe_home", [], ["emergency"]]),
    # a sentence that is a call by itself counts, whatever stands around it
    (_LONG, 0.01, 0.95, "off_topic", ["unsafe_home", [], ["high"]]),
    (_LONG, 0.01, 0.5, "off_topic", ["off_topic", ["unsafe_home"], []]),
    # of life: never
    (_DEATH, 0.0, 0.0, "off_topic", ["suicidal", [], ["emergency"]]),
    # few words: never
    ("papa slaat mij weer", 0.0, 0.0, "off_topic", ["unsafe_home", [], ["high"]]),
]


def test_words_of_danger_are_taken_back_only_where_all_else_is_surely_something_else() -> None:
    found = told_by("first_message.py", [row[:4] for row in ROWS])
    wrong = [(row, one) for one, row in zip(found, ROWS, strict=True) if one != row[4]]
    assert wrong == []
