"""A break or a mask in the middle of a phrase hides nothing; two sentences stay two."""

from __future__ import annotations

import pytest

from kernel.urgency import Urgency
from safety.crisis import CrisisDetector
from safety.second_reading import SecondReading

READING = SecondReading(["dood", "wil", "wel", "moord", "deed", "mesje_emoji", "zelfmoord"])


@pytest.mark.parametrize(
    ("flat", "read"),
    [
        ("ik wil\ndood", "ik wil dood"),
        ("ik wil ,\r\n\n dood", "ik wil dood"),
        ("ik.wil.niet.meer", "ik wil niet meer"),
        ("ik_wil__dood", "ik wil dood"),
        ("d*od", "dood"),
        ("d**d", "dood"),
        ("w!l", "wil"),
        ("z*lfm**rd", "zelfmoord"),
        # As it stands.
        ("ik wil dood", None),
        ("", None),
        ("ik ga slapen.\nmama is moe", None),
        ("ik ga slapen. mama is moe", None),
        (" mesje_emoji ", None),
        ("3.50 euro", None),
        ("sst!stil", None),
        ("b*k", None),
        # More than a few words on both sides: two sentences, whose writer left the dot or the blank out.
        ("vandaag was het heel warm buiten\nmijn goudvis is dus bijna dood", None),
        (
            "vandaag was het heel warm buiten.mijn goudvis is dus bijna dood",
            "vandaag was het heel warm buiten\nmijn goudvis is dus bijna dood",
        ),
    ],
)
def test_what_is_read(flat: str, read: str | None) -> None:
    assert READING.of(flat) == read


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("ik wil\ndood", "suicidal"),
        ("ik wil niet\nmeer leven", "suicidal"),
        ("je veux\nmourir", "suicidal"),
        ("ik.wil.dood", "suicidal"),
        ("je.veux.mourir", "suicidal"),
        ("ik_wil_dood", "suicidal"),
        ("ik wil.dood", "suicidal"),
        ("ik w!l dood", "suicidal"),
        ("ik wil d*od", "suicidal"),
        ("je veux m*urir", "suicidal"),
        ("hij heeft mij v*rkracht", "sexual_abuse"),
        ("il m'a vi*lée", "sexual_abuse"),
        ("mijn papa\nslaat mij", "unsafe_home"),
        ("mon père\r\nme frappe", "unsafe_home"),
    ],
)
def test_danger_with_a_sign_in_it_is_heard(detector: CrisisDetector, text: str, need: str) -> None:
    found = detector.find(text)
    assert found is not None
    assert found.need == need


def test_the_more_urgent_of_both_readings_counts(detector: CrisisDetector) -> None:
    broken, two = detector.find("papa slaat\nmij nu"), detector.find("ik wil dood.\nhaha\nin fortnite")
    assert broken is not None and (broken.level, broken.now) == (Urgency.EMERGENCY, True)
    assert two is not None and two.level is Urgency.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "ik ga slapen.\nmama is dood moe",
        "ik wil naar huis\nde batterij van mijn gsm is bijna dood",
        "ik wil niet.\ndood saai is dat",
        "je veux dormir.\nmourir de rire, ce film",
        "je veux rentrer a la maison maintenant\nmon hamster va bientot mourir je crois",
        "www.ikwil.be",
        "*grapje* haha!ok",
    ],
)
def test_two_sentences_make_no_danger_together(detector: CrisisDetector, text: str) -> None:
    assert detector.find(text) is None
