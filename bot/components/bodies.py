"""A body in danger, told in words that the model does not hear so: a parent who drank and lies on the floor, somebody who breathes badly,
pills that were counted right after they were asked about.

There nobody has to get away, as from people who hurt: 112, and staying beside (docs/adr/0033). The lists stand in data/now/bodies.yml.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Tuple

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.asked import asked_questions
from bot.components.body_words import holds, is_one_pill, situation_of
from bot.components.message_intent import IN_WORDS, add_entity, drop_entities, hear_as, who_in
from bot.components.role_classifier import ADULT, FRIEND
from bot.conversation_state import OF_A_BODY, SITUATION, TOLD_BEFORE
from kernel.language import words_of
from kernel.need import ON_THE_WAY
from kernel.urgency import Urgency

PILLS = "pills"
"""In TOLD_BEFORE, and on a message: that it was asked how many pills somebody may take."""
ASKED = "asked"
_UNWELL, _WISH_TO_DIE = "other_wellbeing", "suicidal"
_DRINKS, _HOW_MANY, _FEW, _AT_HOME = "parent_drinks", "pills_how_many", "pills_few", "unsafe_home"


def hear_body(message: Message, finder: object, *, in_words: Optional[str], is_now: bool = False) -> None:
    """Hears a body in danger where the words tell of one, and remembers that pills were asked about; a parent who drinks, and nothing
    worse, is no violence at home. `in_words`: the need of which reviewed terms found danger, None for none; `is_now`: of this moment."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    if who_in(message) == ADULT:
        return
    is_asked = (told.get(TOLD_BEFORE) or {}).get(PILLS) == ASKED
    if in_words is None and not told.get("topic") and is_one_pill(words) and (is_asked or holds("asks_more", words)):
        message.set(PILLS, ASKED)
        _answer(message, ON_THE_WAY, ("question", _FEW), finder)
        return
    if holds("pills_asked", words) and not holds("harmless", words) and in_words is None and not told.get("topic"):
        message.set(PILLS, ASKED)
        _answer(message, ON_THE_WAY, ("question", _HOW_MANY), finder)
        return
    if in_words == _AT_HOME and not is_now and not told.get("topic") and _only_drinks(words):
        _answer(message, _UNWELL, ("danger_now", "drinks"), finder)
        return
    situation = situation_of(words, is_body=_is_of_body(told), is_of_drink=str(told.get("talk")).startswith(_DRINKS))
    if situation is not None:
        _hear(message, finder, situation, is_new=in_words is None)
    elif is_asked and holds("taken", words) and in_words is None:
        who = FRIEND if holds("somebody", words) else None
        _tell(message, finder, _WISH_TO_DIE, who)


def _only_drinks(words: str) -> bool:
    """Whether somebody at home drinks, and nothing worse is told."""
    asked = asked_questions().all[_DRINKS]
    is_worse = asked.unless is not None and asked.unless.search(words) is not None
    return asked.opened_by is not None and asked.opened_by.search(words) is not None and not is_worse


def _answer(message: Message, heard: str, told: Tuple[str, str], finder: object) -> None:
    """Hears it as that, and as telling the entity `told`, a name and a value; the level that the hub heard stays."""
    left_out = ("urgency", "danger_now", "perhaps", "question", IN_WORDS)
    drop_entities(message, left_out)
    hear_as(message, heard)
    for name, value in {"danger_now": "no", told[0]: told[1]}.items():
        add_entity(message, name, value, finder)


def _is_of_body(told: Mapping[str, Any]) -> bool:
    """Whether the body of somebody else is in danger where it is said: pills or blood were told, or help for it was asked about; or a
    friend who wants to die was met as a danger of this moment."""
    is_dying = told.get("topic") == _WISH_TO_DIE and bool(told.get("was_now"))
    return told.get("who") == FRIEND and (bool(told.get("body")) or told.get("question") in OF_A_BODY or is_dying)


def _hear(message: Message, finder: object, situation: str, *, is_new: bool) -> None:
    """Somebody else lies there: that is told first, in place of what the model made of it."""
    if is_new and (message.get("metadata") or {}).get("question") not in OF_A_BODY:
        _tell(message, finder, _need_of(message), FRIEND)
    else:
        drop_entities(message, {"who"})
        add_entity(message, "who", FRIEND, finder)
    add_entity(message, SITUATION, situation, finder)


def _need_of(message: Message) -> str:
    """What the talk is about stays so where that is a wish to die; else it is somebody who is unwell."""
    topic = str((message.get("metadata") or {}).get("topic"))
    return topic if topic == _WISH_TO_DIE else _UNWELL


def _tell(message: Message, finder: object, need: str, who: Optional[str]) -> None:
    """An emergency of a body, about `who` (None: as it was known)."""
    left_out = {"urgency", "danger_now", "perhaps", "question", SITUATION, *({"who"} if who is not None else ())}
    drop_entities(message, left_out)
    hear_as(message, need)
    add_entity(message, "urgency", Urgency.EMERGENCY.value, finder)
    add_entity(message, "danger_now", "body", finder)
    if who is not None:
        add_entity(message, "who", who, finder)
