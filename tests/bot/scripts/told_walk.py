"""Runs in the bot's environment: what is done in place of asking what is known, as JSON. Rows on stdin."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from bot.policies.told_walk import next_of_walk, passed_over


def events_of(happened: list[str], minutes: float) -> list[Any]:
    """Actions, and "you:INTENT" for messages; a question is a bubble too. The last message comes `minutes` after the others."""
    events: list[Any] = []
    for number, what in enumerate(happened):
        said, _, intent = what.partition(":")
        if said == "you":
            is_last = not any(other.startswith("you:") for other in happened[number + 1 :])
            events.append(UserUttered("x", {"name": intent}, timestamp=1.0 + (60.0 * minutes if is_last else 0.0)))
            continue
        events.append(ActionExecuted(what))
        if what.startswith("utter_"):
            events.append(BotUttered("x", metadata={"utter_action": what}))
    return events


def main() -> None:
    """See the module."""
    asked = json.load(sys.stdin)
    walks = [next_of_walk(events_of(happened, minutes), told) for happened, told, minutes in asked["walks"]]
    over = [passed_over(events_of(happened, 0), told, topic) for happened, told, topic in asked["over"]]
    print(json.dumps({"walks": walks, "over": over}))


main()
