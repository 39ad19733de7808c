"""What the actions act on, handed in by the hub: no action imports a channel."""

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
class Deps:
    """The helpline directory and routes, and the few things an action may ask of the hub.

    `offer(conversation, reason)` opens an escalation and raises urgency; `request_wipe(conversation)` has the relay
    delete the conversation after the turn; `count_action(name)` counts a call; `count_scenario(name, moment, answer)` counts an
    answer to a scenario's question (nothing else is known of it); `now()` is an aware datetime.
    """

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
