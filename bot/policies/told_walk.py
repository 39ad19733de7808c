"""What was told for sure is not asked: its step of the path is walked silently (data/told.yml, docs/adr/0026)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event

from bot.conversation_state import latest_safe, place_of_latest, question_in, value_of
from bot.yaml12 import read_yaml
from kernel.paths import MAY_TALK, QUESTION, Paths, asks_to_talk
from kernel.questions import WAITS_AFTER
from kernel.told import Told

_DATA = Path(__file__).resolve().parents[2] / "data"
_ANSWERS, _ON_THE_WAY = "action_answer_question", "question_on_the_way"
_OFTEN_ENOUGH = 2
"""How often in a row a question is asked before its path goes on without the answer."""
_STILL_SO = 1800.0
"""Seconds for which "yes, I can talk" holds."""


@lru_cache(None)
def paths() -> Paths:
    """The paths of data/stories."""
    stories: List[Dict[str, Any]] = []
    for file in sorted((_DATA / "stories").glob("*.yml")):
        stories += read_yaml(file)["stories"]
    return Paths(stories)


@lru_cache(None)
def _told() -> Told:
    return Told(read_yaml(_DATA / "told.yml")["told"])


def next_of_walk(events: List[Event], told: Optional[Dict[str, str]]) -> Optional[Tuple[Optional[str], str]]:
    """What to do instead in a turn whose step would ask what is known: the action that the story has here (None: no longer compared),
    and the one to do. None where nothing is passed over.

    `told`: the slot told_before.
    """
    place = place_of_latest(events)
    if place is None:
        return None
    done = [str(event.action_name) for event in events[place + 1 :] if isinstance(event, ActionExecuted)]
    heard = str(events[place].intent_name)  # type: ignore[attr-defined]
    steps = paths().steps(question_in(events[:place]), heard)
    walk = paths().walked(steps, known_answers(events[: place + 1], told))
    if walk == steps or list(walk[: len(done)]) != done:
        return None
    return (steps[0] if not done else None), (*walk, ACTION_LISTEN_NAME)[len(done)]


def passed_over(events: List[Event], told: Optional[Dict[str, str]], topic: Optional[str]) -> Optional[str]:
    """What to do behind the answer to a question on the way, in place of asking the question of the path of `topic` once more: the path
    goes on where that was told meanwhile, or was asked twice. None where it is asked again."""
    place = place_of_latest(events)
    if place is None or events[place].intent_name != _ON_THE_WAY:  # type: ignore[attr-defined]
        return None
    if value_of(events[place], "question") in WAITS_AFTER:
        return None
    done = [str(event.action_name) for event in events[place + 1 :] if isinstance(event, ActionExecuted)]
    pending = str(question_in(events[:place]))
    if done[:1] != [_ANSWERS] or not topic or not pending.startswith(f"{QUESTION}{topic}_"):
        return None
    ahead = paths().behind(pending) if times_asked(events[:place], pending) >= _OFTEN_ENOUGH else None
    steps = (pending,) if ahead is None else (ahead,)
    walk = paths().walked(steps, known_answers(events[: place + 1], told))
    rest = done[1:]
    if walk == (pending,) or list(walk[: len(rest)]) != rest:
        return None
    return (*walk, ACTION_LISTEN_NAME)[len(rest)]


def times_asked(events: List[Event], question: str) -> int:
    """How often in a row the bot asked this question last, whatever it said in between that asked nothing."""
    times = 0
    for event in reversed(events):
        said = str((event.metadata or {}).get("utter_action") or "") if isinstance(event, BotUttered) else ""
        if said.startswith(QUESTION):
            if said != question:
                break
            times += 1
    return times


def known_answers(events: List[Event], told: Optional[Dict[str, str]]) -> Dict[str, str]:
    """Question → the answer that it has already, by what was told and by a recent yes to whether they can talk."""
    answers = {f"{QUESTION}{at}": _told().walks(at, tells) for at, tells in (told or {}).items()}
    return {**_can_talk(events), **{asked: answer for asked, answer in answers.items() if answer is not None}}


def _can_talk(events: List[Event]) -> Dict[str, str]:
    """The questions of other paths whether they can talk, answered by the latest yes to one; none after a no, or when it is long ago."""
    latest = latest_safe(events)
    if latest is None or not latest.is_yes or not asks_to_talk(latest.asked) or float(events[-1].timestamp or 0) - latest.at > _STILL_SO:
        return {}
    return {f"{QUESTION}{name}": "affirm" for name in MAY_TALK}
