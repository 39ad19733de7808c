"""What custom actions act on, handed in (actions import nothing of channels)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from kernel.questions import Questions
from safety.directory import Directory
from safety.fallback import FixedAnswers
from safety.laws import Laws
from safety.routes import Routes
from safety.scenarios import Scenarios


@dataclass(frozen=True, slots=True)
class ActionDeps:
    """Directory, routes, scenarios, laws, questions on the way and fixed sentences; `offer` raises and records an escalation and
    never waits for the conversation's queue;
    `request_wipe` wipes once the turn is over; `count_action` counts a run by the action's name, `count_scenario` an answer to a
    scenario's question by its name, before or after, and the answer's number; `now` is the time in Brussels."""

    directory: Directory
    routes: Routes
    scenarios: Scenarios
    laws: Laws
    questions: Questions
    fixed: FixedAnswers
    offer: Callable[[str, str], Awaitable[None]]
    request_wipe: Callable[[str], None]
    count_action: Callable[[str], None]
    count_scenario: Callable[[str, str, str], None]
    now: Callable[[], datetime]
