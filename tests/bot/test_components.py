"""The bot's small components against tables of cases. They need Rasa, so one script in the bot's environment asks them all."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from product_world import ROOT, missing
from tables import AGES, LANGUAGES, ROLES

Said = dict[str, Any]


@pytest.fixture(scope="module")
def said() -> Said:
    """What the components say, in the order of the tables."""
    wanting = missing()
    if wanting:
        pytest.fail(wanting, pytrace=False)
    command = [str(ROOT / "bot/.venv/bin/python"), str(Path(__file__).with_name("checks_in_bot.py"))]
    run = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert run.returncode == 0, run.stderr[-2000:]
    answer: Said = json.loads(run.stdout.splitlines()[-1])
    return answer


def wrong(said: list[Any], table: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows that were answered wrongly, each with what was said instead."""
    assert len(said) == len(table) > 20
    return [(*row, f"said: {one}") for one, row in zip(said, table, strict=True) if one != row[-1]]


def test_the_language_of_a_message(said: Said) -> None:
    assert wrong(said["languages"], LANGUAGES) == []


def test_the_age_group(said: Said) -> None:
    assert wrong(said["ages"], AGES) == []


def test_who_speaks(said: Said) -> None:
    assert wrong(said["roles"], ROLES) == []


def test_action_answers_are_checked_as_before(said: Said) -> None:
    assert said["schema"] == ["ok", "refused", "refused", "refused"]


def test_the_quick_reading_of_the_domain_gives_what_rasa_reads(said: Said) -> None:
    assert said["domain"] is True
