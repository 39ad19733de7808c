"""Questions known by their words: "gokken" and "condooms" mean one thing, however little the model has read of them."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.age_gap import AGE_GAP
from bot.components.ages_told import CLOSE, OLDER, WHOSE, YOUNG
from bot.components.message_intent import IN_WORDS, heard_in, who_in
from bot.components.path_answer import IS_ANSWER
from bot.components.path_so_far import TAKEN_AT_THEIR_WORD, is_asked_of_now, is_now, path_of
from bot.components.role_classifier import ADULT
from bot.conversation_state import DID, TOLD_BEFORE
from kernel.language import words_of
from kernel.language_wish import asked_language
from kernel.need import NEEDS, urgency_of
from kernel.questions import Question, Questions
from kernel.urgency import Urgency

_MY_FAULT = "my_fault"
_MOST_WORDS = 22
"""Longer messages tell more than they ask."""
_SURELY = 0.9
"""The confidence from which a need that was heard begins its path."""
_TRIP = "forced_trip"
"""What is asked of a journey to be refused, also in the words of its day: "on part le 3 juillet" is not this moment."""
_FAR_DAY = re.compile(
    r"\b(?:le|op(?: de)?) \d{1,2} (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b"
)
_NEAR_DAY = re.compile(
    r"\b(?:nu|straks|vanavond|vandaag|morgen|onderweg|luchthaven"
    r"|maintenant|mtn|ce soir|aujourd hui|demain|aeroport|en route|frapp\w+|sla\w+)\b"
)
_GRAVE, _LIKELY = frozenset({"suicidal", "self_harm", "sexual_abuse", "unsafe_home"}), 0.5
_OF_THE_BOT = frozenset({"bot_challenge", "want_human"})
"""Asked in nearly the words of "are you of Child Focus?" and "not on the phone"."""
_LEFT_OUT = frozenset({"urgency", "perhaps", "question", "danger_now"})
"""What the model alone guessed of danger in such words."""


def worded_question(message: Message, questions: Questions) -> Optional[Question]:
    """The question whose own words the message holds (`opened_by` in data/questions/asked.yml); None where reviewed terms hear danger, a
    danger of this moment or somebody much older is told, something is said that is taken at its word, or an adult speaks of a child."""
    text, told = message.get(TEXT) or "", message.get("metadata") or {}
    is_urgent = is_now(message) or _is_emergency(message)
    is_grave = message.get(IN_WORDS) or message.get(AGE_GAP) or (is_urgent and not _names_far_day(text))
    heard = heard_in(message).name
    if is_grave or message.get(IS_ANSWER) or len(text.split()) > _MOST_WORDS:
        return None
    found = _typed(text, told.get("offered"), questions)
    found = found or questions.opened(text, path_of(message), told.get("talk"), in_danger=is_asked_of_now(message))
    if found is not None and (_path_goes_first(message, found) or _is_of_a_deed(found, told)):
        return None
    if is_urgent and (found is None or found.like != _TRIP):
        return None
    if found is None or found.over_talk:
        return None if heard in TAKEN_AT_THEIR_WORD - _OF_THE_BOT else found
    return None if heard in TAKEN_AT_THEIR_WORD or who_in(message) == ADULT else found


def _is_of_a_deed(question: Question, told: Mapping[str, Any]) -> bool:
    """Whether whoever asks whether it is their fault told of a deed of their own before: that is not answered as to a victim."""
    return question.name == _MY_FAULT and DID in (told.get(TOLD_BEFORE) or {})


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


def _path_goes_first(message: Message, question: Question) -> bool:
    """Whether, beside a path, another path is surely heard in these words: it is begun, and knows them as its own. Not right behind a
    question that this one follows, nor where the question may stand in its place (`instead`)."""
    heard, sure = heard_in(message)
    if path_of(message) is not None or question.behind or heard not in NEEDS or NEEDS[heard].is_conversation:
        return False
    if sure < _SURELY and heard != question.need:
        return False
    return question.instead is None or urgency_of(heard).rank > question.instead.rank


def _names_far_day(text: str) -> bool:
    """Whether the words name a day of a month, and none that is near."""
    words = " ".join(words_of(text))
    return _FAR_DAY.search(words) is not None and _NEAR_DAY.search(words) is None


def calm(message: Message) -> None:
    """Takes back what the model alone guessed of danger in words that ask no more than that; not the level of what weighs too much to be
    guessed wrong: "jme fais vomir et jme donne des coups"."""
    heard, sure = heard_in(message)
    left_out = _LEFT_OUT - {"urgency"} if heard in _GRAVE and sure >= _LIKELY else _LEFT_OUT
    found = [one if one.get("entity") != TOLD_BEFORE else _of_ages(one, message) for one in message.get(ENTITIES, [])]
    message.set(ENTITIES, [one for one in found if one.get("entity") not in left_out], add_to_output=True)


def _of_ages(told: Mapping[str, Any], message: Message) -> Mapping[str, Any]:
    """What is to be remembered, with nothing new but the ages: "kben zwanger denk k", and "em is 19" two messages later."""
    known, now = (message.get("metadata") or {}).get(TOLD_BEFORE) or {}, told.get("value") or {}
    return {**told, "value": {**known, **{key: now[key] for key in (YOUNG, OLDER, CLOSE, WHOSE) if key in now}}}


def _is_emergency(message: Message) -> bool:
    return any(one.get("entity") == "urgency" and one.get("value") == Urgency.EMERGENCY.value for one in message.get(ENTITIES, []))
