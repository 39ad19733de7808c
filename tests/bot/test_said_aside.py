"""What means one thing wherever it is said (bot/components/said_aside.py), and what only looks like it."""

from __future__ import annotations

import pytest

from bot.components.said_aside import (
    HAS_ADDRESS,
    NOT_GOING,
    OPENS_UP,
    asks_if_dying_hurts,
    asks_who_hears,
    cannot_tell,
    names_trouble,
    said_aside,
)
from kernel.language import words_of


@pytest.mark.parametrize(
    ("text", "path", "after", "wanted"),
    [
        ("jpeux te demander autre chose", "sextortion", "sextortion_removal", OPENS_UP),
        ("oui mais jpeux te poser une question ?", "unsafe_home", "unsafe_home_night", OPENS_UP),
        ("jpeux lui demander autre chose", "sextortion", "sextortion_removal", None),
        ("je peux te demander de me tuer", "suicidal", "suicidal_far", None),
        ("non et il sait ou j habite", "sextortion", "sextortion_happened", HAS_ADDRESS),
        ("ils savent ou jhabite", "cyberbullying", "cyberbullying_keep", HAS_ADDRESS),
        ("non il sait ou j habite", "sextortion", "sextortion_safe", None),  # whether they can talk
        ("il sait ou j habite il arrive", "sextortion", "sextortion_tell", None),  # a danger of this moment
        ("il sait pas ou j habite", "sextortion", "sextortion_tell", None),
        ("ma mère sait où j'habite", "sextortion", "sextortion_tell", None),
        ("il sait ou je suis", "sextortion", "sextortion_tell", None),
        ("il sait ou j habite", "unsafe_home", "unsafe_home_plan", None),
        ("ok jy vais pas alors", "grooming", "grooming_happened", NOT_GOING),
        ("j'irai pas", "grooming", "grooming_stay", None),  # the answer to that question
        ("jy vais pas sinon il me frappe", "grooming", "grooming_tip", None),
        ("jy vais pas", "unsafe_home", "unsafe_home_out", None),
        ("ya des soucis a la maison", None, "start", OPENS_UP),
        ("ya des soucis a la maison", "unsafe_home", "unsafe_home_night", None),
    ],
)
def test_words_that_mean_one_thing(text: str, path: str | None, after: str, wanted: str | None) -> None:
    assert said_aside(text, path, after) == wanted


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("tu vas le dire a qqun?", True),
        ("mais tu vas le répéter à quelqu'un ?", True),
        ("promets tu vas le dire a personne", True),
        ("tu gardes ca pour toi ?", True),
        ("il a dit tu vas le dire a personne", False),  # what somebody else said
        ("tu vas le dire a personne sinon jte frappe", False),
        ("elle va le dire a quelqu'un", False),
        ("tu crois que jdois le dire a quelqu'un", False),
    ],
)
def test_the_bot_is_asked_whether_it_tells(text: str, is_asked: bool) -> None:
    assert asks_who_hears(" ".join(words_of(text))) is is_asked


@pytest.mark.parametrize(
    ("text", "is_trouble"),
    [
        ("ya des soucis a la maison", True),
        ("ya un problème chez moi", True),
        ("g plein de soucis", True),
        ("ya pas de souci a la maison", False),
        ("nan aucun souci", False),
        ("jai plus de problemes", False),
        ("pas de souci", False),
    ],
)
def test_trouble_is_named(text: str, is_trouble: bool) -> None:
    assert names_trouble(" ".join(words_of(text))) is is_trouble


@pytest.mark.parametrize(
    ("text", "path", "tells"),
    [
        ("ca fait mal de mourir?", "suicidal", True),
        ("mourir ça fait mal ?", "self_harm", True),
        ("est ce que c'est douloureux de mourir", "other_wellbeing", False),
        ("elle va mourir ?", "suicidal", False),
        ("ca fait mal de mourir pour un chien ?", "suicidal", False),
        ("ca fait mal de mourir?", None, False),
    ],
)
def test_whether_dying_hurts(text: str, path: str | None, tells: bool) -> None:
    assert asks_if_dying_hurts(" ".join(words_of(text)), path) is tells


@pytest.mark.parametrize(
    ("text", "cannot"),
    [
        ("jpeux pas le dire a ma mere elle va pas me croire", True),
        ("non mais j'ose pas en parler", True),
        ("non jose pas lui dire", True),
        ("il dit que je peux pas le dire", False),  # a secret that somebody asks for
        ("mon oncle dit jpeux pas le dire", False),
    ],
)
def test_they_cannot_tell(text: str, cannot: bool) -> None:
    assert cannot_tell(" ".join(words_of(text))) is cannot
