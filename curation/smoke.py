"""The smoke conversation: what a new model must answer, per language, before anybody talks with it (data/studio/smoke.yml)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.conversation import BotTurn
from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency
from safety.datafile import DataError, read_section

FILE = Path("data/studio/smoke.yml")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, and what the answer must hold: one of `needs` (any when empty), at least `urgency`, one of `lines`."""

    say: str
    needs: tuple[str, ...]
    urgency: Urgency
    lines: tuple[str, ...]

    def fits(self, turn: BotTurn, language: Language) -> bool:
        """Whether this answer will do: in the language, with words, and all that is wanted."""
        named = {helpline for bubble in turn.bubbles for helpline in bubble.helplines}
        return (
            turn.language is language
            and any(bubble.text.strip() for bubble in turn.bubbles)
            and (not self.needs or turn.need in self.needs)
            and Urgency.parse(turn.urgency).rank >= self.urgency.rank
            and (not self.lines or not named.isdisjoint(self.lines))
        )


def load(root: Path) -> dict[Language, list[Line]]:
    """The conversations. Raises DataError when a language has none or one does not look for danger."""
    path, found = root / FILE, {}
    for language in Language:
        raw = read_section(path, "smoke").get(language.value)
        if not isinstance(raw, list) or not raw:
            raise DataError(path, f"needs a conversation in {language.value}")
        found[language] = [_line(path, one) for one in raw]
        if not any(line.urgency is Urgency.EMERGENCY for line in found[language]):
            raise DataError(path, f"needs a line with urgency emergency in {language.value}")
    return found


def _line(path: Path, raw: Any) -> Line:
    if not isinstance(raw, dict) or not isinstance(raw.get("say"), str) or not raw["say"].strip():
        raise DataError(path, "each line needs `say`")
    needs, lines = tuple(raw.get("need") or ()), tuple(raw.get("lines") or ())
    if unknown := [need for need in needs if need not in NEEDS]:
        raise DataError(path, f"unknown need {unknown[0]}")
    return Line(raw["say"], needs, Urgency.parse(raw.get("urgency")), lines)


def misses(lines: Sequence[Line], turns: Sequence[BotTurn], language: Language) -> list[int]:
    """Numbers (from 1) of the lines that were not answered as they must be."""
    if len(turns) != len(lines):
        return list(range(1, len(lines) + 1))
    return [number for number, (line, turn) in enumerate(zip(lines, turns, strict=True), 1) if not line.fits(turn, language)]
