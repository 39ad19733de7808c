"""An adult stays an adult: what they tell of a child leads along their own path, whichever need it was heard as (docs/adr/0025).

Most paths have no words for adults. The first words and the lines are those of what it is about (the entity CHILD_NEED); the questions
behind them are the adult's own (bot/policies/adults_path.py).
"""

from __future__ import annotations

from typing import Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.done_to import is_own_life
from bot.components.message_intent import IN_WORDS, add_entity, answer_with, drop_entities, entity_in, hear_as, heard_in, ranking_of, who_in
from bot.components.need_classifier import BY_EXAMPLE, PERHAPS
from bot.components.need_odds import ADULT as ASKED_BY_ADULT
from bot.components.others_plans import holds_weapon, meet_now
from bot.components.path_so_far import is_now
from bot.components.role_classifier import ADULT, FRIEND, SELF
from bot.components.speaker_words import is_hit_by_child, may_be_adult, only_says_adult, plans_to_meet
from bot.components.threats import is_beaten_at_game
from bot.components.whose_trouble import BEGINS_OWN, SETS_RIGHT
from bot.conversation_state import CHILD_MEETS, CHILD_NEED, LISTENS, OF_NOW
from kernel.language import words_of
from kernel.need import MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, OF_LIFE
from kernel.urgency import Urgency

_OWN_PATH = frozenset({"friend_missing", "parental_abduction", "suicidal"})
"""Paths that have words for adults: a child that wants to die is not asked about as one that plays online."""
_OF_THEMSELVES = frozenset({"worried_own_feelings", "seen_csam", "want_human", "privacy_question"})
"""What an adult tells or asks of themself."""
_OF_A_MEETING = frozenset({"grooming", "teen_pimp", "sexual_abuse", "sexting_question", ASKED_BY_ADULT, NOT_UNDERSTOOD})
_LIKELY, _NOT_SURE = 0.25, 0.3
"""From when the next need is heard; the confidence of one not understood."""
_TALK = "off_topic"
_HIT_BY_CHILD, _DIES = "hits_parent", "suicidal"
"""The answer to an adult whom their own child hits (data/questions/asked.yml): the words for a child that is hit would turn it round."""
_YOUNG = frozenset({"under14", "14_15", "16_17"})


def drop_guessed_adult(message: Message, finder: object) -> None:
    """Hears the next need where only the model hears an adult, and no word of a child in somebody's care is there: "Hallo, ik heb een
    vraag" of a neat teenager. What is not likely enough is asked after. Not on the adult's own path, nor for a sentence of the examples."""
    told, heard = message.get("metadata") or {}, heard_in(message)
    words = " ".join(words_of(message.get(TEXT) or ""))
    is_known = told.get("asking") == ASKED_BY_ADULT or told.get("who") == ADULT or bool(message.get(BY_EXAMPLE)) or heard.confidence >= 1.0
    is_told = may_be_adult(words) and not tells_young(message)
    if heard.name != ASKED_BY_ADULT or is_known or is_told:
        return
    others = [one for one in ranking_of(message) if one["name"] != ASKED_BY_ADULT]
    likeliest = max(others, key=lambda one: float(one["confidence"]), default=None)
    if likeliest is None or float(likeliest["confidence"]) < _LIKELY:
        hear_as(message, NOT_UNDERSTOOD, _NOT_SURE)
        add_entity(message, PERHAPS, "yes", finder)
        return
    rest = sum(float(one["confidence"]) for one in others)
    hear_as(message, str(likeliest["name"]), float(likeliest["confidence"]) / rest)


def tells_young(message: Message) -> bool:
    """Whether the writer says that they are under 18."""
    return any(one.get("entity") == "age_group" and one.get("value") in _YOUNG for one in message.get(ENTITIES, []))


def lead_adult(message: Message, finder: object) -> None:
    """Makes the adult's need the intent where an adult tells of a child, and adds CHILD_NEED: what it is about, or CHILD_MEETS."""
    told = message.get("metadata") or {}
    asking, heard = told.get("asking"), heard_in(message).name
    if told.get("who") == ADULT and asking in (ASKED_BY_ADULT, *_OWN_PATH) and entity_in(message, "who") == FRIEND:
        _tells_of(ADULT, message, finder)  # "hij zegt dat hij dood wil": the child they ask for
    said = entity_in(message, "who")
    if asking == ASKED_BY_ADULT and (said == SELF or tells_young(message)):
        _not_an_adult(message, finder)
        return
    if who_in(message) != ADULT or is_now(message) or str(told.get("question")).startswith(OF_NOW):
        return
    words = " ".join(words_of(message.get(TEXT) or ""))
    if is_own_life(words) and heard in OF_LIFE:
        _tells_of(SELF, message, finder)  # "ik ben leerkracht en ik wil niet meer leven"
        return
    is_hit = is_hit_by_child(words) and heard != _DIES and asking in (None, ASKED_BY_ADULT) and not is_beaten_at_game(words)
    if is_hit and holds_weapon(words):
        meet_now(message, finder)
        message.set(SETS_RIGHT, None)
        return
    if is_hit:
        answer_with(message, _HIT_BY_CHILD, finder, dropping=(IN_WORDS,))
        message.set(SETS_RIGHT, None)
        return
    is_begun = asking is not None or told.get("topic") is not None
    if heard == ASKED_BY_ADULT and not is_begun and not message.get(IN_WORDS) and only_says_adult(words):
        answer_with(message, LISTENS, finder, dropping=("urgency",))  # nothing is told yet: there is nothing to be worried about
        return
    if heard in _OF_THEMSELVES or asking in _OWN_PATH:
        return
    is_said = said == ADULT and (asking is not None or not _is_likely_talk(message))
    about = _about(heard, asking, told.get("topic"), words, is_said=is_said)
    if about is None:
        return
    confidence = heard_in(message).confidence if heard in NEEDS else 1.0
    hear_as(message, ASKED_BY_ADULT, confidence)
    message.set(SETS_RIGHT, None)
    if about != ASKED_BY_ADULT:
        add_entity(message, CHILD_NEED, about, finder)


def begins_as_adult(message: Message) -> bool:
    """Whether these words say on a teenager's path that an adult writes: "nee niet bij mij, ik ben de trainer" sets that right, and denies
    nothing of what the child goes through."""
    asking = (message.get("metadata") or {}).get("asking")
    return heard_in(message).name == ASKED_BY_ADULT and asking not in (None, ASKED_BY_ADULT) and entity_in(message, CHILD_NEED) is not None


def begins_anew(message: Message) -> bool:
    """Whether the path begins anew, and nothing beside it is answered: as an adult's, or as the writer's own behind a friend's."""
    return begins_as_adult(message) or bool(message.get(BEGINS_OWN))


def _is_likely_talk(message: Message) -> bool:
    """Whether small talk is likelier than any call for help in what was not understood: "mon fils passe de classe !" asks for nothing."""
    likeliest = next((one["name"] for one in ranking_of(message) if one["name"] != NOT_UNDERSTOOD), None)
    return heard_in(message).name == NOT_UNDERSTOOD and likeliest == _TALK


def _tells_of(who: str, message: Message, finder: object) -> None:
    """Makes `who` the one whom the message is about, whatever was heard."""
    drop_entities(message, {"who"})
    add_entity(message, "who", who, finder)


def _not_an_adult(message: Message, finder: object) -> None:
    """A teenager was taken for an adult: the adult's path is left, and what comes next is heard as a first message; another need that was
    heard begins its path at once."""
    message.set(SETS_RIGHT, None)
    heard = heard_in(message).name
    if entity_in(message, "who") is None:
        add_entity(message, "who", SELF, finder)
    if heard in NEEDS and not NEEDS[heard].is_conversation and heard != ASKED_BY_ADULT:
        return
    hear_as(message, MEANT_OTHERWISE)
    add_entity(message, "question", LISTENS, finder)


def _about(heard: Optional[str], asking: Optional[str], topic: Optional[str], words: str, *, is_said: bool) -> Optional[str]:
    """What an adult tells of a child: a need, CHILD_MEETS, or ASKED_BY_ADULT for nothing more special; None to leave what was heard.
    `is_said`: this very message says that they are one, in words that may ask for something."""
    is_on_path = asking == ASKED_BY_ADULT
    if plans_to_meet(words) and (heard in _OF_A_MEETING or is_on_path) and heard not in _OWN_PATH:
        return CHILD_MEETS
    is_need = heard in NEEDS and not NEEDS[heard].is_conversation
    if heard in _OWN_PATH:
        return None
    if asking is not None and not is_on_path:
        return asking if is_said else None  # a teenager's path was begun: it starts anew, as an adult's
    if is_need and heard != ASKED_BY_ADULT:
        return heard if not is_on_path or NEEDS[str(heard)].urgency.rank >= Urgency.HIGH.rank else ASKED_BY_ADULT
    is_begun = is_on_path or topic == ASKED_BY_ADULT
    return ASKED_BY_ADULT if is_said and not is_begun and heard in (NOT_UNDERSTOOD, ASKED_BY_ADULT) else None
