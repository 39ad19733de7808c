"""Trackers in memory only, and only for the turn at hand: the state of a conversation rides in each request."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Iterable, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig


class BoundedTrackerStore(TrackerStore):
    """Keeps at most `limit` trackers; the oldest goes first. A turn takes its own out when it is done."""

    def __init__(
        self,
        domain: Domain,
        host: Optional[EndpointConfig] = None,
        event_broker: Optional[EventBroker] = None,
        limit: int = 256,
        **kwargs: Any,
    ) -> None:
        self._trackers: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        self._limit = limit
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps `tracker` under its sender id."""
        self._trackers[tracker.sender_id] = tracker
        self._trackers.move_to_end(tracker.sender_id)
        while len(self._trackers) > self._limit:
            self._trackers.popitem(last=False)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The tracker of `sender_id`, or None."""
        return self._trackers.get(sender_id)

    async def keys(self) -> Iterable[str]:
        """Sender ids held now."""
        return list(self._trackers)

    async def delete(self, sender_id: str) -> None:
        """Forgets the tracker of `sender_id`."""
        self._trackers.pop(sender_id, None)
