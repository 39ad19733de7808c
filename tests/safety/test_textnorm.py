"""The one plain form of a text."""

from __future__ import annotations

import pytest

from safety.textnorm import Normaliser, flatten

NORMALISER = Normaliser(
    {"kwil": "ik wil", "nie": "niet", "j": "je"},
    ["ik", "wil", "dood", "niet", "meer", "leven", "zelfmoord", "stop", "je", "veux", "mourir", "nee"],
    ["zelfmoord"],
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("KWIL DOOD", "ik wil dood"),
        ("neeeeee", "nee"),
        ("stooooop", "stop"),
        ("z e l f m o o r d", "zelfmoord"),
        ("z.e.l.f.m.o.o.r.d", "zelfmoord"),
        ("i k  w i l  d o o d", "ik wil dood"),
        ("ikwildood", "ik wil dood"),
        ("ikwilniemeerleven", "ik wil niet meer leven"),
        ("zelfmord", "zelfmoord"),
        ("zelfm00rd", "zelfmoord"),
        ("zel\u200bfmo\u202eord", "zelfmoord"),
        ("J’veux mourir", "je veux mourir"),
        ("wil... dood", "wil dood"),
        ("ｉｋ ｗｉｌ ｄｏｏｄ", "ik wil dood"),
    ],
)
def test_tricks_and_spellings(typed: str, plain: str) -> None:
    assert NORMALISER.text(typed) == f" . {plain} . "


def test_sentences_are_kept_apart() -> None:
    assert NORMALISER.text("ik wil. dood!") == " . ik wil . dood . "


def test_accents_and_emoji() -> None:
    assert flatten("Été 😂").split() == ["ete", "haha"]
    assert NORMALISER.text("") == " . "
