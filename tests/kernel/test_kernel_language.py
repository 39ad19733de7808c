"""What can be told about the language from a few words, without any model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.language import Language, language_by_words, words_of

DUTCH = (
    "ik ben bang",
    "kweeni wa kik moet doen",
    "hij zegt dat hij mijn foto gaat doorsturen",
    "mn ouders mogen dit ni weten",
    "help mij aub ik durf ni naar huis",
    "IK WIL WEG VAN HIER",
    "da's nie normaal eh",
    "amai wa een gedoe",
    "heb jij even tijd",
)
FRENCH = (
    "j'ai peur",
    "jsp quoi faire",
    "il dit qu'il va envoyer ma photo",
    "mes parents doivent pas savoir stp",
    "aidez moi jveux pas rentrer",
    "C'EST PAS NORMAL",
    "tkt c bon mtn",
    "j’ai envoyé une photo",
    "je veux fuguer ce soir",
)
BOTH = (
    "", "   ", "ok", "nude", "snap", "stop", "help", "116000", "😭😭", "?!", "lol", "insta",
    "ja", "nee", "non", "oui", "Salut", "hey", "merci", "ja merci", "non non", "xxx",
)  # fmt: skip


@pytest.mark.parametrize("text", DUTCH)
def test_dutch(text: str) -> None:
    assert language_by_words(text) is Language.NL


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    assert language_by_words(text) is Language.FR


@pytest.mark.parametrize("text", BOTH)
def test_what_both_languages_say_tells_nothing(text: str) -> None:
    assert language_by_words(text) is None


def test_accents_and_apostrophes_do_not_matter() -> None:
    assert words_of("J’ai été forcée, ÇA va ?") == ["j", "ai", "ete", "forcee", "ca", "va"]
    assert words_of("ñ—\u0301 …") == ["n"]
    for text in FRENCH:
        assert language_by_words(" ".join(words_of(text))) is Language.FR


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert language_by_words(text) in (None, Language.NL, Language.FR)
    assert all(word and word == word.lower() for word in words_of(text))


def test_a_language_is_read_from_outside_only_by_its_name() -> None:
    assert Language.parse("fr", Language.NL) is Language.FR
    for value in (None, "", "en", "FR", 1, ["fr"]):
        assert Language.parse(value, Language.NL) is Language.NL
        assert Language.parse(value, Language.FR) is Language.FR
    assert Language.NL.other is Language.FR
    assert Language.FR.other is Language.NL
