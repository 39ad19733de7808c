"""Deletes conversations that have been idle for longer than RETENTION_CHAT_H hours; their key goes with them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from channels.logs import log_of
from channels.store import Store

_LOG = log_of("retention")
_EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found and did: counts only."""

    hours: int
    conversations: int
    idle: int
    deleted: int
    dry_run: bool

    def line(self) -> str:
        """For people."""
        mode = "dry run, " if self.dry_run else ""
        return f"retention: {mode}{self.conversations} conversations, {self.idle} idle for more than {self.hours} h, {self.deleted} deleted"


async def delete_idle(store: Store, hours: int, *, dry_run: bool = False, now: float | None = None) -> Report:
    """Delete what is idle for longer than `hours` (not in a dry run). `now`: seconds since the epoch."""
    before = (time.time() if now is None else now) - hours * 3600
    idle, total = await store.conversations.count_idle_since(before)
    deleted = 0
    while not dry_run and (batch := await store.conversations.idle_since(before)):
        deleted += await store.conversations.delete(batch)
    return Report(hours, total, idle, deleted, dry_run)


async def keep_deleting(store: Store, hours: int) -> None:
    """Once at the start and then every hour, until cancelled."""
    while True:
        try:
            report = await delete_idle(store, hours)
            _LOG.info("retention", extra={"conversations": report.conversations, "idle": report.idle, "deleted": report.deleted})
        except Exception:
            _LOG.exception("retention failed")
        await asyncio.sleep(_EVERY_S)
