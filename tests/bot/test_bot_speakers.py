"""A premise is set right, whose trouble it is, and whose words are said to whom: by the bot's own parts."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from speaker_tables import ROWS

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / "bot/.venv/bin/python"


@cache
def found() -> dict[str, Any]:
    """What the parts say to all tables."""
    asked = {name: [row[:-1] for row in rows] for name, rows in ROWS.items()}
    command = [str(_PYTHON), str(Path(__file__).parent / "scripts/speakers.py")]
    run = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


@pytest.mark.parametrize("name", ROWS)
def test_who_speaks_and_whose_it_is(name: str) -> None:
    assert [(row, one) for one, row in zip(found()[name], ROWS[name], strict=True) if one != row[-1]] == []


def test_an_adult_never_hears_words_for_whom_it_happens_to_where_a_friend_has_words() -> None:
    assert found()["adults"]["theirs"] > 100, "nothing was compared"
    assert found()["adults"]["wrong"] == []
