"""What stands behind an answer and tells another danger begins its own path."""

from __future__ import annotations

from typing import Any

import pytest
from bot_scripts import told_by

NEWS, DOUBT = "nn ca va merci. il dit 50 euros ou il la poste", "nn ca va merci. il dit que il la poste"
JUMP = "nn merci. ce soir je vais sauter du pont"
SPREAD, TELL = "nude_spread", "utter_ask_nude_spread_tell"
# text, path, question, what it was heard as, paths walked → what is heard behind it
ROWS: list[tuple[list[Any], str | None]] = [
    ([NEWS, SPREAD, TELL, "deny", []], "sextortion"),
    ([NEWS, SPREAD, TELL, "nlu_fallback", []], "sextortion"),
    ([NEWS, SPREAD, TELL, "thanks_bye", []], "sextortion"),
    ([DOUBT, SPREAD, TELL, "deny", []], None),
    (["il dit 50 euros ou il la poste", SPREAD, TELL, "deny", []], None),
    # told on the path itself, or on one before, it is nothing new
    ([NEWS, "sextortion", "utter_ask_sextortion_tell", "deny", []], None),
    ([NEWS, SPREAD, TELL, "deny", ["sextortion"]], None),
    # on the path of an emergency only another emergency is
    ([NEWS, "suicidal", "utter_ask_suicidal_with", "deny", []], None),
    ([JUMP, "unsafe_home", "utter_ask_unsafe_home_long", "deny", []], "suicidal"),
    # what has an answer on the way, behind a plain answer
    (["nn personne. il dit ke jai jusqua 22h", "sextortion", "utter_ask_sextortion_tell", "deny", []], "deadline"),
    (["nn personne. il dit ke jai jusqua 22h", "sextortion", "utter_ask_sextortion_tell", "nlu_fallback", []], None),
    # a danger of this moment is asked about, or another need was heard already
    ([NEWS, SPREAD, "utter_ask_now_away", "deny", []], None),
    ([NEWS, SPREAD, TELL, "sexual_abuse", []], None),
]
LATER = {
    "nn ca va merci. il vien de menvoyer un msg": ["il vien de menvoyer un msg"],
    "ok laisse tomber, au fait mon prof menvoie des messages": ["au fait mon prof menvoie des messages"],
    "nn c bon mais la il me demande mon adresse": ["mais la il me demande mon adresse"],
    "nee kan ni. en nu stuurt ie weer": ["en nu stuurt ie weer"],
    "nee. ja. ok": [],
    "nee hij is gaan werken": [],
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    answer: dict[str, Any] = told_by("news_behind.py", {"heard": [row for row, _ in ROWS], "later": list(LATER)})
    return answer


def test_another_danger_behind_an_answer_is_heard(found: dict[str, Any]) -> None:
    assert [(row, one) for (row, need), (one, _) in zip(ROWS, found["heard"], strict=True) if one != need] == []


def test_a_sentence_is_read_as_a_first_message_and_then_where_it_was_said(found: dict[str, Any]) -> None:
    assert {paths[0] for _, paths in found["heard"] if paths} == {"None"}


def test_the_sentences_behind_the_first(found: dict[str, Any]) -> None:
    assert dict(zip(LATER, found["later"], strict=True)) == LATER
