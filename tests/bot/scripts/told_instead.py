"""Runs in the bot's environment: the turn where something else is told than the answer, as JSON. Rows on stdin."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from bot.components.path_answer import INSTEAD
from bot.policies.told_instead import turn_told_instead


def turn(asked: str, times: int, intent: str, told: str | None, topic: str) -> list[str]:
    """What is done where the question was asked so often."""
    earlier = [event for _ in range(times) for event in (ActionExecuted(asked), BotUttered("?", metadata={"utter_action": asked}))]
    marks = [{"entity": INSTEAD, "value": told}] if told is not None else []
    return list(turn_told_instead(earlier, UserUttered("x", {"name": intent}, marks), topic))


if __name__ == "__main__":
    print(json.dumps([turn(*row) for row in json.load(sys.stdin)]))
