"""Grief, a broken heart, being gay or trans, a pregnancy, a journey that is near: known by their own words, and what only sounds so."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions
from bot.components.openings import kind_of_opening, other_need
from kernel.language import words_of

_SAID: list[tuple[str, str | None, str | None, str | None]] = [  # the text, the path, what came before, the question
    ("ons oma is zondag overleden", None, None, "grief_person"),
    ("mon tonton est décédé", None, None, "grief_person"),
    ("mon chien est mort", None, None, "grief"),
    ("mon chien est mort de rire", None, None, None),
    ("ik ben zwanger van mijn lief", None, None, "pregnant_late"),
    ("jai peur detre enceinte de mon copain", None, None, "pregnant_late"),
    ("mes regles sont pas la depuis 2 semaines", None, None, "pregnant_late"),
    ("ik denk dat ik zwanger ben", None, None, "pregnant_late"),
    ("ik ben bang dat ik zwanger ben", "sexual_abuse", None, "pregnant"),
    ("jai peur detre enceinte", "sexual_abuse", None, "pregnant"),
    ("mijn zus is zwanger en ik word tante", None, None, None),
    ("ik ben zwanger van mijn stiefvader", None, None, None),
    ("chui enceinte de mon beau père", None, None, None),
    ("jai du retard et c mon oncle", None, None, None),
    ("ik ben overtijd en ik ben 12", None, None, None),
    ("mijn regels zijn 2 weken te laat en het is van iemand uit mijn familie", None, None, None),
    ("jme fais vomir et jme donne des coups", None, None, None),
    ("jai peur detre enceinte, j'ai pas voulu", None, None, None),
    ("ma meuf ma quitté ds le jeu, on jouait aux sims", None, None, None),
    ("ma mère est morte de rire", None, None, None),
    ("mijn pa is doodmoe", None, None, None),
    # somebody old or ill is going to die; not a wish, an accident, a pet, a match
    ("mn oma ligt op sterven", None, None, "dying_person"),
    ("mijn opa gaat binnenkort sterven", None, None, "dying_person"),
    ("mn opa ligt in t ziekenhuis hij gaat dood", None, None, "dying_person"),
    ("papa gaat sterven aan kanker", None, None, "dying_person"),
    ("mon papy est à l'hopital il va mourir", None, None, "dying_person"),
    ("mon oncle est en fin de vie", None, None, "dying_person"),
    ("il est vieux il a 89 ans et maman pleure", None, "dying_person", "dying_more"),
    ("ik wil ook dood", None, "dying_person", None),
    ("mijn mama gaat zelfmoord plegen", None, None, None),
    ("mon père veut mourir", None, None, None),
    ("mon père est en train de mourir aidez moi", None, None, None),
    ("papa ligt op sterven hij is van de trap gevallen", None, None, None),
    ("mijn vriend ligt hier hij gaat het niet halen", None, None, None),
    ("mijn zus gaat dood ze heeft pillen geslikt", None, None, None),
    ("ons team gaat het niet halen", None, None, None),
    ("mon chat va mourir", None, None, None),
    ("mama gaat dood van het lachen", None, None, None),
    ("ik ga sterven", None, None, None),
    # somebody is fetched, now; not a farewell, nor a death that is longed for
    ("oke ik zal mn zus roepen", "suicidal", None, "gets_somebody"),
    ("ik ga mama wakker maken", "suicidal", None, "gets_somebody"),
    ("ok jvais chercher maman", "self_harm", None, "gets_somebody"),
    ("ik ga mijn mama niet roepen", "suicidal", None, None),
    ("ik ga naar mijn opa in de hemel", "suicidal", None, None),
    ("jvais rejoindre ma mere au ciel", "suicidal", None, None),
    ("ik bel mama nog een laatste keer", "suicidal", None, None),
    ("mijn mama gaat roepen op mij", "suicidal", None, None),
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
    ("mijn hart is gebroken belgie verloor", None, None, "match_lost"),
    ("j'ai le coeur brisé la belgique a perdu", None, None, "match_lost"),
    ("mijn hart is gebroken ik heb haar verloren", None, None, "heartbreak"),
    ("ze noemen mij homo", None, "orientation", None),
    ("ze noemen mij homo", None, "trans_told", None),
    ("ils m'appellent sale pd", None, "trans_told", "gay_slur"),
    ("moek da zeggen", None, "orientation", "gay_tell"),
    ("is da raar", None, "orientation", "gay_odd"),
    ("on part le 3 juillet", "unsafe_home", None, "forced_trip_soon"),
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


@pytest.mark.parametrize(
    "text", ["ze noemen mij homo", "ze noemen mij altijd vuile homo", "ils m'appellent sale pd", "ze schelden mij uit voor janet"]
)
def test_who_is_called_names_tells_nothing_of_being_gay_or_trans(text: str) -> None:
    assert asked_questions().asked("orientation", text, None) is None


def test_behind_being_gay_the_lines_do_not_end_the_talk() -> None:
    assert asked_questions().all["orientation"].serious


@pytest.mark.parametrize(
    ("label", "text", "name"),
    [
        ("battery_low", "mijn batterij is dood en mn lader is kapot", None),
        ("battery_low", "mijn batterij is bijna leeg, welke oplader is goed", None),
        ("battery_low", "mon tel est mort", None),
        ("battery_low", "jdois le charger", None),
        ("battery_low", "mijn batterij is bijna leeg en ik ben op straat", "battery_low"),
        ("did_wrong", "ik heb schuldgevoel want ik heb gelogen tegen mama", None),
        ("did_wrong", "ik heb iets ergs gedaan", "did_wrong"),
    ],
)
def test_a_flat_phone_and_a_fib_are_no_danger(label: str, text: str, name: str | None) -> None:
    found = asked_questions().asked(label, text, None)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "text",
    [
        "on part demain a 5h et je veux pas me marier",
        "ik wil niet met hem trouwen",
        "on va me faire femme en guinée",
        "ze gaan daar een vrouw van mij maken",
    ],
)
def test_a_cutting_in_the_words_of_the_family(text: str) -> None:
    assert kind_of_opening("unsafe_home", " ".join(words_of(text))) == "forced"
