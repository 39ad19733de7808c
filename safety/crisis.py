"""Finds danger in what a teenager writes, with reviewed terms in Dutch and French. Both languages are always looked for.

Not spaCy's Matcher: plain patterns over a normalised text, tried only when a word they need is there, are several times faster
and see through spacing tricks, glued words and chat spelling (measured in tests/safety/test_crisis.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kernel.language import Language
from kernel.urgency import Urgency
from safety.pieces import pieces_of
from safety.terms import TermSet
from safety.textnorm import flatten


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign of danger. `now`: the words say it happens now (112 first); `pattern`: its name in the terms file; `body`,
    `ahead`: as in Pattern."""

    need: str
    level: Urgency
    now: bool
    language: Language
    pattern: str
    body: bool = False
    ahead: bool = False

    @property
    def rank(self) -> tuple[int, bool]:
        """The higher the more urgent: emergency before high, now before later."""
        return self.level.rank, self.now

    @property
    def is_utmost(self) -> bool:
        """True when no other can be more urgent."""
        return self.rank == (Urgency.EMERGENCY.rank, True)


def most_urgent(findings: Iterable[Finding | None]) -> Finding | None:
    """The most urgent of `findings`, the first of equals; none is taken after one that cannot be exceeded."""
    best: Finding | None = None
    for finding in findings:
        if finding is not None and (best is None or finding.rank > best.rank):
            best = finding
        if best is not None and best.is_utmost:
            break
    return best


class CrisisDetector:
    """Both languages' terms. Holds no state between messages; safe to share."""

    def __init__(self, terms: tuple[TermSet, ...]) -> None:
        self.terms = terms

    @classmethod
    def load(cls, folder: Path) -> CrisisDetector:
        """Reads `terms_nl.yml` and `terms_fr.yml` in `folder`. Raises DataError."""
        return cls(tuple(TermSet.load(folder / f"terms_{language.value}.yml", language) for language in Language))

    def find(self, text: str) -> Finding | None:
        """The most urgent sign of danger in `text` (all that a frame can hold is read), or None."""
        return most_urgent(most_urgent(self._in_piece(piece)) for piece in pieces_of(text))

    def find_all(self, text: str) -> tuple[Finding, ...]:
        """Every sign of danger in `text`, the most urgent first: now before later, emergency before high, then file order."""
        found = dict.fromkeys(finding for piece in pieces_of(text) for finding in self._in_piece(piece))
        return tuple(sorted(found, key=lambda finding: finding.rank, reverse=True))

    def without_idioms(self, text: str, language: Language) -> str | None:
        """The words of `text` without the figures of speech of `language` ("dood van het lachen"); None where it holds none."""
        return next(terms.without_idioms(flatten(text)) for terms in self.terms if terms.language is language)

    def _in_piece(self, piece: str) -> list[Finding]:
        flat = flatten(piece)
        return [
            Finding(pattern.need, pattern.level, pattern.now, terms.language, pattern.name, pattern.body, pattern.ahead)
            for terms in self.terms
            for pattern in terms.search(flat)
        ]


def check_terms(detector: CrisisDetector) -> list[str]:
    """Runs every example and counter-example of the terms files; each returned line names what is wrong. Empty when all is well.

    An example must be found by its own pattern; a counter-example must not be found by it.
    """
    wrong: list[str] = []
    for terms in detector.terms:
        for pattern in terms.patterns:
            for fires, texts in ((True, pattern.fires), (False, pattern.quiet)):
                for text in texts:
                    names = {found.name for found in terms.search(flatten(text))}
                    if (pattern.name in names) is not fires:
                        wrong.append(
                            f"terms_{terms.language.value}.yml `{pattern.name}`: {'does not find' if fires else 'wrongly finds'} «{text}»"
                        )
    return wrong
