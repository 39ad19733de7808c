"""Work that is done again and again while the hub runs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from channels.logs import log_of
from channels.store import StorageFailed

_LOG = log_of("periodic")


async def keep_doing(name: str, step: Callable[[], Awaitable[object]], every_s: float) -> None:
    """Once at the start and then every `every_s` seconds, until cancelled; a step under way is finished first.

    What a step raises is logged by type, and the next one is tried.
    """
    while True:
        task = asyncio.ensure_future(_quietly(name, step))
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(task, 2)  # a connection of the database must not be left half-way
            raise
        await asyncio.sleep(every_s)


async def _quietly(name: str, step: Callable[[], Awaitable[object]]) -> None:
    try:
        await step()
    except StorageFailed:
        _LOG.warning("store did not answer", extra={"step": name})
    except Exception:
        _LOG.exception("step failed", extra={"step": name})
