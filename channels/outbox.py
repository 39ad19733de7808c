"""The second channel: when nobody claimed in a minute, an e-mail and a signed webhook, tried again for a day while these are down.

Each alarm has an id of its own, in the mail as Message-ID and in the webhook as header: when the hub dies between sending and
noting that it sent, the repeat carries the same one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from channels.logs import log_of
from channels.metrics import Metrics
from channels.store import Alarm, Store

_LOG = log_of("outbox")
EVERY_S = 1.0
LEASE_S = 60.0
"""So long one try may take before another hub takes the alarm."""
GIVE_UP_S = 24 * 3600.0
_FIRST_RETRY_S, _LONGEST_RETRY_S = 2.0, 900.0


class NotDelivered(Exception):
    """The other side did not take it; it will be tried again."""


Way = Callable[[Alarm], Awaitable[None]]
"""Sends one alarm; raises NotDelivered."""


def pause_before(attempt: int) -> float:
    """Seconds before the try after `attempt` (1 the first): 2, 4, 8 … up to a quarter of an hour."""
    return min(_LONGEST_RETRY_S, _FIRST_RETRY_S * 2.0 ** min(attempt - 1, 20))


class OutboxRunner:
    """Sends what is due. `ways` by name; an alarm for a way that is not set up any more waits until it expires."""

    def __init__(self, store: Store, ways: Mapping[str, Way], metrics: Metrics, now: Callable[[], float] = time.time) -> None:
        self._store, self._ways, self._metrics, self._now = store, ways, metrics, now

    async def send_due(self) -> int:
        """Take what is due and try each once, at the same time; how many were taken."""
        alarms = await self._store.outbox.take(self._now(), LEASE_S)
        await asyncio.gather(*(self._send(alarm) for alarm in alarms))
        return len(alarms)

    async def _send(self, alarm: Alarm) -> None:
        outbox, now = self._store.outbox, self._now()
        if now - alarm.created_at > GIVE_UP_S:
            await outbox.end(alarm.id, "expired", now)
            self._note(alarm, "expired")
            return
        if not await outbox.is_still_needed(alarm.id):
            await outbox.end(alarm.id, "claimed", now)
            return
        way = self._ways.get(alarm.way)
        try:
            if way is None:
                raise NotDelivered
            async with asyncio.timeout(LEASE_S / 2):
                await way(alarm)
        except (NotDelivered, TimeoutError):
            await outbox.put_off(alarm.id, now + pause_before(alarm.attempts))
            self._note(alarm, "failed")
            return
        await outbox.end(alarm.id, "sent", self._now())
        self._note(alarm, "sent")

    def _note(self, alarm: Alarm, outcome: str) -> None:
        self._metrics.alarms.labels(way=alarm.way, outcome=outcome).inc()
        _LOG.info("alarm", extra={"way": alarm.way, "alarm": alarm.alarm, "outcome": outcome, "attempt": alarm.attempts})
