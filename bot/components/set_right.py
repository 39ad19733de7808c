"""What sets a path right: a misunderstanding that is corrected, and danger that is over or has been met."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.acute_bodies import help_was_called
from bot.components.body_words import holds
from bot.components.corrections import (
    denied_in,
    is_explicit,
    keeps_open,
    names_a_place,
    says_alive,
    says_help_comes,
    says_no_help,
    takes_nothing_back,
    tells_danger,
    without_denied,
)
from bot.components.danger_kinds import is_on_his_way
from bot.components.message_intent import IN_WORDS, heard_in, odds_of
from bot.components.openings import set_right as becomes_on_path
from bot.components.path_answer import BY_RULE
from bot.components.path_so_far import NEVER_TAKEN_BACK, SURELY_TALK, TAKEN_AT_THEIR_WORD, is_grave, is_now, was_surely_told
from bot.components.role_classifier import ADULT, FRIEND, SELF
from bot.components.whose_trouble import DID, SETS_RIGHT
from bot.conversation_state import OF_A_BODY, OF_NOW, TOLD_BEFORE
from kernel.beside import BESIDE
from kernel.language import words_of
from kernel.need import IS_DEAD, IS_OVER, IS_SAFE, MEANT_OTHERWISE, urgency_of
from kernel.urgency import Urgency

_FEWEST_TO_CORRECT = 3
"""Words: "nee" and "nee hoor" answer the question."""
_CORRECTS = (MEANT_OTHERWISE, "school_task", "lost_pet", "nothing_wrong", "solved", "quarrel")
"""What is told on a path that was begun by a misunderstanding."""
_ORDERS = frozenset("schrijf vertaal bereken zing ecris traduis calcule resous chante".split())
"""How a task for the bot begins: "schrijf mijn boekbespreking" is no "it was for a book"."""
_BELIEVED = (MEANT_OTHERWISE, "nothing_wrong", "solved", "quarrel")
"""What is said when a path is left: that it was misunderstood, or that it is good news."""
_SURELY_TOLD = 0.97
"""Another danger than the path's, heard this surely, corrects nothing: "le voisin m'a fait rentrer voir son chat, il bloque le couloir"."""
_QUARREL, _LIKELY_TOLD = "quarrel", 0.6
_SAYS_OVER = {"help_came": IS_OVER, "safe_now": IS_SAFE}
"""That help is there, or that the danger is over: what they are named, and what the message then tells."""
_OF_A_LIFE = frozenset({"suicidal", "self_harm", "other_wellbeing"})
"""Where being safe means that somebody is with them; elsewhere the danger came from others."""
_MAY_END = frozenset({"suicidal", "friend_missing"})
"""Met as a danger of this moment by their very path; whoever left home and sleeps at an aunt's goes on with that path's own question."""
_MISSING, _FOUND_DEAD = "friend_missing", "found_dead"
_MAY_HAVE_DIED = frozenset({"friend_missing", "suicidal", "self_harm"})
_WOUNDED = OF_A_BODY | {"utter_ask_now_after"}
"""Pills, blood, abuse: what follows there is an answer."""
_SAYS_WHOSE = {SELF: "whose_me", FRIEND: "whose_other", ADULT: "whose_child", DID: "whose_did"}
"""The remark to whoever set right whose trouble it is (data/questions/asked.yml)."""
_ASKS_WHERE = ("_known", "_online", "_where", "_app")
"""How the questions end that an app or a game answers."""
_ASKS_WHO, _ASKS_DANGER = ("_with", "_near"), ("_safe", "_danger")
"""How the questions end that ask who is near, and whether they can talk, or somebody is in danger."""
_ASKS_WHICH, _FEW_TO_SAY_WHICH = ("_kind", "_where", "_happened", "_what"), 6
"""How the questions end that ask which of some things it is, and the most words that just say so."""
_ASKS_JOURNEY = "utter_ask_parental_abduction_today"
_NO_JOURNEY = re.compile(
    r"\b(?:(?:niet|ni|nie) naar (?:het |t |een )?(?:ander land|buitenland)|geen buitenland|(?:gaat|ga|gaan) (?:niet|ni|nie) over buitenland"
    r"|pas (?:a l etranger|a letranger|l etranger)|reste(?:nt)? en belgique|quitte(?:nt)? pas la belgique|rien a voir avec l etranger)\b"
)
_NOBODY_DID = frozenset(
    {"suicidal", "self_harm", "friend_missing", "runaway_now", "runaway_thinking", "other_wellbeing", "parental_abduction"}
)
"""Where "c'est moi qui l'ai fait" tells of no harm to others."""


def whose_is_told(message: Message) -> Optional[str]:
    """The remark to words that hardly do more than set right whose trouble it is: then the question comes again, in the right person.

    None where they answer too, tell of a danger by their words, or begin another path.
    """
    right, told = message.get(SETS_RIGHT), message.get("metadata") or {}
    if right is None or not right.is_alone or (message.get(IN_WORDS) and is_now(message)):
        return None
    asking, heard = told.get("asking"), heard_in(message).name
    is_other_danger = heard not in (asking, None) and urgency_of(heard).is_danger and bool(message.get(IN_WORDS))
    if heard == "affirm" and asking is not None:
        return None  # "oui je pense. c'est ma fille" answers, and tells whose it is beside it
    if is_other_danger or heard in TAKEN_AT_THEIR_WORD or becomes_on_path(asking, " ".join(words_of(message.get(TEXT) or ""))) is not None:
        return None
    return None if right.whose == DID and (asking is None or asking in _NOBODY_DID) else _SAYS_WHOSE[right.whose]


def says_over(message: Message, probabilities: Mapping[str, float], config: Mapping[str, Any]) -> Optional[str]:
    """IS_DEAD where somebody who was missing, or wanted to die, very likely has died. IS_OVER or IS_SAFE where, on the path of a danger
    that was met as one of this moment, words very likely tell so, and hold nothing of danger themselves; None elsewhere. The words of
    data/answers.yml were looked at before."""
    told = message.get("metadata") or {}
    path, text = told.get("asking") or told.get("topic"), message.get(TEXT) or ""
    words = " ".join(words_of(text))
    is_of_now = str(told.get("question")).startswith(OF_NOW)
    is_asked = bool(told.get("was_now")) or is_of_now or path in _MAY_END
    has_died = path in _MAY_HAVE_DIED and probabilities.get(_FOUND_DEAD, 0.0) >= config["sure_over_now"]
    if has_died and not told.get("now") and not says_alive(words):
        return IS_DEAD
    if is_on_his_way(path, words):
        return None
    if not is_asked or told.get("now") or "?" in text or message.get(IN_WORDS) or tells_danger(words) or keeps_open(words):
        return None
    if told.get("helped") and says_help_comes(words):
        return IS_OVER
    if told.get("no_wish") and not (told.get("was_now") or told.get("helped")):
        return None
    name = max(_SAYS_OVER, key=lambda one: probabilities.get(one, 0.0))
    if sum(probabilities.get(one, 0.0) for one in _SAYS_OVER) < config["sure_over_now"] or _is_no_end(path, told, name, words):
        return None
    is_of_others = path not in _OF_A_LIFE and (is_of_now or path in _MAY_END)
    return IS_OVER if is_of_others else _SAYS_OVER[name]


def _is_no_end(path: Optional[str], told: Mapping[str, Any], name: str, words: str) -> bool:
    """Whether help that comes ends nothing: the police on its way has not found who is missing, a mother who is there has not called."""
    is_still_missing = path == _MISSING and name == "help_came"
    is_only_well = name == "safe_now" and (
        bool(told.get("body")) or told.get("question") in OF_A_BODY
    )  # after pills feeling well ends nothing
    of_body = bool(told.get("body")) or told.get("question") in OF_A_BODY
    is_only_here = of_body and holds("adult_here", words) and not help_was_called(words)
    return is_still_missing or is_only_well or is_only_here or (told.get("question") in OF_A_BODY and says_no_help(words))


def what_was_meant(message: Message, probabilities: Mapping[str, float], config: Mapping[str, Any]) -> Optional[str]:
    """Which of the labels that leave a path was said; None where the words do not correct it.

    `config`: the least probabilities, as in QuestionClassifier (`sure_otherwise…`).
    """
    if not may_be_meant_otherwise(message) or _is_order(message):
        return None
    if _is_denied(message) or _is_no_journey(message):
        return MEANT_OTHERWISE
    if not _is_meant_otherwise(message, probabilities, config):
        return None
    said = max(_BELIEVED, key=lambda name: probabilities.get(name, 0.0))
    heard, sure = heard_in(message)
    is_danger = urgency_of(heard).is_danger and sure >= _LIKELY_TOLD
    return None if said == _QUARREL and is_danger else said  # "l'entraîneur de mon frère le touche après le match" is no quarrel


def _is_order(message: Message) -> bool:
    """Whether the bot is told to do something: that sets nothing right, whatever it names."""
    return bool(_ORDERS.intersection(words_of(message.get(TEXT) or "")[:1]))


def _is_denied(message: Message) -> bool:
    """Whether the words deny what the path is about, which only the model heard: "non on part nulle part". Not behind a yes to its
    question, nor where they set right which path it is."""
    told, heard = message.get("metadata") or {}, heard_in(message).name
    is_answered = heard == "affirm" or (urgency_of(heard) is not Urgency.NONE and heard != told.get("asking"))
    is_denied = told.get("asking") in denied_in(" ".join(words_of(message.get(TEXT) or "")))
    return is_denied and not is_answered and not was_surely_told(told)


def _is_no_journey(message: Message) -> bool:
    """Whether it is said that nobody goes abroad, where the first question of that path comes: "nee niet naar buitenland". Asked whether it
    is abroad, that is the answer."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    return told.get("question") == _ASKS_JOURNEY and _NO_JOURNEY.search(words) is not None and not was_surely_told(told)


def _is_meant_otherwise(message: Message, probabilities: Mapping[str, float], config: Mapping[str, Any]) -> bool:
    """Whether the words correct a misunderstanding; fewer signs are enough where the other classifier hears talk of other things.

    On the path of a danger they must name what was really meant, or be such talk; once it was now, they must name it.
    """
    told = message.get("metadata") or {}
    sure = sum(probabilities.get(name, 0.0) for name in _CORRECTS)
    least = config["sure_otherwise_in_danger" if was_surely_told(told) else "sure_otherwise_in_talk"]
    is_talk = odds_of(message, "off_topic") >= SURELY_TALK and sure >= least
    is_good = probabilities.get("solved", 0.0) >= config["sure_over"] and not is_grave(told.get("asking"))
    is_named = is_good or not was_surely_told(told) or is_explicit(" ".join(words_of(message.get(TEXT) or "")))
    return (sure >= config["sure_otherwise"] and is_named) or (is_talk and (is_named or not told.get("was_now")))


def may_be_meant_otherwise(message: Message) -> bool:
    """Whether a path has just asked something, and the words are more than a yes or no and name no danger of their own."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    asked = told.get("asking")
    if not asked or told.get("now") or len((message.get(TEXT) or "").split()) < _FEWEST_TO_CORRECT:
        return False
    if _answers_where(told, words) or _answers_which(told, words) or _answers_who(told, words) or takes_nothing_back(words):
        return False
    if message.get(BY_RULE) and not is_explicit(words):
        return False
    if urgency_of(asked) is Urgency.EMERGENCY and int(told.get("told") or 0) > 1:
        return False  # told again: no second thought takes it back, only staff do
    if (
        "?" in (message.get(TEXT) or "")
        or asked in NEVER_TAKEN_BACK
        or told.get("question") in _WOUNDED
        or told.get("body")
        or tells_danger(without_denied(words, asked))
        or keeps_open(without_denied(words, asked))
    ):
        return False
    heard, sure = heard_in(message)
    is_surely_told = bool(message.get(IN_WORDS)) or sure >= _SURELY_TOLD
    is_other_danger = heard != asked and urgency_of(heard).is_danger and is_surely_told
    return not is_other_danger and heard not in TAKEN_AT_THEIR_WORD


def _answers_where(told: Mapping[str, Any], words: str) -> bool:
    """Whether an app or a game is the answer: "nee van fortnite zeg ik" to "is het iemand die je in het echt kent?"."""
    return str(told.get("question")).endswith(_ASKS_WHERE) and names_a_place(words)


def _answers_who(told: Mapping[str, Any], words: str) -> bool:
    """Whether it is told who is near, whether they can talk, or whether somebody is in danger: "hij zit hier op mn bed haha"."""
    question = str(told.get("question"))
    return question.endswith(_ASKS_WHO) or (question.endswith(_ASKS_DANGER) and not is_explicit(words))


def _answers_which(told: Mapping[str, Any], words: str) -> bool:
    """Whether these few words say which of the things asked it is: "nee gewoon een account" to "is het een naaktbeeld, of een account?"."""
    is_asked = str(told.get("question")).endswith(_ASKS_WHICH)
    return is_asked and len(words.split()) <= _FEW_TO_SAY_WHICH and not is_explicit(words)


def without_danger(message: Message) -> List[Dict[str, Any]]:
    """The entities without what was read as danger in the very words that correct it."""
    return [one for one in message.get(ENTITIES, []) if one.get("entity") not in ("urgency", "danger_now", IN_WORDS, BESIDE, TOLD_BEFORE)]
