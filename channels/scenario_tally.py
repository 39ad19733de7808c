"""Answers to the scenarios' questions, counted without identity: in the metrics at once, in the store a little later.

They are written together every few seconds, so that no moment in the database leads to a conversation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from channels.metrics import Metrics
from channels.store import StorageFailed, Store
from channels.store.scenario_counts import Answered
from safety.hours import BRUSSELS

EVERY_S = 10.0
_WITHIN_S = 2.0


class ScenarioTally:
    """Counts that wait to be written. A hub that is killed loses those of the last seconds,
    one whose database was late may count some twice: they are figures, and nobody waits for them."""

    def __init__(self, store: Store, metrics: Metrics, now: Callable[[], datetime]) -> None:
        self._store, self._metrics, self._now = store, metrics, now
        self._waiting: Counter[Answered] = Counter()

    def count(self, scenario: str, moment: str, answer: str) -> None:
        """One answer; `answer` is its number in the file, from 1."""
        self._metrics.scenario_answers.labels(scenario=scenario, moment=moment, answer=answer).inc()
        self._waiting[scenario, moment, int(answer)] += 1

    async def write(self) -> None:
        """Store what was counted since; when that fails it stays for the next time. Raises StorageFailed."""
        taken, self._waiting = self._waiting, Counter()
        month = self._now().astimezone(BRUSSELS).strftime("%Y-%m")
        try:
            await self._store.db.within(_WITHIN_S, self._store.scenario_counts.add(month, taken))
        except StorageFailed:
            self._waiting += taken
            raise
