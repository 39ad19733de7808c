"""What tells of a danger does not deny it: no list of denials takes an example of that danger back ("j'ai plus envie de vivre")."""

from __future__ import annotations

from bot_scripts import told_by

_SO_MANY = 30_000
"""Fewer examples would mean that they were not read."""
_SAFE_ELSEWHERE = [
    ["need", "la jsuis chez ma tante, ici on me frappe pas"],
    ["need", "jsuis mieux à lécole que chez moi, lécole on tape pas"],
]
"""Nobody hits where they are: the lists do not tell that from home."""


def test_no_example_of_a_danger_is_taken_for_its_denial() -> None:
    found = told_by("denied_examples.py", seconds=300)
    assert found["examples"] > _SO_MANY
    assert sorted(found["taken_back"]) == sorted(_SAFE_ELSEWHERE)
