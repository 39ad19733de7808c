"""Where the held-out sentences are. danger_* and everyday_* were written before the terms; blind_* after a first version of them."""

from __future__ import annotations

import json
from pathlib import Path

SAFETY = Path(__file__).parents[2] / "data" / "safety"
HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a held-out set in this folder: text, and for danger need and level."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
