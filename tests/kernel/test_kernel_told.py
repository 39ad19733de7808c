"""What was told before its question: phrases, gaps and word beginnings, what a yes then means, and what the reader refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kernel.told import Told, ToldError, is_asked_back
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
    assert {rule.at for rule in rules if rule.if_yes is None and rule.walks is None} & choices == set()


@pytest.mark.parametrize(
    ("text", "language", "is_told"),
    [
        ("hij vraagt niet om een foto", "nl", False),
        ("hij vraagt niks, ik stuur zelf een foto", "nl", False),
        ("ik heb niks gestuurd, hij wil foto's", "nl", True),  # the "not" stands in another part of the sentence
        ("hij belt niet maar wil foto's", "nl", True),
        ("il ne demande jamais, mais elle demande une photo", "fr", True),
        ("elle demande une photo jamais", "fr", False),
        ("foto niet", "nl", False),
    ],
)
def test_what_is_denied_in_the_same_breath_is_not_told(text: str, language: str, is_told: bool) -> None:
    assert bool(told(unless={"nl": "", "fr": ""}).found(text, language, "grooming")) is is_told


def test_a_phrase_that_holds_a_not_says_it_itself_and_some_are_told_even_so() -> None:
    secret = told(holds={"nl": "niemand zeggen", "fr": ""}, unless={"nl": "", "fr": ""})
    assert secret.found("ik mag het niemand zeggen", "nl", "grooming")
    pays = {"holds": {"nl": "betaal", "fr": ""}, "unless": {"nl": "", "fr": ""}}
    assert not told(**pays).found("als ik niet betaal", "nl", "grooming")
    assert told(**pays, even_denied=True).found("als ik niet betaal", "nl", "grooming")


def test_what_is_denied_later_is_taken_back() -> None:
    known = {"grooming_happened": "pictures", "grooming_meeting": "wants_to_meet"}
    assert told().denied("hij vraagt geen enkele foto", "nl", known) == {"grooming_happened"}
    assert told().denied("hij wil foto's", "nl", known) == set()
    assert told().denied("hij vraagt geen enkele foto", "nl", {"grooming_happened": "secret"}) == set()
    assert told(even_denied=True).denied("hij vraagt geen enkele foto", "nl", known) == set()


def test_what_was_told_for_sure_stays_and_is_walked() -> None:
    rules = Told(
        {"rules": [{**RULE, "walks": "pressured_to_send"}, {**RULE, "tells": "secret"}, {**RULE, "tells": "gifts", "walks": "deny"}]}
    )
    at = "grooming_happened"
    assert (rules.walks(at, "pictures"), rules.walks(at, "secret"), rules.walks(at, None)) == ("pressured_to_send", None, None)
    assert rules.added({at: "pictures"}, {at: "secret"}) == {at: "pictures"}
    assert rules.added({at: "secret"}, {at: "pictures"}) == {at: "pictures"}
    assert rules.added({at: "pictures"}, {at: "gifts"}) == {at: "gifts"}
    with pytest.raises(ToldError):
        told(walks="nonsense")


@pytest.mark.parametrize(
    ("text", "said", "is_echo"),
    [
        ("?? wat gebeurt al langer?", "Gebeurt het al langer? Vertel alleen wat je kwijt wil.", True),
        ("welke afspraak", "Eén ding eerst: is er een afspraak om elkaar te zien?", True),
        ("quoi depuis longtemps ?", "Tu m'as écrit que ça dure depuis longtemps. C'est ça ?", True),
        ("al langer dan een jaar", "Gebeurt het al langer?", False),
        ("ja het gebeurt al langer", "Gebeurt het al langer?", False),
        ("wat als hij geld wil?", "Wat wil die persoon?", False),
        ("hoe moet ik die 50 euro betalen?", "Wat wil die persoon?", False),
        ("wat?", "Wat wil die persoon?", False),
        ("al langer?", "", False),
    ],
)
def test_the_bots_own_question_asked_back_tells_nothing(text: str, said: str, is_echo: bool) -> None:
    assert is_asked_back(text, said) is is_echo
