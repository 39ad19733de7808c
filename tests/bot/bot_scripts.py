"""Asks the bot's parts with a script of tests/bot/scripts, in the bot's environment: importing Rasa costs six seconds of a core, once."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests import warm

SCRIPTS = Path(__file__).resolve().parent / "scripts"
_PYTHON = warm.ROOT / "bot/.venv/bin/python"


def told_by(script: str, asked: Any = None, *arguments: str, seconds: float = 180) -> Any:
    """What the script says, as JSON in its last line, with `asked` as JSON on its standard input."""
    if not _PYTHON.exists():
        pytest.fail("no environment for the bot: scripts/setup.sh bot makes it", pytrace=False)
    with tempfile.TemporaryDirectory() as folder:
        said, out, err = (Path(folder) / name for name in ("in", "out", "err"))
        said.write_text(json.dumps(asked), encoding="utf-8")
        running = warm.run_script(SCRIPTS / script, list(arguments), said, out, err)
        try:
            code = running.wait(seconds)
        finally:
            running.kill()
        assert code == 0, err.read_text(encoding="utf-8")[-3000:]
        return json.loads(out.read_text(encoding="utf-8").splitlines()[-1])
