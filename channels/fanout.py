"""What happens in a conversation, as events, brought to everyone who listens to it (in this process)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from kernel.conversation import Choice, Holder, Speaker
from kernel.language import Language
from safety.directory import Card

_BACKLOG = 500
"""Events a listener may be behind; one that is further behind is cut off and resumes from the store."""


@dataclass(frozen=True, slots=True)
class Welcomed:
    """A conversation began or was resumed; `last` is the highest number so far."""

    token: str
    language: Language
    holder: Holder
    last: int


@dataclass(frozen=True, slots=True)
class Acked:
    """The message is in the store."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is about to answer."""

    speaker: Speaker


@dataclass(frozen=True, slots=True)
class Replied:
    """A bubble with its cards; `seq` is None when it could not be stored."""

    seq: int | None
    in_reply_to: str | None
    speaker: Speaker
    language: Language
    text: str
    choices: tuple[Choice, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnDone:
    """The turn is complete."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Wiping:
    """The conversation is about to be deleted; what is said from here on is not part of it any more."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """The conversation does not exist any more."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class Left:
    """The token opens nothing any more."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class CardShown:
    """The hand-off card: what staff would get, line by line. `opens_at` (aware) is the next opening of a closed desk.

    `language`: what its lines are written in. `own`: the ids of the lines that quote the teenager.
    """

    handoff_id: str
    lines: tuple[tuple[str, str], ...]
    is_desk_open: bool
    opens_at: datetime | None
    who_gets_to_know: str
    language: Language | None = None
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardStored:
    """What was sent is in the store. `return_code`: four words that open this conversation again, on the web."""

    handoff_id: str
    return_code: str | None = None


@dataclass(frozen=True, slots=True)
class HolderChanged:
    """Somebody else answers from here on."""

    holder: Holder


@dataclass(frozen=True, slots=True)
class Failed:
    """The named error; `retry_after` in seconds. `has_left`: the token is gone because the teenager left, elsewhere or by a word."""

    code: str
    text: str
    retry_after: float | None = None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something said elsewhere may have been missed: whoever shows a conversation reads the store again. It never travels."""


Event = Welcomed | Acked | Typing | Replied | TurnDone | CardShown | CardStored | HolderChanged | Wiping | Wiped | Left | Failed | Gap


class Listener[E]:
    """One listener's events, in order. `is_cut` once it was too far behind."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[E] = asyncio.Queue()
        self.is_cut = False

    def put(self, event: E) -> None:
        """Hand over an event; cuts the listener off when it is too far behind."""
        if self._events.qsize() >= _BACKLOG:
            self.is_cut = True
        else:
            self._events.put_nowait(event)

    def put_all(self, events: Iterable[E]) -> None:
        """Hand over what was missed, however much that is."""
        for event in events:
            self._events.put_nowait(event)

    async def get(self) -> E:
        """The next event."""
        return await self._events.get()

    def drain(self) -> list[E]:
        """All events that wait, at once."""
        return [self._events.get_nowait() for _ in range(self._events.qsize())]


class Fanout[E]:
    """Who listens to which conversation (or queue, or case), in this hub; `beyond` tells other hubs."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener[E]]] = {}
        self.beyond: Callable[[str, E], None] | None = None

    def subscribe(self, conversation_id: str, listener: Listener[E]) -> None:
        """Bring the conversation's events to `listener` from now on."""
        self._listeners.setdefault(conversation_id, set()).add(listener)

    def unsubscribe(self, conversation_id: str, listener: Listener[E]) -> None:
        """Stop that; no harm when it was not subscribed."""
        listeners = self._listeners.get(conversation_id)
        if listeners is None:
            return
        listeners.discard(listener)
        if not listeners:
            del self._listeners[conversation_id]

    def publish(self, conversation_id: str, event: E) -> None:
        """Bring `event` to everyone who listens, here and in other hubs."""
        self.deliver(conversation_id, event)
        if self.beyond is not None:
            self.beyond(conversation_id, event)

    def deliver_to_all(self, event: E) -> None:
        """Bring `event` to all who listen to anything here."""
        for conversation_id in tuple(self._listeners):
            self.deliver(conversation_id, event)

    def deliver(self, conversation_id: str, event: E) -> None:
        """Bring `event` to everyone who listens here."""
        for listener in tuple(self._listeners.get(conversation_id, ())):
            listener.put(event)

    @contextmanager
    def listening(self, conversation_id: str) -> Iterator[Listener[E]]:
        """A listener for the time of a `with`."""
        listener = Listener[E]()
        self.subscribe(conversation_id, listener)
        try:
            yield listener
        finally:
            self.unsubscribe(conversation_id, listener)
