"""A meeting that is told, what a teacher does behind a crush on one, and ages that are told and nothing else."""

from __future__ import annotations

import pytest

from bot.components.ages_told import ages_in, tells_only_ages
from bot.components.openings import kind_of_opening, told_behind


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("ik ga vrijdag afspreken met hem", True),
        ("we hebben afgesproken aan de bib", True),
        ("on va se voir dimanche au parc", True),
        ("jy vais samedi", True),
        ("hij wil vrijdag afspreken", False),
        ("moet ik met hem afspreken", False),
        ("ik ga niet afspreken", False),
        ("il veut me voir dimanche", False),
        ("jvais pas y aller", False),
    ],
)
def test_a_meeting_that_is_told_is_no_wish_of_somebody(words: str, is_told: bool) -> None:
    assert (kind_of_opening("grooming", words) == "meets") is is_told


@pytest.mark.parametrize(
    ("words", "need"),
    [
        ("il a dit viens chez moi", "grooming"),
        ("hij zegt kom bij mij thuis", "grooming"),
        ("il est beau", None),
        ("hij geeft turnen", None),
    ],
)
def test_behind_a_crush_on_a_teacher_what_the_teacher_does_is_heard(words: str, need: str | None) -> None:
    assert told_behind("teacher_crush", words) == need


@pytest.mark.parametrize(
    ("words", "is_all"),
    [("hij is 17 ik ben 14", True), ("moi 15 lui 16", True), ("ik ben 14 en hij slaat mij", False), ("en toen ben ik weg", False)],
)
def test_ages_and_nothing_else(words: str, is_all: bool) -> None:
    assert tells_only_ages(words) is is_all


def test_ages_of_somebody_liked() -> None:
    assert ages_in("wat als ge iemand leuk vindt die 20 is en ge zijt 14") == {
        "young_age": "14",
        "young_is": "writer",
        "older_age": "20",
        "close": "loves",
    }
