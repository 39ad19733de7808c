"""The parity board: for each need, how the two languages stand beside each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from curation.checks.examples import FEWEST, TWINS, WANTED
from curation.content import Content
from kernel.language import Language
from kernel.need import NEEDS

BALANCED = 0.8
"""From this share on the smaller language has about as much as the other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One need: sentences, held-out sentences and ways to say its replies, in Dutch and French."""

    need: str
    is_conversation: bool
    sentences: tuple[int, int]
    twins: tuple[int, int]
    ways: tuple[int, int]
    steps: int

    @property
    def state(self) -> str:
        """ "few" (below what is accepted), "behind" (one language far behind), "more" (below what is wanted), or "good"."""
        smaller, larger = sorted(self.sentences)
        if smaller < FEWEST or min(self.twins) < TWINS:
            return "few"
        if smaller < BALANCED * larger or smaller_share(self.ways) < BALANCED:
            return "behind"
        return "more" if smaller < WANTED else "good"


@dataclass(frozen=True, slots=True)
class Board:
    """All needs, and the sums."""

    rows: tuple[Row, ...]
    sentences: tuple[int, int]
    wanted: int = WANTED


def smaller_share(pair: tuple[int, int]) -> float:
    """The smaller of two over the larger; 1 for two zeros."""
    smaller, larger = sorted(pair)
    return smaller / larger if larger else 1.0


def board_of(content: Content) -> Board:
    """Counted from the content."""
    sentences = Counter((one.language, one.need) for one in content.examples)
    twins = Counter((one.language, one.need) for one in content.twins)
    ways: Counter[tuple[Language | None, str]] = Counter()
    for reply in content.replies:
        for way in reply.variations:
            ways[way.language, reply.file.rsplit("/", 1)[-1].removesuffix(".yml")] += 1
    steps = Counter(story.topic for story in content.stories)
    rows = tuple(
        Row(need, known.is_conversation, _pair(sentences, need), _pair(twins, need), _pair(ways, need), steps[need])
        for need, known in NEEDS.items()
    )
    return Board(rows, (sum(row.sentences[0] for row in rows), sum(row.sentences[1] for row in rows)))


def _pair(counts: Counter[tuple[Language, str]] | Counter[tuple[Language | None, str]], need: str) -> tuple[int, int]:
    return counts[Language.NL, need], counts[Language.FR, need]
