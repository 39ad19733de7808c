"""Where the sentences are: danger_* and everyday_* were written before the terms, blind_* after a first version, plain_* for them."""

from __future__ import annotations

import json
from pathlib import Path

from kernel.need import NEEDS

SAFETY = Path(__file__).parents[2] / "data" / "safety"
HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a held-out set in this folder: text, and for danger need and level."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def plain(name: str) -> list[tuple[str, str]]:
    """Need and sentence of every line of a file that was written for the terms; "" where no need stands above it."""
    found, need = [], ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            need = line[2:] if line[2:] in NEEDS else ""
        elif line:
            found.append((need, line))
    return found
