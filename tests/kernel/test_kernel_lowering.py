"""Where a yes or no takes a danger away it must be plain, or the rest must fit the question; the real rules of data/answers.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kernel.answers import Answers
from kernel.lowering import Lowering, LoweringError
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = Answers(read_section(ROOT / "data/answers.yml", "answers"))


@pytest.mark.parametrize(
    ("place", "meaning", "text"),
    [
        ("sexual_abuse_safe", "affirm", "jaaa"),
        ("suicidal_with", "affirm", "ja soms"),
        ("sexual_abuse_recent", "affirm", "oui souvent"),
        ("sexual_abuse_safe", "affirm", "oui je crois"),
        ("sexual_abuse_safe", "affirm", "ja ben bij mijn meter"),
        ("now_away", "affirm", "oui jpeux aller chez ma voisine"),
        ("runaway_now_safe", "affirm", "ja in een frituur"),
        ("now_call", "affirm", "oui ma soeur appelle"),
        ("friend_missing_called", "affirm", "ja de flikken weten het"),
        ("unsafe_home_now", "deny", "nee nu niet"),
        ("cyberbullying_threat", "deny", "non personne va me taper"),
        ("grooming_meeting", "deny", "nee we chatten enkel"),
        ("sexual_abuse_recent", "deny", "non j'étais petite"),
        ("else", "deny", "nee bedankt he"),
        ("sexual_abuse_tell", "affirm", "ja die van het clb"),
        ("sextortion_happened", "affirm", "ja hij slaat mij"),  # a question where no answer lowers anything
        ("cyberbullying_threat", "affirm", "oui ils ont un couteau"),  # nor does this one
    ],
)
def test_a_plain_answer_counts(place: str, meaning: str, text: str) -> None:
    assert ANSWERS.counts(text, f"utter_ask_{place}", meaning)


@pytest.mark.parametrize(
    ("place", "meaning", "text"),
    [
        ("sexual_abuse_safe", "affirm", "oui il fait ça souvent"),
        ("sexual_abuse_safe", "affirm", "à moi oui"),
        ("sexual_abuse_safe", "affirm", "ja al vaak"),
        ("unsafe_home_safe", "affirm", "ja soms"),
        ("sexual_abuse_safe", "affirm", "oui souvent"),
        ("sexual_abuse_safe", "affirm", "ja hij zit op mijn kamer"),
        ("now_away", "affirm", "ja ze gaan mij vanavond slaan"),
        ("now_away", "affirm", "ja letterlijk"),
        ("now_away", "affirm", "ja da kan ik niet"),
        ("friend_missing_called", "affirm", "oui elle est dehors"),
        ("suicidal_with", "affirm", "kweet zijn adres ja"),
        ("unsafe_home_now", "deny", "ik durf geen nee zeggen"),
        ("cyberbullying_threat", "deny", "nee ze hebben een mes"),
        ("parental_abduction_today", "deny", "non jveux pas le suivre"),
        ("sexual_abuse_recent", "affirm", "oui mais c'est un ami de mon père"),
        ("grooming_block", "deny", "niemand weet ervan"),
        ("sexual_abuse_tell", "affirm", "ja hij doet het ook bij mijn zus"),
        ("else", "deny", "jamais je retourne là"),
    ],
)
def test_what_tells_something_else_does_not(place: str, meaning: str, text: str) -> None:
    assert not ANSWERS.counts(text, f"utter_ask_{place}", meaning)


@pytest.mark.parametrize(
    "section",
    [
        {"plane": {"nl": "ja", "fr": "oui"}},
        {"plain": {"nl": "ja"}},
        {"against": "slaat"},
        {"places": [{"at": "x_safe", "says": "maybe"}]},
        {"places": [{"says": "affirm"}]},
        {"places": [{"at": "x_safe", "says": "affirm", "fits": {"nl": "thuis"}}]},
    ],
)
def test_malformed_rules_are_refused(section: dict[str, Any]) -> None:
    with pytest.raises(LoweringError):
        Lowering(section)
