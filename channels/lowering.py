"""What staff's lowering of the urgency does to what hub and bot remember of the alarm. The level itself: store/staff_moves.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEAVES_PATH = "leaves_path"
"""In a conversation's memory until the bot's next answer: its path is left then, and no question of it is open."""
_BEFORE = "before_lowering"
_ALARM = {"need": None, "worry": None, "helped": False, "now_said": False, "asks_wipe": False}


def settled(memory: Mapping[str, Any]) -> dict[str, Any]:
    """The memory once a person looked into the alarm: no need, no worry that is asked about again, the bot's path is left.

    Who speaks and how old they are stays. What was remembered before is kept, so that it can be undone, until the bot's next answer.
    """
    slots = dict(memory.get("slots") or {}) | {"topic": None, "scenario": None}
    return {**memory, **_ALARM, "slots": slots, LEAVES_PATH: True, _BEFORE: memory.get(_BEFORE) or dict(memory)}


def restored(memory: Mapping[str, Any]) -> dict[str, Any]:
    """The memory as it was before `settled`; as it is where the bot answered since."""
    return dict(memory.get(_BEFORE) or memory)
