"""An age difference told in pieces: "13 ans" / "il a 20", "hij is 19" / "ik 14".

How old both are is remembered (bot/components/told_before.py). Where the other one is much older and comes close, that is answered, and
what was small talk or mild becomes the path of it.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping, Optional

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.ages_told import ANOTHERS, CLOSE, MEETS, OLDER, SEX, WHOSE, YOUNG, ages_in, are_both_told, are_far_apart, asks_law
from bot.components.message_intent import add_entity, entity_in, hear_as, heard_in, who_in
from bot.components.role_classifier import ADULT, FRIEND
from bot.conversation_state import OF_NOW, TOLD_BEFORE
from kernel.language import words_of
from kernel.need import ANSWERS, NOT_UNDERSTOOD, ON_THE_WAY, OPENS_OTHERWISE, urgency_of

AGE_GAP = "age_gap"
"""On a message: that it completes such a difference. In TOLD_BEFORE: that it was answered. Also the answer (data/questions/asked.yml)."""
AFTER_SEX = "age_gap_sex"
"""The opening of the path of abuse in place of that of grooming (kernel.need.OPENS_OTHERWISE)."""
_COMES_CLOSE = frozenset({"grooming", "sexual_abuse", "teen_pimp", "pressured_to_send", "sexting_question"})
"""Paths on which whoever is older comes close, whatever the words say."""
_GIVES_WAY = frozenset({NOT_UNDERSTOOD, ON_THE_WAY, "off_topic", "greeting", "other_wellbeing", *ANSWERS})
"""Heard so, the message becomes the path of it. Who wants to die or wants a person is heard as that; who asks the law,
unless it is asked of both ages (`asks_law_of_ages`)."""
_OPENS = frozenset({"grooming", "sexting_question"})
_OF_PICTURES = re.compile(r"\b(?:fotos?|nudes?|naakt\w*|photos?|images?|video\w*|filmpje\w*|cam|webcam|pics?)\b")
"""Needs whose path begins with it; pictures that are asked for come before it, and abuse has first words of its own."""
_SAID_ON = _COMES_CLOSE | {"runaway_now", "runaway_thinking"}
"""Paths of a danger on which it is answered; on the others something else comes first."""


def hear_age_gap(message: Message, finder: object, *, asks: bool) -> Optional[str]:
    """Marks a message that completes an age difference which was not answered yet, and makes it the need of that where nothing graver is
    talked of: the kind of its opening then, None else. `finder`: the component that reads it; `asks`: something is asked, or the path opens
    with other words already."""
    told = message.get("metadata") or {}
    known: Mapping[str, Any] = told.get(TOLD_BEFORE) or {}
    said = ages_in(" ".join(words_of(message.get(TEXT) or "")))
    heard, path = str(heard_in(message).name), told.get("asking")
    if not said or AGE_GAP in known or asks or who_in(message) == ADULT or str(told.get("question")).startswith(OF_NOW):
        return None
    both = {**known, **said}
    asks_law = asks_law_of_ages(heard, said, " ".join(words_of(message.get(TEXT) or "")))
    is_close = CLOSE in both or asks_law or not _COMES_CLOSE.isdisjoint({heard, path, told.get("topic")})
    is_heard = heard in _COMES_CLOSE or heard in _GIVES_WAY or asks_law or (heard == path and path in _SAID_ON)
    if not is_close or not is_heard or not are_far_apart(both.get(YOUNG), both.get(OLDER)):
        return None
    is_danger, words = urgency_of(path).is_danger, " ".join(words_of(message.get(TEXT) or ""))
    may_begin = (asks_law or heard in _GIVES_WAY | _OPENS) and _OF_PICTURES.search(words) is None
    if not (path in _SAID_ON if is_danger else may_begin):
        return None
    message.set(AGE_GAP, True)
    if both.get(WHOSE) == ANOTHERS and entity_in(message, "who") is None and who_in(message) != FRIEND:
        add_entity(message, "who", FRIEND, finder)
    if is_danger:
        return None  # answered on the way (bot/components/question_classifier.py): the path goes on
    need = "sexual_abuse" if (asks_law or heard in _GIVES_WAY) and both.get(CLOSE) == SEX else "grooming"
    hear_as(message, need)
    return AFTER_SEX if need == "sexual_abuse" else AGE_GAP


def asks_law_of_ages(heard: str, said: Mapping[str, str], words: str) -> bool:
    """Whether the law is asked of both ages at once: "moi 13 lui 20 on a le droit?" (`said`: what `ages_in` found). How far apart they are
    goes before what the law allows."""
    return are_both_told(said, words) and (heard == "legal_question" or (heard in _GIVES_WAY and asks_law(words)))


def gap_on_path(message: Message) -> Optional[str]:
    """The answer to an age difference told on the way, after which the path goes on; None where none is completed, or where it begins a
    path of its own, which says it first."""
    told = message.get("metadata") or {}
    is_on_path = message.get(AGE_GAP) is not None and (told.get("asking") or told.get("topic")) is not None
    return AGE_GAP if is_on_path and entity_in(message, "danger_now") not in OPENS_OTHERWISE else None


def told_of_ages(message: Message) -> Dict[str, str]:
    """What is to be remembered of a message."""
    found = ages_in(" ".join(words_of(message.get(TEXT) or "")))
    known = {**((message.get("metadata") or {}).get(TOLD_BEFORE) or {}), **found}
    if found.get(CLOSE) == MEETS and not {YOUNG, OLDER} & set(known):
        del found[CLOSE]  # an app or a meeting is named everywhere
    return {**found, AGE_GAP: "said"} if message.get(AGE_GAP) else found
