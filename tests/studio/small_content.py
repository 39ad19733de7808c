"""The project's content with a part of its sentences: the studio works on it as on the whole, and its checks take seconds.

The whole is checked by `make check`, which `make test` runs too, and one file of each kind comes out as it went in (test_changes.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_OF_A_NEED, _OF_A_LABEL = 700, 14
"""Sentences kept in each file of data/nlu, and under each name in the other lists: the first ones, of which tests speak."""
_WHOLE = "sextortion.yml"
"""Most tests work on this need."""
_LISTS = ("data/questions/nl.yml", "data/questions/fr.yml")
_MARKS = ("data/now/nl.yml", "data/now/fr.yml", "data/who/nl.yml", "data/who/fr.yml")
"""Lists of sentences that must stand in data/nlu."""


def shorten(folder: Path) -> Path:
    """Leaves out sentences in the copy of the content in `folder`; gives the folder."""
    kept: set[str] = set()
    for path in sorted((folder / "data/nlu").glob("*/*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = lines if path.name == _WHOLE else list(_first_of(lines, "    - ", _OF_A_NEED))
        kept |= {line.removeprefix("    - ").strip() for line in lines}
        _write(path, lines)
    for name in _LISTS:
        path = folder / name
        _write(path, _first_of(path.read_text(encoding="utf-8").splitlines(), "    ", _OF_A_LABEL))
    for name in _MARKS:
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines()
        _write(path, (line for line in lines if not line.startswith("    ") or line.strip() in kept))
    return folder


def _first_of(lines: list[str], begin: str, most: int) -> Iterator[str]:
    """All lines but those that begin so behind the first `most` of their heading."""
    count = 0
    for line in lines:
        count = count + 1 if line.startswith(begin) else 0
        if count <= most:
            yield line


def _write(path: Path, lines: Iterator[str] | list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
