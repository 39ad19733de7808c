"""Whether a question that was heard is answered where it was asked: what was heard beside it may go before, or give way to it."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import says_unsafe
from bot.components.danger_place import danger_odds
from bot.components.message_intent import IN_WORDS, heard_in, ranking_of
from bot.components.need_classifier import BY_EXAMPLE, DANGER_ODDS, HELPING_ODDS, PERHAPS
from bot.components.openings import set_right
from bot.components.path_answer import IS_ANSWER
from bot.components.path_so_far import SURELY_TALK, TAKEN_AT_THEIR_WORD, is_answer, is_now, path_of
from bot.components.said_aside import asks_if_dying_hurts, names_trouble
from kernel.language import words_of
from kernel.need import ANSWERS, NEEDS, NOT_UNDERSTOOD, OF_LIFE, urgency_of
from kernel.question import WHAT_IS, Question
from kernel.urgency import Urgency

SETS_RIGHT = frozenset({"nothing_wrong", "just_curious"})
"""Said to the first question it is no "no, I cannot talk": "nee haha gewoon ff kijken"."""
ENDS = frozenset({"help_came", "safe_now", "solved", "nothing_wrong"})
"""What is told rather than asked, and changes what comes next: it must be surer."""
_LIKE_PERSON = frozenset({"chat_instead", "chat_hours"})
"""Asked by whoever wants a person and cannot call."""
_FEW_WORDS = 6
"""Of "what is …?" or a bare feeling beside a path: more tell something."""
_LIKE_PRIVACY = frozenset({"police_come", "police_punish", "bot_do_it", "what_to_say"})
"""Said in the words of "who gets to know": that is what is meant, when it was heard."""
_GUESS = 0.65
"""Below it another danger than the path's is a guess, and no word tells of it: "ils vont me croire ?"."""
_TELLS_FEELINGS = "other_wellbeing"
_OF_LEAVING = frozenset({"runaway_thinking", "runaway_now"})
"""Whether they left already is a guess where they ask: "gaat de politie mij terugbrengen?"."""
_GO_ON, _NOTED, _OF_LAW, _GREETING = "go_on", "noted", "legal_question", "greeting"
_LIKE_MENU = frozenset({"what_can_you_do", "greeting", "privacy_question"})
_OF_THIS_PLACE = frozenset({"about_friend", "may_i_talk", "go_on"})
"""Asked or said before anything is told: "mag ik het ook over mn vriendin hebben", "kheb"."""
_LIKE_NOTHING = frozenset({NOT_UNDERSTOOD, "off_topic", "what_can_you_do", "greeting"})
_PLAIN_TALK = frozenset({"greeting", "thanks_bye", "affirm", "deny", "dont_know", "what_can_you_do", "privacy_question"})
"""Small talk with answers of its own, which a small question beside a path leaves to those."""
_SURELY_ASIDE, _FEWEST_ASIDE, NEVER = 0.95, 4, 2.0
"""Of small things told in the middle of a path, and their fewest words: "vandaag nog" and "ok" are answers."""
_NOT_UNLIKELY = 0.4
"""Of all dangers together, where nothing was named: a small thing told beside them must be surer."""
_SURELY_SMALL = 0.985
"""The probability from which what sounds like an emergency is a small thing all the same ("onze kat is al 3 dagen weg")."""
_NAMED = 0.97
"""The confidence of a danger that was named for sure."""
_AS_LIKELY = 0.5
"""Of all calls for help together."""
_NOTHING_WRONG, _WILL_DIE = "nothing_wrong", "will_die"
_GRAVE, _MAY_BE_GRAVE = OF_LIFE | {"sexual_abuse"}, 0.35
_DONT_KNOW, _SURELY_NOT_KNOWN = "dont_know", 0.95
"""The confidence from which a few words of not knowing are nothing but that."""


def surely(message: Message, question: Question, path: Optional[str], config: Mapping[str, Any], *, is_asking: bool = False) -> float:
    """The probability from which the question is heard, on a path or beside one (`config`: as in QuestionClassifier).
    `is_asking`: the words ask, also without a mark."""
    text = message.get(TEXT) or ""
    if path is not None and question.instead is not None and not question.in_danger:  # "mn gsm is bijna plat" is no small thing
        return _SURELY_ASIDE if len(text.split()) >= _FEWEST_ASIDE else NEVER
    if question.bare and _is_short(text):
        return float(config["sure_bare"])
    if path is None and question.lines is not None and question.instead is not None and _is_unlike_a_call(message):
        return float(config["sure_instead_unlike"])
    if path is None:
        return float(config["sure_over" if question.name in ENDS else "sure_beside"])
    if "?" in text:
        return float(config["sure"])
    if question.name in ENDS:
        return float(config["sure_ends"])
    heard = heard_in(message)
    if heard.name == _DONT_KNOW and heard.confidence >= _SURELY_NOT_KNOWN and _is_short(text):
        return NEVER  # "weet ik ni zeker" is an answer
    if heard.name != NOT_UNDERSTOOD:
        return float(config["sure_unmarked"])
    return float(config["sure_asks" if is_asking else "sure_alone"])


def goes_before(message: Message, question: Question, probability: float, config: Mapping[str, Any]) -> bool:
    """Whether, beside a path, the question is answered in place of what was heard (`Question.instead`); danger in the words stays.

    `config`: the least probabilities, as in QuestionClassifier (`sure_instead_…`, `least_surely_danger`). One with `over_talk` only goes
    before what the bot can do, whose words it shares.
    """
    heard = str(heard_in(message).name)
    if _is_misplaced(message, question):
        return False
    is_taken = heard in TAKEN_AT_THEIR_WORD or _is_plain_talk(heard, question) or (heard == _OF_LAW and question.law is not None)
    if message.get(IN_WORDS) or is_now(message) or is_taken or _only_greets(message):
        return False
    if question.opens and heard in ANSWERS:
        return probability >= float(config["sure_instead_of_talk"])
    if question.instead is None:
        is_guessed = heard == "off_topic" and heard_in(message).confidence < _GUESS and probability >= _SURELY_ASIDE
        is_like = heard in _LIKE_MENU or is_guessed  # "is bellen gratis?"
        return question.over_talk and is_like and probability >= float(config["sure_instead_of_talk"])
    is_bare_example = bool(message.get(BY_EXAMPLE)) and heard == _TELLS_FEELINGS  # "mn oma is gestorven": by itself not sure enough
    level = urgency_of(heard) if heard in NEEDS and not is_bare_example else Urgency.NONE
    is_guess = heard_in(message).confidence < _GUESS
    of_what = "of_talk" if level is Urgency.NONE else "of_need" if level is Urgency.NORMAL or is_guess else "of_danger"
    if of_what == "of_talk" and _may_be_danger(message):
        of_what = "of_doubt"  # "ils m'ont enfermée, et j'ai 9 % de batterie"
    elif of_what == "of_talk" and question.lines is not None and _is_unlike_a_call(message):
        of_what = "unlike"  # "lijmpistool meenemen voor techniek" is no weapon
    may_give_way = level.rank <= question.instead.rank and not (
        level.is_danger and _is_surely_danger(message, question, probability, config)
    )
    return may_give_way and probability >= float(config[f"sure_instead_{of_what}"])


def _may_be_danger(message: Message) -> bool:
    """Whether nothing was named, and a danger is not unlikely all the same."""
    is_perhaps = any(one.get("entity") == PERHAPS for one in message.get(ENTITIES) or ())
    return is_perhaps and danger_odds(message) >= _NOT_UNLIKELY


def _is_unlike_a_call(message: Message) -> bool:
    """Whether a call for help is not likelier than none: an answer with helplines must be surer."""
    return float(message.get(HELPING_ODDS) or 0.0) < _AS_LIKELY


def _is_surely_danger(message: Message, question: Question, probability: float, config: Mapping[str, Any]) -> bool:
    """Whether a danger is too likely for a small thing to be told in its place ("avec mes points … chez nous c'est la ceinture"). What is
    serious by itself, unless the danger was named for sure, or is heard in danger too, is told in such words, and has an answer that fits;
    so is a cat that is gone, where it is almost sure: "un louveteau s'est perdu dans les bois" is a child."""
    may_sound_so = question.instead is Urgency.EMERGENCY and probability >= _SURELY_SMALL
    is_named = heard_in(message).confidence >= _NAMED and probability < _SURELY_SMALL
    is_small = not may_sound_so and not question.in_danger and (is_named or not question.serious)
    return is_small and danger_odds(message) >= float(config["least_surely_danger"])


def only_asks(message: Message) -> bool:
    """Whether a message that is very likely a question answers nothing, and holds no danger in its words and none that is now: a need that
    the model alone heard in it is a guess ("ils vont me croire ?", "blijft da nu voor altijd op het net staan")."""
    heard = heard_in(message).name
    is_asked = "?" in (message.get(TEXT) or "") or (heard not in ANSWERS and not is_answer(message) and not _sets_path_right(message))
    if asks_if_dying_hurts(" ".join(words_of(message.get(TEXT) or "")), path_of(message)):
        return False  # of who wants to die that tells of the wish
    return is_asked and heard not in TAKEN_AT_THEIR_WORD | {"privacy_question"} and not message.get(IN_WORDS) and not is_now(message)


def _sets_path_right(message: Message) -> bool:
    """Whether the words say that it is another path than the one that asks: "hij wilt bitcoin", of whom it was asked what they do."""
    meant = set_right((message.get("metadata") or {}).get("asking"), " ".join(words_of(message.get(TEXT) or "")))
    return meant is not None and heard_in(message).name == meant


def _is_plain_talk(heard: str, question: Question) -> bool:
    """Whether small talk with an answer of its own was heard; what one may talk of, or what 116000 is, is asked in nearly its words."""
    is_asked_so = question.like == WHAT_IS or question.name in _OF_THIS_PLACE or question.over_talk
    is_opening = question.opens and heard != "privacy_question"
    return heard in _PLAIN_TALK and not is_opening and not (heard in _LIKE_MENU and is_asked_so)


def may_be_answered(message: Message, question: Question, path: Optional[str]) -> bool:
    """Whether nothing graver was heard: a danger of another kind, or one now; the wish for a person; a plain answer by its words.

    Beside a path (`path` is None) only what nothing else understood is answered, and, where nothing else is told, what a word means and a
    feeling: a need guessed from "ik ben zo moe" would be the bot's, not the teenager's.
    """
    name, sure = heard_in(message)
    heard = str(name)
    if _is_misplaced(message, question):
        return False
    may_set_right = path is None and question.name in SETS_RIGHT and heard != "affirm"  # "oui ça va" to the first question is a yes
    is_plain = is_answer(message) and "?" not in (message.get(TEXT) or "") and not may_set_right and not _tells_too(message, question)
    is_for_person = heard == "want_human" and question.name in _LIKE_PERSON
    if (
        is_now(message)
        or is_plain
        or (heard in TAKEN_AT_THEIR_WORD and not is_for_person)
        or (heard == "privacy_question" and question.name in _LIKE_PRIVACY)
    ):
        return False
    if is_for_person:
        return True
    if path is None and question.name in SETS_RIGHT:
        is_greeting = heard == "greeting" and sure >= SURELY_TALK
        return not message.get(IN_WORDS) and not is_greeting and (heard in ANSWERS or heard in _LIKE_NOTHING)
    asks_word = question.like == WHAT_IS and _asks_word(message.get(TEXT) or "")  # "c quoi un loverboy" is no danger
    if path is None and ((message.get(IN_WORDS) and not asks_word) or (_is_plain_talk(heard, question) and sure >= SURELY_TALK)):
        return False
    if path is None and (_only_greets(message) or (question.name == _GO_ON and heard == "off_topic" and sure >= SURELY_TALK)):
        return False
    if path is None and question.name == _NOTED and not _is_unlike_a_call(message):
        return False  # "lig in een portiek, ben vijftien" is more than an age
    if path is None:
        few = asks_word or _is_short(message.get(TEXT) or "")
        is_unsure = heard == NOT_UNDERSTOOD or sure <= 0.0
        if question.bare and message.get(BY_EXAMPLE) and not asks_word and not is_unsure:
            return False  # "ik ben verdrietig!" stands among a need's examples
        if not question.bare:
            return is_unsure
        return few or (is_unsure and question.like == WHAT_IS)  # whoever tells much of a feeling and is not understood gets 116000
    is_guess = (sure < _GUESS or {heard, path} == _OF_LEAVING) and not message.get(IN_WORDS)
    return heard == path or not urgency_of(heard).is_danger or is_guess


def _is_misplaced(message: Message, question: Question) -> bool:
    """Whether what was heard is not what is said: "ya des soucis a la maison" is no "nothing is wrong", nor does a doctor know the answer
    to "ça fait mal de mourir ?" of who wants to die."""
    words = " ".join(words_of(message.get(TEXT) or ""))
    is_trouble = (question.name == _NOTHING_WRONG and names_trouble(words)) or (question.name in ENDS and says_unsafe(words))
    return is_trouble or (question.name == _WILL_DIE and asks_if_dying_hurts(words, path_of(message)))


def _only_greets(message: Message) -> bool:
    """Whether a few words are surely a greeting: "hoi" asks for nothing yet, nor does "hey hoi" tell of a story to come."""
    heard, sure = heard_in(message)
    return heard == _GREETING and sure >= _SURELY_ASIDE and len(words_of(message.get(TEXT) or "")) <= _FEWEST_ASIDE - 1


def _tells_too(message: Message, question: Question) -> bool:
    """Whether more is told behind a yes or no, and no button was typed: "oui mais j'ose pas le dire"."""
    return question.told and not message.get(IS_ANSWER) and len((message.get(TEXT) or "").split()) >= _FEWEST_ASIDE


def _asks_word(text: str) -> bool:
    """Whether these are hardly more words than ask what one means: "et c'est quoi le grooming alors ?"."""
    return len([part for part in text.split() if words_of(part)]) <= _FEW_WORDS + 1


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS


def may_be_of_life(message: Message, path: Optional[str]) -> bool:
    """Whether a need about life or abuse, other than the path's, leads what was not understood, and danger is not unlikely: what hides in
    such words is no question."""
    leading = next((str(one["name"]) for one in ranking_of(message) if one["name"] != NOT_UNDERSTOOD), "")
    return leading in _GRAVE - {path} and (message.get(DANGER_ODDS) or {}).get(Urgency.HIGH.value, 0.0) >= _MAY_BE_GRAVE
