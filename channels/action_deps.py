"""What custom actions act on, handed in (actions import nothing of channels)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from safety.directory import Directory
from safety.routes import Routes


@dataclass(frozen=True, slots=True)
class ActionDeps:
    """Directory and routes; `offer` raises and records an escalation and never waits for the conversation's queue;
    `request_wipe` wipes once the turn is over; `count_action` counts a run by the action's name; `now` is the time in Brussels."""

    directory: Directory
    routes: Routes
    offer: Callable[[str, str], Awaitable[None]]
    request_wipe: Callable[[str], None]
    count_action: Callable[[str], None]
    now: Callable[[], datetime]
