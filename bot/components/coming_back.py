"""Whoever hurts them comes back tonight, or is at a feast on Sunday: time for a plan, not for 112 ("ma vanavond komt em terug").

The phrases stand in data/corrections.yml (`comes_back`); words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import phrases_of
from bot.components.message_intent import IN_WORDS, answer_with, heard_in, who_in
from bot.components.role_classifier import SELF
from kernel.language import words_of
from kernel.need import ANSWERS, NOT_UNDERSTOOD

_PLANS = {"unsafe_home": "comes_back_home", "sexual_abuse": "comes_back"}
"""The answer on the path of each of these needs (data/questions/asked.yml)."""
_AT_HOME, _HURTS = "unsafe_home", "self_harm"
"""Where "j'ai peur que ça recommence ce soir" is of blows, though the model hears who hurts themself in it."""
_MOST_WORDS = 22


def comes_back(words: str) -> bool:
    """Whether the words say that somebody comes back, or is met, this evening or on a day that is named, and nothing that it is sooner.

    Raises PhraseError.
    """
    return phrases_of("comes_back").search(words) is not None and phrases_of("no_coming_back").search(words) is None


def hear_coming_back(message: Message, finder: object, *, says_now: bool) -> None:
    """Answers that with a plan, on the path of a danger at home or of abuse. `says_now`: words tell of a danger of this moment."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    path, heard = told.get("asking") or told.get("topic"), heard_in(message).name
    is_told = heard in (path, NOT_UNDERSTOOD, "off_topic", *ANSWERS) or (path == _AT_HOME and heard == _HURTS)
    if path not in _PLANS or not is_told or who_in(message) not in (None, SELF) or "?" in (message.get(TEXT) or ""):
        return
    if says_now or told.get("now") or message.get(IN_WORDS) or len(words.split()) > _MOST_WORDS or not comes_back(words):
        return
    answer_with(message, _PLANS[path], finder, dropping=("urgency",))
