"""Messages that wait at the same moment are understood in one run of the graph.

The sentence encoder spends most of its time reading its weights from memory (docs/adr/0010): for several messages it reads them once.
Nobody waits for others to come: what has arrived while the process was busy goes together.
"""

from __future__ import annotations

import asyncio
from typing import Any, Callable, Dict, List, Tuple

from rasa.core.channels.channel import UserMessage

Parsed = Dict[str, Any]
_Waiting = Tuple[UserMessage, "asyncio.Future[Parsed]"]
_AT_ONCE = 16
"""More messages in one run would make the first of them wait too long."""


class Together:
    """Gathers messages until the event loop has gone round once, and understands them in one call."""

    def __init__(self, understand: Callable[[List[UserMessage]], List[Parsed]]) -> None:
        """`understand` gives what each message means, in their order; what it raises is raised for the message it fails on alone."""
        self._understand = understand
        self._waiting: List[_Waiting] = []

    async def parsed(self, message: UserMessage) -> Parsed:
        """What `message` means."""
        loop = asyncio.get_running_loop()
        answer: "asyncio.Future[Parsed]" = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._run)
        self._waiting.append((message, answer))
        return await answer

    def _run(self) -> None:
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._run)
        now = [(message, answer) for message, answer in now if not answer.done()]  # who asked may have gone
        if not now:
            return
        try:
            meant = self._understand([message for message, _ in now])
        except Exception as error:
            self._one_by_one(now, error)
            return
        for (_, answer), parsed in zip(now, meant, strict=True):
            answer.set_result(parsed)

    def _one_by_one(self, now: List[_Waiting], error: Exception) -> None:
        """Only the message that cannot be understood fails, not those that came with it."""
        if len(now) == 1:
            now[0][1].set_exception(error)
            return
        for message, answer in now:
            try:
                answer.set_result(self._understand([message])[0])
            except Exception as its_own:
                answer.set_exception(its_own)
