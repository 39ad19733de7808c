"""What others plan or make somebody do, told plainly: a gun or a bomb at school, a list of whom to shoot, parcels of drugs to carry round.

Whoever tells it is no victim of bullying, and no friend of one who is lured: an adult, the school and the police hear of it today. Words of
the danger of this moment ("il est là avec un flingue") go first, and so does what threatens the writer. The phrases stand in
data/corrections.yml (`others_plans`); words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

from typing import Optional

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import phrases_of
from bot.components.message_intent import IN_WORDS, add_entity, answer_with
from bot.components.threats import THREAT
from bot.conversation_state import OF_A_BODY
from bot.terms import reviewed_terms
from kernel.language import words_of
from kernel.urgency import Urgency

ATTACK, ERRAND = "attack_planned", "drug_errand"
"""The answers (data/questions/asked.yml) to a weapon, a bomb or a killing that somebody else plans; and to drugs that must be carried."""
_WORDS = {ATTACK: ("attack", "no_attack"), ERRAND: ("errand", "no_errand")}
_MAY_HOLD = frozenset({"cyberbullying", "other_wellbeing"})
"""The needs that reviewed terms may find beside it; others weigh more, and have a path."""
_THERE = "there"
_ALONE_HERE = "unaccompanied_minor"
"""Their path asks itself what they are made to do."""
_SECTION = "others_plans"
_MOST_WORDS = 40


def plan_in(words: str) -> Optional[str]:
    """ATTACK or ERRAND, as the words tell it; None for neither. Raises PhraseError."""
    return next((plan for plan, (tells, never) in _WORDS.items() if _holds(tells, words) and not _holds(never, words)), None)


def tells_of_now(words: str) -> bool:
    """Whether the words say that it is now, or that whoever plans it is there. Raises PhraseError."""
    return _holds(_THERE, words)


def hear_plan(message: Message, finder: object, *, now_in_words: bool) -> None:
    """Answers it, and raises the level to high. `now_in_words`: the terms found a danger of this moment; what they found in the plan itself
    ("iedereen neerschieten") is none."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    is_now = tells_of_now(words) or (bool(told.get("now")) and not now_in_words)
    if is_now or told.get("question") in OF_A_BODY or message.get(THREAT) is not None or len(words.split()) > _MOST_WORDS:
        return
    plan = plan_in(words)
    if plan is None or _tells_more(plan, words):
        return
    if plan == ERRAND and _ALONE_HERE in (told.get("asking"), told.get("topic")):
        return
    answer_with(message, plan, finder, dropping=("violence_ahead", "urgency", IN_WORDS))
    add_entity(message, "urgency", str(Urgency.HIGH), finder)


def _tells_more(plan: str, words: str) -> bool:
    """Whether the terms find a danger of this moment, or one that weighs more, beside the words of the plan."""
    left = phrases_of(_WORDS[plan][0], _SECTION).sub(" ", words)
    return any(one.now or one.need not in _MAY_HOLD for one in reviewed_terms().find_all(left))


def _holds(which: str, words: str) -> bool:
    return phrases_of(which, _SECTION).search(words) is not None
