"""Phrases of data files: whole words, beginnings, one word or the other, and gaps."""

from __future__ import annotations

import pytest

from kernel.phrases import PhraseError, pattern_of


@pytest.mark.parametrize(
    ("phrases", "words", "is_found"),
    [
        ("wil foto", "hij wil foto van mij", True),
        ("wil foto", "hij wil fotos", False),
        ("wil foto", "kwil foto", False),
        ("foto*", "hij wil fotos", True),
        ("moet/wil trouwen", "ik moet trouwen", True),
        ("moet/wil trouw*", "ik wil trouwe", True),
        ("moet/wil trouwen", "ik mag trouwen", False),
        ("moet ... trouwen", "ik moet trouwen", True),
        ("moet ... trouwen", "ik moet een twee drie vier vijf zes trouwen", True),
        ("moet ... trouwen", "ik moet een twee drie vier vijf zes zeven trouwen", False),
        ("j'ai été", "j ai ete", True),
        ("  Één ,  twee  ", "een", True),
    ],
)
def test_what_a_phrase_finds(phrases: str, words: str, is_found: bool) -> None:
    for texts in ({"nl": phrases, "fr": ""}, {"nl": "iets anders", "fr": phrases}):
        pattern = pattern_of(texts)
        assert pattern is not None
        assert (pattern.search(words) is not None) is is_found


def test_no_phrases_are_no_pattern() -> None:
    assert pattern_of({"nl": " , ", "fr": ""}) is None


@pytest.mark.parametrize(
    "texts", [None, "foto", {"nl": "foto"}, {"nl": "foto", "fr": "", "en": ""}, {"nl": "!", "fr": ""}, {"nl": "a/ b", "fr": ""}]
)
def test_what_is_no_phrase_is_refused(texts: object) -> None:
    with pytest.raises(PhraseError):
        pattern_of(texts)
