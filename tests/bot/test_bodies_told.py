"""A body in danger, and facts about somebody else who wants to die, told in words (bot/components/body_words.py)."""

from __future__ import annotations

import pytest

from bot.components.body_words import fact_in, holds, situation_of
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


@pytest.mark.parametrize(
    ("text", "told"),
    [("ze is wakker maar heel suf", "awake_odd"), ("ze valt in slaap", "drowsy"), ("elle ferme les yeux", "drowsy"), ("ok merci", None)],
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
