"""A sentence in pieces is read together, and a question behind an answer is read for itself."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from bot_scripts import told_by

_SAFE, _NOW = "utter_ask_sextortion_safe", "utter_ask_now_away"
_DYING = "utter_ask_suicidal_now"
ASKS = "mag zij da weten?"
_FOUND, _BEFORE = [[ASKS, "sextortion"]], ["ik snap er niks van", "sextortion"]
# text, words that were not understood yet, path, question asked → intent, question on the way, what was read beside the whole
READ: list[tuple[str, str | None, str | None, str, str, str | None, list[list[str | None]]]] = [
    ("ja ma mama is thuis, mag zij da weten", None, "sextortion", _SAFE, "affirm", "parents_told", [[ASKS, "sextortion"]]),
    ("ik snap er niks van, mag zij da weten", None, "sextortion", _SAFE, "question_on_the_way", "parents_told", [*_FOUND, _BEFORE]),
    # a yes before the question answers what was asked, though the whole was not understood
    (
        "ja ik zit alleen, mag zij da weten",
        None,
        "sextortion",
        _SAFE,
        "affirm",
        "parents_told",
        [*_FOUND, ["ja ik zit alleen", "sextortion"]],
    ),
    # behind a no about dying, that only the model heard, another need begins its path; the same wish does not
    ("nee, il me frappe elke dag", None, "suicidal", _DYING, "unsafe_home", None, [["il me frappe elke dag", None]]),
    ("nee ik wil da ni", None, "suicidal", _DYING, "dont_know", None, [["ik wil da ni", None]]),  # the same wish, told behind it
    ("nee ma mijn brief ligt klaar", None, "suicidal", _DYING, "affirm", None, []),  # a farewell is no no
    ("nee ze was 14", None, "suicidal", _DYING, "deny", None, [["ze was 14", None], ["ze was 14", "suicidal"]]),
    ("nee", None, "suicidal", _DYING, "deny", None, []),
    ("nee, il me frappe elke dag", None, "suicidal", "utter_ask_suicidal_with", "deny", None, [["il me frappe elke dag", "suicidal"]]),
    ("ik snap er niks van, mag zij da weten", None, None, "", "question_on_the_way", "parents_told", [[ASKS, None]]),
    ("hij wil geld, mag zij da weten", None, None, "", "sextortion", "parents_told", [[ASKS, "sextortion"]]),
    ("hij staat voor de deur, mag zij da weten", None, "unsafe_home", _SAFE, "affirm", None, []),
    ("ja ma mama is thuis, mag zij da weten", None, "unsafe_home", _NOW, "affirm", None, []),
    # what has no answer here is said to be unknown; where something was offered, the yes is met with that
    ("hij stuurt ze door, is da zo", None, "sextortion", _SAFE, "affirm", None, [["is da zo?", "sextortion"]]),
    ("hij stuurt ze door, is da zo?", None, "sextortion", _SAFE, "affirm", "unknown", [["is da zo?", "sextortion"]]),
    ("hij stuurt ze door, is da zo?", None, "sextortion", "utter_ask_sextortion_removal", "affirm", None, [["is da zo?", "sextortion"]]),
    ("mag ik die dan houden?", None, "sextortion", _SAFE, "question_on_the_way", "unknown", []),
    ("mag ik die dan houden?", None, "suicidal", "utter_ask_suicidal_with", "nlu_fallback", None, []),  # help goes first
    ("mag ik die dan houden?", None, None, "", "nlu_fallback", None, []),
    ("mag da?", None, "sextortion", _SAFE, "nlu_fallback", None, []),
    ("ds mon lit", "ya mon demi frere y vient", None, "", "sexual_abuse", None, [["ya mon demi frere y vient ds mon lit", None]]),
    ("ds mon lit", "ya mon chien", None, "", "question_on_the_way", "go_on", [["ya mon chien ds mon lit", None]]),
    ("il me frappe", "ya mon demi frere", None, "", "unsafe_home", None, []),
    ("ds mon lit", None, None, "", "greeting", None, []),
    ("ja is da zo", None, None, "utter_ask_safe", "affirm", None, []),
    # what is told behind a yes or no is met too: not where it answers otherwise, is no such thing, or holds danger
    ("nee, kdurf da niet", None, "sextortion", _SAFE, "deny", "no_courage", [["kdurf da niet", "sextortion"]]),
    ("nee, kdurf da niet", None, None, "", "deny", None, []),
    ("ja maar kdurf da niet", None, "sextortion", _SAFE, "affirm", "no_courage", [["ja", "sextortion"]]),
    ("maar kdurf da niet", None, "sextortion", _SAFE, "question_on_the_way", "no_courage", [["maar", "sextortion"]]),
    ("ja, mama weet het al", None, "sextortion", _SAFE, "affirm", "told_already", [["mama weet het al", "sextortion"]]),
    ("nee, mama weet het al", None, "sextortion", _SAFE, "deny", None, [["mama weet het al", "sextortion"]]),
    ("ja, kga da betalen dan", None, "sextortion", _SAFE, "affirm", None, [["kga da betalen dan", "sextortion"]]),
    ("ja, hij wacht buiten nu", None, "sextortion", _SAFE, "affirm", None, [["hij wacht buiten nu", "sextortion"]]),
    ("ja, kdurf da niet meer", None, "sextortion", _SAFE, "affirm", None, [["kdurf da niet meer", "sextortion"]]),
]
# the same right behind small talk, perhaps with words before that told nothing: what is not understood is told of that; a question or a
# call for help is heard as ever
TALK: list[tuple[str, str | None, str | None, str, str | None]] = [
    ("ze was 14", None, "grief", "question_on_the_way", "talk_on"),
    ("ze was 14", None, None, "nlu_fallback", None),
    ("is da zo?", None, "grief", "question_on_the_way", "talk_asked"),
    ("kost da geld", None, "grief", "off_topic", "cost"),
    ("hij is er weer", None, "grief", "nlu_fallback", None),  # danger in it: no small talk
    ("il me frappe", None, "grief", "unsafe_home", None),
    # two pieces tell a danger together; a guess of the model alone is none there
    ("van de trap", "hij duwde mij", "grief", "unsafe_home", None),
    ("in de zetel", "hij sliep", "grief", "question_on_the_way", "talk_on"),
    ("in de zetel", "hij sliep", "go_on", "sexual_abuse", None),  # told in pieces, and nothing but "go on" was said to them
    # behind "mag ik iets vragen" nothing was told yet: what comes is a first message
    ("ze was 14", None, "opens_up", "nlu_fallback", None),
    ("is da zo?", None, "opens_up", "off_topic", None),
    ("iets ergs", None, "opens_up", "question_on_the_way", "talk_on"),
]
# what was kept, the message, intent, question on the way, open path → what is kept
KEPT: list[tuple[str | None, str, str, str | None, str | None, str | None]] = [
    (None, "kheb", "nlu_fallback", None, None, "kheb"),
    ("kheb", "een foto", "nlu_fallback", None, None, "kheb een foto"),
    ("kheb een foto", "gestuurd", "sextortion", None, None, None),
    (None, "ya un truc", "question_on_the_way", "go_on", None, "ya un truc"),
    (None, "hij heeft mij geduwd", "question_on_the_way", "talk_on", None, "hij heeft mij geduwd"),
    (None, "kost da geld", "question_on_the_way", "cost", None, None),
    (None, "hm", "nlu_fallback", None, "sextortion", None),
    ("a" * 239, "bc", "nlu_fallback", None, None, "a" * 237 + " bc"),
]
# said after they were told what to do while somebody is near → intent, question on the way
ALONE: list[tuple[str, str, str | None]] = [
    ("is weg", "question_on_the_way", "alone_again"),
    ("ze was 14", "question_on_the_way", "alone_again"),
    ("hij is er weer", "nlu_fallback", None),  # a danger of this moment
    ("il me frappe", "unsafe_home", None),
    ("il est parti", "question_on_the_way", "alone_again"),
]
# text, path, questions offered just before → intent, question on the way
OFFERED: list[tuple[str, str | None, str | None, str, str | None]] = [
    ("die gast dan nog?", "sextortion", None, "question_on_the_way", "meant"),
    ("die gast dan nog?", None, None, "question_on_the_way", "meant"),
    ("die gast dan nog?", "sextortion", "wait", "question_on_the_way", "unknown"),  # not twice in a row
    ("die gast dan nog", "sextortion", None, "question_on_the_way", "meant"),  # hardly anything but a question, without a mark
    ("die gast dan nog", "suicidal", None, "nlu_fallback", None),
    ("die gast dan nog", None, None, "nlu_fallback", None),
    ("kost da echt geld", "sextortion", None, "nlu_fallback", None),  # it may ask nothing: the path has a step for it
    ("kost da echt geld?", "sextortion", None, "question_on_the_way", "meant"),  # not sure enough to be answered
    ("kost da echt geld?", "sextortion", "wait", "question_on_the_way", "cost"),
    ("ja waar is die dan heen?", "sextortion", None, "affirm", "unknown"),  # a yes before it is not lost for it
    ("zeg da nie?", "sextortion", None, "affirm", None),  # an answer stays one
    ("ze was 15?", "sextortion", None, "nlu_fallback", None),  # a danger of this moment is no question
    ("il est parti ?", None, None, "nlu_fallback", None),  # likely a call for help: asked what it is
    ("il est parti ?", "friend_missing", None, "question_on_the_way", "meant"),
    ("ja", "sextortion", "cost|on_bill", "question_on_the_way", "cost"),
    ("nee", "sextortion", "cost|on_bill", "question_on_the_way", "meant_others"),
    ("weet ni", "sextortion", "cost|on_bill", "question_on_the_way", "meant_others"),
    ("nee hij zit hier", "sextortion", "cost|on_bill", "deny", None),
    ("il me frappe", "sextortion", "cost|on_bill", "unsafe_home", None),
    ("nee", "sextortion", None, "deny", None),
]


@cache
def found() -> dict[str, Any]:
    """What the bot's own reading says to both tables."""
    rows = [*(row[:4] for row in READ), *((text, before, None, "", talk) for text, before, talk, _, _ in TALK)]
    asked = {"read": rows, "kept": [row[:5] for row in KEPT], "offered": [row[:3] for row in OFFERED], "alone": [row[0] for row in ALONE]}
    answer: dict[str, Any] = told_by("read_in_pieces.py", asked)
    return answer


@pytest.mark.parametrize("number", range(len(READ)))
def test_pieces_are_joined_and_questions_found(number: int) -> None:
    text, _, path, _, intent, question, beside = READ[number]
    heard, asked, read = found()["read"][number]
    assert (heard, asked) == (intent, question)
    assert read == [[text, path], *beside], "the whole, then what is read beside it, and nothing else"


@pytest.mark.parametrize("number", range(len(TALK)))
def test_behind_small_talk_words_go_on_with_it(number: int) -> None:
    heard, asked, _ = found()["read"][len(READ) + number]
    assert (heard, asked) == TALK[number][3:]


@pytest.mark.parametrize("number", range(len(KEPT)))
def test_words_are_kept_until_something_is_understood(number: int) -> None:
    assert found()["kept"][number] == KEPT[number][5]


@pytest.mark.parametrize("number", range(len(OFFERED)))
def test_what_may_be_one_of_some_questions_is_asked_about(number: int) -> None:
    assert tuple(found()["offered"][number]) == OFFERED[number][3:]


@pytest.mark.parametrize("number", range(len(ALONE)))
def test_whoever_was_not_alone_is_heard_to_be_back(number: int) -> None:
    assert tuple(found()["alone"][number]) == ALONE[number][1:]


def test_the_typed_title_of_a_button_tells_nothing_beside() -> None:
    assert found()["typed"] == ["deny", None]
