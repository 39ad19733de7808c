"""Questions known by their words: a parent who drinks, eating, how many pills (`opened_by` in data/questions/asked.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kernel.questions import Questions

_FILE = Path(__file__).resolve().parents[2] / "data" / "questions" / "asked.yml"
_QUESTIONS = Questions(YAML(typ="safe").load(_FILE)["questions"])


@pytest.mark.parametrize(
    ("text", "behind", "name"),
    [
        ("mijn vader is alcoholist", None, "parent_drinks"),
        ("mes parents boivent trop", None, "parent_drinks"),
        ("mon beau père boit tous les soirs", None, "parent_drinks"),
        ("mijn pa drinkt en slaat mij", None, None),
        ("papa is zat en slaapt in de zetel", None, "parent_drinks"),
        ("mama drinkt elke avond een glas wijn, niks erg ofzo", None, None),
        ("papa is zat en kotst", None, None),
        ("mama drinkt koffie", None, None),
        ("papa boit du café", None, None),
        ("ik schaam mij voor haar", "parent_drinks", "parent_drinks_more"),
        ("il casse des assiettes", "parent_drinks", "parent_drinks_breaks"),
        ("ik schaam mij voor haar", None, None),
        ("ik eet bijna niks meer", None, "eating"),
        ("jmange presque plus rien", None, "eating"),
        ("mijn hond eet niet meer", None, "pet_hurt"),
        ("ya rien à manger chez nous", None, "home_food"),
        ("jme fais vomir après manger", None, "eating_vomits"),
        ("j'ai vomi, c'est la gastro", None, None),
        ("kweeg mij 4 keer per dag", None, "eating_weighs"),
        ("mijn haar valt uit", "eating", "eating_weak"),
        ("omdak te dik ben", "eating", "eating_why"),
        ("psk jsuis trop grosse", "eating", "eating_why"),
        ("ze zeggen dat ik te dik ben", None, None),
        ("mijn haar valt uit", None, None),
        ("kunnen ze mij opnemen", "eating_weak", "eating_hospital"),
        ("hoeveel dafalgan mag je nemen", None, "pills_how_many"),
        ("combien de cachets on peut prendre", None, "pills_how_many"),
        ("hoeveel pillen krijgt mijn hond", None, None),
    ],
)
def test_known_by_their_words(text: str, behind: str | None, name: str | None) -> None:
    found = _QUESTIONS.opened(text, None, behind)
    assert (found.name if found else None) == name
