"""Questions known by their words: "gokken" and "condooms" mean one thing, however little the model has read of them."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.age_gap import AGE_GAP
from bot.components.ages_told import CLOSE, OLDER, WHOSE, YOUNG
from bot.components.corrections import phrases_of
from bot.components.ending_talk import LET_GO, QUIT, ends_talk
from bot.components.message_intent import IN_WORDS, drop_entities, entity_in, heard_in, odds_of, who_in
from bot.components.need_odds import ADULT as ASKED_BY_ADULT
from bot.components.path_answer import IS_ANSWER
from bot.components.path_so_far import SURELY_TALK, TAKEN_AT_THEIR_WORD, after, is_asked_of_now, is_now, path_of
from bot.components.pets import LOST_PET, OF_A_MISSING_CHILD, is_pet_still_gone
from bot.components.role_classifier import ADULT, FRIEND
from bot.components.said_aside import asks_who_hears, names_trouble
from bot.components.wiping import wishes_wipe
from bot.conversation_state import DID, OF_NOW, TOLD_BEFORE
from kernel.language import words_of
from kernel.language_wish import asked_language
from kernel.need import ANSWERS, NEEDS, NOT_UNDERSTOOD, urgency_of
from kernel.question import WHAT_IS, Question
from kernel.questions import Questions
from kernel.urgency import Urgency

_SHARED, _INSULT, _AT_HOME = "i_shared_it", "insult", "unsafe_home"
_MOST_WORDS = 22
"""Longer messages tell more than they ask."""
_SURELY = 0.9
"""The confidence from which a need that was heard begins its path."""
_FAR_DAY, _HUNGER = "far_day", "hunger"
"""Where the words for a day far off, and for no food without money, stand in data/corrections.yml."""
_DAY_OF_MONTH = re.compile(r"\b(?:le|op(?: de)?) \d{1,2} $")
"""What stands before a month that is a date; phrases hold no numbers of any value."""
_GRAVE, _LIKELY = frozenset({"suicidal", "self_harm", "sexual_abuse", "unsafe_home"}), 0.5
_SWITCH, _WIPE, _PRIVACY = "switch_language", "wipe_chat", "privacy_question"
_PERHAPS, _OPENS_UP = "perhaps", "opens_up"
_MEANS_NOTHING = frozenset({NOT_UNDERSTOOD, "off_topic", "what_can_you_do", *ANSWERS})
"""Heard in words that tell of trouble and not of which."""
_OF_THE_BOT = frozenset({"bot_challenge", "want_human"})
"""Asked in nearly the words of "are you of Child Focus?" and "not on the phone"."""
_LEFT_OUT = frozenset({"urgency", "perhaps", "question", "danger_now"})
"""What the model alone guessed of danger in such words."""


def worded_question(message: Message, questions: Questions) -> Optional[Question]:
    """The question whose own words the message holds (`opened_by` in data/questions/asked.yml); None where reviewed terms hear danger, a
    danger of this moment or somebody much older is told, something is said that is taken at its word, or an adult speaks of a child. Behind
    a lost animal what is said of it is no missing child (bot/components/pets.py)."""
    text, told = message.get(TEXT) or "", message.get("metadata") or {}
    if is_pet_still_gone(told.get("talk"), text):
        drop_entities(message, OF_A_MISSING_CHILD | {IN_WORDS})
        message.set(IN_WORDS, False)
        return questions.all[LOST_PET]
    if (met := _of_the_danger_met(message, text, questions)) is not None:
        return met
    is_urgent = is_now(message) or (
        _is_emergency(message) and not _is_over_guess(message, questions) and not _is_of_another(message, questions)
    )
    is_grave = (message.get(IN_WORDS) and not _is_want(message, text)) or message.get(AGE_GAP) or (is_urgent and not _names_far_day(text))
    heard = heard_in(message).name
    if not is_grave and not is_urgent and (ends := _ending(message, questions)) is not None:
        return ends
    if not is_grave and not is_urgent and (trouble := _trouble(message, questions)) is not None:
        return trouble
    if is_grave or (message.get(IS_ANSWER) and not _decides(message, questions)) or len(text.split()) > _MOST_WORDS:
        return None
    found = _typed(text, told.get("offered"), questions)
    found = (
        found
        or (None if is_asked_of_now(message) else questions.meaning(text))
        or questions.opened(text, path_of(message), told.get("talk"), in_danger=is_asked_of_now(message))
    )
    if found is not None and (_path_goes_first(message, found) or is_of_a_deed(found, told) or _is_of_no_fright(found, told)):
        return None
    if is_urgent and (found is None or not found.far_day):
        return None
    is_on_a_path = path_of(message) is not None
    if found is None or found.over_talk:
        is_need = found is not None and found.need_first and heard == found.need and heard_in(message).confidence >= _SURELY
        return None if is_need or heard in TAKEN_AT_THEIR_WORD - _OF_THE_BOT else found
    if found.of_another and who_in(message) not in (FRIEND, ADULT):
        return None
    is_not_theirs = who_in(message) == ADULT and not (ASKED_BY_ADULT in found.on and is_on_a_path)
    is_taken = heard in TAKEN_AT_THEIR_WORD and not (heard == _INSULT and found.in_strong_words)
    if is_taken or is_not_theirs:
        return None
    if found.drops_level and not is_on_a_path:
        drop_entities(message, {"urgency"})
    return found


def _of_the_danger_met(message: Message, text: str, questions: Questions) -> Optional[Question]:
    """What is told of getting out of a danger now, which that danger itself must not drown ("g pas mon tel, jecris sur lordi")."""
    if not is_asked_of_now(message) or len(text.split()) > _MOST_WORDS:
        return None
    found = questions.opened(text, path_of(message), None, in_danger=True)
    return found if found is not None and found.in_now and after(message) not in found.asked_at else None


def _is_of_no_fright(question: Question, told: Mapping[str, Any]) -> bool:
    """Whether what is told after a danger (trembling) is told where none was: "balle de match, jtremble"."""
    is_asked = str(told.get("question")).startswith(OF_NOW)
    was_danger = is_asked or bool(told.get("was_now") or told.get("helped")) or urgency_of(told.get("topic")).is_danger
    return question.after_danger and not was_danger


def _is_want(message: Message, text: str) -> bool:
    """Whether the danger at home that reviewed terms heard is nothing but hunger where there is no money."""
    return entity_in(message, IN_WORDS) == _AT_HOME and _is_without_money(" ".join(words_of(text)))


def _is_without_money(words: str) -> bool:
    """Whether there is no food for want of money, and nothing tells that it is not given: that is no harm that a parent does."""
    return phrases_of("no_money", _HUNGER).search(words) is not None and phrases_of("withheld", _HUNGER).search(words) is None


def is_of_a_deed(question: Question, told: Mapping[str, Any]) -> bool:
    """Whether what would be answered as to a victim is asked by whoever told of a deed of their own before: "si elle l'apprend elle va me
    détester" is no anger of somebody who pressed them."""
    return question.for_victims and (DID in (told.get(TOLD_BEFORE) or {}) or told.get("asking") == _SHARED)


def _is_of_another(message: Message, questions: Questions) -> bool:
    """Whether a step for somebody else is asked, on a path that is about them: no danger but the one which that path met already."""
    path = path_of(message)
    found = questions.opened(message.get(TEXT) or "", path, None) if path is not None and who_in(message) in (FRIEND, ADULT) else None
    return found is not None and found.of_another


def _is_over_guess(message: Message, questions: Questions) -> bool:
    """Whether what goes before a mere guess is told (a lover who reads along), where the model alone guessed a danger, and hardly knows
    which."""
    if path_of(message) is not None or heard_in(message).confidence >= _LIKELY:
        return False
    found = questions.opened(message.get(TEXT) or "", None, None)
    return found is not None and found.over_guess


def _decides(message: Message, questions: Questions) -> bool:
    """Whether words that may be a yes or a no to what was asked tell what they decide, which that did not ask: "oke ik ga ni", where a tip
    was offered."""
    path = path_of(message)
    if path is None or is_asked_of_now(message):
        return False
    found = questions.opened(message.get(TEXT) or "", path, None)
    return found is not None and found.decides and after(message) not in found.asked_at


def _ending(message: Message, questions: Questions) -> Optional[Question]:
    """What is answered to words that only end the talk or hide it; None where a danger now is asked about, and for all else."""
    text, path = message.get(TEXT) or "", path_of(message)
    ends = None if is_asked_of_now(message) or who_in(message) == ADULT else ends_talk(" ".join(words_of(text)), path)
    if ends == QUIT and not questions.all[QUIT].is_for(path):
        ends = LET_GO
    return None if ends is None else questions.asked(ends, text, path)


def _trouble(message: Message, questions: Questions) -> Optional[Question]:
    """What is answered to a few words of trouble that say not which ("ya des soucis a la maison"); None on a path, where anything else
    was understood or may be a call for help, and for an adult."""
    if path_of(message) is not None or is_asked_of_now(message) or who_in(message) == ADULT:
        return None
    may_be_call = any(one.get("entity") == _PERHAPS for one in message.get(ENTITIES, []))
    is_talk = odds_of(message, "off_topic") >= SURELY_TALK
    if may_be_call or is_talk or heard_in(message).name not in _MEANS_NOTHING:
        return None
    return questions.all[_OPENS_UP] if names_trouble(" ".join(words_of(message.get(TEXT) or ""))) else None


def wished(message: Message) -> Optional[str]:
    """What is asked for in plain words where nothing else of weight is told: another language ("en français svp"), that this talk is wiped
    ("kunt ge da wissen wat ik zei"), or who gets to know of it ("tu vas le dire a qqun ?"); None for none."""
    text = message.get(TEXT) or ""
    is_grave = message.get(IN_WORDS) or is_now(message) or _is_emergency(message)
    if is_grave or len(text.split()) > _MOST_WORDS:
        return None
    words = " ".join(words_of(text))
    return _SWITCH if asked_language(text) is not None else _WIPE if wishes_wipe(words) else _PRIVACY if asks_who_hears(words) else None


def _typed(text: str, offered: Optional[str], questions: Questions) -> Optional[Question]:
    """The one of those that were just `offered` whose button was typed: "Je risque une punition"; None for none."""
    names = [name for name in str(offered or "").split("|") if name in questions.all and questions.all[name].like in questions.titles]
    titled = ((questions.all[name], questions.titles[questions.all[name].like]) for name in names)
    return next((one for one, titles in titled if words_of(text) in [words_of(title) for title in titles.values()]), None)


def _path_goes_first(message: Message, question: Question) -> bool:
    """Whether, beside a path, another path is surely heard in these words: it is begun, and knows them as its own. Not right behind a
    question that this one follows, nor where the question may stand in its place (`instead`)."""
    heard, sure = heard_in(message)
    if path_of(message) is not None or question.behind or heard not in NEEDS or NEEDS[heard].is_conversation:
        return False
    if (sure < _SURELY and heard != question.need) or (question.like == WHAT_IS and not urgency_of(heard).is_danger):
        return False  # what a word means is told before anything is asked about it
    return question.instead is None or urgency_of(heard).rank > question.instead.rank


def _names_far_day(text: str) -> bool:
    """Whether the words name a day of a month or a feast, and no day that is near."""
    words = " ".join(words_of(text))
    is_named = _names_date(words) or phrases_of("feasts", _FAR_DAY).search(words) is not None
    return is_named and phrases_of("near", _FAR_DAY).search(words) is None


def _names_date(words: str) -> bool:
    """Whether a day of a month stands in the words: "op 3 juli"."""
    return any(_DAY_OF_MONTH.search(words, 0, month.start()) for month in phrases_of("months", _FAR_DAY).finditer(words))


def calm(message: Message, question: Question) -> None:
    """Takes back what the model alone guessed of danger in words that ask no more than that; not the level of what weighs too much to be
    guessed wrong: "jme fais vomir et jme donne des coups"."""
    heard, sure = heard_in(message)
    left_out = _LEFT_OUT - {"urgency"} if heard in _GRAVE and sure >= _LIKELY else _LEFT_OUT
    found = [one if one.get("entity") != TOLD_BEFORE else _of_ages(one, message) for one in message.get(ENTITIES, [])]
    kept = [one for one in found if one.get("entity") not in left_out and not (question.own_story and one.get("value") == FRIEND)]
    message.set(ENTITIES, kept, add_to_output=True)


def _of_ages(told: Mapping[str, Any], message: Message) -> Mapping[str, Any]:
    """What is to be remembered, with nothing new but the ages: "kben zwanger denk k", and "em is 19" two messages later."""
    known, now = (message.get("metadata") or {}).get(TOLD_BEFORE) or {}, told.get("value") or {}
    return {**told, "value": {**known, **{key: now[key] for key in (YOUNG, OLDER, CLOSE, WHOSE) if key in now}}}


def _is_emergency(message: Message) -> bool:
    return any(one.get("entity") == "urgency" and one.get("value") == Urgency.EMERGENCY.value for one in message.get(ENTITIES, []))
