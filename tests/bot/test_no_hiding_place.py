"""The cupboard of who has not told to be gay is no hiding place; a far day is not this moment; English that is asked for."""

from __future__ import annotations

from typing import Any

from bot_scripts import told_by

TOLD: dict[str, dict[str, Any]] = {
    "closet": {
        "mijn broer zit in de kast hij is gay": True,
        "mijn broer is uit de kast gekomen": True,
        "ma soeur est dans le placard elle est lesbienne": True,
        "mijn zus zit in de kast": False,
        "ik zit in de kast papa roept dat ik gay ben": False,
        "mijn broer is gay en zit in de kast, papa gaat hem vermoorden": False,
        "jsuis caché dans le placard il est gay": False,
        "er is een man uit de kast gekomen": False,
        "un homme est sorti du placard": False,
    },
    "far": {
        "on part le 3 juillet": True,
        "we vertrekken op 12 augustus": True,
        "on part demain a 5h": False,
        "on part le 3 juillet, il me frappe": False,
    },
    "language": {
        "en anglais stp my dad beats me": "en",
        "kan jij engels": "en",
        "in english please": "en",
        "mon père me frappe en anglais stp": "fr",
        "kan jij engels want mijn papa slaat mij": "nl",
        "ik heb een toets in het engels aub help": "nl",
    },
}


def test_cupboards_days_and_english_by_their_words() -> None:
    said = told_by("no_hiding_place.py", {which: list(texts) for which, texts in TOLD.items()})
    assert {which: dict(zip(TOLD[which], found, strict=True)) for which, found in said.items()} == TOLD
