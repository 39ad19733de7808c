"""A weapon at school now, and what is told behind an attack that somebody plans (bot/components/others_plans.py).

Shots, or somebody who walks around with a gun, are met with 112 at once; whoever is on the list, or turns out to teach there, hears
once more whom to tell. The phrases stand in data/corrections.yml (`others_plans`); words here: lower case, no accents or punctuation,
single spaces.
"""

from __future__ import annotations

import re

from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import phrases_of
from bot.components.message_intent import add_entity, drop_entities, hear_as, who_in
from bot.components.role_classifier import ADULT
from bot.conversation_state import CHILD_NEED, SITUATION
from kernel.urgency import Urgency

_SECTION = "others_plans"
_OF_AN_ATTACK = frozenset({"attack_planned", "attack_doubt"})
_HURTS, _OF_CHILD, _ARMED = "unsafe_home", "parent_or_adult_asks_for_child", "weapon"
_MOST_WORDS, _MOST_OF_AN_ANSWER = 40, 10
_MUST = re.compile(r"\b(?:on doit|faut qu on|faut|we moeten|moeten we|wij moeten|moeten wij)\b")
"""Asked by whoever must do something now; in a plan, of what a teacher wants."""


def is_attack_now(words: str) -> bool:
    """Whether somebody with a weapon is at school, or shoots there, at this moment. Raises PhraseError."""
    is_told = _holds("attack_now", words) and len(words.split()) <= _MOST_WORDS
    return is_told and not _holds("no_attack_now", words) and not _holds("no_attack", _MUST.sub(" ", words))


def stabs_writer(words: str) -> bool:
    """Whether the words say that somebody wants to stab the writer. Raises PhraseError."""
    left = phrases_of("stabs_me", _SECTION).sub(" ", words)
    return left != words and not _holds("no_attack", left) and not _holds("no_stab", left)


def meet_attack(message: Message, finder: object) -> None:
    """Hears an emergency of this moment, with a weapon."""
    drop_entities(message, ("urgency", "danger_now", "violence_ahead", "perhaps", "question", SITUATION, CHILD_NEED))
    hear_as(message, _OF_CHILD if who_in(message) == ADULT else _HURTS)
    for name, value in {"urgency": Urgency.EMERGENCY.value, "danger_now": "yes", SITUATION: _ARMED}.items():
        add_entity(message, name, value, finder)


def is_more_of_it(words: str, message: Message) -> bool:
    """Whether the words tell, right behind an attack that others plan, that the writer is on their list, or an adult; or where somebody
    wants to stab the writer, and nothing else is talked about. Raises PhraseError."""
    told = message.get("metadata") or {}
    if told.get("talk") in _OF_AN_ATTACK:
        is_adult = who_in(message) == ADULT and told.get("who") != ADULT and len(words.split()) <= _MOST_OF_AN_ANSWER
        return is_adult or _holds("on_list", words)
    return told.get("asking") is None and told.get("topic") is None and stabs_writer(words)


def _holds(which: str, words: str) -> bool:
    return phrases_of(which, _SECTION).search(words) is not None
