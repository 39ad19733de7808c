"""What time brings to hand-offs: nobody picked up, the moment to undo is over. All from the store, so it survives a restart."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from channels.delivery import STORE_WITHIN_S
from channels.escalation import Escalations
from channels.logs import log_of
from channels.store import Escalation, Gone, NotPossible, StorageFailed, Store

_LOG = log_of("waiting")
EVERY_S = 1.0


class Waiting:
    """Looks every second. `now` in seconds since the epoch."""

    def __init__(self, store: Store, escalations: Escalations, now: Callable[[], float] = time.time) -> None:
        self._store, self._escalations, self._now = store, escalations, now

    async def look(self) -> None:
        """Once. What fails is tried again at the next look."""
        promises, at, stored = self._escalations.handoffs.promises, self._now(), self._store.escalations
        within = self._store.db.within
        for escalation in await within(STORE_WITHIN_S, stored.returning(at)):
            await self._do(self._escalations.return_now, escalation)
        normal, emergency = (at - 60 * minutes for minutes in (promises.claim_within_min, promises.emergency_within_min))
        for escalation in await within(STORE_WITHIN_S, stored.unclaimed(normal, emergency, at)):
            await self._do(self._escalations.tell_unclaimed, escalation)

    async def _do(self, step: Callable[[Escalation], Awaitable[None]], escalation: Escalation) -> None:
        try:
            await step(escalation)
        except (Gone, NotPossible):
            return  # somebody was quicker, or it is gone: there is nothing to do any more
        except StorageFailed:
            _LOG.error("step not stored")
