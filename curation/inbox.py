"""Sentences of the inbox for reviewing: near-duplicates together, the least sure first; and how far reviewers agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from curation.checks.overlap import plain
from curation.near import Near
from kernel.language import Language, words_of

ALIKE = 0.5
"""Shared words, or shared groups of three letters, over all (0 to 1), from which two sentences stand together."""
MOST_COMPARED = 400
MOST_SUGGESTED = 5


class Sentence(Protocol):
    """What is clustered: the store's InboxItem."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> Language: ...
    @property
    def confidence(self) -> float: ...
    @property
    def suggested(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of sentences that two people judged apart: how many, how often the same (0 to 1), and Cohen's kappa (None when undefined).

    `differ`: the pairs of verdicts that were not the same, with how often, most often first.
    """

    pairs: int
    same: float
    kappa: float | None
    differ: tuple[tuple[str, str, int], ...]


def clusters[S: Sentence](items: Sequence[S]) -> list[list[S]]:
    """Near-duplicates of one language together; the cluster with the least sure sentence first, that sentence first in it."""
    some = sorted(items, key=lambda one: (one.confidence, one.id))[:MOST_COMPARED]
    parts = [(frozenset(words_of(one.text)), _threes(one.text)) for one in some]
    leader = list(range(len(some)))
    for later in range(len(some)):
        for earlier in range(later):
            if leader[earlier] == earlier and some[earlier].language is some[later].language and _alike(parts[earlier], parts[later]):
                leader[later] = earlier
                break
    groups: dict[int, list[S]] = defaultdict(list)
    for number, one in enumerate(some):
        groups[leader[number]].append(one)
    return list(groups.values())


def suggestions(suggested: str | None, near: Iterable[Near], known: Iterable[str]) -> list[str]:
    """Needs to choose from with one key: what the model took it for, then those of the nearest sentences."""
    order = dict.fromkeys([*([suggested] if suggested else []), *(one.need for one in near)])
    allowed = set(known)
    return [need for need in order if need in allowed][:MOST_SUGGESTED]


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """How far first and second verdicts agree; each is a need, or "reject"."""
    listed = list(pairs)
    total = len(listed)
    if not total:
        return Agreement(0, 0.0, None, ())
    same = sum(first == second for first, second in listed) / total
    firsts, seconds = Counter(first for first, _ in listed), Counter(second for _, second in listed)
    by_chance = sum(firsts[name] * seconds[name] for name in firsts) / total**2
    kappa = (same - by_chance) / (1 - by_chance) if by_chance < 1 else None
    differ = Counter(tuple(sorted(pair)) for pair in listed if pair[0] != pair[1])
    return Agreement(total, same, kappa, tuple((one[0], one[1], count) for one, count in differ.most_common(10)))


def _threes(text: str) -> frozenset[str]:
    flat = f" {plain(text)} "
    return frozenset(flat[at : at + 3] for at in range(len(flat) - 2))


def _alike(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> bool:
    return any(len(a & b) >= ALIKE * max(len(a | b), 1) for a, b in zip(one, other, strict=True))
