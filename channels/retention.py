"""Deletes conversations that have been idle for longer than RETENTION_CHAT_H hours; their key goes with them.

Of one of which staff were sent something, all else goes then; that itself goes RETENTION_CASE_DAYS days after the case was last
sent, returned or closed. The record of the case stays, without text. Sentences of the inbox go after the same number of days.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from channels.clock import SteadyClock
from channels.logs import log_of
from channels.store import Store

_LOG = log_of("retention")
EVERY_S = 3600.0
_KEEP_ALARMS_S = 7 * 86400.0
_KEEP_UPDATES_S = 3 * 86400.0
"""Telegram itself sends an update again for at most a day."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found and did: counts only."""

    hours: int
    conversations: int
    idle: int
    deleted: int
    dry_run: bool
    days: int = 0
    cases: int = 0
    thinned: int = 0

    def line(self) -> str:
        """For people."""
        mode = "dry run, " if self.dry_run else ""
        found = f"{self.conversations} conversations, {self.idle} idle for more than {self.hours} h, {self.deleted} deleted"
        return f"retention: {mode}{found}; {self.cases} cases older than {self.days} days"


async def delete_idle(store: Store, hours: int, days: int, *, dry_run: bool = False, now: float | None = None) -> Report:
    """Delete what is idle for longer than `hours`, and cases older than `days` (not in a dry run). `now`: seconds since the epoch."""
    at = time.time() if now is None else now
    before, cases_before = at - hours * 3600, at - days * 86400
    idle, total = await store.conversations.count_idle_since(before)
    old = await store.escalations.older_than(cases_before, before)
    if dry_run:
        return Report(hours, total, idle, 0, dry_run, days, len(old))
    deleted = thinned = 0
    while batch := await store.conversations.idle_since(before):
        deleted += await store.conversations.delete(batch, unless_since=before)
    while found := await store.conversations.thin_idle(before):
        thinned += found
    while batch := await store.escalations.older_than(cases_before, before):
        await store.conversations.delete(batch, unless_since=before)
    await store.return_codes.forget(at)
    await store.inbox.forget(cases_before, at)
    await store.outbox.forget(at - _KEEP_ALARMS_S)
    await store.telegram.forget(at - _KEEP_UPDATES_S)
    await store.telegram_sent.forget(at)
    return Report(hours, total, idle, deleted, dry_run, days, len(old), thinned)


async def delete_and_note(store: Store, hours: int, days: int, clock: SteadyClock) -> None:
    """As `delete_idle`, for the hub: counts go to the log. Nothing is deleted by a clock that may be wrong."""
    if not clock.has_settled():
        _LOG.info("clock not trusted")
        return
    await store.conversations.trust_no_later_than(time.time())
    report = await delete_idle(store, hours, days)
    counts = {"conversations": report.conversations, "idle": report.idle, "deleted": report.deleted}
    _LOG.info("retention", extra=counts | {"cases": report.cases, "thinned": report.thinned})
