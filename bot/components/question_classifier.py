"""Questions on the way: "gaat hij het echt doen?" in the middle of a path is answered, and then the path asks its own question again.

A second, small classifier on the features of the first: its examples (data/questions) are no needs, and most needs' examples are none
of these questions. It stands behind the crisis finder, so that it never hides a danger.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.corrections import is_explicit, tells_danger
from bot.components.crisis_finder import IN_WORDS
from bot.components.linear_component import LinearComponent
from bot.components.message_intent import add_entity, hear_as, heard_in, odds_of
from bot.components.path_answer import IS_ANSWER
from bot.conversation_state import OF_A_BODY, OF_NOW
from bot.yaml12 import read_yaml
from kernel.language import words_of
from kernel.need import ANSWERS, IS_NOW, IS_OVER, IS_SAFE, MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, urgency_of
from kernel.questions import NO_QUESTION, WHAT_IS, Question, Questions
from kernel.urgency import Urgency

ASKED = "question_asked"
"""On an example: the name of its question (bot/importer.py)."""
_ASKED_FILE = Path(__file__).resolve().parents[2] / "data" / "questions" / "asked.yml"
_SAME_AS_QUESTIONS = frozenset({"legal_question", "report_content_removal"})
"""Needs whose examples ask what is asked on the way too: they teach nothing here."""
_TELLS_FEELINGS, _BARE_WORDS = "other_wellbeing", 4
_TAKEN_AT_THEIR_WORD = frozenset({"want_human", "wipe_chat", "insult", "switch_language", "bot_challenge"})
"""Whoever wants these gets them, whatever else is asked."""
_LIKE_PERSON = frozenset({"chat_instead"})
"""Asked by whoever wants a person and cannot call."""
_FEW_WORDS = 6
"""Of "what is …?" or a bare feeling beside a path: more tell something."""
_LIKE_PRIVACY = frozenset({"police_come", "police_punish", "bot_do_it", "what_to_say"})
"""Said in the words of "who gets to know": that is what is meant, when it was heard."""
_PLAINLY = 0.95
"""From here on a question with its mark is one, whatever need the model alone hears beside it."""
_GUESS = 0.65
"""Below it another danger than the path's is a guess, and no word tells of it: "ils vont me croire ?"."""
_CALMER = ("_after", "_person")
"""Places of that path where there is time for a question."""
_FEWEST_TO_CORRECT = 3
"""Words: "nee" and "nee hoor" answer the question."""
_CORRECTS = (MEANT_OTHERWISE, "school_task", "lost_pet", "nothing_wrong", "solved", "quarrel")
"""What is told on a path that was begun by a misunderstanding."""
_SAYS_OVER = {"help_came": IS_OVER, "safe_now": IS_SAFE}
"""That help is there, or that the danger is over: what they are named, and what the message then tells."""
_OF_A_LIFE = frozenset({"suicidal", "self_harm", "other_wellbeing"})
"""Where being safe means that somebody is with them; elsewhere the danger came from others."""
_MAY_END = frozenset({"suicidal", "friend_missing"})
"""Met as a danger of this moment by their very path; whoever left home and sleeps at an aunt's goes on with that path's own question."""
_GO_ON, _OF_LAW = "go_on", "legal_question"
_SETS_RIGHT = frozenset({"nothing_wrong", "just_curious"})
"""Said to the first question it is no "no, I cannot talk": "nee haha gewoon ff kijken"."""
_LIKE_MENU = frozenset({"what_can_you_do", "greeting", "privacy_question"})
_OF_THIS_PLACE = frozenset({"about_friend", "may_i_talk", "go_on"})
"""Asked or said before anything is told: "mag ik het ook over mn vriendin hebben", "kheb"."""
_LIKE_NOTHING = frozenset({NOT_UNDERSTOOD, "off_topic", "what_can_you_do", "greeting"})
_PLAIN_TALK = frozenset({"greeting", "thanks_bye", "affirm", "deny", "dont_know", "what_can_you_do", "privacy_question"})
"""Small talk with answers of its own, which a small question beside a path leaves to those."""
_SURELY_TALK = 0.9
_BELIEVED = (MEANT_OTHERWISE, "nothing_wrong", "solved", "quarrel")
"""What is said when a path is left: that it was misunderstood, or that it is good news."""
_NEVER_TAKEN_BACK = frozenset({"self_harm", "sexual_abuse"})
_WOUNDED = OF_A_BODY | {"utter_ask_now_after"}
"""Pills, blood, abuse: what follows there is an answer."""
_SURELY_ASIDE, _FEWEST_ASIDE, _NEVER = 0.95, 4, 2.0
"""Of small things told in the middle of a path, and their fewest words: "vandaag nog" and "ok" are answers."""
_SURE = {
    **{
        "sure": 0.5,
        "sure_unmarked": 0.8,
        "sure_beside": 0.7,
        "sure_bare": 0.6,
        "sure_otherwise": 0.8,
        "sure_otherwise_in_talk": 0.3,
        "sure_otherwise_in_danger": 0.7,
    },
    **{"sure_instead_of_talk": 0.5, "sure_instead_of_need": 0.85, "sure_instead_of_danger": 0.95},
    **{"sure_over": 0.9, "sure_in_danger": 0.6},
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(LinearComponent):
    """Replaces the intent by `question_on_the_way` and adds the entity `question` where one is asked that is answered here.

    A correction ("t is een boek voor school") has an intent of its own: the path is left.
    Of an answer that asks too ("ja heel hard, ga ik naar de gevangenis?") only the entity is added: the path goes on, and the question's
    answer is said in place of a remark (bot/replies.py).
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`sure`, `sure_unmarked`, `sure_beside`: the probability from which a question is heard on a path, with a question mark and
        without, and beside a path; `sure_bare`: of few words that may be
        nothing but this; `sure_otherwise`: from which a path is left because something harmless was meant; `sure_instead_…`: from
        which one with `instead` is answered beside a path in place of small talk, of a need that is not urgent, and of a danger that
        no word names; `sure_over`: from which help that came, or a danger that is over, is believed; `sure_in_danger`: from which
        one with `in_danger` is answered where it was asked how they get out of a danger.

        `no_question`: how many examples of needs, evenly taken, stand for what is none. `C`, `ngram_weight`, `max_iter` as in
        NeedClassifier.
        """
        return {"C": 20.0, "ngram_weight": 2.5, "max_iter": 60, "no_question": 4000} | _SURE

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Raises QuestionsError when the questions are malformed."""
        super().__init__(config, model_storage, resource)
        self._questions = Questions(read_yaml(_ASKED_FILE)["questions"])

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the examples of questions and on some of the needs'; without any of questions nothing is heard."""
        examples = [(message, str(message.get(ASKED))) for message in training_data.training_examples if message.get(ASKED)]
        if examples:
            examples += [(message, NO_QUESTION) for message in self._of_needs(training_data)]
        return self.learn([message for message, _ in examples], [label for _, label in examples])

    def _of_needs(self, training_data: TrainingData) -> List[Message]:
        """Every so many-th example of the needs that do not ask the same; a sentence may be small talk and a question both."""
        asked = {example.get(TEXT) for example in training_data.training_examples if example.get(ASKED)}
        others = [one for one in training_data.intent_examples if one.get(TEXT) not in asked and not _asks_the_same(one)]
        return others[:: max(1, len(others) // self._config["no_question"])]

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every message but the payloads of buttons."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/") or self._model is None or not message.features:
                continue
            probabilities = self._model.probabilities_of_message(message)
            over = self._says_over(message, probabilities)
            if over is not None:
                message.set(ENTITIES, _without_danger(message), add_to_output=True)
                add_entity(message, "danger_now", over, self)
                hear_as(message, "affirm")
                continue
            if may_be_meant_otherwise(message) and self._is_meant_otherwise(message, probabilities):
                hear_as(message, MEANT_OTHERWISE)
                message.set(ENTITIES, _without_danger(message), add_to_output=True)
                said = max(_BELIEVED, key=lambda name: probabilities.get(name, 0.0))
                add_entity(message, "question", said, self)
                continue
            question = self._asked(message, text, probabilities)
            is_first = question is not None and question.name in _SETS_RIGHT and _path(message) is None
            if question is not None and (is_first or not _is_answer(message)):
                hear_as(message, ON_THE_WAY)
            if question is not None:
                message.set(ENTITIES, _kept(message), add_to_output=True)
                add_entity(message, "question", question.name, self)
        return messages

    def _says_over(self, message: Message, probabilities: Dict[str, float]) -> Optional[str]:
        """IS_OVER or IS_SAFE where, on the path of a danger that was met as one of this moment, words very likely tell so, and hold
        nothing of danger themselves; None elsewhere. The words of data/answers.yml were looked at before."""
        told = message.get("metadata") or {}
        path, text = told.get("asking") or told.get("topic"), message.get(TEXT) or ""
        is_of_now = str(told.get("question")).startswith(OF_NOW)
        is_asked = bool(told.get("was_now")) or is_of_now or path in _MAY_END
        if not is_asked or told.get("now") or "?" in text or message.get(IN_WORDS) or tells_danger(" ".join(words_of(text))):
            return None
        name = max(_SAYS_OVER, key=lambda one: probabilities.get(one, 0.0))
        if probabilities.get(name, 0.0) < self._config["sure_over"]:
            return None
        is_of_others = path not in _OF_A_LIFE and (is_of_now or path in _MAY_END)
        return IS_OVER if is_of_others else _SAYS_OVER[name]

    def _is_meant_otherwise(self, message: Message, probabilities: Dict[str, float]) -> bool:
        """Whether the words correct a misunderstanding; fewer signs are enough where the other classifier hears talk of other things.

        On the path of a danger they must name what was really meant, or be such talk; once it was now, they must name it.
        """
        told = message.get("metadata") or {}
        sure = sum(probabilities.get(name, 0.0) for name in _CORRECTS)
        least = self._config["sure_otherwise_in_danger" if _was_surely_told(told) else "sure_otherwise_in_talk"]
        is_talk = odds_of(message, "off_topic") >= _SURELY_TALK and sure >= least
        is_good = probabilities.get("solved", 0.0) >= self._config["sure_over"] and not _is_grave(told.get("asking"))
        is_named = is_good or not _was_surely_told(told) or is_explicit(" ".join(words_of(message.get(TEXT) or "")))
        return (sure >= self._config["sure_otherwise"] and is_named) or (is_talk and (is_named or not told.get("was_now")))

    def _asked(self, message: Message, text: str, probabilities: Dict[str, float]) -> Optional[Question]:
        path = _path(message)
        label = max(probabilities, key=lambda name: probabilities[name])
        question = None if label in (NO_QUESTION, MEANT_OTHERWISE) else self._questions.asked(label, text, path)
        if question is not None and _is_asked_of_now(message):
            is_told = question.in_danger and not _is_now(message) and not message.get(IN_WORDS)
            return question if is_told and probabilities[label] >= self._config["sure_in_danger"] else None
        if question is None or _after(message) in question.not_after:
            return None
        if path is None and goes_before(message, question, probabilities[label], self._config):
            return question
        is_sure = probabilities[label] >= self._surely(question, text, path)
        is_plainly_asked = path is not None and probabilities[label] >= _PLAINLY and _only_asks(message)
        return question if is_sure and (is_plainly_asked or may_be_answered(message, question, path)) else None

    def _surely(self, question: Question, text: str, path: Optional[str]) -> float:
        """The probability from which the question is heard."""
        if path is not None and question.instead is not None:
            return _SURELY_ASIDE if len(text.split()) >= _FEWEST_ASIDE else _NEVER
        if question.bare and _is_short(text):
            return float(self._config["sure_bare"])
        return float(self._config["sure_beside" if path is None else "sure" if "?" in text else "sure_unmarked"])


def _was_surely_told(told: Mapping[str, Any]) -> bool:
    """Whether the path is about a danger that reviewed terms found, or about life or abuse, which only what was really meant takes back."""
    path = told.get("asking")
    return urgency_of(path).is_danger and (_is_grave(path) or bool(told.get("in_words")))


def _is_grave(path: Optional[str]) -> bool:
    """Whether a path is about life or abuse."""
    return urgency_of(path) is Urgency.EMERGENCY or path in _NEVER_TAKEN_BACK


def _is_now(message: Message) -> bool:
    """Whether the message tells of a danger that is now."""
    return any(entity.get("entity") == "danger_now" and entity.get("value") in IS_NOW for entity in message.get(ENTITIES, []))


def goes_before(message: Message, question: Question, probability: float, config: Mapping[str, Any]) -> bool:
    """Whether, beside a path, the question is answered in place of what was heard (`Question.instead`); danger in the words stays.

    `config`: the least probabilities, as in QuestionClassifier (`sure_instead_…`).
    """
    heard = str(heard_in(message).name)
    is_taken = heard in _TAKEN_AT_THEIR_WORD or _is_plain_talk(heard, question) or (heard == _OF_LAW and question.law is not None)
    if question.instead is None or message.get(IN_WORDS) or _is_now(message) or is_taken:
        return False
    level = urgency_of(heard) if heard in NEEDS else Urgency.NONE
    is_guess = heard_in(message).confidence < _GUESS
    of_what = "of_talk" if level is Urgency.NONE else "of_need" if level is Urgency.NORMAL or is_guess else "of_danger"
    may_give_way = level.rank <= question.instead.rank
    return may_give_way and probability >= float(config[f"sure_instead_{of_what}"])


def _only_asks(message: Message) -> bool:
    """Whether a message with a question mark holds no danger in its words and none that is now: a need that the model alone heard in it is
    a guess ("ils vont me croire ?")."""
    is_asked = "?" in (message.get(TEXT) or "") and heard_in(message).name not in _TAKEN_AT_THEIR_WORD | {"privacy_question"}
    return is_asked and not message.get(IN_WORDS) and not _is_now(message)


def _is_plain_talk(heard: str, question: Question) -> bool:
    """Whether small talk with an answer of its own was heard; what one may talk of, or what 116000 is, is asked in nearly its words."""
    return heard in _PLAIN_TALK and not (heard in _LIKE_MENU and (question.like == WHAT_IS or question.name in _OF_THIS_PLACE))


def may_be_meant_otherwise(message: Message) -> bool:
    """Whether a path has just asked something, and the words are more than a yes or no and name no danger of their own."""
    told = message.get("metadata") or {}
    asked = told.get("asking")
    if not asked or told.get("now") or len((message.get(TEXT) or "").split()) < _FEWEST_TO_CORRECT:
        return False
    if urgency_of(asked) is Urgency.EMERGENCY and int(told.get("told") or 0) > 1:
        return False  # told again: no second thought takes it back, only staff do
    if (
        "?" in (message.get(TEXT) or "")
        or asked in _NEVER_TAKEN_BACK
        or told.get("question") in _WOUNDED
        or tells_danger(" ".join(words_of(message.get(TEXT) or "")))
    ):
        return False
    heard = heard_in(message).name
    is_other_danger = heard != asked and urgency_of(heard).is_danger and bool(message.get(IN_WORDS))
    return not is_other_danger and heard not in _TAKEN_AT_THEIR_WORD


def _without_danger(message: Message) -> List[Dict[str, Any]]:
    """The entities without what was read as danger in the very words that correct it."""
    return [one for one in message.get(ENTITIES, []) if one.get("entity") not in ("urgency", "danger_now")]


def _is_asked_of_now(message: Message) -> bool:
    """Whether it was asked how they get out of a danger that is now: everything is told to that."""
    asked = str((message.get("metadata") or {}).get("question"))
    return asked.startswith(OF_NOW) and not asked.endswith(_CALMER)


def _asks_the_same(example: Message) -> bool:
    """Whether an example of a need says what is said on the way too: a few words of a bare feeling are one."""
    is_bare = example.get(INTENT) == _TELLS_FEELINGS and len(example.get(TEXT).split()) <= _BARE_WORDS
    return is_bare or example.get(INTENT) in _SAME_AS_QUESTIONS


def _path(message: Message) -> Optional[str]:
    """The need the conversation is about, also while something beside its path was asked; None for none."""
    told = message.get("metadata") or {}
    return told.get("asking") or told.get("topic")


def _after(message: Message) -> str:
    """The question that the message follows, without "utter_ask_"."""
    return str((message.get("metadata") or {}).get("question") or "").removeprefix("utter_ask_")


def _kept(message: Message) -> List[Dict[str, Any]]:
    """The entities so far; without a path, who asks what a word means or says that they are tired is in no danger that no word tells of."""
    return [one for one in message.get(ENTITIES, []) if _path(message) or one.get("entity") != "urgency"]


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS


def _is_answer(message: Message) -> bool:
    """Whether the words themselves are an answer to the question asked before: a yes, a no, or a button typed ("geld")."""
    heard, sure = heard_in(message)
    return (heard in ANSWERS and sure >= 1.0) or bool(message.get(IS_ANSWER))


def may_be_answered(message: Message, question: Question, path: Optional[str]) -> bool:
    """Whether nothing graver was heard: a danger of another kind, or one now; the wish for a person; a plain answer by its words.

    Beside a path (`path` is None) only what nothing else understood is answered, and, where nothing else is told, what a word means and a
    feeling: a need guessed from "ik ben zo moe" would be the bot's, not the teenager's.
    """
    name, sure = heard_in(message)
    heard = str(name)
    is_plain = _is_answer(message) and "?" not in (message.get(TEXT) or "") and not (path is None and question.name in _SETS_RIGHT)
    is_for_person = heard == "want_human" and question.name in _LIKE_PERSON
    if (
        _is_now(message)
        or is_plain
        or (heard in _TAKEN_AT_THEIR_WORD and not is_for_person)
        or (heard == "privacy_question" and question.name in _LIKE_PRIVACY)
    ):
        return False
    if is_for_person:
        return True
    if path is None and question.name in _SETS_RIGHT:
        return not message.get(IN_WORDS) and (heard in ANSWERS or heard in _LIKE_NOTHING)
    asks_word = question.like == WHAT_IS and _is_short(message.get(TEXT) or "")  # "c quoi un loverboy" is no danger, though the word is one
    if path is None and ((message.get(IN_WORDS) and not asks_word) or (_is_plain_talk(heard, question) and sure >= _SURELY_TALK)):
        return False
    if path is None and question.name == _GO_ON and heard == "off_topic" and sure >= _SURELY_TALK:
        return False
    if path is None:
        few = _is_short(message.get(TEXT) or "")
        is_unsure = heard == NOT_UNDERSTOOD or sure <= 0.0
        if not question.bare:
            return is_unsure
        return few or (is_unsure and question.like == WHAT_IS)  # whoever tells much of a feeling and is not understood gets 116000
    is_guess = sure < _GUESS and not message.get(IN_WORDS)
    return heard == path or not urgency_of(heard).is_danger or is_guess
