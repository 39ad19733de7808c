"""Where the path of a need goes on after its danger turned out not to be now (data/stories)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from rasa.shared.core.events import ActionExecuted, Event

from bot.yaml12 import read_yaml
from kernel.paths import QUESTION, is_of_this_moment

_STORIES = Path(__file__).resolve().parents[2] / "data" / "stories"


def goes_on_at(events: List[Event], need: Optional[str]) -> Optional[str]:
    """The question of the path of `need` that was open among `events`, else its first one that asks of no danger; None without a path."""
    if need is None:
        return None
    asked = (str(event.action_name) for event in reversed(events) if isinstance(event, ActionExecuted))
    return next((name for name in asked if name.startswith(f"{QUESTION}{need}_")), None) or _first_of(need)


def goes_on_calmly_at(events: List[Event], need: Optional[str]) -> Optional[str]:
    """As `goes_on_at`, where it was said that there is no danger: no question that asks for it again."""
    asked = goes_on_at(events, need)
    return _first_of(str(need)) if asked is not None and is_of_this_moment(asked) else asked


def asked_anew(events: List[Event], need: str, asked: Optional[str]) -> Optional[str]:
    """The question `asked` once more; of a danger now, the one of the path of `need` that asks whether it is: whoever is not understood
    says so. None without one."""
    if asked is not None and asked.startswith(f"{QUESTION}{need}_"):
        return asked
    return _opening_question(need) or goes_on_at(events, need)


@lru_cache(None)
def _first_of(need: str) -> Optional[str]:
    stories, first = _stories_of(need), _opening_question(need)
    if first is None or not is_of_this_moment(first):
        return first
    return next((steps[-1]["action"] for steps in stories if steps[0].get("action") == first and _is_no(steps[1])), first)


def opening_of(need: str) -> Tuple[str, ...]:
    """The actions with which the path of `need` begins, its question last; none without a path."""
    steps = next((steps for steps in _stories_of(need) if steps[0].get("intent") == need), [])
    return tuple(str(step["action"]) for step in steps if "action" in step)


def _opening_question(need: str) -> Optional[str]:
    """The question at the end of the path's opening."""
    return next(iter(opening_of(need)[-1:]), None)


def _stories_of(need: str) -> List[List[Dict[str, Any]]]:
    path = _STORIES / f"{need}.yml"
    return [story["steps"] for story in read_yaml(path)["stories"]] if path.is_file() else []


def _is_no(step: Dict[str, Any]) -> bool:
    return any(one.get("intent") == "deny" for one in (step, *(step.get("or") or ())))
