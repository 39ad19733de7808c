"""What tells of a danger does not deny it: no list of denials takes an example of that danger back ("j'ai plus envie de vivre")."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / "bot/.venv/bin/python"
_SO_MANY = 30_000
"""Fewer examples would mean that they were not read."""
_SAFE_ELSEWHERE = [
    ["need", "la jsuis chez ma tante, ici on me frappe pas"],
    ["need", "jsuis mieux à lécole que chez moi, lécole on tape pas"],
]
"""Nobody hits where they are: the lists do not tell that from home."""


def test_no_example_of_a_danger_is_taken_for_its_denial() -> None:
    script = Path(__file__).parent / "scripts/denied_examples.py"
    run = subprocess.run([str(_PYTHON), str(script)], capture_output=True, text=True, timeout=300, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["examples"] > _SO_MANY
    assert sorted(found["taken_back"]) == sorted(_SAFE_ELSEWHERE)
