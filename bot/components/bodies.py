"""A body in danger, told in words that the model does not hear so: a parent who drank and lies on the floor, somebody who breathes badly,
pills that were counted right after they were asked about.

There nobody has to get away, as from people who hurt: 112, and staying beside (docs/adr/0033). The lists stand in data/now/bodies.yml.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Tuple

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.asked import asked_questions
from bot.components.acute_bodies import GIVEN, NOSE, PANIC, Acute, acute_in, calm_answer, help_was_called, is_of_a_body, was_taken_along
from bot.components.body_words import holds, is_one_pill, situation_of
from bot.components.message_intent import IN_WORDS, add_entity, drop_entities, entity_in, hear_as, heard_in, who_in
from bot.components.path_so_far import is_now, is_of_body
from bot.components.role_classifier import ADULT, FRIEND, SELF
from bot.conversation_state import OF_A_BODY, OF_NOW, SITUATION, TOLD_BEFORE
from kernel.answers import OVER
from kernel.language import words_of
from kernel.need import ON_THE_WAY, urgency_of
from kernel.urgency import Urgency

PILLS = "pills"
"""In TOLD_BEFORE, and on a message: that it was asked how many pills somebody may take."""
ASKED = "asked"
_UNWELL, _WISH_TO_DIE, _ABUSE, _OF_CHILD = "other_wellbeing", "suicidal", "sexual_abuse", "parent_or_adult_asks_for_child"
_OF_BODIES = frozenset({_UNWELL, _WISH_TO_DIE, "self_harm"})
"""Needs whose danger of this moment is one of a body."""
_LIKELY = 0.5
"""The confidence from which a danger that the model hears is more than panic."""
_DRINKS, _HOW_MANY, _FEW, _AT_HOME = "parent_drinks", "pills_how_many", "pills_few", "unsafe_home"


def hear_body(message: Message, finder: object, *, in_words: Optional[str], is_now: bool = False) -> None:
    """Hears a body in danger where the words tell of one, and remembers that pills were asked about; a parent who drinks, and nothing
    worse, is no violence at home. `in_words`: the need of which reviewed terms found danger, None for none; `is_now`: of this moment."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    if _hear_help(message, finder, words) or _hear_acute(message, finder, words, in_words):
        return
    if who_in(message) == ADULT:
        return
    calm = calm_answer(words, told.get("talk"))
    if calm is not None and _is_calm(message, calm, in_words):
        _answer(message, ON_THE_WAY, ("question", calm), finder)
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
    is_of_drink, is_first = str(told.get("talk")).startswith(_DRINKS), not told.get("topic") and not told.get("asking")
    situation = situation_of(words, is_body=_is_of_body(told), is_of_drink=is_of_drink, is_first=is_first)
    if situation is not None:
        _hear(message, finder, situation, is_new=in_words is None)
    elif is_asked and holds("taken", words) and in_words is None:
        who = FRIEND if holds("somebody", words) else None
        _tell(message, finder, _WISH_TO_DIE, who)


def _hear_help(message: Message, finder: object, words: str) -> bool:
    """Whether help was called, or is there, for a body in danger: whoever says so is not told to call. Heard so here, if so."""
    told, heard = message.get("metadata") or {}, heard_in(message).name
    if is_of_body(message):
        is_called = help_was_called(words) or was_taken_along(words)
        return _end(message, finder, "affirm") if is_called else False
    is_body = is_of_a_body(words) or (heard in _OF_BODIES and is_now(message))
    if told.get("topic") or holds("violence", words) or not (help_was_called(words) and is_body):
        return False  # who is hit is not out of danger because 112 was called
    is_of_others = who_in(message) is None and holds("kin", words)
    if is_of_others:
        add_entity(message, "who", FRIEND, finder)
    return _end(message, finder, str(heard) if heard in _OF_BODIES else _UNWELL)


def _end(message: Message, finder: object, heard: str) -> bool:
    """Hears it as `heard`, with help on its way or there; the level stays. True."""
    drop_entities(message, ("danger_now", "perhaps", "question", IN_WORDS, SITUATION))
    hear_as(message, heard)
    if heard in _OF_BODIES and entity_in(message, "urgency") is None:
        add_entity(message, "urgency", Urgency.EMERGENCY.value, finder)
    add_entity(message, "danger_now", OVER, finder)
    return True


def _hear_acute(message: Message, finder: object, words: str, in_words: Optional[str]) -> bool:
    """Whether a body is in danger that cannot wait, and no one else's deed is the danger. Heard so here, if so."""
    told = message.get("metadata") or {}
    acute = acute_in(words, is_after_panic=told.get("talk") == PANIC)
    if acute is None or not _goes_first(message, acute, words, in_words):
        return False
    if told.get("question") in OF_A_BODY:
        drop_entities(message, {SITUATION})
    else:
        _tell(message, finder, _need_of_acute(message, acute), _who_of(message, acute))
    add_entity(message, SITUATION, acute.situation, finder)
    return True


def _goes_first(message: Message, acute: Acute, words: str, in_words: Optional[str]) -> bool:
    """Whether nobody who hurts them goes first: terms found that, or it is told as a danger of this moment."""
    if acute.situation == GIVEN:
        return in_words in (None, _ABUSE, *_OF_BODIES)
    is_of_people = holds("violence", words) and is_now(message)
    return in_words in (None, *_OF_BODIES) and not is_of_people


def _need_of_acute(message: Message, acute: Acute) -> str:
    """What it is heard as: what the talk is about where that is a wish to die, abuse where somebody was given something, an adult's
    question about a child; else that somebody is unwell."""
    heard = heard_in(message).name
    if who_in(message) == ADULT:
        return _OF_CHILD
    return _ABUSE if acute.situation == GIVEN and heard == _ABUSE else _need_of(message)


def _who_of(message: Message, acute: Acute) -> Optional[str]:
    who = who_in(message)
    if who == ADULT:
        return None
    if not acute.is_own:
        return FRIEND
    return SELF if who == FRIEND else None


def _is_calm(message: Message, calm: str, in_words: Optional[str]) -> bool:
    """Whether the `calm` answer may be given: no term found danger, nobody asked how they get out of one, and no other trouble is talked
    about."""
    told = message.get("metadata") or {}
    is_alone = told.get("topic") in (None, _UNWELL) and not str(told.get("question")).startswith(OF_NOW)
    heard, sure = heard_in(message)
    if calm == PANIC and urgency_of(heard).is_danger and sure >= _LIKELY:
        return False  # "mijn nichtje wil zichzelf iets aandoen, ik ben in paniek"
    return is_alone and (in_words is None or (calm in (PANIC, NOSE) and in_words == _UNWELL and not is_now(message)))


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
