"""Turns on the path of an adult that stories cannot say: what they tell of the child is met first, and what they told is not asked."""

from __future__ import annotations

from typing import List, Mapping, Optional, Tuple

from rasa.shared.core.events import ActionExecuted, Event

from bot.components.need_odds import ADULT
from bot.conversation_state import CHILD_MEETS
from bot.policies.path_questions import goes_on_at
from kernel.paths import QUESTION

_LINES = "action_point_to_help"
_SET_RIGHT = "utter_question_whose_child"
NO_ADULT = ("utter_question_whose_me", "action_leave_path")
"""A teenager was taken for an adult; the second action says that the bot listens (LISTENS in the message)."""
_FIRST = f"{QUESTION}{ADULT}_danger"
_TALKED, _ROLE = f"{ADULT}_talked", f"{ADULT}_role"
_BEFORE_TALKED = frozenset({None, _FIRST, f"{QUESTION}{ADULT}_online", f"{QUESTION}{ADULT}_picture"})
_MEETING = "utter_grooming_meeting"
_BY_ROLE = {"work": f"utter_{_ROLE}_yes", "family": f"utter_{_ROLE}_no"}
"""What is said to who told what they are to the child (data/told.yml), in place of asking."""


def turn_of_child(about: str, events: List[Event], topic: Optional[str]) -> Tuple[str, ...]:
    """The actions that answer an adult who tells that it is about the need `about` (or CHILD_MEETS); none where its words were said.

    `events`: those before the message; `topic`: the need that the conversation was about then.
    """
    if topic not in (None, ADULT):
        return (_SET_RIGHT, _LINES, _FIRST)  # a teenager's path: whose it is was set right
    first = _MEETING if about == CHILD_MEETS else f"utter_{about}"
    if _is_said(first, events):
        return ()
    asked = goes_on_at(events, ADULT) if topic == ADULT else _FIRST
    if about == CHILD_MEETS and asked in _BEFORE_TALKED:
        asked = f"{QUESTION}{_TALKED}"  # what it is, is told: not whether it is online
    return (first, _LINES, asked or _FIRST)


def turn_of_role(done: List[str], told: Optional[Mapping[str, str]], events: List[Event]) -> Tuple[str, ...]:
    """The whole turn where `done` has just answered how the talk with the child went, and what the adult is to it was told before. Behind a
    meeting that is to come (in `events`, those before the message) nobody hears to keep life as it is."""
    said = _BY_ROLE.get(str((told or {}).get(_ROLE)))
    place = next((place for place, name in enumerate(done) if name.startswith(f"utter_{_TALKED}_")), None)
    if said is None or place is None:
        return ()
    if said == _BY_ROLE["family"] and _is_said(_MEETING, events):
        return (*done[: place + 1], _LINES, f"{QUESTION}{ADULT}_you")
    return (*done[: place + 1], said, _LINES, f"{QUESTION}{ADULT}_you")


def _is_said(reply: str, events: List[Event]) -> bool:
    return any(isinstance(event, ActionExecuted) and event.action_name == reply for event in events)
