"""Grief, a broken heart, being gay or trans, a pregnancy, a journey that is near: known by their own words, and what only sounds so."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions
from bot.components.openings import kind_of_opening, other_need
from kernel.language import words_of

_SAID: list[tuple[str, str | None, str | None, str | None]] = [  # the text, the path, what came before, the question
    ("ons oma is zondag overleden", None, None, "grief_person"),
    ("mon tonton est décédé", None, None, "grief_person"),
    ("mon chien est mort", None, None, None),
    ("ma mère est morte de rire", None, None, None),
    ("mijn pa is doodmoe", None, None, None),
    ("ik mis hem", None, "grief_person", "grief_more"),
    ("ik wil naar hem toe, ik mis hem", None, "grief_person", None),
    ("mijn vriendin heeft het uitgemaakt", None, None, "heartbreak"),
    ("mon copain m'a larguée", None, None, "heartbreak"),
    ("mijn lief heeft het uitgemaakt en dreigt met foto's", None, None, None),
    ("elle me manque", None, "heartbreak", "heartbreak_more"),
    ("ik heb geen zin meer in iets", None, "heartbreak", None),
    ("wat een rotdag", None, None, "bad_day"),
    ("elke dag is een rotdag", None, None, None),
    ("ik denk dat ik trans ben", None, None, "trans_told"),
    ("jsuis une fille mais dans un corps de gars", None, None, "trans_told"),
    ("je suis une fille mais j'aime le foot", None, None, None),
    ("noem mij maar alex", None, "trans_told", "trans_name"),
    ("moet ik het vertellen", None, "orientation", "gay_tell"),
    ("c'est bizarre ?", None, "orientation", "gay_odd"),
    ("hij zegt altijd vieze homo's", None, "gay_tell", "gay_slur"),
    ("mijn regels zijn te laat", None, None, "pregnant_late"),
    ("j'ai du retard", None, None, "pregnant_late"),
    ("mon bus a du retard", None, None, None),
    ("mijn mama is zwanger", None, None, None),
    ("onze juf is zwanger", None, None, None),
    ("en als ik het hou", None, "pregnant_late", "pregnant_choice"),
    ("jpeux pas le dire à ma mère", None, "pregnant_late", "pregnant_parents"),
    ("on part dans trois semaines", "unsafe_home", None, "forced_trip_soon"),
    ("je pars dans ma chambre", "unsafe_home", None, None),
    ("hij heeft mijn paspoort", "parental_abduction", None, "forced_trip_soon"),
    ("il est parti payer l'essence", "parental_abduction", None, "alone_minute"),
    ("hij is even naar de wc", "parental_abduction", None, "alone_minute"),
    ("mama weet niet waar we zijn", "parental_abduction", None, "parent_unaware"),
    ("comme ma grande sœur", "unsafe_home", None, "cutting_sister"),
    ("elle m'aime pas comme ma sœur", "unsafe_home", None, None),
    ("jsuis trop moche sur la photo", None, None, "looks"),
    ("ils disent que je suis moche", None, None, None),
    ("ik voel mij zo alleen", None, None, "lonely"),
    ("ik ben gewoon alleen thuis met hem", None, None, None),
    ("on a perdu le match", None, None, "match_lost"),
    ("ik ben mijn gsm verloren", None, None, None),
    ("je déteste ma prof de math", None, None, "teacher_dislike"),
    ("je déteste mon prof, il me touche", None, None, None),
]


@pytest.mark.parametrize(("text", "path", "before", "name"), _SAID)
def test_sorrow_by_its_words(text: str, path: str | None, before: str | None, name: str | None) -> None:
    found = asked_questions().opened(text, path, before)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("mes parents ont dit que j'allais rencontrer quelqu'un et c'est déjà décidé", "unsafe_home"),
        ("mijn ouders willen dat ik een man ga ontmoeten, alles is beslist", "unsafe_home"),
        ("j'ai décidé, je veux mourir", None),
        ("mes parents ont arrangé mon mariage, je veux mourir", None),
    ],
)
def test_parents_who_decided_a_marriage_are_no_wish_to_die(text: str, need: str | None) -> None:
    assert other_need("suicidal", " ".join(words_of(text))) == need


@pytest.mark.parametrize("text", ["on va me faire femme en guinée", "ze gaan daar een vrouw van mij maken"])
def test_a_cutting_in_the_words_of_the_family(text: str) -> None:
    assert kind_of_opening("unsafe_home", " ".join(words_of(text))) == "forced"
