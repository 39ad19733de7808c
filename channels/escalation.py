"""The three doors to a person lead here. Until the desk exists an offer raises the urgency and is counted."""

from __future__ import annotations

from channels.logs import log_of
from channels.metrics import Metrics
from channels.store import Store
from kernel.urgency import Urgency

_LOG = log_of("escalation")
_REASONS = frozenset({"action", "button", "danger"})


class Escalations:
    """Offers of a person."""

    def __init__(self, store: Store, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics

    async def offer(self, conversation_id: str, reason: str) -> None:
        """Raise the conversation's urgency to at least high; count the offer. Raises StorageFailed.

        `reason`: "action" (the dialogue model), "button" (the teenager), "danger" (the hub); others count as "other".
        It never waits for the conversation's queue: custom actions call it during a turn.
        """
        await self._store.db.within(1.0, self._store.conversations.raise_urgency(conversation_id, Urgency.HIGH))
        label = reason if reason in _REASONS else "other"
        self._metrics.escalations.labels(reason=label).inc()
        _LOG.info("escalation offered", extra={"reason": label})
