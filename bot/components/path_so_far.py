"""What a message follows: the path it is said on, the question before it, and how surely a danger was told there."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.components.message_intent import heard_in
from bot.components.path_answer import IS_ANSWER
from bot.conversation_state import OF_A_BODY, OF_NOW, is_offer
from kernel.need import ANSWERS, IS_NOW, urgency_of
from kernel.urgency import Urgency

TAKEN_AT_THEIR_WORD = frozenset({"want_human", "wipe_chat", "insult", "switch_language", "bot_challenge"})
"""Whoever wants these gets them, whatever else is asked."""
NEVER_TAKEN_BACK = frozenset({"self_harm", "sexual_abuse"})
SURELY_TALK = 0.9
"""From here on the classifier of needs is believed to hear talk of other things."""
_CALMER = ("_after", "_person")
"""Places of that path where there is time for a question."""


def path_of(message: Message) -> Optional[str]:
    """The need the conversation is about, also while something beside its path was asked; None for none."""
    told = message.get("metadata") or {}
    return told.get("asking") or told.get("topic")


def after(message: Message) -> str:
    """The question that the message follows, without "utter_ask_"."""
    return str((message.get("metadata") or {}).get("question") or "").removeprefix("utter_ask_")


def is_offered(message: Message) -> bool:
    """Whether the message follows an offer: a tip, words to say, a plan."""
    return is_offer((message.get("metadata") or {}).get("question"))


def is_asked_of_now(message: Message) -> bool:
    """Whether it was asked how they get out of a danger that is now: everything is told to that."""
    asked = str((message.get("metadata") or {}).get("question"))
    return asked.startswith(OF_NOW) and not asked.endswith(_CALMER)


def is_of_body(message: Message) -> bool:
    """Whether a body is in danger where the message is said (pills, blood, somebody who does not react), and no help is on its way yet."""
    told = message.get("metadata") or {}
    return bool(told.get("body")) or told.get("question") in OF_A_BODY


def is_now(message: Message) -> bool:
    """Whether the message tells of a danger that is now."""
    return any(entity.get("entity") == "danger_now" and entity.get("value") in IS_NOW for entity in message.get(ENTITIES, []))


def is_answer(message: Message) -> bool:
    """Whether the words themselves are an answer to the question asked before: a yes, a no, or a button typed ("geld")."""
    heard, sure = heard_in(message)
    return (heard in ANSWERS and sure >= 1.0) or bool(message.get(IS_ANSWER))


def was_surely_told(told: Mapping[str, Any]) -> bool:
    """Whether the path is about a danger that reviewed terms found, or about life or abuse, which only what was really meant takes back."""
    path = told.get("asking")
    return urgency_of(path).is_danger and (is_grave(path) or bool(told.get("in_words")))


def is_grave(path: Optional[str]) -> bool:
    """Whether a path is about life or abuse."""
    return urgency_of(path) is Urgency.EMERGENCY or path in NEVER_TAKEN_BACK
