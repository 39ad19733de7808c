"""A premise is set right, whose trouble it is, and whose words are said to whom: by the bot's own parts."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from bot_scripts import told_by
from speaker_tables import ROWS


@cache
def found() -> dict[str, Any]:
    """What the parts say to all tables."""
    asked = {name: [row[:-1] for row in rows] for name, rows in ROWS.items()}
    answer: dict[str, Any] = told_by("speakers.py", asked)
    return answer


@pytest.mark.parametrize("name", ROWS)
def test_who_speaks_and_whose_it_is(name: str) -> None:
    assert [(row, one) for one, row in zip(found()[name], ROWS[name], strict=True) if one != row[-1]] == []


def test_an_adult_never_hears_words_for_whom_it_happens_to_where_a_friend_has_words() -> None:
    assert found()["adults"]["theirs"] > 100, "nothing was compared"
    assert found()["adults"]["wrong"] == []
