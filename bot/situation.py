"""What is told of a danger of this moment is answered with words of its own, in place of a remark that would fit anything."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.shared.constants import RESPONSE_CONDITION
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_state import SITUATION
from kernel.situation import at_a_body

REPLY = "utter_now_situation"
_FIRST = ("utter_now", "utter_now_again", "utter_now_body")
_PLACES = ("away", "call", "safe", "helped", "there")
_OF_A_BODY = ("utter_now_body", "utter_now_helped_", "utter_now_there_")
_KEEPS = frozenset({"utter_now_safe_yes", "utter_now_there_yes", "utter_now_call_yes", "utter_now_helped_yes"})
"""Whoever is safe hears that first; who has called, or has help on its way, is not told to call."""
GIVES_WAY = frozenset({*_FIRST, *(f"utter_now_{place}_{answer}" for place in _PLACES for answer in ("yes", "no", "heard"))} - _KEEPS)
"""The remarks in whose place it is said. All of REPLY names 112, as those do or the card behind them."""


def situation_told(utter_action: str, tracker: DialogueStateTracker) -> Optional[str]:
    """What the latest message tells, where the remark `utter_action` gives way to it; None for nothing."""
    latest = tracker.latest_message
    if utter_action not in GIVES_WAY or latest is None:
        return None
    told = next((str(entity["value"]) for entity in latest.entities if entity.get("entity") == SITUATION), None)
    return at_a_body(told) if told is not None and utter_action.startswith(_OF_A_BODY) else told


def worth_saying(variations: List[Dict[str, Any]], tracker: DialogueStateTracker) -> List[Dict[str, Any]]:
    """Those that fit whose danger it is, and were not said before: the same again helps nobody."""
    said = {event.text for event in tracker.events if isinstance(event, BotUttered)}
    about = tracker.get_slot("who") if tracker.get_slot("who") in ("friend", "adult") else None
    return [one for one in variations if one.get("text") not in said and _about(one) == about]


def _about(variation: Dict[str, Any]) -> Optional[str]:
    return next((rule["value"] for rule in variation.get(RESPONSE_CONDITION) or [] if rule["name"] == "who"), None)
