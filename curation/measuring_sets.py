"""The sets `make evaluate` measures on: the held-out twins, real people's messages where present, letters and talk like theirs, danger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from curation.checks.overlap import plain
from curation.content import Content
from curation.nouns import Example
from kernel.language import Language
from kernel.urgency import Urgency

REALTEXTS = Path("..") / "shared" / "realtexts"
"""Beside the project; measured on when there, never read by anything else."""
TWINS, HELP, EVERYDAY, DANGER, HARMLESS = "twins", "help", "everyday", "danger", "harmless"
LETTERS, CHAT, TOLD, TOLD_CHAT = "letters", "chat", "told", "told_chat"
MOMENT, MOMENT_CHAT, IDIOMS = "moment", "moment_chat", "idioms"
AMONG, AMONG_CHAT = "among", "among_chat"
"""Long first messages: one thing that matters among ordinary ones, and the same without it (docs/adr/0043)."""
HINTED, HINTED_CHAT = "hinted", "hinted_chat"
"""Calls that only hint at what is wrong, and first messages of all kinds by the same hands (docs/adr/0051)."""
MONTH, MONTH_CHAT = "month", "month_chat"
"""What may come in a month: calls of all kinds, and ordinary first messages, some with words that could alarm (docs/adr/0052)."""
ORDINARY = "ordinary"
"""Ordinary messages with a word of danger in them, which three readers took for ordinary without knowing where they came from."""
CALLS = (HELP, LETTERS, DANGER, TOLD, MOMENT, AMONG, HINTED, MONTH)
"""Sets of calls for help that say how urgent each is."""
TALK = (EVERYDAY, CHAT, IDIOMS, HARMLESS, ORDINARY, TOLD_CHAT, MOMENT_CHAT, AMONG_CHAT, HINTED_CHAT, MONTH_CHAT)
"""Sets in which nobody calls for help."""
KINDS = (TWINS, *CALLS, *TALK)


@dataclass(frozen=True, slots=True)
class Row:
    """One message to answer. `place` names it in reports (never its text); `needs`: right ones, main first; empty for no need.

    `seen`: the same words stand in data/nlu, or among the examples of the crisis terms, so that the row measures little.
    `disputed`: meant as harmless, and two of three readers who did not know that would have asked after it.
    """

    id: str
    kind: str
    place: str
    language: Language
    text: str
    needs: tuple[str, ...]
    urgency: Urgency
    seen: bool = False
    disputed: bool = False


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
    rows = [*_twins(content.twins)]
    if not rows:
        absent.append("tests/nlu")
    for kind, file in ((HELP, "help_messages.jsonl"), (EVERYDAY, "everyday_messages.jsonl")):
        rows += _jsonl(root / REALTEXTS / file, kind, None, absent)
    for language in Language:
        danger = ((DANGER, ("danger", "blind", "heldout")), (HARMLESS, ("everyday", "blind_everyday")), (IDIOMS, ("idioms",)))
        ordinary = ((ORDINARY, ("ordinary",)),)
        told = ((TOLD, ("told",)), (TOLD_CHAT, ("told_everyday",)), (MOMENT, ("moment",)), (MOMENT_CHAT, ("moment_everyday",)))
        for kind, names in (*danger, *ordinary, *told):
            for name in names:
                rows += _jsonl(root / "tests" / "safety" / f"{name}_{language.value}.jsonl", kind, language, absent)
        later = ((HINTED, "hinted"), (HINTED_CHAT, "hinted_everyday"), (MONTH, "month"), (MONTH_CHAT, "month_everyday"))
        for kind, name in ((LETTERS, "help"), (CHAT, "chat"), (AMONG, "among"), (AMONG_CHAT, "among_everyday"), *later):
            rows += _jsonl(root / "tests" / "letters" / f"{name}_{language.value}.jsonl", kind, language, absent)
    known = learnt(content)
    return Sets(tuple(replace(row, seen=plain(row.text) in known) for row in rows), tuple(absent))


def learnt(content: Content) -> frozenset[str]:
    """Every sentence the model or the terms were made with: data/nlu, and `fires` and `quiet` of the crisis terms."""
    examples = [example.text for example in content.examples]
    for language in Language:
        for pattern in content.section(f"data/safety/terms_{language.value}.yml", "terms").get("patterns") or ():
            examples += [line for part in ("fires", "quiet") for line in str(pattern.get(part) or "").splitlines() if line.strip()]
    return frozenset(plain(text) for text in examples)


def _twins(twins: list[Example]) -> Iterator[Row]:
    for twin in twins:
        place = f"{twin.file}:{twin.line}"
        yield Row(place, TWINS, place, twin.language, twin.text, (twin.need,), Urgency.NONE)


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
        place = f"{path.stem}/{name}"
        rows.append(Row(place, kind, name, spoken, raw["text"], needs, urgency, disputed=raw.get("disputed") is True))
    return rows
