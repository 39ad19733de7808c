"""The one plain form of a text."""

from __future__ import annotations

import pytest

from safety.slips import SlipError, Slips
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


SLIPPED = NORMALISER.with_vocabulary(
    ["ik", "wil", "brand", "pillen", "gesneden", "bloedt", "daar", "het", "internet", "meisje", "oog", "voeten"],
    [],
    Slips(["-n -e = -en", "g- = ge-", "-d = -t", "oa = aa", "-ke = -je", "- = -t", "k- ik- = ik -", "t- = het -"], ["voete", "kat"]),
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("pilln", "pillen"),
        ("gsneden", "gesneden"),
        ("gsnedn", "gesneden"),
        ("kbrand", "ik brand"),
        ("ikbrand", "ik brand"),
        ("doar", "daar"),
        ("tinternet", "het internet"),
        ("meiske", "meisje"),
        ("bloed", "bloedt"),
        ("toog", "het oog"),
    ],
)
def test_what_chat_and_dialect_do_to_any_word(typed: str, plain: str) -> None:
    assert SLIPPED.text(typed) == f" . {plain} . "


@pytest.mark.parametrize("typed", ["voete", "kat", "zeggn", "kk", "brand"])
def test_a_real_word_and_one_that_nothing_known_comes_out_of_stay(typed: str) -> None:
    assert SLIPPED.text(typed) == f" . {typed} . "


@pytest.mark.parametrize("line", ["g-", "= ge-", "g- = -ge", "-n = en", "-k = ik -", "- = s-"])
def test_a_slip_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(SlipError, match="`"):
        Slips([line])
