"""An age difference that is told in pieces is put together, and what only sounds like an age is none."""

from __future__ import annotations

import pytest

from bot.components.ages_told import OLDER, YOUNG, ages_in, are_far_apart
from kernel.language import words_of


def _told(*pieces: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for piece in pieces:
        told |= ages_in(" ".join(words_of(piece)))
    return told


@pytest.mark.parametrize(
    ("pieces", "is_gap"),
    [
        (["on s'est mis ensemble", "13 ans", "il a 20"], True),
        (["hij is 20 ik 13"], True),
        (["mijn lief is 19", "ik ben 14"], True),
        (["ma soeur voit un gars de 30 ans", "elle a 13"], True),
        (["hij is 17 zegt hij, ik 13"], True),
        (["jai 15 ans", "20 ans je crois"], True),
        (["ik ben 13 en hij is 15"], False),
        (["jai 14 et lui 16"], False),
        (["ik ben 16", "hij is 20"], False),
        (["mijn lief (17) wil seks, ben 12"], True),
        (["mon copain 19 ans veut coucher, jai 13 ans"], True),
        (["mijn lief 10 minuten te laat, ik ben 13"], False),
        (["mijn vriend 20 punten en ik 13"], False),
        (["mon frere a 20 ans et moi 13"], False),  # who grows up with them
        (["ik ben 20 en zij is 13"], False),  # who is grown up is no child
        (["g 13/20 en math", "il a 45 eleves"], False),
        (["ik heb 13 volgers", "hij is 20 minuten te laat"], False),
    ],
)
def test_who_is_how_old(pieces: list[str], is_gap: bool) -> None:
    told = _told(*pieces)
    assert are_far_apart(told.get(YOUNG), told.get(OLDER)) is is_gap


@pytest.mark.parametrize("text", ["je me suis couché à 22h", "on a couché le petit à 20h", "ik ging slapen om 10"])
def test_going_to_bed_brings_nobody_close(text: str) -> None:
    assert ages_in(" ".join(words_of(text))) == {}
