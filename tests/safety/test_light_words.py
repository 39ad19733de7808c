"""Which danger in the words may be taken back by the rest of a message, and which never waits (safety/light_words.py)."""

from __future__ import annotations

import pytest

from safety.crisis import CrisisDetector
from safety.light_words import may_be_light

MAY_BE = (
    "mijn blauwe plek van t paintballen op de verjaardag van lars is al geel",
    "on dort dans le parking du festival avec la caravane de mon oncle",
    "j'ai fugué de chez moi hier soir et je sais pas où aller",  # only the bot can tell; it does not take this one back
    "bij judo gewurgd op de mat door een wit gordeltje, ik kon niet ademen",
)
NEVER = (
    "ik wil niet meer leven zonder dat liedje in mijn oren",  # of life
    "je veux disparaître comme dans le film avec la cape",
    "ik wil dood omdat de wifi vandaag weer zo traag is",
    "papa ligt in een plas bloed hier in de keuken",  # a body that cannot wait
    "papa slaat mij",  # nothing stands beside it
    "il m'a frappée hier",
    "we gaan in het weekend met de bus naar zee",  # no danger in the words
)


@pytest.mark.parametrize("text", MAY_BE)
def test_words_of_danger_with_more_around_them_wait_for_the_bot(detector: CrisisDetector, text: str) -> None:
    found = detector.find_all(text)
    assert found, "there is danger in the words"
    assert may_be_light(found, text)


@pytest.mark.parametrize("text", NEVER)
def test_a_wish_to_die_a_body_and_few_words_never_wait(detector: CrisisDetector, text: str) -> None:
    assert not may_be_light(detector.find_all(text), text)
