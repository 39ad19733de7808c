"""Good news ends an alarm, a denial what it denies, "later" that is soon does not: by the bot's own parts."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from bot_scripts import told_by
from set_right_tables import FIRST, ROWS


@cache
def found() -> dict[str, Any]:
    """What the parts say to all tables."""
    asked = {name: [row[: -2 if name == "later" else -1] for row in rows] for name, rows in ROWS.items()}
    asked["first"] = [row[:3] for row in FIRST]
    answer: dict[str, Any] = told_by("set_right.py", asked)
    return answer


_NAMES = ["over", "near", "meant", "helped", "denied", "ended", "denials", "others", "led", "byes", "turns", "past", "waits"]


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_believed(name: str) -> None:
    assert [(row, one) for one, row in zip(found()[name], ROWS[name], strict=True) if one != row[-1]] == []


def test_not_now_that_comes_back_tonight_is_no_not_now() -> None:
    assert [tuple(one) for one in found()["later"]] == [row[1:] for row in ROWS["later"]]


def test_the_answer_to_a_question_stands_before_the_next_one() -> None:
    for said, row in zip(found()["first"], FIRST, strict=True):
        assert said.startswith(row[3]), row
        assert "?" in said, "the path's own question is gone"
