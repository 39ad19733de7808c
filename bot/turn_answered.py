"""What the bot answers in a turn, as the hub reads it: the bubbles, what was heard, how urgent it is, and the new state."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.asked import asked_questions
from bot.conversation_state import DID, TOLD_BEFORE, compact
from bot.policies.now_turns import ANSWERS_NOW
from bot.policies.open_danger import name_said
from kernel.denial import BELIEVED_NO_DANGER, DENIAL, DENIES
from kernel.need import ANSWERS, IS_NOW, MEANT_OTHERWISE, NEEDS, ON_THE_WAY, SAID_LIGHTLY
from kernel.urgency import Urgency, highest

_SCENARIO = "action_scenario"
_HELPED = frozenset({"utter_now_over", "utter_now_call_yes", "utter_now_helped_yes", "utter_now_there_yes"})
"""What is said where 112 was called, or help is on its way or there."""
_MET_AGAIN = frozenset({"utter_now_again", "utter_now_act", "utter_question_help_late"})
"""What is said to a danger that comes back, or to help that does not come: help that was called before is not meant any more."""


def as_answer(tracker: DialogueStateTracker, said: List[Dict[str, Any]], mirrored: Dict[str, str]) -> Dict[str, Any]:
    """The turn's JSON: what was said, what was heard and how surely, the urgency (never below the hub's own), the new state.

    `mirrored`: the language and urgency the hub sent.
    """
    parsed: Dict[str, Any] = dict(tracker.latest_message.parse_data) if tracker.latest_message else {}
    heard = _heard(tracker)
    slots = tracker.current_slot_values()
    is_played = _is_played(tracker)
    if is_played and heard["name"] not in ANSWERS:
        heard |= {"name": None, "confidence": 0.0}  # what was said to a story is no need of the teenager's, nor a danger
    urgency = Urgency.NONE if is_played else Urgency.parse(slots.get("urgency"))
    shown = {name: slots.get(name) for name in ("language", "urgency", "who", "age_group", "topic")}
    did = (slots.get(TOLD_BEFORE) or {}).get(DID)
    return {
        "messages": _bubbles(said),
        "need": heard["name"],
        "confidence": heard["confidence"],
        "urgency": str(highest(Urgency.parse(mirrored["urgency"]), urgency)),
        "language": slots.get("language") or mirrored["language"],
        "detected": heard["language"] or slots.get("language") or mirrored["language"],
        "says_now": not is_played and _says_now(parsed),
        "helped": was_helped(tracker),
        "takes_back": not is_played and _told(parsed, DENIAL) is None and (parsed.get("intent") or {}).get("name") == MEANT_OTHERWISE,
        "denies": [] if is_played else _all_told(parsed, DENIES),
        SAID_LIGHTLY: [] if is_played else _all_told(parsed, SAID_LIGHTLY),
        "is_denied": not is_played and _told(parsed, DENIAL) in BELIEVED_NO_DANGER,
        "slots": shown | {"scenario": slots.get("scenario") if is_played else None, DID: did},
        "acted": _acted(tracker),
        "state": compact(tracker),
    }


def _all_told(parsed: Dict[str, Any], entity: str) -> List[str]:
    """The values of all the message's entities of that name."""
    return [str(one.get("value")) for one in parsed.get("entities") or () if one.get("entity") == entity]


def _told(parsed: Dict[str, Any], entity: str) -> Any:
    """The value of the message's first `entity`; None without one."""
    return next((one.get("value") for one in parsed.get("entities") or () if one.get("entity") == entity), None)


def _says_now(parsed: Dict[str, Any]) -> bool:
    """Whether this very message says that the danger is now (the slot may be an earlier one's)."""
    return any(entity.get("entity") == "danger_now" and entity.get("value") in IS_NOW for entity in parsed.get("entities") or ())


def was_helped(tracker: DialogueStateTracker) -> bool:
    """Whether help was called or has come since a danger of this moment was met last."""
    for event in reversed(tracker.events):
        if (said := name_said(event)) in (_HELPED | ANSWERS_NOW | _MET_AGAIN):
            return said in _HELPED
    return False


def _is_played(tracker: DialogueStateTracker) -> bool:
    """Whether the message was taken as an answer in a scenario: its action was the first of the turn."""
    first = None
    for event in reversed(tracker.events):
        if event.type_name == "user":
            break
        if event.type_name == "action" and event.action_name != ACTION_LISTEN_NAME:
            first = event.action_name
    return first == _SCENARIO


def _acted(tracker: DialogueStateTracker) -> List[str]:
    """The custom actions of this turn: with several hubs, another one may have served them."""
    names: List[str] = []
    for event in reversed(tracker.events):
        if event.type_name == "user":
            break
        if event.type_name == "action" and str(event.action_name).startswith("action_") and event.action_name != ACTION_LISTEN_NAME:
            names.insert(0, str(event.action_name))
    return names


def latest_parsed(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """What was understood, looked up among all events: the tracker may have undone the message (fallback)."""
    return next((dict(event.parse_data or {}) for event in reversed(tracker.events) if isinstance(event, UserUttered)), {})


def _heard(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """The need that was heard. A question on the way belongs to the need whose path it was asked on; beside a path to its own (`need` in
    data/questions/asked.yml), else it asks what one can get here."""
    parsed = latest_parsed(tracker)
    intent = parsed.get("intent") or {}
    name = intent.get("name")
    if name in (ON_THE_WAY, MEANT_OTHERWISE):
        name = _of_question(parsed, tracker.get_slot("topic"))
    return {
        "name": name if name in NEEDS else None,
        "confidence": float(intent.get("confidence") or 0.0),
        "language": parsed.get("language"),
    }


def _of_question(parsed: Dict[str, Any], topic: Optional[str]) -> str:
    """The need that the question on the way is counted as; `topic`: whose path is walked. One that is answered in place of small talk
    turns away from whatever was told before, and is of none; beside a path it may have a need of its own."""
    asked = next((entity.get("value") for entity in parsed.get("entities") or () if entity.get("entity") == "question"), None)
    question = asked_questions().all.get(str(asked))
    if question is None:
        return topic or "what_can_you_do"
    if question.instead is not None:
        return "off_topic" if topic else question.need or "off_topic"
    return topic or question.need or "what_can_you_do"


def _bubbles(said: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Text bubbles in order; with the last one go the ids of helplines, quietly beneath the talk, and the buttons of all: the page
    keeps one set of buttons a turn, the question's own first."""
    bubbles: List[Dict[str, Any]] = []
    lines: List[str] = []
    choices: List[Dict[str, str]] = []
    for message in said:
        lines += [line for line in (message.get("custom") or {}).get("helplines", []) if line not in lines]
        if message.get("text"):
            offered = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or []]
            choices = offered + [choice for choice in choices if choice not in offered]
            bubbles.append({"text": message["text"], "choices": [], "helplines": []})
    if bubbles:
        bubbles[-1] |= {"choices": choices, "helplines": lines[:3]}
    return bubbles
