"""A typed answer is matched to a choice by its words, kindly; what fits none, or two alike, is not guessed."""

from __future__ import annotations

import pytest
from action_calls import scenarios

from actions.matching import How, match
from safety.scenarios import Option

CHOICES = [
    # story, scene, what is typed, the choice (from 0)
    ("group_chat", "vinger", "neen da doe ik ni", 0),
    ("group_chat", "vinger", "ik stuur het wel door", 1),
    ("group_chat", "vinger", "gewoon niet antwoorden", 2),
    ("group_chat", "vinger", "non je fais pas ça", 0),
    ("group_chat", "vinger", "je transfere la photo", 1),
    ("group_chat", "groep", "ik zeg stop in de groep", 0),
    ("group_chat", "groep", "je quitte", 2),
    ("group_chat", "ping", "je lis les messages du groupe", 1),
    ("gamer", "afspraak", "nee ik ga daar niet naartoe", 0),
    ("gamer", "afspraak", "j'y vais pas", 0),
    ("gamer", "wie", "ma soeur", 0),
    ("gamer", "wie", "mn ouders", 1),
    ("crush", "kies", "ik zou niks sturen", 0),
    ("crush", "kies", "jenvoie rien moi", 0),
    ("crush", "vraag", "neen", 2),
    ("crush", "vraag", "non merci", 2),
    ("crush", "buik", "weet ni", 2),
    ("sextortion", "geld", "ik betaal niet", 1),
    ("sextortion", "geld", "je ne paie pas", 1),
    ("sextortion", "geld", "kga betalen", 0),
    ("sextortion", "geld", "nee", 1),
    ("sextortion", "jef", "aan mijn mama", 0),
    ("leaving_home", "keuze", "ik zou een berichtje sturen naar mijn ouders", 0),
    ("boyfriend", "vriend", "ik wil dat niet", 0),
    ("crush", "kies", "3", 2),
]
NONE = [
    ("crush", "buik", "pizza"),
    ("crush", "buik", ""),
    ("crush", "buik", "7"),
    ("crush", "buik", "116000"),
    ("crush", "kies", "ik wil met een mens praten"),
    ("crush", "stil", "dat is echt chantage"),
    ("group_chat", "reacties", "je lis les messages du groupe"),
]


def options(story: str, scene: str) -> tuple[Option, ...]:
    """The choices of a scene."""
    scenario = scenarios().get(story)
    assert scenario is not None
    return scenario.scenes[scene].options


@pytest.mark.parametrize(("story", "scene", "text", "number"), CHOICES)
def test_a_choice_in_own_words(story: str, scene: str, text: str, number: int) -> None:
    found = match(text, options(story, scene))
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(("story", "scene", "text"), NONE)
def test_nothing_is_guessed(story: str, scene: str, text: str) -> None:
    assert match(text, options(story, scene)) is None


def test_every_title_and_phrase_means_its_own_choice() -> None:
    looked_at = 0
    for scenario in scenarios():
        for scene in scenario.scenes.values():
            for number, option in enumerate(scene.options):
                for phrase in (*option.title.values(), *option.phrases):
                    found = match(phrase.upper() + " ! aub", scene.options)
                    assert found is not None, (scenario.name, scene.name, phrase)
                    assert (found.number, found.how) == (number, How.EXACTLY), (scenario.name, scene.name, phrase)
                    looked_at += 1
    assert looked_at > 900


def test_how_sure_a_match_is() -> None:
    choices = options("sextortion", "geld")
    found = {text: match(text, choices) for text in ("Niet betalen", "ik ga echt niet betalen", "niet betalen zei mijn neef gisteren")}
    assert [one.how if one else None for one in found.values()] == [How.EXACTLY, How.PARTLY, How.PARTLY]
    wholly = match("ik zou dan ook niet betalen", choices)
    assert wholly is not None
    assert wholly.how is How.WHOLLY
