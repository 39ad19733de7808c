"""One queue per conversation: turns never overlap, and a quiet conversation costs nothing."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from channels.logs import log_of
from channels.store import Message

_LOG = log_of("queues")
_CROWDED, _OWN = 40, 2
"""So many turns at once are most of a second of work; then nobody gets a third one in before others have had their first."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that waits for its turn; `received` is on the monotonic clock."""

    message: Message
    received: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class _Line:
    waiting: deque[Pending] = field(default_factory=deque)
    ids: set[str] = field(default_factory=set)
    task: asyncio.Task[None] | None = None


class Queues:
    """All queues. `answer` runs one turn; what it raises is logged by type and ends that turn only."""

    def __init__(self, answer: Callable[[Pending], Awaitable[None]]) -> None:
        self._answer = answer
        self._lines: dict[str, _Line] = {}
        self._under_way: set[asyncio.Future[None]] = set()

    def put(self, pending: Pending) -> bool:
        """Queue a message, unless it waits or is being answered already; True when it was queued."""
        key = pending.message.conversation_id
        line = self._lines.setdefault(key, _Line())
        if pending.message.id in line.ids:
            return False
        line.ids.add(pending.message.id)
        line.waiting.append(pending)
        if line.task is None:
            line.task = asyncio.create_task(self._work(key, line))
        return True

    def is_too_much(self, conversation_id: str) -> bool:
        """Whether another message of this conversation has to wait before it is taken: many are being answered, and two of its own wait."""
        line = self._lines.get(conversation_id)
        return line is not None and len(line.ids) >= _OWN and len(self._under_way) >= _CROWDED

    def drop(self, conversation_id: str) -> None:
        """Forget what waits in a conversation (it was wiped); the turn under way ends by itself, without effect."""
        line = self._lines.get(conversation_id)
        if line is not None:
            line.waiting.clear()

    async def those_under_way(self) -> None:
        """Wait until the turns that run now are over; turns that begin later are not waited for."""
        if self._under_way:
            await asyncio.wait(set(self._under_way))

    async def close(self) -> None:
        """End all work; what is unfinished stays unfinished in the store and is answered after the next start."""
        tasks = [line.task for line in self._lines.values() if line.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, key: str, line: _Line) -> None:
        while line.waiting:
            pending = line.waiting.popleft()
            over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._under_way.add(over)
            try:
                await self._answer(pending)
            except Exception:
                _LOG.exception("turn failed")
            finally:
                line.ids.discard(pending.message.id)
                self._under_way.discard(over)
                over.set_result(None)
        del self._lines[key]
