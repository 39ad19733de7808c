"""Which sentences are nearly the same as one that somebody types: by words, and by letters for what is spelled otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from curation.checks.overlap import plain
from curation.nouns import Example
from kernel.language import Language, words_of

ALIKE = 0.5
"""From this share on (0 to 1) a sentence is shown."""
_CANDIDATES = 80


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence that is alike. `share` 0 to 1, 1 for the same words; a held-out twin is named without its words."""

    text: str
    need: str
    share: float
    is_twin: bool


class Sentences:
    """All sentences of both languages, ready to be compared."""

    def __init__(self, examples: Iterable[Example], twins: Iterable[Example] = ()) -> None:
        self._all = [(one, False) for one in examples] + [(one, True) for one in twins]
        self._bags = [_bag(one.text) for one, _ in self._all]
        self._holders: dict[tuple[Language, str], list[int]] = defaultdict(list)
        for number, ((one, _), bag) in enumerate(zip(self._all, self._bags, strict=True)):
            for word in bag:
                self._holders[one.language, word].append(number)

    def near(self, text: str, language: Language, limit: int = 6) -> list[Near]:
        """The sentences that are most alike, the nearest first."""
        bag, letters, flat = _bag(text), _letters(text), plain(text)
        weights: Counter[int] = Counter()
        for word in bag:
            holders = self._holders.get((language, word), ())
            for number in holders:
                weights[number] += log(1 + len(self._all) / len(holders))  # type: ignore[assignment]
        found = []
        for number, _ in weights.most_common(_CANDIDATES):
            one, is_twin = self._all[number]
            shared = len(bag & self._bags[number]) / len(bag | self._bags[number])
            other = _letters(one.text)
            spelled = 2 * len(letters & other) / max(len(letters) + len(other), 1)
            share = 1.0 if plain(one.text) == flat else min(max(shared, spelled), 0.99)
            if share >= ALIKE:
                found.append(Near(one.text, one.need, share, is_twin))
        return sorted(found, key=lambda near: -near.share)[:limit]


def _bag(text: str) -> frozenset[str]:
    return frozenset(words_of(text.replace("'", "").replace("’", "")))


def _letters(text: str) -> frozenset[str]:
    """Groups of three letters."""
    flat = f" {plain(text)} "
    return frozenset(flat[at : at + 3] for at in range(len(flat) - 2))
