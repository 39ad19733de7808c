"""Where the path of a need goes on after its danger turned out not to be now (data/stories)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.shared.core.events import ActionExecuted, Event

from bot.conversation_state import QUESTION
from bot.yaml12 import read_yaml

_STORIES = Path(__file__).resolve().parents[2] / "data" / "stories"
_OF_THIS_MOMENT = ("_now", "_today", "_meeting", "_safe", "_hurt", "_threat", "_danger")
"""How the first questions end that ask whether there is danger: that was just answered."""


def goes_on_at(events: List[Event], need: Optional[str]) -> Optional[str]:
    """The question of the path of `need` that was open among `events`, else its first one that asks of no danger; None without a path."""
    if need is None:
        return None
    asked = (str(event.action_name) for event in reversed(events) if isinstance(event, ActionExecuted))
    return next((name for name in asked if name.startswith(f"{QUESTION}{need}_")), None) or _first_of(need)


@lru_cache(None)
def _first_of(need: str) -> Optional[str]:
    path = _STORIES / f"{need}.yml"
    stories: List[List[Dict[str, Any]]] = [story["steps"] for story in read_yaml(path)["stories"]] if path.is_file() else []
    first = next((steps[-1]["action"] for steps in stories if steps[0].get("intent") == need), None)
    if first is None or not first.endswith(_OF_THIS_MOMENT):
        return first
    return next((steps[-1]["action"] for steps in stories if steps[0].get("action") == first and _is_no(steps[1])), first)


def _is_no(step: Dict[str, Any]) -> bool:
    return any(one.get("intent") == "deny" for one in (step, *(step.get("or") or ())))
