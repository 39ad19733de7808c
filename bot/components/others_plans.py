"""What others plan or make somebody do, told plainly: a gun or a bomb at school, a list of whom to shoot, parcels of drugs to carry round.

Whoever tells it is no victim of bullying, and no friend of one who is lured: an adult, the school and the police hear of it today. Words of
the danger of this moment ("il est là avec un flingue") go first, and so does what threatens the writer. The phrases stand in
data/corrections.yml (`others_plans`). A weapon that is held at somebody now is met with 112.

Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

from typing import Optional

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.attacks import is_attack_now, is_more_of_it, meet_attack
from bot.components.corrections import phrases_of
from bot.components.message_intent import IN_WORDS, add_entity, answer_with, drop_entities, entity_in, hear_as, heard_in
from bot.components.role_classifier import FRIEND
from bot.components.threats import THREAT
from bot.conversation_state import CHILD_NEED, LISTENS, OF_A_BODY
from bot.terms import reviewed_terms
from kernel.language import words_of
from kernel.need import IS_NOW, OF_LIFE
from kernel.urgency import Urgency

ATTACK, ERRAND = "attack_planned", "drug_errand"
"""The answers (data/questions/asked.yml) to a weapon, a bomb or a killing that somebody else plans; and to drugs that must be carried."""
_WORDS = {ATTACK: ("attack", "no_attack"), ERRAND: ("errand", "no_errand")}
_MAY_HOLD = frozenset({"cyberbullying", "other_wellbeing"})
"""The needs that reviewed terms may find beside it; others weigh more, and have a path."""
_THERE = "there"
_ALONE_HERE = "unaccompanied_minor"
"""Their path asks itself what they are made to do."""
_AT_HOME = "unsafe_home"
_BESIDE_BARE = frozenset("t tis is het c est cest ct ja nee oui non wel echt zot hein".split())
"""What may stand beside a weapon that is only named."""
_AT_ME = frozenset("mij me ons moi nous".split())
_SECTION = "others_plans"
_MOST_WORDS = 40


def plan_in(words: str) -> Optional[str]:
    """ATTACK or ERRAND, as the words tell it; None for neither. Raises PhraseError."""
    return next((plan for plan, (tells, never) in _WORDS.items() if _holds(tells, words) and not _holds(never, words)), None)


def tells_of_now(words: str) -> bool:
    """Whether the words say that it is now, or that whoever plans it is there. Raises PhraseError."""
    return _holds(_THERE, words)


def is_armed(words: str) -> bool:
    """Whether somebody comes at the writer with a weapon now: "mon frère court après moi avec un couteau". Raises PhraseError."""
    return _holds("armed", words) and not _holds("no_armed", words)


def holds_weapon(words: str) -> bool:
    """Whether somebody has a weapon in hand, told of whoever hits the writer. Raises PhraseError."""
    return _holds("holds", words) and not _holds("no_armed", words) and not phrases_of("play_thing").search(words)


def only_names_weapon(words: str) -> bool:
    """Whether nothing but a weapon is named: "t is een echt mes". Raises PhraseError."""
    left = phrases_of("bare", _SECTION).sub(" ", words, count=1)
    return left != words and _BESIDE_BARE.issuperset(left.split())


def meet_now(message: Message, finder: object) -> None:
    """Meets it as a danger of this moment that comes from somebody at home."""
    drop_entities(message, ("danger_now", "urgency", "violence_ahead", "question", "situation", "perhaps"))
    hear_as(message, _AT_HOME)
    add_entity(message, "urgency", str(Urgency.EMERGENCY), finder)
    add_entity(message, "danger_now", "yes", finder)


def _hear_weapon(message: Message, words: str, finder: object) -> bool:
    """Meets a weapon that is held at somebody; one that is only named, where nothing was told before, is asked after warmly. Whether it
    was one of both."""
    told = message.get("metadata") or {}
    is_of_life = heard_in(message).name in OF_LIFE or entity_in(message, IN_WORDS) in OF_LIFE
    if is_armed(words) and not is_of_life:
        if entity_in(message, "danger_now") not in IS_NOW:
            meet_now(message, finder)
        if entity_in(message, "who") == FRIEND and not _AT_ME.isdisjoint(words.split()):
            drop_entities(message, ("who", "may_ask"))  # a brother who comes at the writer is no friend that needs help
        return True
    if told.get("topic") or told.get("asking") or not only_names_weapon(words):
        return False
    answer_with(message, LISTENS, finder, dropping=("violence_ahead", "urgency"))
    return True


def hear_plan(message: Message, finder: object, *, now_in_words: bool) -> None:
    """Answers it, and raises the level to high. `now_in_words`: the terms found a danger of this moment; what they found in the plan itself
    ("iedereen neerschieten") is none."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    if told.get("question") not in OF_A_BODY and message.get(THREAT) is None and _hear_weapon(message, words, finder):
        return
    if told.get("question") not in OF_A_BODY and is_attack_now(words):
        meet_attack(message, finder)
        return
    is_now = tells_of_now(words) or (bool(told.get("now")) and not now_in_words)
    if is_now or told.get("question") in OF_A_BODY or message.get(THREAT) is not None or len(words.split()) > _MOST_WORDS:
        return
    plan = plan_in(words) or (ATTACK if is_more_of_it(words, message) else None)
    if plan is None or _tells_more(plan, words):
        return
    if plan == ERRAND and _ALONE_HERE in (told.get("asking"), told.get("topic")):
        return
    answer_with(message, plan, finder, dropping=("violence_ahead", "urgency", IN_WORDS, CHILD_NEED))
    add_entity(message, "urgency", str(Urgency.HIGH), finder)


def _tells_more(plan: str, words: str) -> bool:
    """Whether the terms find a danger of this moment, or one that weighs more, beside the words of the plan."""
    left = phrases_of(_WORDS[plan][0], _SECTION).sub(" ", words)
    return any(one.now or one.need not in _MAY_HOLD for one in reviewed_terms().find_all(left))


def _holds(which: str, words: str) -> bool:
    return phrases_of(which, _SECTION).search(words) is not None
