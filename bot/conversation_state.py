"""The compact state of a conversation: what Rasa must remember from one turn to the next, and nothing more.

It holds the last events (which path, which step) and all slots. The teenager's words are not among them, but for a few that
were not understood yet (bot/reading.py), until the next message that is. The hub stores all of it encrypted.
"""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, NamedTuple, Optional

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from kernel.paths import QUESTION
from kernel.question import REPLY
from kernel.questions import MEANT

KEPT_EVENTS = 40
OF_NOW = "utter_ask_now_"
"""How the questions of danger now begin (data/stories/now.yml), on the path of whatever it is about."""
ASKS_PAST, ASKS_MORE = "utter_ask_past", "utter_ask_past_more"
"""Whether anything goes on of what was told as over, on the path of whatever it is about; whether they want to tell more of it."""
OF_A_BODY = frozenset({"utter_ask_now_helped", "utter_ask_now_there"})
"""Those after pills, blood or somebody unconscious."""
TOLD_TO_DIE = "told_to_die"
"""In TOLD_BEFORE: that others tell whoever writes to die ("iedereen zegt pleeg zelfmoord"); a no about dying leads to the bullying."""
TOLD_BEFORE = "told_before"
"""Slot and entity: question (without QUESTION) → what was told before it (data/told.yml)."""
OFFERS_QUESTIONS = f"{REPLY}{MEANT}"
"""The reply with a button for each of some questions."""
_OFFERS = ("_tip", "_tips", "_words", "_stop", "_removal", "_plan", "_hour", "_step", "_know", "_report", "_traces")
"""How the questions end that offer something to read; what is said to a yes is the thing itself."""
SITUATION = "situation"
"""Entity, and condition of replies: what is told of a danger of this moment (bot/components/situation_classifier.py)."""
CHILD_NEED, CHILD_MEETS = "child_need", "meeting"
"""Entity: what an adult tells of a child, a need or that it is to meet somebody (bot/components/adults.py)."""
LISTENS = "opens_up"
"""The question that is answered with no more than that the bot listens: what comes next is heard as a first message."""
DID = "did"
"""In TOLD_BEFORE: that the writer did it to somebody (bot/components/doers.py)."""
VIOLENCE_AHEAD = "violence_ahead"
"""Entity: that the terms found violence that is announced, or a weapon (`ahead` in data/safety/terms_*.yml)."""
_LEFT = "action_leave_path"
_OF_THE_PERSON = ("who", "age_group")
FIRST_QUESTION = "utter_ask_safe"
"""The hub greets and asks whether the teenager can talk safely; for the dialogue model this stands as said."""


def is_offer(question: Optional[str]) -> bool:
    """Whether the question (utter_ask_...) offers something: a tip, words to say, a plan."""
    return str(question or "").startswith(QUESTION) and str(question).endswith(_OFFERS)


def left_path(state: Optional[Dict[str, Any]]) -> Dict[str, Any]:
    """The state where its path is over without a word of the bot: no question is open, not the first one either. Who speaks, how old
    they are, and that they did it themself stays."""
    slots = (state or {}).get("slots") or {}
    events = [ActionExecuted(name).as_dict() for name in (_LEFT, ACTION_LISTEN_NAME)]
    kept = {name: slots[name] for name in _OF_THE_PERSON if name in slots}
    did = (slots.get(TOLD_BEFORE) or {}).get(DID)
    return {"events": events, "slots": kept | ({TOLD_BEFORE: {DID: did}} if did else {})}


def build_tracker(conversation: str, state: Optional[Dict[str, Any]], mirrored: Dict[str, str], domain: Domain) -> DialogueStateTracker:
    """A tracker that stands where `state` left off, with the hub's language and urgency in their slots."""
    known = {slot.name for slot in domain.slots}
    kept = state or {"events": [], "slots": {}}
    tracker = DialogueStateTracker.from_dict(conversation, kept.get("events") or [], domain.slots)
    if not tracker.events:
        for name in (FIRST_QUESTION, ACTION_LISTEN_NAME):
            tracker.update(ActionExecuted(name))
    for name, value in {**(kept.get("slots") or {}), **mirrored}.items():
        if name in known:
            tracker.update(SlotSet(name, value))
    return tracker


def place_of_latest(events: List[Event]) -> Optional[int]:
    """Where the latest message stands among `events`; None before the first."""
    return next((number for number in reversed(range(len(events))) if isinstance(events[number], UserUttered)), None)


def question_asked(tracker: DialogueStateTracker) -> Optional[str]:
    """The question that the bot's last bubble asked (utter_ask_...), also when it was asked again after an interruption; None for none."""
    return question_in(list(tracker.events))


def question_in(events: List[Event]) -> Optional[str]:
    """As `question_asked`, of these events. Which of some questions is meant, is asked beside it: the one before stays open."""
    for event in reversed(events):
        if isinstance(event, BotUttered):
            said = str((event.metadata or {}).get("utter_action") or "")
            if said == OFFERS_QUESTIONS:
                continue
            return said if said.startswith(QUESTION) else None
        if isinstance(event, ActionExecuted) and str(event.action_name).startswith(QUESTION):
            return str(event.action_name)
    return None


def open_question(tracker: DialogueStateTracker) -> Optional[str]:
    """The need whose path has just asked a question that the next message answers; None when none is open."""
    topic, asked = tracker.get_slot("topic"), question_asked(tracker)
    is_of_path = bool(topic) and (asked or "").startswith((f"{QUESTION}{topic}_", OF_NOW, ASKS_PAST))
    return str(topic) if is_of_path else None


def what_is_open(tracker: DialogueStateTracker) -> Optional[str]:
    """As `open_question`; where only a danger now was met, the question that was asked about it."""
    asked = question_asked(tracker)
    return open_question(tracker) or (asked if (asked or "").startswith(OF_NOW) else None)


def compact(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """JSON-ready state of `tracker`: at most KEPT_EVENTS events, cut where the bot listened, and the slots."""
    told = [event for event in tracker.applied_events() if isinstance(event, (ActionExecuted, BotUttered, UserUttered))]
    events = [_slim(event) for event in _from_a_listen(told[-KEPT_EVENTS:])]
    values = tracker.current_slot_values()
    slots = {name: value for name, value in values.items() if value is not None and name != "session_started_metadata"}
    return {"events": events, "slots": slots}


def _from_a_listen(events: List[Event]) -> List[Event]:
    """`events` from the first action_listen on, so that no half turn stands at the start."""
    for place, event in enumerate(events):
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            return events[max(place - 1, 0) :] if place == 1 else events[place:]
    return events


def _slim(event: Event) -> Dict[str, Any]:
    """The event without what no turn will read again: words of the teenager, rankings, timestamps of parsing."""
    slim = event.as_dict()
    if isinstance(event, UserUttered):
        intent = {"name": event.intent.get("name"), "confidence": event.intent.get("confidence")}
        text = f"/{intent['name']}"
        return {
            "event": "user",
            "timestamp": slim["timestamp"],
            "text": text,
            "parse_data": {"intent": intent, "entities": [], "text": text},
        }
    if isinstance(event, BotUttered):
        utter = (slim.get("metadata") or {}).get("utter_action")
        return {"event": "bot", "timestamp": slim["timestamp"], "text": slim.get("text"), "metadata": {"utter_action": utter}}
    return {key: value for key, value in slim.items() if value is not None and key not in ("metadata", "confidence", "policy")}


def value_of(message: Event, entity: str) -> Optional[str]:
    """The value of the first `entity` of a message from the user; None without one."""
    entities = message.entities  # type: ignore[attr-defined]  # a UserUttered
    return next((one.get("value") for one in entities if one.get("entity") == entity), None)


class Safe(NamedTuple):
    """An answer to a question about safety: the question, whether it was yes, and when (seconds)."""

    asked: str
    is_yes: bool
    at: float


def latest_safe(events: Iterable[Event]) -> Optional[Safe]:
    """The latest yes or no to a question about safety; None without one."""
    asked, found = "", None
    for event in events:
        if isinstance(event, ActionExecuted) and str(event.action_name).startswith(QUESTION):
            asked = str(event.action_name)
        elif isinstance(event, UserUttered) and asked.endswith("_safe") and event.intent.get("name") in ("affirm", "deny"):
            found = Safe(asked, event.intent["name"] == "affirm", float(event.timestamp or 0))
    return found
