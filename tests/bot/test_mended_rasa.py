"""Two ways into Rasa were made quicker (bot/action_answers.py, bot/model_domain.py): they must give what Rasa's own give."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from product_world import ROOT, missing


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What the script in the bot's environment found."""
    wanting = missing()
    if wanting:
        pytest.fail(wanting, pytrace=False)
    command = [str(ROOT / "bot/.venv/bin/python"), str(Path(__file__).parent / "scripts/mended_rasa.py")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def test_a_domain_is_read_as_rasa_reads_it(said: dict[str, Any]) -> None:
    assert {"12:30", "0800 32 123", "116000", "~"} <= set(said["texts"]), "Rasa itself read something else"
    assert said["domain"] is True


def test_answers_of_actions_are_checked_as_before(said: dict[str, Any]) -> None:
    assert said["after"] == said["before"] == ["ok", "ok", "refused", "refused", "refused", "refused"]
