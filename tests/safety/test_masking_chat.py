"""Masking of what chat looks like: numbers in words, a town beside a street or school, glued French articles, names by their place."""

from __future__ import annotations

import pytest

from kernel.language import Language
from safety.masking import Masker

NL, FR = Language.NL, Language.FR


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (NL, "bel nul vier acht een, elf, tweeëntwintig, drieëndertig aub", "bel [phone] aub"),
        (NL, "nul vier zeven een nul nul een een twee twee", "[phone]"),
        (NL, "nul negen twee een twee drie vier vijf zes", "[phone]"),
        (FR, "zéro quatre cent nonante-neuf, dix, vingt, trente et un", "[phone]"),
        (FR, "mon num zero quatre huit cinq onze vingt-deux trente-trois", "mon num [phone]"),
        (NL, "een twee drie vier hoedje van papier", "een twee drie vier hoedje van papier"),
        (NL, "we verloren nul vier, nul drie en nul twee", "we verloren nul vier, nul drie en nul twee"),
        (FR, "zéro un deux trois soleil", "zéro un deux trois soleil"),
    ],
)
def test_phone_numbers_in_words(rules: Masker, language: Language, text: str, expected: str) -> None:
    assert rules.mask(text, language) == expected


def test_a_helpline_in_words_stays(rules: Masker) -> None:
    text = "appelle le zéro huit cent, trente-deux, cent vingt-trois"
    assert rules.mask(text, FR) == text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (NL, "ik zit op het sint-jozefscollege in aalst", "ik zit op het [school]"),
        (NL, "kom naar de kerkstraat 12 te vilvoorde", "kom naar de [address]"),
        (NL, "kom naar de kerkstraat 12 borgerhout", "kom naar de [address]"),
        (FR, "viens rue des fleurs 12 a liege stp", "viens [address] stp"),
        (FR, "jsuis au collège saint-joseph à chimay", "jsuis au [school]"),
        (NL, "kerkstraat 12 in de buurt van gent", "[address] in de buurt van gent"),
        (NL, "we gaan morgen in aalst winkelen", "we gaan morgen in aalst winkelen"),
    ],
)
def test_a_town_beside_a_place_goes_with_it(rules: Masker, language: Language, text: str, expected: str) -> None:
    assert rules.mask(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jsuis a lathenee royal dixelles", "jsuis a [school]"),
        ("mon ecole cest linstitut saint louis", "mon ecole cest [school]"),
        ("jvais a lita de nivelles", "jvais a [school]"),
        ("lathenee cest chiant", "lathenee cest chiant"),
        ("linstitut de beaute est fermé", "linstitut de beaute est fermé"),
    ],
)
def test_glued_french_articles(rules: Masker, text: str, expected: str) -> None:
    assert rules.mask(text, FR) == expected


@pytest.mark.parametrize("text", ["mario kart is leuk", "super mario of mario party", "jan en alleman weet het", "jan met de pet"])
def test_games_and_sayings_stay(rules: Masker, text: str) -> None:
    assert rules.mask(text, NL) == text
