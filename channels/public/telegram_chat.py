"""One Telegram chat as its worker sees it (telegram_round.py): what is to be done there beside what the store says."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

from channels.fanout import CardShown, Replied
from channels.public.telegram_api import Parcel, Rows

_WIPE_LASTS_S = 3.0
"""So long at most a wipe is under way before it is told whether it worked (channels/endings.py)."""


@dataclass(slots=True)
class Chat:
    """`news` is set when there may be something new; `doomed` are messages to delete of which the store knows nothing (any more)."""

    key: str
    number: int | None = None
    conversation_id: str | None = None
    taps: deque[tuple[str, str | None]] = field(default_factory=deque)
    edits: deque[tuple[int, Parcel | Rows]] = field(default_factory=deque)
    unstored: deque[Replied] = field(default_factory=deque)
    card: CardShown | None = None
    looks_for_card: bool = False
    redraws_card: bool = False
    is_typing: bool = False
    typed_at: float = 0.0
    wiping_at: float | None = None
    doomed: set[int] = field(default_factory=set)
    has_doomed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)
    is_waiting: bool = False
    has_moved: bool = False
    task: asyncio.Task[None] | None = None

    @property
    def is_wiping(self) -> bool:
        """A wipe began in this conversation; it may have failed since."""
        return self.wiping_at is not None

    @property
    def is_held(self) -> bool:
        """A wipe is under way: of what was said before it nothing more is brought."""
        return self.wiping_at is not None and time.monotonic() - self.wiping_at < _WIPE_LASTS_S
