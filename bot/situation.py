"""What is told of a danger of this moment is answered with words of its own, in place of a remark that would fit anything."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.shared.constants import RESPONSE_CONDITION
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_state import SITUATION
from kernel.situation import ONLY_OF_A_BODY, at_a_body

REPLY = "utter_now_situation"
_FIRST = ("utter_now", "utter_now_again", "utter_now_body")
_PLACES = ("away", "call", "safe", "helped", "there")
_OF_A_BODY = ("utter_now_body", "utter_now_helped_", "utter_now_there_")
_KEEPS = frozenset({"utter_now_safe_yes", "utter_now_there_yes", "utter_now_call_yes", "utter_now_helped_yes"})
"""Whoever is safe hears that first; who has called, or has help on its way, is not told to call."""
_CAR = re.compile(r"\b(auto|wagen|busje|camionet\w*|koffer\w*|taxi|voiture|bagnole|caisse|camionnette|coffre)\b", re.IGNORECASE)
_DRIVEN = re.compile(r"gordel|ceinture|welke auto|quelle voiture|waar de auto|où (?:était|est) la voiture")
"""In the bot's words to, or about, somebody who is driven; "stap niet mee in de auto" is said of a drunk."""
_LYING = re.compile(
    r"\b(liegen|lieg|zwijg\w*|geheim\w*|verzwijg\w*|niks zeggen|niets zeggen|mag (ik )?(het )?(niet|ni|nie) zeggen"
    r"|zeggen dat|zeggen da|vertellen"
    r"|mentir|mens|taire|tais"
    r"|secret|rien dire|dire que|dise|dire à|dire a|raconter)\b",
    re.IGNORECASE,
)
"""What somebody else is told to say, or not to: "moet ik da geloven" tells of no lie."""
_OWN_SLEEP = re.compile(
    r"\b(waar|où|ou) (\w+ ){0,3}(slaap|slapen|dors|dormir|dorme)\b|\b(slaap|slapen) (ik|kik)\b|\bslaapplek|\bslaapplaats"
    r"|\b(ik|k) (\w+ )?slaap\b"
    r"|\bkan (hier |er |nergens )?(\w+ )?slapen\b|\bje (vais )?(dors|dormir|dormirai)\b|\bendroit (où|ou|pour) dormir",
    re.IGNORECASE,
)
"""Where they will sleep themself is no danger that sleeps."""
_BY_PICTURES = frozenset({"sextortion", "grooming", "nude_spread", "deepfake_nude", "pressured_to_send", "sexting_question"})
_BLOWS = re.compile(
    r"\b(sla\w*|sloeg|geslagen|klop\w*|schop\w*|stamp\w*|vecht\w*|vechten|pijn|wurg\w*|ertussen|tussen|mes"
    r"|frapp\w*|tap\w*|cogn\w*|batt?\w*|bagarr\w*|mal|etrangl\w*|entre|couteau)\b",
    re.IGNORECASE,
)
"""Where pictures are threatened with, only these tell of a second victim: "il dit tout à ma mère" is no fight at home."""
_NO_KEY = re.compile(
    r"\b(geen|zonder) (sleutel|slot)\b|\b(niet|ni|nie) op slot\b|\b(pas|plus|sans) (de |d')?(clé|cle|clef|serrure|verrou)\b"
    r"|\b(ferme|fermer) pas\b",
    re.IGNORECASE,
)
"""A door that cannot be locked keeps nobody in."""
GIVES_WAY = frozenset({*_FIRST, *(f"utter_now_{place}_{answer}" for place in _PLACES for answer in ("yes", "no", "heard"))} - _KEEPS)
"""The remarks in whose place it is said. All of REPLY names 112, as those do or the card behind them."""


def situation_told(utter_action: str, tracker: DialogueStateTracker) -> Optional[str]:
    """What the latest message tells, where the remark `utter_action` gives way to it; None for nothing."""
    latest = tracker.latest_message
    if utter_action not in GIVES_WAY or latest is None:
        return None
    told = next((str(entity["value"]) for entity in latest.entities if entity.get("entity") == SITUATION), None)
    if told is None or not _is_of_this(told, tracker):
        return None
    if utter_action.startswith(_OF_A_BODY):
        return at_a_body(told)
    return None if told in ONLY_OF_A_BODY else told


def _is_of_this(told: str, tracker: DialogueStateTracker) -> bool:
    """Whether it fits what the conversation is about: an edge where somebody wants to die, a car that stands still where there is a car,
    a lie where one is asked for, sleep of whoever makes them afraid."""
    words = str(tracker.latest_message.text or "") if tracker.latest_message is not None else ""
    if told == "at_edge":
        return tracker.get_slot("topic") == "suicidal"
    if told == "must_lie":
        return _LYING.search(words) is not None
    if told == "between":
        return tracker.get_slot("topic") not in _BY_PICTURES or _BLOWS.search(words) is not None
    if told == "locked_in":
        return _NO_KEY.search(words) is None
    if told == "asleep":
        return _OWN_SLEEP.search(words) is None
    return told != "car_stopped" or _is_in_a_car(tracker)


def _is_in_a_car(tracker: DialogueStateTracker) -> bool:
    latest = tracker.latest_message
    said = [event.text or "" for event in tracker.events if isinstance(event, BotUttered)]
    return (latest is not None and _CAR.search(latest.text or "") is not None) or any(_DRIVEN.search(text) for text in said)


def worth_saying(variations: List[Dict[str, Any]], tracker: DialogueStateTracker) -> List[Dict[str, Any]]:
    """Those that fit whose danger it is, and were not said before: the same again helps nobody."""
    said = {event.text for event in tracker.events if isinstance(event, BotUttered)}
    about = tracker.get_slot("who") if tracker.get_slot("who") in ("friend", "adult") else None
    return [one for one in variations if one.get("text") not in said and _about(one) == about]


def _about(variation: Dict[str, Any]) -> Optional[str]:
    return next((rule["value"] for rule in variation.get(RESPONSE_CONDITION) or [] if rule["name"] == "who"), None)
