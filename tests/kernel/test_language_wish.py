"""The wish for a language in plain words, and messages in none of the two."""

from __future__ import annotations

import pytest

from actions.conversation import wanted_language
from kernel.language import Language
from kernel.language_wish import asked_language, asks_english, is_danger_in_english, is_foreign


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en français svp en fait ma mère lit pas le francais", Language.FR),
        ("en fait je préfère parler en français c'est possible?", Language.FR),
        ("kan ik antwoorden en français ou wat", Language.FR),
        ("liever in het nederlands", Language.NL),
        ("k ben nederlandstalig", Language.NL),
        ("sorry je suis francophone", Language.FR),
        ("mijn mama is franstalig", None),
        ("ik ben franstalig opgevoed maar papa slaat mij", None),
        ("on peut parler en néerlandais ?", Language.NL),
        ("kunt ge mij helpen met wiskunde en frans", None),
        ("en frans?", None),
        ("pas en français svp", None),
        ("jai un cours en francais svp aide moi", None),
        ("mijn mama kan in het frans schrijven", None),
        ("hij zei iets in het frans", None),
    ],
)
def test_a_language_is_asked_for_in_plain_words(text: str, language: Language | None) -> None:
    assert asked_language(text) is language


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("en anglais stp my dad beats me", "my dad beats me"),
        ("in english please", ""),
        ("kan jij engels", ""),
        ("ik heb een toets in het engels aub", None),
        ("kan je mij helpen met engels", None),
    ],
)
def test_english_is_asked_for(text: str, beside: str | None) -> None:
    assert asks_english(text) == beside


@pytest.mark.parametrize(
    ("text", "is_danger"),
    [
        ("help me i am in danger he has a knife", True),
        ("my boyfriend hit me", True),
        ("my dad beats me", True),
        ("my teacher is nice", False),
        ("someone is threatening me with my pictures and wants money", False),
        ("i am 16 from poland", False),
    ],
)
def test_a_danger_in_english_is_known_by_its_words(text: str, is_danger: bool) -> None:
    assert is_danger_in_english(text) is is_danger


def test_a_word_of_refusal_elsewhere_turns_no_wish_around() -> None:
    assert wanted_language("en français svp en fait ma mère lit pas le francais", Language.NL) is Language.FR
    assert wanted_language("pas en français svp", Language.FR) is Language.NL


@pytest.mark.parametrize(
    "text",
    ["k verstoa gin frans", "ik versta geen frans", "k versta da nie frans", "niet frans", "frans versta ik nie", "liever ni in t frans"],
)
def test_whoever_knows_no_french_is_never_answered_in_it(text: str) -> None:
    assert wanted_language(text, Language.FR) is Language.NL
    assert wanted_language(text, Language.NL) is Language.NL


@pytest.mark.parametrize("text", ["waarom niet in het frans?", "kan het niet in het frans?", "en français svp", "liever in het frans"])
def test_french_is_still_asked_for(text: str) -> None:
    assert wanted_language(text, Language.NL) is Language.FR


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("mi papa me quiere mandar a marruecos para casar. no quiero", True),
        ("un chico tiene mi foto desnuda", True),
        ("mama pije i mnie bije", True),
        ("babam beni dövüyor", True),
        ("mi amor ik ben bang van papa", False),
        ("hola por favor", False),
        ("mon papa me frappe", False),
        ("ik heb een mes mam", False),
    ],
)
def test_spanish_polish_and_turkish_are_known_by_their_words(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign
