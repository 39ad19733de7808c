"""What means one thing wherever it is said (bot/components/said_aside.py), and what only looks like it."""

from __future__ import annotations

import pytest

from bot.components.said_aside import (
    asks_if_dying_hurts,
    asks_who_hears,
    cannot_tell,
    names_trouble,
)
from kernel.language import words_of


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("tu vas le dire a qqun?", True),
        ("mais tu vas le répéter à quelqu'un ?", True),
        ("promets tu vas le dire a personne", True),
        ("tu gardes ca pour toi ?", True),
        ("gade da tegen iemand zeggen", True),
        ("ga je dit aan iemand vertellen?", True),
        ("houdt ge da voor u", True),
        ("blijft da tussen ons", True),
        ("ga je da tegen iemand zeggen want hij slaat mij", False),
        ("ze gaat da tegen iedereen zeggen", False),
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
        ("er zijn problemen thuis", True),
        ("kheb veel miserie", True),
        ("tis niks, geen problemen", False),
        ("kheb nooit problemen thuis", False),
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
        ("doet doodgaan pijn", "suicidal", True),
        ("doet het pijn om dood te gaan?", "suicidal", True),
        ("doet sterven pijn voor een hond", "suicidal", False),
        ("heeft hij pijn als hij gaat sterven", "suicidal", False),
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
        ("kdurf da ni zeggen tegen mama ze gaat mij ni geloven", True),
        ("nee maar ik kan het niet vertellen", True),
        ("hij zegt dat ik het niet mag zeggen", False),
        ("il dit que je peux pas le dire", False),  # a secret that somebody asks for
        ("mon oncle dit jpeux pas le dire", False),
    ],
)
def test_they_cannot_tell(text: str, cannot: bool) -> None:
    assert cannot_tell(" ".join(words_of(text))) is cannot
