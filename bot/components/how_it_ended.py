"""How a danger of this moment ended, by the words alone: help is there or on its way, or who was in danger is with people of theirs."""

from __future__ import annotations

from typing import Any, Dict, Optional

from bot.components.acute_bodies import help_was_called
from bot.components.body_words import holds
from bot.components.corrections import (
    says_fetched,
    says_help_is_there,
    says_help_was_sent,
    says_it_came_well,
    says_somebody_comes,
    says_with_people,
)
from bot.conversation_state import OF_A_BODY, OF_NOW
from kernel.answers import OVER, SAFE
from kernel.language import words_of
from kernel.need import OF_LIFE

AT_HOME = frozenset({"unsafe_home", "runaway_now", "parental_abduction"})
"""Where the danger is at home itself."""
_BY_OTHERS = frozenset({"unsafe_home", "sexual_abuse", "teen_pimp", "grooming"})
_GOT_AWAY = frozenset({"runaway_now", "runaway_thinking", "grooming"})
"""Where being brought home, or fetched by somebody of their own, ends the danger at any place."""
_MISSING = "friend_missing"


def how_it_ended(text: str, asked: Dict[str, Any]) -> Optional[str]:
    """OVER where help is there or on its way, SAFE where whoever was in danger is with people; None where nothing of the kind is said.

    Where no danger of this moment was met, only the police or a doctor who is there counts; where a body is in danger, only help ends it.
    """
    path, question = asked.get("asking") or asked.get("topic"), str(asked["question"])
    words = " ".join(words_of(text))
    if path in _GOT_AWAY and says_fetched(words):
        return SAFE
    if not (asked.get("was_now") or question.startswith(OF_NOW) or path in OF_LIFE):
        return OVER if path in _BY_OTHERS and says_help_is_there(words) else None
    if asked.get("no_wish") and not (asked.get("was_now") or asked.get("helped")):
        return None  # "mijn zus is hier": who is near, nobody called for help
    is_of_life, is_of_body = path in OF_LIFE, bool(asked.get("body")) or question in OF_A_BODY
    if is_of_body and holds("adult_here", words) and not help_was_called(words) and not says_help_was_sent(words):
        return None  # "mijn papa is hier" after pills: who stands there has not called yet
    if says_help_is_there(words) or says_help_was_sent(words):
        return OVER if path != _MISSING else None
    is_fetched = path not in AT_HOME and says_fetched(words)
    if not is_of_body and (says_it_came_well(words) or is_fetched or (is_of_life and says_with_people(words))):
        return SAFE
    return OVER if is_of_life and says_somebody_comes(words) else None
