"""A body in danger, and facts about somebody else who wants to die, told in words (bot/components/body_words.py)."""

from __future__ import annotations

import pytest

from bot.components.body_words import fact_in, holds, is_one_pill, situation_of
from kernel.language import words_of


def _words(text: str) -> str:
    return " ".join(words_of(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mn pa heeft whisky gedronken en ligt in de keuken", "lies_there"),
        ("mijn ma ligt hier op de vloer, ze heeft veel wijn op", "lies_there"),
        ("maman est bourrée et elle répond plus", "lies_there"),
        ("mon père est par terre il réagit pas", "lies_there"),
        ("papa ademt heel raar", "breathing"),
        ("papa is weer straalbezopen en kotst", "lies_there"),
        ("mijn broer heeft gedronken op de fuif en kotst nu alles onder", "lies_there"),
        ("ma soeur a bu et elle vomit", "lies_there"),
        ("ons mama ligt op de grond", "lies_there"),
        ("maman est par terre", "lies_there"),
        ("ons mama ligt op de grond en lacht", None),
        ("mes habits sont par terre et maman crie", None),
        ("mijn hond ligt op de grond en ademt raar", None),
        ("mn broertje van 4 ligt op de grond te krijsen omda em geen koek krijgt", None),
        ("maman est assise par terre", None),
        # who does not wake or react, and who sleeps late or is cross
        ("mijn moeder ligt in haar bed en antwoordt niet als ik haar roep", "not_waking"),
        ("ik krijg mijn opa niet wakker", "not_waking"),
        ("ons mama wordt maar ni wakker", "not_waking"),
        ("papa zit in de zetel en reageert nimeer", "not_waking"),
        ("mn broertje reageert nie als ik hem schud", "not_waking"),
        ("ma mère ne se réveille pas", "not_waking"),
        ("papa est dans son lit et il bouge plus", "not_waking"),
        ("jarrive pas a réveiller mamy", "not_waking"),
        ("mama reageert niet", None),  # bare, on a path
        ("mama reageert niet op mijn berichtjes", None),
        ("ik krijg mijn broer niet wakker voor school", None),
        ("mama ligt altijd in bed en reageert niet", None),
        ("mon frère se réveille pas le matin", None),
        ("papa répond pas au téléphone", None),
        ("ma soeur réagit pas quand je lui parle", None),
        ("mon chat se réveille pas", None),
        ("maman met tout par terre", None),
        ("mijn zus kotst, ze heeft buikgriep van de bedorven wijn", None),
        ("ik heb gedronken en mijn broer kotst", None),
        ("elle respire bizar", "breathing"),
        ("papa dort il a bu", None),
        ("papa slaat mama, ze ligt op de grond", None),
        ("hier soir maman a bu et elle est tombée par terre", None),
        ("mijn trui ligt op de grond", None),
        ("mama zit op de grond met mijn broertje te spelen", None),
        ("ik lag op de grond van het lachen", None),
        ("mes affaires sont par terre et maman crie", None),
        ("il répond pas à mes messages", None),
        ("maman dort et je respire mal", None),
        ("mama is weg, ik lig op de grond en heb pillen genomen", None),
    ],
)
def test_situation_told_of_another(text: str, told: str | None) -> None:
    assert situation_of(_words(text)) == told


def test_bare_words_of_a_parent_who_does_not_react_begin_a_talk() -> None:
    assert situation_of(_words("mijn mama reageert niet"), is_first=True) == "not_waking"
    assert situation_of(_words("mama reageert niet op whatsapp"), is_first=True) is None
    assert situation_of(_words("mijn gsm reageert niet"), is_first=True) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ze is wakker maar heel suf", "awake_odd"),
        ("ze valt in slaap", "drowsy"),
        ("elle ferme les yeux", "drowsy"),
        ("hij slaapt nu", "drowsy"),
        ("elle dort", "drowsy"),
        ("ok merci", None),
    ],
)
def test_more_is_believed_where_a_body_is_in_danger(text: str, told: str | None) -> None:
    assert situation_of(_words(text), is_body=True) == told
    assert situation_of(_words(text)) is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("nee zijn adres weet ik niet, hij woont in gent", "friend_where"),
        ("je peux pas y aller elle habite à namur", "friend_where"),
        ("mijn mama is hier thuis", "friend_our_adult"),
        ("mon père est à côté", "friend_our_adult"),
        ("haar mama is thuis", "friend_their_adult"),
        ("sa mère est là je crois", "friend_their_adult"),
        ("zijn ouders zijn werken", "friend_all_away"),
        ("ses parents sont au boulot", "friend_all_away"),
        ("ja ik durf bellen", None),
        ("il veut mourir", None),
        ("j'ai peur pour elle", None),
    ],
)
def test_fact_of_a_friend(text: str, fact: str | None) -> None:
    assert fact_in(_words(text), "friend", None) == fact


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("g les cachets de ma mère", "means_near"),
        ("kheb de pillen van mn oma", "means_near"),
        ("je prends des médocs pour dormir", None),
        ("j'ai pris les médocs", None),
        ("ik heb geen pillen", None),
        ("mes parents sont là", None),
    ],
)
def test_what_lies_within_reach(text: str, fact: str | None) -> None:
    assert fact_in(_words(text), None, "utter_ask_suicidal_with") == fact
    assert fact_in(_words(text), None, "utter_ask_suicidal_far") is None


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [("ze heeft er 15 geslikt", True), ("elle en a pris 15", True), ("ze heeft er 15 foto's van", False), ("elle en a parlé", False)],
)
def test_counted_pills(text: str, is_taken: bool) -> None:
    assert holds("taken", _words(text)) is is_taken


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("kheb er 1 genomen", True),
        ("kheb 1 dafalgan genomen, hoeveel mag ik er nog nemen", True),
        ("j'en ai pris un", True),
        ("kheb er 20 genomen", False),
        ("kheb er een doos van genomen", False),
        ("j'en ai pris 15", False),
        ("j'en ai pris une boite", False),
        ("ze heeft er 1 genomen, ze is suf", False),
    ],
)
def test_one_tablet_is_no_overdose(text: str, is_one: bool) -> None:
    assert is_one_pill(_words(text)) is is_one


@pytest.mark.parametrize(
    ("text", "is_apart", "is_of_address"),
    [
        ("hij zit nu in zijn kamer en zijn ouders zijn beneden", True, False),
        ("ses parents sont en bas, elle est dans sa chambre", True, False),
        ("zijn ouders zijn bij hem", False, False),
        ("ze woont in gent bij haar pa", False, False),
        ("nee geen adres, kweet wel dat em in kortrijk woont", False, True),
        ("jpeux pas aller chez elle chui a liege", False, True),
        ("il habite loin a arlon", False, False),
    ],
)
def test_a_friend_alone_in_a_room_and_an_address(text: str, is_apart: bool, is_of_address: bool) -> None:
    assert (holds("apart", _words(text)), holds("address", _words(text))) == (is_apart, is_of_address)
