"""Turns after it was asked whether what is told as over (bot/components/past_classifier.py) goes on, and whether there is more to tell."""

from __future__ import annotations

from typing import Optional, Tuple

from bot.conversation_state import ASKS_MORE, ASKS_PAST
from bot.policies.now_turns import PAST, STILL, TELLS_MORE
from bot.policies.path_questions import opening_of
from kernel.need import NOT_UNDERSTOOD

_GOES_ON = frozenset({"affirm", "dont_know"})
_OPEN = ("utter_way_open",)


def turn_of_past(heard: str, asked: Optional[str], topic: Optional[str], *, is_over: bool) -> Optional[Tuple[str, ...]]:
    """The path's own first question where it goes on, or nobody knows; a way to talk on where it is over. None where something else was
    asked, or is told. `is_over`: what was answered in their own words tells that it is."""
    if asked not in (ASKS_PAST, ASKS_MORE) or topic is None:
        return None
    question = opening_of(topic)[-1:]
    goes_on = (STILL, *question) if question else None
    if asked == ASKS_MORE:
        is_more = heard == NOT_UNDERSTOOD or heard in _GOES_ON or (heard == topic and is_over)
        return _OPEN if heard == "deny" else TELLS_MORE if is_more else goes_on if heard == topic else None
    if heard in (NOT_UNDERSTOOD, topic):
        return PAST if is_over else goes_on
    return PAST if heard == "deny" else goes_on if heard in _GOES_ON else None
