"""What was told before its question: phrases, gaps and word beginnings, what a yes then means, and what the reader refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kernel.told import Told, ToldError
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]
RULE: dict[str, Any] = {
    "at": "grooming_happened",
    "tells": "pictures",
    "if_yes": "pressured_to_send",
    "if_no": "dont_know",
    "holds": {"nl": "wil foto*, vraagt ... foto*", "fr": "demande une photo, j'ai envoyé"},
    "unless": {"nl": "geen foto*", "fr": ""},
    "fires": {"nl": ["hij wil foto's"], "fr": ["il demande une photo"]},
    "quiet": {"nl": ["hij wil geen foto"], "fr": ["salut"]},
}


def told(**other: Any) -> Told:
    return Told({"rules": [{**RULE, **other}]})


@pytest.mark.parametrize(
    ("text", "language", "is_told"),
    [
        ("Hij wil foto’s", "nl", True),
        ("Hij wil foto’s", "fr", False),
        ("elle demande une photo", "nl", False),
        ("hij vraagt elke avond weer om een nieuwe foto", "nl", True),
        ("hij vraagt heel veel van mij en het gaat ook altijd weer om die ene foto", "nl", False),  # more than six words between
        ("hij vraagt foto", "nl", True),
        ("hij wil fotografie leren", "nl", True),  # foto* is any word that begins so
        ("elle demande une photo", "fr", True),
        ("J'AI ENVOYE", "fr", True),
        ("hij wil geen foto maar vraagt foto's", "nl", False),  # unless
        ("kwil foto", "nl", False),  # whole words
        ("", "nl", False),
    ],
)
def test_a_phrase_is_found_in_whole_words_with_gaps_and_beginnings(text: str, language: str, is_told: bool) -> None:
    assert told().found(text, language, "grooming") == ({"grooming_happened": "pictures"} if is_told else {})


def test_only_the_need_that_was_heard_and_the_first_rule_of_a_question() -> None:
    rules = Told({"rules": [RULE, {**RULE, "tells": "secret", "holds": {"nl": "wil foto*, geheim", "fr": ""}}]})
    assert rules.found("hij wil foto's en een geheim", "nl", "grooming") == {"grooming_happened": "pictures"}
    assert rules.found("ons geheim", "nl", "grooming") == {"grooming_happened": "secret"}
    assert rules.found("hij wil foto's", "nl", "sextortion") == rules.found("hij wil foto's", "nl", None) == {}


def test_what_a_yes_or_no_then_means() -> None:
    assert told().means("affirm", "grooming_happened", "pictures") == "pressured_to_send"
    assert told().means("deny", "grooming_happened", "pictures") == "dont_know"
    assert told().means("grooming", "grooming_happened", "pictures") is None
    assert told().means("affirm", "grooming_happened", "None") is None


def test_a_question_belongs_to_the_longest_name_of_a_need() -> None:
    assert [rule.need for rule in told(at="runaway_now_night").rules] == ["runaway_now"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "elsewhere_happened"},
        {"if_yes": "perhaps"},
        {"if_no": "perhaps"},
        {"holds": {"nl": "", "fr": ""}},
        {"holds": {"nl": "wil"}},
        {"holds": {"nl": "!!", "fr": ""}},
        {"fires": {"nl": [], "fr": ["x"]}},
        {"extra": 1},
    ],
)
def test_what_is_malformed_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ToldError):
        told(**wrong)


def test_a_list_is_needed_and_every_key() -> None:
    for section in ([], {}, {"rules": [{key: value for key, value in RULE.items() if key != "holds"}]}, {"rules": ["x"]}):
        with pytest.raises(ToldError):
            Told(section)


def test_every_question_with_a_choice_keeps_it_when_a_yes_confirms() -> None:
    """A question whose buttons say neither yes nor no must say what a yes then means, in the real rules."""
    rules = Told(read_section(ROOT / "data/told.yml", "told")).rules
    choices = {"nude_spread_where", "deepfake_nude_where", "seen_csam_where", "sextortion_happened", "grooming_happened", "runaway_now_why"}
    assert len(rules) >= 50
    assert {rule.at for rule in rules if rule.if_yes is None} & choices == set()
