"""Who is missing stays what the talk is about: what is told of them on the way belongs to the search.

"ze ging afspreken met iemand van tiktok", told where a daughter is missing, is what 101 and 116000 must hear, and no talk about a meeting.
"""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.message_intent import entity_in, hear_as, heard_in
from bot.components.missing_words import is_told_of_them
from bot.components.path_so_far import is_now
from bot.components.role_classifier import SELF
from kernel.language import words_of

_GONE = "friend_missing"
_OF_THEM = frozenset(
    {
        *("grooming", "teen_pimp", "pressured_to_send", "sexting_question", "sextortion", "nude_spread", "sexual_abuse", "unsafe_home"),
        *("cyberbullying", "runaway_thinking", "runaway_now", "parental_abduction", "other_wellbeing", "parent_or_adult_asks_for_child"),
    }
)
"""Needs that are told of whoever is missing; a wish to die is met for itself."""


def keep_missing(message: Message) -> None:
    """Hears the missing person where another need is told of them, on that path and behind nothing that is a danger of this moment."""
    told, heard = message.get("metadata") or {}, heard_in(message)
    if told.get("asking") != _GONE or heard.name not in _OF_THEM or entity_in(message, "who") == SELF or is_now(message):
        return
    if is_told_of_them(" ".join(words_of(message.get(TEXT) or ""))):
        hear_as(message, _GONE, heard.confidence)
