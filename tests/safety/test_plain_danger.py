"""What is said plainly is heard, in whatever tense and order and of whomever; words near it that mean something else are not."""

from __future__ import annotations

from collections import Counter

import pytest
from safety_samples import plain

from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_need_of_danger_is_said_plainly_and_heard(detector: CrisisDetector, language: str) -> None:
    said = plain(f"plain_{language}.txt")
    assert {need for need, _ in said} == {name for name, need in NEEDS.items() if need.urgency.is_danger}
    assert len(said) > 500
    assert [sentence for _, sentence in said if detector.find(sentence) is None] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_it_is_nearly_always_heard_as_what_it_is(detector: CrisisDetector, language: str) -> None:
    """Some fit two needs ("ze houden mij vast en verkopen mij"); 112 or 116000 is named for either."""
    said = plain(f"plain_{language}.txt")
    other = Counter(need for need, sentence in said if need not in {finding.need for finding in detector.find_all(sentence)})
    assert other.total() / len(said) < 0.04, other


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_words_near_danger_that_mean_something_else_are_let_pass(detector: CrisisDetector, language: str) -> None:
    said = plain(f"plain_everyday_{language}.txt")
    assert len(said) >= 100
    assert [sentence for _, sentence in said if detector.find(sentence) is not None] == []


@pytest.mark.parametrize(
    ("text", "need", "level", "now"),
    [
        ("hij verkracht mij", "sexual_abuse", Urgency.HIGH, False),
        ("mn pa verkracht men zus", "sexual_abuse", Urgency.HIGH, False),
        ("hij verkracht mij nu", "sexual_abuse", Urgency.EMERGENCY, True),
        ("hij probeert mij te verkrachten", "sexual_abuse", Urgency.EMERGENCY, True),
        ("mijn oom gaat mij verkrachten", "sexual_abuse", Urgency.EMERGENCY, True),
        ("ils me violent", "sexual_abuse", Urgency.HIGH, False),
        ("mon oncle va me violer", "sexual_abuse", Urgency.EMERGENCY, True),
        ("gisteren heeft hij mij geslagen", "unsafe_home", Urgency.HIGH, False),
        ("mon père m'a frappée", "unsafe_home", Urgency.HIGH, False),
        ("papa wurgt mama", "unsafe_home", Urgency.EMERGENCY, True),
        ("ik slik nu alle pillen", "suicidal", Urgency.EMERGENCY, True),
        ("jprends tous les cachets", "suicidal", Urgency.EMERGENCY, True),
        ("kwil der ni meer zijn", "suicidal", Urgency.EMERGENCY, False),
        ("hij wil vanavond afspreken hij is 35", "grooming", Urgency.EMERGENCY, True),
        ("il veut me voir ce soir il a 35 ans", "grooming", Urgency.EMERGENCY, True),
    ],
)
def test_how_urgent_it_is_follows_the_moment(detector: CrisisDetector, text: str, need: str, level: Urgency, now: bool) -> None:
    found = detector.find(text)
    assert found is not None
    assert (found.need, found.level, found.now) == (need, level, now)
