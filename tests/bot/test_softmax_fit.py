"""The fit of the need classifier (bot/softmax_fit.py) must find what scikit-learn's finds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / "bot/.venv/bin/python"


def test_it_finds_what_scikit_learn_finds_and_the_bottom_of_a_bent_valley() -> None:
    if not _PYTHON.exists():
        pytest.fail("no environment for the bot: scripts/setup.sh bot makes it", pytrace=False)
    command = [str(_PYTHON), str(Path(__file__).parent / "scripts/softmax_beside.py")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout.splitlines()[-1])
    for strength in ("weak", "strong"):
        assert found[strength]["difference"] < 0.005, "a probability differs"
        assert found[strength]["theirs"] > 0.5, "nothing was learned: nothing was compared"
    assert found["valley"] == pytest.approx([1.0, 1.0], abs=1e-3)
