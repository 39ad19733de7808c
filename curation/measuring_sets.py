"""The sets `make evaluate` measures on: the held-out twins, real people's messages where present, and danger and everyday talk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curation.checks.overlap import plain
from curation.content import Content
from curation.nouns import Example
from kernel.language import Language
from kernel.urgency import Urgency

REALTEXTS = Path("..") / "shared" / "realtexts"
"""Beside the project; measured on when there, never read by anything else."""
TWINS, HELP, EVERYDAY, DANGER, HARMLESS = "twins", "help", "everyday", "danger", "harmless"
KINDS = (TWINS, HELP, EVERYDAY, DANGER, HARMLESS)


@dataclass(frozen=True, slots=True)
class Row:
    """One message to answer. `place` names it in reports (never its text); `needs`: right ones, main first; empty for no need.

    `seen`: a sentence of the training data says the same, word for word.
    """

    id: str
    kind: str
    place: str
    language: Language
    text: str
    needs: tuple[str, ...]
    urgency: Urgency
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Sets:
    """All rows, and what was looked for and not found."""

    rows: tuple[Row, ...]
    absent: tuple[str, ...]

    def of(self, kind: str, language: Language) -> list[Row]:
        """The rows of one kind and language."""
        return [row for row in self.rows if row.kind == kind and row.language is language]


def load(root: Path, content: Content) -> Sets:
    """Every set that is there, those missing named. Raises ValueError for a row that is no JSON object."""
    absent: list[str] = []
    seen = frozenset(plain(example.text) for example in content.examples)
    rows = [*_twins(content.twins, seen)]
    if not rows:
        absent.append("tests/nlu")
    for kind, file in ((HELP, "help_messages.jsonl"), (EVERYDAY, "everyday_messages.jsonl")):
        rows += _jsonl(root / REALTEXTS / file, kind, None, absent)
    for language in Language:
        for kind, names in ((DANGER, ("danger", "blind")), (HARMLESS, ("everyday", "blind_everyday"))):
            for name in names:
                rows += _jsonl(root / "tests" / "safety" / f"{name}_{language.value}.jsonl", kind, language, absent)
    return Sets(tuple(rows), tuple(absent))


def _twins(twins: list[Example], seen: frozenset[str]) -> Iterator[Row]:
    for twin in twins:
        place = f"{twin.file}:{twin.line}"
        yield Row(place, TWINS, place, twin.language, twin.text, (twin.need,), Urgency.NONE, plain(twin.text) in seen)


def _jsonl(path: Path, kind: str, language: Language | None, absent: list[str]) -> list[Row]:
    if not path.is_file():
        absent.append(f"{path.parent.name}/{path.name}")
        return []
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        raw = json.loads(line)
        if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
            raise ValueError(f"{path.name}:{number}: expected a JSON object with text")
        spoken = language or Language.parse(raw.get("lang"), Language.NL)
        needs = tuple(str(need) for need in (raw.get("need"), *(raw.get("also_ok") or [])) if need)
        urgency = Urgency.parse(raw.get("level") or raw.get("urgency"))
        name = str(raw.get("id") or f"{path.stem}:{number}")
        rows.append(Row(f"{path.stem}/{name}", kind, name, spoken, raw["text"], needs, urgency))
    return rows
