"""What time brings to hand-offs: nobody picked up, the moment to undo is over, whoever held it went away. All but who is at the desk comes
from the store, so it survives a restart."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from channels.delivery import STORE_WITHIN_S
from channels.escalation import Escalations
from channels.logs import log_of
from channels.store import Escalation, Gone, NotPossible, StorageFailed, Store

_LOG = log_of("waiting")
EVERY_S = 1.0
DESERTED_S = 60.0
"""Where nobody is at the desk, who waits is told so after a minute: nobody can come in the promised ones."""
RELEASE_AFTER_S = 120.0
"""So long a counsellor may be away from a teenager who writes to them."""


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
        waits = [60.0 * minutes for minutes in (promises.claim_within_min, promises.emergency_within_min)]
        if self._escalations.hours.is_deserted():
            waits = [min(wait, DESERTED_S) for wait in waits]
        normal, emergency = (at - wait for wait in waits)
        for escalation in await within(STORE_WITHIN_S, stored.unclaimed(normal, emergency, at)):
            await self._do(self._escalations.tell_unclaimed, escalation)
        for escalation in await within(STORE_WITHIN_S, stored.held()):
            if await self._is_left_alone(escalation, at):
                await self._do(self._escalations.release, escalation)

    async def _is_left_alone(self, escalation: Escalation, at: float) -> bool:
        """True when whoever holds it is away for long and the teenager writes, or is in danger and got no answer."""
        account, within = escalation.claimed_by or "", self._store.db.within
        away = self._escalations.hours.away_for(account)
        if away < RELEASE_AFTER_S:
            return False
        # Other hubs may not have told who is there: an open page keeps its session alive in the store.
        sessions = await within(STORE_WITHIN_S, self._store.sessions.of_account(account))
        if any(at - session.seen_at < RELEASE_AFTER_S for session in sessions):
            return False
        return await within(STORE_WITHIN_S, self._store.escalations.is_unheard(escalation, at - away))

    async def _do(self, step: Callable[[Escalation], Awaitable[object]], escalation: Escalation) -> None:
        try:
            await step(escalation)
        except (Gone, NotPossible):
            return  # somebody was quicker, or it is gone: there is nothing to do any more
        except StorageFailed:
            _LOG.error("step not stored")
