"""Somebody who comes to the door, and what a child tells first, softly, of an adult: by the words alone, harmless ones too."""

from __future__ import annotations

import pytest

from bot.asked import asked_questions
from bot.components.danger_kinds import is_alone_and_feared, is_behind_door, is_on_his_way, is_only_visit, is_surely_now, kind_of_now
from bot.components.openings import kind_of_opening, other_need, set_right, told_behind
from bot.components.situation_words import is_said
from bot.terms import reviewed_terms
from kernel.language import words_of


def _words(text: str) -> str:
    return " ".join(words_of(text))


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("em belt aan", True),
        ("hij staat beneden denk ik", True),
        ("der staat iemand aan de deur", True),
        ("er wordt aangebeld", True),
        ("hij klopt op de deur", True),
        ("hij staat in mijn straat", True),
        ("il est la en bas", True),
        ("il sonne a la porte", True),
        ("on frappe a la porte", True),
        ("il toque", True),
        ("ya un gars de insta il arrive chez moi jsuis seul", True),
        ("er komt nen kerel van discord naar mijn huis", True),
        ("ya un mec de snap ki arrive chez moi", True),
        ("er komt een jongen vragen of ik meespeel", False),
        ("hij belt mij elke dag", False),
        ("mon tel sonne", False),
        ("hij is beneden mijn niveau", False),
        ("il est en bas du classement", False),
        ("il frappe sa soeur", False),
        ("hij klopt mij", False),
        ("hij staat altijd aan de schoolpoort", False),
        ("er staat een foto van mij online", False),
        ("ik ben alleen", False),
    ],
)
def test_who_stands_at_the_door_is_a_danger_of_this_moment(text: str, is_there: bool) -> None:
    assert is_behind_door("grooming", _words(text), is_asked=False) is is_there
    assert is_surely_now("grooming", _words(text)) is is_there


@pytest.mark.parametrize(
    ("text", "is_visit"),
    [
        ("hij is beneden", True),
        ("il est en bas", True),
        ("ze staat aan de deur", True),
        ("hij is er bijna", True),
        ("il arive", True),
        ("hij is beneden met een mes", False),
        ("hij staat beneden en roept", False),
        ("hij komt naar boven", False),
        ("il arrive il va me taper", False),
        ("il est bourré", False),
        ("il est la avec un couteau", False),
    ],
)
def test_words_that_tell_of_a_visitor_and_nothing_else(text: str, is_visit: bool) -> None:
    assert is_only_visit(_words(text)) is is_visit


@pytest.mark.parametrize(
    ("text", "is_home"),
    [
        ("nee mama en papa zijn weg", True),
        ("jsuis seul a la maison", True),
        ("mes parents sont pas la", True),
        ("ça sonne", True),
        ("ben alleen bij hem", False),
        ("jsuis seule avec lui chez lui", False),
        ("ben niet alleen", False),
        ("mama is thuis", False),
    ],
)
def test_home_alone_is_no_place_to_leave_while_a_stranger_comes(text: str, is_home: bool) -> None:
    assert is_behind_door("grooming", _words(text), is_asked=True) is is_home
    assert not is_behind_door("unsafe_home", _words(text), is_asked=True)
    assert not is_behind_door("sextortion", _words(text), is_asked=True)  # through a screen


@pytest.mark.parametrize(
    ("text", "is_his"),
    [
        ("il est en route la", True),
        ("hij is onderweg", True),
        ("em is onderweg in de auto", True),
        ("il arrive", True),
        ("hij komt af", True),
        ("ils arrivent", False),
        ("ze komen", False),
        ("la police est en route", False),
        ("hij is onderweg naar school", False),
        ("il arrive pas a dormir", False),
        ("hij komt niet", False),
        ("mon pere est en route", False),
    ],
)
def test_one_person_on_his_way_is_no_help_that_comes(text: str, is_his: bool) -> None:
    assert is_on_his_way("grooming", _words(text)) is is_his
    assert (kind_of_now("grooming", _words(text)) == "waits") is is_his
    assert not is_on_his_way("unsafe_home", _words(text))


@pytest.mark.parametrize(
    ("text", "is_feared"),
    [
        ("jsuis seul a la maison et il va arrivé", True),
        ("kben alleen thuis en em gaat komen", True),
        ("jsuis seule a la maison et mon pote va arriver", False),
        ("ben alleen thuis en mijn vriendin komt spelen", False),
        ("kben alleen thuis saai", False),
    ],
)
def test_alone_and_somebody_comes(text: str, is_feared: bool) -> None:
    assert is_alone_and_feared(_words(text)) is is_feared


@pytest.mark.parametrize(
    ("text", "is_with"), [("chez moi jsuis seul", False), ("jsuis pas seul, ma tante est la", True), ("ben alleen", False)]
)
def test_who_is_alone_is_with_nobody(text: str, is_with: bool) -> None:
    assert is_said("with_people", _words(text), 0.9) is is_with


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("oke want er is iet gebeurt op kamp", None, "something_happened"),
        ("er is iets gebeurd met mijn nonkel", None, "something_happened"),
        ("t gaat over mijn nonkel", None, "something_happened"),
        ("il s'est passé un truc au camp", None, "something_happened"),
        ("cest a propos de mon oncle", None, "something_happened"),
        ("jah, een leider heeft raar gedaan in de tent", None, "odd_adult"),
        ("de leider van de chiro deed raar op kamp", None, "odd_adult"),
        ("onze nieuwe meester is raar", None, "odd_adult"),
        ("mijn oom is een beetje creepy", None, "odd_adult"),
        ("mama's vriend is creepy", None, "odd_adult"),
        ("le prof de gym est bizarre", None, "odd_adult"),
        ("le copain de ma mere est un peu creepy", None, "odd_adult"),
        ("la prof de musique ma donné son numéro perso", None, "own_number"),
        ("mijn muziekleraar gaf mij zijn nummer", None, "own_number"),
        ("il ma donné son numéro perso", "grooming", "own_number"),
        ("jpeux lui demandé un nude ou c chaud?", None, "asks_nude"),
        ("mag ik mijn lief een nude vragen", None, "asks_nude"),
        ("em zegt da'k nie mag omgaan me jongens en em checkt mijne gsm", None, "partner_control"),
        ("jvais chez mon mec il a 22 ans", "runaway_thinking", "to_older_lover"),
        ("naar mijn lief hij is 23", "runaway_thinking", "to_older_lover"),
        ("jme suis pas debattu", "sexual_abuse", "was_it_rape"),
        ("le centre c ou a charleroi", "sexual_abuse", "where_care"),
        ("oke ik ga ni", "grooming", "not_going"),
        ("onze meester is raar haha", None, None),
        ("mijn opa doet raar sinds zijn beroerte", None, None),
        ("de juf doet raar ze danst", None, None),
        ("er is iets gebeurd met mijn kat", None, None),
        ("il s'est passé un truc drole au camp", None, None),
        ("le prof est bizarre mdr", None, None),
        ("mon oncle vient manger", None, None),
        ("de leerkracht gaf ons een nummer van de klas", None, None),
        ("crush gaf mij zijn nummer", None, None),
        ("hij vraagt mij nudes", None, None),
        ("mag ik een foto vragen van jou", None, None),
        ("chez mon frere il a 22 ans", "runaway_thinking", None),
        ("j'ai rien dit a ma mere", "sexual_abuse", None),
    ],
)
def test_first_soft_words_of_an_adult_are_asked_about(text: str, path: str | None, name: str | None) -> None:
    found = asked_questions().opened(text, path, None)
    assert (None if found is None else found.name) == name


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("em lag naast mij", "sexual_abuse"),
        ("hij lag in mijn slaapzak", "sexual_abuse"),
        ("il a mis sa main sur moi", "sexual_abuse"),
        ("em wil altijd foto's van ons turnen", "grooming"),
        ("hij stuurt mij snaps snachts", "grooming"),
        ("il m'a dit de rien dire", "grooming"),
        ("gewoon grappig", None),
        ("hij maakt flauwe moppen", None),
        ("mijn kat lag naast mij", None),
        ("hij geeft veel huiswerk", None),
        ("il est juste lourd", None),
    ],
)
def test_behind_it_what_that_adult_does_is_heard(text: str, need: str | None) -> None:
    assert told_behind("odd_adult", _words(text)) == need
    assert told_behind("something_happened", _words(text)) == need


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("em filmt ons ook in de kleedkamer", True),
        ("mama's vriend maakt altijd opmerkingen over mijn lijf", True),
        ("mon beau pere fait tjs des remarques sur mes seins", True),
        ("il nous mate dans les douches", True),
        ("mama maakt opmerkingen over mijn gewicht", False),
        ("de trainer filmt ons op training", False),
        ("we filmen een tiktok in de kleedkamer", False),
        ("mon prof fait des remarques sur ma tenue", False),
    ],
)
def test_what_an_adult_does_to_bodies_is_heard_from_the_words(text: str, is_heard: bool) -> None:
    assert any(found.need == "grooming" for found in reviewed_terms().find_all(text)) is is_heard


def test_a_face_that_is_asked_for_is_no_made_up_picture() -> None:
    assert other_need("deepfake_nude", _words("ze willen mn gezicht zien en zonder kleren")) == "pressured_to_send"
    assert other_need("deepfake_nude", _words("ze hebben mijn gezicht op een naakt lijf gezet")) is None
    assert told_behind("sells_own", _words("ze vragen nu meer")) == "pressured_to_send"
    assert kind_of_opening("grooming", _words("kheb afgesproke me em zaterdag")) == "meets"


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("non jveux pas. il di sinon il di tout a ma mere", "sextortion"),
        ("anders zegt em alles tegen mijn mama", "sextortion"),
        ("sinon il envoie a toute la classe", "sextortion"),
        ("hij dreigt alles te zeggen aan mijn ouders", "sextortion"),
        ("anders zegt hij niks", None),
        ("sinon il vient chez moi", None),
        ("anders slaat hij mij", None),
        ("il dit que jsuis belle", None),
    ],
)
def test_a_lure_that_turns_into_a_threat_is_extortion(text: str, need: str | None) -> None:
    assert set_right("grooming", _words(text)) == need
