"""Questions known by their words: "gokken" and "condooms" mean one thing, however little the model has read of them."""

from __future__ import annotations

from typing import Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.age_gap import AGE_GAP
from bot.components.message_intent import IN_WORDS, heard_in, who_in
from bot.components.path_answer import IS_ANSWER
from bot.components.path_so_far import TAKEN_AT_THEIR_WORD, is_asked_of_now, is_now, path_of
from bot.components.role_classifier import ADULT
from bot.conversation_state import TOLD_BEFORE
from kernel.language import words_of
from kernel.language_wish import asked_language
from kernel.questions import Question, Questions
from kernel.urgency import Urgency

_MOST_WORDS = 22
"""Longer messages tell more than they ask."""
_OF_THE_BOT = frozenset({"bot_challenge", "want_human"})
"""Asked in nearly the words of "are you of Child Focus?" and "not on the phone"."""
_LEFT_OUT = frozenset({"urgency", "perhaps", "question", "danger_now", TOLD_BEFORE})
"""What the model alone guessed of danger in such words."""


def worded_question(message: Message, questions: Questions) -> Optional[Question]:
    """The question whose own words the message holds (`opened_by` in data/questions/asked.yml); None where reviewed terms hear danger, a
    danger of this moment or somebody much older is told, something is said that is taken at its word, or an adult speaks of a child."""
    text, told = message.get(TEXT) or "", message.get("metadata") or {}
    is_grave = message.get(IN_WORDS) or message.get(AGE_GAP) or is_now(message) or _is_emergency(message)
    heard = heard_in(message).name
    if is_grave or message.get(IS_ANSWER) or len(text.split()) > _MOST_WORDS:
        return None
    found = _typed(text, told.get("offered"), questions)
    found = found or questions.opened(text, path_of(message), told.get("talk"), in_danger=is_asked_of_now(message))
    if found is None or found.over_talk:
        return None if heard in TAKEN_AT_THEIR_WORD - _OF_THE_BOT else found
    return None if heard in TAKEN_AT_THEIR_WORD or who_in(message) == ADULT else found


def wishes_language(message: Message) -> bool:
    """Whether another language is asked for, and nothing else of weight is told: "en français svp"."""
    text = message.get(TEXT) or ""
    is_grave = message.get(IN_WORDS) or is_now(message) or _is_emergency(message)
    return not is_grave and len(text.split()) <= _MOST_WORDS and asked_language(text) is not None


def _typed(text: str, offered: Optional[str], questions: Questions) -> Optional[Question]:
    """The one of those that were just `offered` whose button was typed: "Je risque une punition"; None for none."""
    names = [name for name in str(offered or "").split("|") if name in questions.all and questions.all[name].like in questions.titles]
    titled = ((questions.all[name], questions.titles[questions.all[name].like]) for name in names)
    return next((one for one, titles in titled if words_of(text) in [words_of(title) for title in titles.values()]), None)


def calm(message: Message) -> None:
    """Takes back what the model alone guessed of danger in words that ask no more than that."""
    message.set(ENTITIES, [one for one in message.get(ENTITIES, []) if one.get("entity") not in _LEFT_OUT], add_to_output=True)


def _is_emergency(message: Message) -> bool:
    return any(one.get("entity") == "urgency" and one.get("value") == Urgency.EMERGENCY.value for one in message.get(ENTITIES, []))
