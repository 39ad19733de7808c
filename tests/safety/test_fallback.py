"""The fixed answers: complete, short, and true to talk.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.datafile import DataError
from safety.fallback import REQUIRED_NAMES, FixedAnswers

PROMISES = re.compile(
    r"niemand zal .*weten|personne ne (le )?saura|100 ?% anoni|nooit aan de politie|jamais à la police|\bart\.|artikel \d", re.IGNORECASE
)


def test_all_names_are_there_in_both_languages(fixed: FixedAnswers) -> None:
    assert fixed.names() >= REQUIRED_NAMES
    for name in fixed.names():
        for language in Language:
            assert fixed.text(name, language).strip()


def test_no_sentence_is_long_or_promises_secrecy(fixed: FixedAnswers) -> None:
    sentences = [name for name in fixed.names() if not name.endswith(("_words", "_not"))]  # the others are heard, never said
    assert len(sentences) > 40
    for name in sentences:
        for language in Language:
            text = fixed.text(name, language)
            assert len(text.split()) <= 60, name
            assert not PROMISES.search(text), name


def test_the_first_message_says_what_it_must(fixed: FixedAnswers) -> None:
    for language, words in (
        (Language.NL, ("bot", "116000", "dag en nacht", "gratis", "niet wat je schreef")),
        (Language.FR, ("bot", "116000", "jour et nuit", "pas ce que tu as écrit")),
    ):
        assert all(word in fixed.text("greeting", language) for word in words)


@pytest.mark.parametrize("need", [None, "nonsense", *NEEDS])
@pytest.mark.parametrize("urgency", list(Urgency))
def test_there_is_always_a_fallback_that_names_a_way_out(fixed: FixedAnswers, need: str | None, urgency: Urgency) -> None:
    for language in Language:
        text = fixed.fallback(language, need, urgency)
        out = ("116000", "112", "1813", "0800 32 123", "hieronder", "eronder", "en dessous", "jour et nuit")
        assert any(way in text.lower() for way in out)


def test_values_fill_placeholders_and_unknown_names_raise(fixed: FixedAnswers) -> None:
    assert fixed.text("look_at", Language.NL, site="awel.be") == "Uren: kijk op awel.be."
    assert fixed.placeholders("look_at") == {"site"}
    with pytest.raises(DataError):
        fixed.text("nonsense", Language.NL)


def test_a_missing_translation_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "fixed.yml"
    path.write_text("fixed:\n  greeting: {nl: Hoi}\n", encoding="utf-8")
    with pytest.raises(DataError, match="fr"):
        FixedAnswers.load(path)
