"""How the Bot API server of the tests fails: on demand, or a share of all calls at random (seeded)."""

from __future__ import annotations

import random
from collections import Counter, defaultdict, deque

BEFORE = ("429", "500", "502", "hang_before", "cut_before", "403")
"""Nothing was done."""
AFTER = ("500_after", "hang_after", "cut_after")
"""It was done, and the bot never hears of it."""
EVERYDAY = ("429", "429", "500", "502", "cut_before", "cut_after", "500_after", "hang_before", "hang_after")


class Faults:
    """What happens to the next calls. `rate` is the share of calls that fail, each in one of `kinds`.

    `429`, `500`, `502` (a page, not JSON), `403` (blocked) answer so without having done anything; `hang` never answers, so that the
    client's own time-out decides; `cut` closes the connection; with `_after` the work was done first.
    """

    def __init__(self, seed: int = 0) -> None:
        self.rate = 0.0
        self.kinds: tuple[str, ...] = EVERYDAY
        self.spared: frozenset[str] = frozenset()
        self.retry_after_s = 1
        self.happened: Counter[str] = Counter()
        self.calls = 0
        self._planned: defaultdict[str, deque[str]] = defaultdict(deque)
        self._chance = random.Random(seed)

    def plan(self, method: str, *kinds: str) -> None:
        """The next calls of `method` fail so, one after the other; "ok" lets one through."""
        assert all(kind in (*BEFORE, *AFTER, "ok") for kind in kinds), kinds
        self._planned[method.casefold()].extend(kinds)

    def next(self, method: str) -> str | None:
        """How this call fails; None when it does not."""
        self.calls += 1
        planned = self._planned[method.casefold()]
        if planned:
            kind = planned.popleft()
            return self._note(None if kind == "ok" else kind)
        if self.rate and method not in self.spared and self._chance.random() < self.rate:
            return self._note(self._chance.choice(self.kinds))
        return None

    def _note(self, kind: str | None) -> str | None:
        if kind is not None:
            self.happened[kind] += 1
        return kind
