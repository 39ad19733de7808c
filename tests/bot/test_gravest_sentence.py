"""A long first message is read sentence by sentence, where the whole tells no danger (docs/adr/0043)."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot_scripts import told_by

_SMALL = "vandaag was er een toets van wiskunde. "
_BLOWS, _DEATH, _MAYBE, _MOCKED = (
    "papa heeft mij weer geslagen.",
    "ze heeft een mes en wil dood.",
    "hij vroeg iets raars toen.",
    "iedereen lacht mij daar uit.",
)
_LETTER = f"{_SMALL}{_BLOWS} mijn hond heet nu Wafel en stinkt."
# what the whole was heard as, how surely it is a call for help, danger now, text → what it is heard as then
ROWS: list[tuple[str, float, str, str, str]] = [
    ("nlu_fallback", 0.5, "no", _LETTER, "unsafe_home"),
    ("off_topic", 0.3, "no", _LETTER, "unsafe_home"),
    ("question_on_the_way", 0.3, "no", _LETTER, "unsafe_home"),
    ("privacy_question", 0.3, "no", _LETTER, "unsafe_home"),
    # the most surely told, wherever it stands
    ("off_topic", 0.3, "no", f"{_BLOWS} {_SMALL}{_DEATH}", "suicidal"),
    ("off_topic", 0.3, "no", f"{_DEATH} {_SMALL}{_BLOWS}", "suicidal"),
    # the whole hardly sounds like a call: the sentence must be almost certain; it is one, is a wish, or tells of now: as it was
    ("off_topic", 0.1, "no", _LETTER, "off_topic"),
    ("off_topic", 0.01, "no", f"{_SMALL}{_DEATH} {_SMALL}", "suicidal"),
    ("cyberbullying", 0.9, "no", _LETTER, "cyberbullying"),
    ("sextortion", 0.9, "no", _LETTER, "sextortion"),
    ("want_human", 0.3, "no", _LETTER, "want_human"),
    ("wipe_chat", 0.3, "no", _LETTER, "wipe_chat"),
    ("nlu_fallback", 0.5, "yes", _LETTER, "nlu_fallback"),
    # no sentence tells a danger surely
    ("nlu_fallback", 0.5, "no", f"{_SMALL}{_MAYBE} {_SMALL}", "nlu_fallback"),
    ("nlu_fallback", 0.5, "no", f"{_SMALL}{_MOCKED} {_SMALL}", "nlu_fallback"),
    # one sentence, or few words
    ("nlu_fallback", 0.5, "no", "papa heeft mij weer geslagen en daarna ging hij gewoon naar buiten roken", "nlu_fallback"),
    ("nlu_fallback", 0.5, "no", f"hallo. {_BLOWS}", "nlu_fallback"),
]
SENTENCES: list[tuple[str, list[str]]] = [
    (f"{_SMALL}{_BLOWS}", [_SMALL.strip(), _BLOWS]),
    ("hey\nik heb morgen toets van frans\n\nmijn papa slaat mij soms hard\nlol", ["ik heb morgen toets van frans", "mijn papa slaat mij soms hard"]),
    ("mon chien a mangé ma chaussure 😂 mon père il me tape quand il rentre", ["mon chien a mangé ma chaussure 😂", "mon père il me tape quand il rentre"]),
    ("geen punt en geen komma in heel deze lange zin die maar doorgaat", []),
    ("kort. en nog een. meer niet.", []),
    (" ".join(["dit is een gewone zin."] * 40), ["dit is een gewone zin."] * 12),
]  # fmt: skip


@cache
def found() -> dict[str, Any]:
    """All rows at once: loading Rasa takes seconds."""
    asked = {"rows": [row[:4] for row in ROWS], "texts": [text for text, _ in SENTENCES]}
    answer: dict[str, Any] = told_by("gravest_sentence.py", asked)
    return answer


def test_the_gravest_sentence_of_a_letter_is_heard_where_the_whole_tells_nothing() -> None:
    assert [(row, one["intent"]) for one, row in zip(found()["rows"], ROWS, strict=True) if one["intent"] != row[4]] == []


def test_what_the_sentence_tells_goes_with_it_and_the_rest_stays_the_message_s() -> None:
    first = found()["rows"][0]
    assert first["entities"] == [["danger_now", "no"], ["language", "nl"], ["urgency", "high"], ["who", "friend"]]
    assert first["text"] == "whole"


def test_sentences_are_read_only_where_they_could_change_something() -> None:
    read = {row[:3]: one["read"] for one, row in zip(found()["rows"], ROWS, strict=True) if row[3] == _LETTER}
    assert len(read["nlu_fallback", 0.5, "no"]) == 3
    assert not any(read[key] for key in read if key[0] in ("cyberbullying", "sextortion", "want_human", "wipe_chat") or key[2] == "yes")


def test_a_message_is_taken_apart_at_its_stops_lines_and_emoji() -> None:
    assert [(text, one) for one, (text, expected) in zip(found()["sentences"], SENTENCES, strict=True) if one != expected] == []
