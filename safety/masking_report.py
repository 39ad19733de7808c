"""Measures masking on the written sentences tests/safety/masking_{nl,fr}.jsonl: recall per kind, and harmless sentences that were changed.

A row is {"text": …, "hide": [[kind, string], …]}; an empty `hide` marks a harmless sentence. A detail counts as hidden when the string
is gone, no word or number of three characters or more of it is left, and a token of its kind stands in the result.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kernel.language import Language
from safety.masking_text import KINDS, plain

SENTENCES = Path(__file__).parents[1] / "tests" / "safety"
BARS = {"phone": 0.99, "email": 0.99, "national_number": 0.99, "account": 0.99, "name": 0.90}
"""Lowest recall per kind (issue 3, item 6)."""
_NO_DETAIL = frozenset("meneer mevrouw mevr mme madame monsieur van den der des".split())
"""Words of a detail that may stay: they tell nothing."""


class Masks(Protocol):
    """What is measured."""

    def mask(self, text: str, language: Language) -> str:
        """The masked text."""
        ...


@dataclass(slots=True)
class Measured:
    """Counts of details per (language, kind), `asked` and `hidden`; of sentences per language, `harmless` and `overmasked` (and result)."""

    asked: Counter[tuple[Language, str]] = field(default_factory=Counter)
    hidden: Counter[tuple[Language, str]] = field(default_factory=Counter)
    harmless: Counter[Language] = field(default_factory=Counter)
    overmasked: dict[Language, list[tuple[str, str]]] = field(default_factory=lambda: {code: [] for code in Language})
    missed: list[tuple[Language, str, str, str]] = field(default_factory=list)

    def recall(self, language: Language, kind: str) -> float:
        """Between 0 and 1. Raises ZeroDivisionError when no sentence asks for this kind."""
        return self.hidden[language, kind] / self.asked[language, kind]

    @property
    def holds(self) -> bool:
        """Is every bar met in both languages?"""
        return all(self.recall(language, kind) >= bar for language in Language for kind, bar in BARS.items())


def read_rows(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Text and what must vanish from it, per row."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], [(kind, string) for kind, string in row["hide"]]) for row in rows]


def measure(masker: Masks, folder: Path = SENTENCES, stem: str = "masking") -> Measured:
    """Masks every sentence of `folder`/`stem`_{nl,fr}.jsonl and counts."""
    result = Measured()
    for language in Language:
        for text, hide in read_rows(folder / f"{stem}_{language}.jsonl"):
            masked = masker.mask(text, language)
            if not hide:
                result.harmless[language] += 1
                if masked != text:
                    result.overmasked[language].append((text, masked))
            for kind, string in hide:
                result.asked[language, kind] += 1
                if is_hidden(text, masked, kind, string):
                    result.hidden[language, kind] += 1
                else:
                    result.missed.append((language, kind, string, masked))
    return result


def is_hidden(text: str, masked: str, kind: str, string: str) -> bool:
    """Is `string` gone from `masked`, with no telling part left, and a token of its kind there?"""
    if string in masked or f"[{kind}]" not in masked:
        return False
    rest = plain(text.replace(string, " ", 1))
    left = Counter(_pieces(masked))
    allowed = Counter(_pieces(rest))
    return all(left[piece] <= allowed[piece] for piece in _pieces(string))


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.findall(r"[^\W_]{3,}", re.sub(r"\[\w+\]", " ", plain(text))) if piece not in _NO_DETAIL]


def report_lines(result: Measured) -> list[str]:
    """A table: kind, then per language hidden/asked and recall, with the bar; then what was missed (written sentences, nobody's own)."""
    lines = [f"{'kind':<16}" + "".join(f"{language:>16}" for language in Language) + f"{'bar':>8}"]
    for kind in reversed(KINDS):
        cells = [f"{result.hidden[code, kind]}/{result.asked[code, kind]} {result.recall(code, kind):.3f}" for code in Language]
        lines.append(f"{kind:<16}" + "".join(f"{cell:>16}" for cell in cells) + f"{BARS.get(kind, '') or '':>8}")
    changed = {code: len(rows) for code, rows in result.overmasked.items()}
    over = [f"{changed[code]}/{result.harmless[code]} {changed[code] / result.harmless[code]:.3f}" for code in Language]
    lines.append(f"{'over-masked':<16}" + "".join(f"{cell:>16}" for cell in over))
    lines += [f"missed {language} {kind}: {string!r} in {masked!r}" for language, kind, string, masked in result.missed]
    lines += [f"over-masked {code}: {text!r} -> {masked!r}" for code in Language for text, masked in result.overmasked[code]]
    return lines
