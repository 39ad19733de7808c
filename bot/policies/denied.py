"""Turns that answer a denial: the excuse, and where the conversation goes on (bot/components/denials.py says what is one)."""

from __future__ import annotations

from typing import List, Optional, Tuple

from rasa.shared.core.events import ActionExecuted, Event, UserUttered

from bot.asked import asked_questions
from bot.components.corrections import hedges, says_no_deed
from bot.conversation_state import value_of
from bot.policies.path_questions import asked_anew, goes_on_at, goes_on_calmly_at, opening_of
from kernel.denial import ANSWERS_TOO, ASKS_TO_DIE, BACK_TO, DANGER, DENIAL, is_new, walked

LEAVE, TOPIC = "action_leave_path", "utter_ask_topic"
"""Says that it was misunderstood; asks what it is about."""
_TELLS_MORE = 4
"""Words of a no that tells what it was about."""


def turn_of_denial(earlier: List[Event], message: Event, topic: Optional[str], asked: Optional[str]) -> Tuple[str, ...]:
    """The excuse, and the question with which the conversation goes on: of the path that it goes back to, or what it is about."""
    kind, back = value_of(message, DENIAL), value_of(message, BACK_TO)
    if back is None:
        too = asked_questions().all.get(str(value_of(message, ANSWERS_TOO)))
        return (LEAVE,) if too is not None and too.alone else (LEAVE, TOPIC)  # "c'est mon chat qui est mort": the talk is of that now
    if back != topic and is_new(back, [str(event.action_name) for event in earlier if isinstance(event, ActionExecuted)]):
        return LEAVE, *(opening_of(back) or (TOPIC,))
    if kind == DANGER:
        return LEAVE, goes_on_calmly_at(earlier, back) or TOPIC
    question = asked_anew(earlier, back, asked) if back == topic else goes_on_at(earlier, back)
    return LEAVE, question or TOPIC


def is_no_wish_to_die(heard: str, asked: Optional[str], earlier: List[Event], words: str, *, in_words: bool) -> bool:
    """Whether the question about dying was answered with a plain no: the talk goes back to what it was about, or that is asked.

    Not where the wish was told more than once; nor, where the conversation began with it, where terms found it (`in_words`) or the no
    tells nothing else ("nee ik vraag gewoon hoe lang dat duurt" does); nor where they say that they will not do it.
    """
    told = sum(1 for event in earlier if isinstance(event, UserUttered) and event.intent_name == "suicidal")
    if heard != "deny" or asked != ASKS_TO_DIE or told > 1 or hedges(words) or says_no_deed(words):
        return False
    return _before(earlier, "suicidal") is not None or (not in_words and len(words.split()) >= _TELLS_MORE)


def turn_behind_no_wish(earlier: List[Event]) -> Tuple[str, ...]:
    """What follows a plain no about dying: back to the path that was walked before."""
    return (LEAVE, goes_on_at(earlier, _before(earlier, "suicidal")) or TOPIC)


def _before(earlier: List[Event], need: str) -> Optional[str]:
    """The path that was walked before that of `need`; None for none."""
    names = [str(event.action_name) for event in earlier if isinstance(event, ActionExecuted)]
    return next((one for one in walked(names) if one != need), None)
