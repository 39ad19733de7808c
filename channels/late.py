"""Turns whose answer could not be stored in time: stored beside the queue, so that nothing that is said next waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace

from channels.logs import log_of
from channels.queues import Pending
from channels.store import Conversation, Gone, Message, Outcome, StorageFailed
from channels.turn import Answer
from kernel.urgency import highest

_LOG = log_of("late")
_RETRY_S = (0.2, 0.5, 1.0, 2.0, 4.0)


@dataclass(slots=True)
class LateTurn:
    """A turn that is still to be stored. `is_overtaken`: a later one was stored, and holds what this one would have remembered."""

    pending: Pending
    answer: Answer
    tries: int = 0
    is_overtaken: bool = False

    @property
    def outcome(self) -> Outcome:
        """What it changes; of an overtaken one only the urgency, which never falls."""
        outcome = self.answer.outcome
        return replace(outcome, memory=None, language=None) if self.is_overtaken else outcome


class LateTurns:
    """Stores late turns, those of one conversation one after the other: together they would only keep each other, and what is said
    meanwhile, from the database. What still fails after some seconds stays unfinished, and the relay's sweep answers it later.
    """

    def __init__(self, store: Callable[[LateTurn], Awaitable[None]]) -> None:
        """`store` stores and shows one; it raises StorageFailed, and Gone for a conversation that was wiped."""
        self._store = store
        self._turns: dict[str, dict[str, LateTurn]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, pending: Pending, answer: Answer) -> None:
        """Store this turn as soon as it can be."""
        key = pending.message.conversation_id
        is_first = key not in self._turns
        self._turns.setdefault(key, {})[pending.message.id] = LateTurn(pending, answer)
        if is_first:
            task = asyncio.create_task(self._work(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def holds(self, message: Message) -> bool:
        """Whether the answer to this message is being stored: it must not be answered a second time."""
        return message.id in self._turns.get(message.conversation_id, {})

    def of(self, conversation_id: str) -> tuple[LateTurn, ...]:
        """The late turns of a conversation, oldest first."""
        return tuple(self._turns.get(conversation_id, {}).values())

    def overtaken(self, conversation_id: str, by: LateTurn | None = None) -> None:
        """A turn was stored (`by`, when it was late itself): what older ones would have remembered is in it."""
        for turn in self.of(conversation_id):
            if turn is by:
                return
            turn.is_overtaken = True

    async def _work(self, key: str) -> None:
        turns = self._turns[key]
        try:
            while turns:
                message_id, turn = next(iter(turns.items()))
                if await self._is_over(turn):
                    del turns[message_id]
        finally:
            self._turns.pop(key, None)

    async def _is_over(self, turn: LateTurn) -> bool:
        """One more try; True when it was stored, or is given up."""
        await asyncio.sleep(_RETRY_S[turn.tries])
        turn.tries += 1
        try:
            await self._store(turn)
        except StorageFailed:
            return turn.tries == len(_RETRY_S)
        except Gone:
            pass
        except Exception:
            _LOG.exception("turn failed")
        return True

    async def close(self) -> None:
        """End all work; what is not stored is answered after the next start."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._turns.clear()


def as_left(conversation: Conversation, late: tuple[LateTurn, ...]) -> Conversation:
    """The conversation as those turns leave it, which the store does not know of yet: the next turn goes on from there."""
    for outcome in _remembered(late):
        conversation = replace(
            conversation,
            memory=outcome.memory if outcome.memory is not None else conversation.memory,
            language=outcome.language or conversation.language,
            urgency=highest(conversation.urgency, outcome.urgency),
        )
    return conversation


def _remembered(late: tuple[LateTurn, ...]) -> Iterator[Outcome]:
    return (turn.outcome for turn in late if not turn.is_overtaken)
