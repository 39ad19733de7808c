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

from bot.asked import ASKED
from bot.components.adults import begins_anew
from bot.components.age_gap import gap_on_path
from bot.components.denials import denied_by, denies_another, goes_back_to, lead_back
from bot.components.languages_told import ANOTHERS, OWN, tells_of_language
from bot.components.linear_component import LinearComponent
from bot.components.message_intent import IN_WORDS, add_entity, hear_as, heard_in, odds_of, who_in
from bot.components.need_classifier import BY_EXAMPLE, DANGER_ODDS
from bot.components.path_answer import SAYS_OVER
from bot.components.path_so_far import TAKEN_AT_THEIR_WORD, after, is_answer, is_asked_of_now, is_now, is_of_body, is_offered, path_of
from bot.components.question_place import ENDS, NEVER, SETS_RIGHT, goes_before, may_be_answered, may_be_of_life, only_asks, surely
from bot.components.role_classifier import ADULT, FRIEND
from bot.components.set_right import says_over, what_was_meant, whose_is_told, without_danger
from bot.components.typed_answer import asks_nothing, believed, is_taken_back
from bot.components.worded_question import calm, is_of_a_deed, wished, worded_question
from bot.conversation_state import TOLD_BEFORE
from bot.yaml12 import read_yaml
from kernel.denial import BACK_TO, DENIAL, DENIES
from kernel.need import IS_DEAD, MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, OF_LIFE, ON_THE_WAY, OPENS_OTHERWISE, urgency_of
from kernel.question import Question
from kernel.questions import NO_QUESTION, Questions
from kernel.urgency import Urgency

MAY_ASK = "may_ask"
"""Entity: the names of the questions that words which were not surely understood may ask, the likeliest first, with "|" between them."""
_ASKED_FILE = Path(__file__).resolve().parents[2] / "data" / "questions" / "asked.yml"
_SAME_AS_QUESTIONS = frozenset({"legal_question", "report_content_removal"})
"""Needs whose examples ask what is asked on the way too: they teach nothing here."""
_TELLS_FEELINGS, _BARE_WORDS = "other_wellbeing", 4
_SETTLED = frozenset({ON_THE_WAY, MEANT_OTHERWISE})
"""Heard so by the words, before this component."""
_PLAINLY = 0.93
"""From here on a question is one, whatever need the model alone hears beside it."""
_HARDLY_LIKELY, _SURELY_TOLD = 0.8, 0.99
"""Of an emergency that the model alone hears beside what is told, and of that."""
_SHORT_NO = 8
"""Words of a denial where no question is open."""
_WHAT_NOW, _THANKS, _SWITCH, _WHICH_LANGUAGE = "what_to_do", "thanks_bye", "switch_language", "which_language"
_OF_CALLING = frozenset(
    {"no_ambulance", "call_hurts", "cannot_speak", "afraid_police", "false_alarm", "what_if_no_answer", "too_late_to_call", "sms_112"}
    | {"wake_somebody", "call_them_first", "call_them_home", "break_door", "locked_in", "still_here"}
)
"""What keeps somebody from calling: not answered where help was called or is there."""
_OF_A_CALL = frozenset({"what_if_no_answer", "too_late_to_call", "false_alarm", "afraid_police", "afraid_police_calm"})
"""Asked of a call that is not made yet: by itself no emergency."""
_FOUND_DEAD, _HELP_LATE, _ABOUT_FRIEND = "found_dead", "help_late", "about_friend"
"""Heard in much that waits ("mijn pizza komt maar niet"): only where a danger is or was met."""
_SURE_OFFERED = {Urgency.EMERGENCY: "sure_offered_in_danger"}
_SURE = {
    **{
        "sure": 0.5,
        "sure_unmarked": 0.6,
        "sure_ends": 0.8,
        "sure_alone": 0.55,
        "sure_asks": 0.4,
        "sure_beside": 0.7,
        "sure_bare": 0.6,
        "sure_otherwise": 0.8,
        "sure_otherwise_in_talk": 0.3,
        "sure_otherwise_in_danger": 0.7,
    },
    **{"sure_offered": 0.35, "sure_offered_in_danger": 0.7, "sure_offered_first": 0.7, "sure_offered_unmarked": 0.85, "sure_answered": 0.6},
    **{"sure_instead_of_talk": 0.5, "sure_instead_of_doubt": 0.9, "sure_instead_of_need": 0.85, "sure_instead_of_danger": 0.95},
    **{"sure_instead_unlike": 0.97, "least_surely_danger": 0.93},
    **{"sure_over": 0.9, "sure_over_now": 0.75, "sure_in_danger": 0.6},
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
        """The least probabilities: `sure`, `sure_unmarked`, `sure_beside`: a question is heard on a path, with a question mark and without,
        and beside a path; `sure_ends`: good news without a mark ("ze is terug"), which changes what comes next; `sure_alone`: on a path
        without a mark, where nothing else was understood; `sure_asks`: the same for words that ask all the same ("hoe check ik dat");
        `sure_bare`: few words that may be nothing but this; `sure_otherwise`: a path is left because something harmless was meant;
        `sure_instead_…`: one with `instead` is answered beside a path in place of small talk, of what may be a danger and was not named,
        of a need that is not urgent, and of a danger that no word names, `sure_instead_unlike`: with lines, where no call for help is
        likely; `least_surely_danger`: from which summed probability of all
        dangers one that was named stays, unless the question is serious; `sure_over_now`: help that came, or a danger that is over, is
        believed on the path of a danger now (both together); `sure_over`: such good news elsewhere; `sure_in_danger`: one with `in_danger`
        is answered where it was asked how they get out of a danger.

        `sure_offered`: from which probability of all questions together, on a path, what was not understood may be one of a few that are
        offered; `sure_offered_in_danger`, `sure_offered_first`: on the path of an emergency, and beside a path; `sure_offered_unmarked`:
        where neither a mark nor a word asks; `sure_answered`: below it what was heard on a path is offered beside the next likely ones,
        before it is answered.

        `none`: how many times as likely as in training it is, on a path, that nothing is asked.

        `no_question`: how many examples of needs, evenly taken, stand for what is none. `C`, `ngram_weight`, `max_iter`,
        `hidden` and what belongs to it as in NeedClassifier; `hidden_even`: see bot/sentence_model.py.
        """
        hidden = {"hidden": 128, "readings": 12, "read_share": 1.0, "hidden_share": 0.5, "hidden_even": True}
        return {"C": 20.0, "ngram_weight": 2.5, "max_iter": 60, "no_question": 4000, "none": 7.0} | hidden | _SURE

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
            if text.startswith("/") or self._model is None or not message.features or heard_in(message).name in _SETTLED:
                continue
            if begins_anew(message):
                continue
            whose = whose_is_told(message) or self._of_language(message, text) or gap_on_path(message)
            if whose is not None:
                hear_as(message, ON_THE_WAY)
                add_entity(message, "question", whose, self)
                continue
            if self._is_denial(message, text):
                continue
            if (wish := wished(message)) is not None:
                hear_as(message, wish)
                continue
            worded = worded_question(message, self._questions)
            if worded is not None:
                calm(message, worded)
                hear_as(message, ON_THE_WAY)
                add_entity(message, "question", worded.name, self)
                continue
            probabilities = self._model.probabilities_of_message(message)
            over, meant = says_over(message, probabilities, self._config), None
            if over is None:
                meant = what_was_meant(message, probabilities, self._config) or (MEANT_OTHERWISE if is_taken_back(message) else None)
            if over is not None or meant is not None:
                self._leaves_path(message, over, meant)
                if over is None:
                    lead_back(message, self)
                continue
            question = self._asked(message, text, probabilities)
            if (answer := believed(message, question)) is not None:
                hear_as(message, answer)
                continue
            if not asks_nothing(message):
                self._may_ask(message, text, probabilities, question)
            if self._takes_offer(message, question):
                hear_as(message, "affirm")
                continue
            if question is not None and message.get(SAYS_OVER) and (question.name in _OF_CALLING or "?" not in text):
                question = None  # "j'ai appelé le 112" does not ask how
            if question is not None and question.name == _HELP_LATE and not may_wait_for_help(message):
                question = None
            if question is not None and "?" not in text and not is_answer(message):
                answer = question.says(after(message))
                if answer is not None:
                    hear_as(message, answer)
            is_first = question is not None and question.name in SETS_RIGHT and path_of(message) is None
            is_of_112 = question is not None and is_asked_of_now(message) and heard_in(message).name == "dont_know"
            if question is not None and (is_first or is_of_112 or not is_answer(message)):
                hear_as(message, ON_THE_WAY)
            if question is not None:
                is_calm = _only_asks_of_call(message, question, probabilities.get(question.like, 0.0))
                message.set(ENTITIES, without_danger(message) if is_calm else _kept(message, question), add_to_output=True)
                add_entity(message, "question", question.name, self)
            if question is not None and question.name == _ABOUT_FRIEND and who_in(message) != ADULT:
                add_entity(message, "who", FRIEND, self)  # what follows is about that friend: "ik schrijf voor een maat"
        return messages

    @staticmethod
    def _of_language(message: Message, text: str) -> Optional[str]:
        """The question that is answered where nothing is switched: words that only tell of a language. What another speaks is left to the
        path, as words of its own; None for that and for all else."""
        told = tells_of_language(text) if heard_in(message).name == _SWITCH else None
        if told == ANOTHERS:
            hear_as(message, NOT_UNDERSTOOD)
        return _WHICH_LANGUAGE if told == OWN else None

    def _may_ask(self, message: Message, text: str, probabilities: Dict[str, float], question: Optional[Question]) -> None:
        """Marks what a message may ask, where that is not sure enough to be answered (bot/reading.py offers it)."""
        path = path_of(message)
        if is_asked_of_now(message) or (question is not None and (path is None or question.name in ENDS)):
            return
        odds = self._questions.on_path(probabilities, path, self._config["none"] if path is not None else 1.0)
        if question is not None:
            is_sure = odds.get(question.like, 0.0) >= self._config["sure_answered"]
        else:
            asks = 1.0 - sum(odds.get(label, 0.0) for label in (NO_QUESTION, MEANT_OTHERWISE))
            is_sure = asks < self._least_offered(text, odds, path)
        may_be = () if is_sure or may_be_of_life(message, path) else self._questions.may_be_meant(odds, text, path)
        meant = [one for one in may_be if not _answers_instead(message, one)]
        if meant:
            add_entity(message, MAY_ASK, "|".join(one.name for one in meant), self)

    def _least_offered(self, text: str, odds: Dict[str, float], path: Optional[str]) -> float:
        """The probability of all questions together from which a few are offered. Without a mark, or words that ask, most only tells: that
        must be surer, and what is likeliest one that can be offered."""
        if path is None:
            return float(self._config["sure_offered_first"])
        if "?" in text or self._questions.asking.ask(text):
            return float(self._config[_SURE_OFFERED.get(urgency_of(path), "sure_offered")])
        is_titled = max(odds, key=lambda label: odds[label]) in self._questions.titles
        return float(self._config["sure_offered_unmarked"]) if is_titled else NEVER

    def _is_denial(self, message: Message, text: str) -> bool:
        """Whether the words deny what the path is about (bot/components/denials.py): nothing in them is danger then. A need beside the path
        that they deny is not begun; the rest of them is looked at."""
        told, heard = message.get("metadata") or {}, heard_in(message).name
        denied = None if heard in TAKEN_AT_THEIR_WORD else denied_by(text, told, {need: odds_of(message, need) for need in NEEDS})
        if denied is None:
            if (told.get("question") or _is_short_no(told, text)) and not told.get("now") and denies_another(text, heard, path_of(message)):
                message.set(ENTITIES, without_danger(message), add_to_output=True)
                add_entity(message, DENIES, heard, self)
                hear_as(message, NOT_UNDERSTOOD)
            return False
        also = (str(heard),) if denies_another(text, heard, path_of(message)) else ()
        self._leaves_path(message, None, MEANT_OTHERWISE)
        add_entity(message, DENIAL, denied.kind, self)
        for need in (*denied.needs, *also):
            add_entity(message, DENIES, need, self)
        back = goes_back_to(denied, told)
        if back is not None:
            add_entity(message, BACK_TO, back, self)
        return True

    def _leaves_path(self, message: Message, over: Optional[str], meant: Optional[str]) -> None:
        """The danger is over (`over`), or was none (`meant`): nothing in these words is read as danger."""
        message.set(ENTITIES, without_danger(message), add_to_output=True)
        hear_as(message, MEANT_OTHERWISE if over is None else "affirm")
        kind, value = ("question", str(meant)) if over is None else ("danger_now", over)
        if over == IS_DEAD:
            add_entity(message, "question", _FOUND_DEAD, self)
        add_entity(message, kind, value, self)

    def _takes_offer(self, message: Message, question: Optional[Question]) -> bool:
        """Whether they only ask for what was just offered ("wil je een tip?" / "ja wat kan ik dan doen"): that is a yes."""
        is_nothing_else = is_answer(message) or heard_in(message).name in (NOT_UNDERSTOOD, path_of(message))
        return question is not None and question.like == _WHAT_NOW and is_nothing_else and is_offered(message)

    def _asked(self, message: Message, text: str, probabilities: Dict[str, float]) -> Optional[Question]:
        path, is_of_now = path_of(message), is_asked_of_now(message)
        if is_of_now:
            probabilities = self._questions.in_danger(probabilities)
        elif path is not None:
            probabilities = self._questions.on_path(probabilities, path, self._config["none"])
        else:
            probabilities = self._questions.behind(probabilities, (message.get("metadata") or {}).get("talk"))
        label = max(probabilities, key=lambda name: probabilities[name])
        is_none, of_body = label in (NO_QUESTION, MEANT_OTHERWISE), is_of_body(message)
        question = None if is_none else self._questions.asked(label, text, path, in_danger=is_of_now, of_body=of_body)
        if question is not None and is_of_now:
            is_of_life = heard_in(message).name in OF_LIFE and "?" not in text  # "ik spring eruit" asks nothing
            is_told = question.in_danger and not is_now(message) and not message.get(IN_WORDS) and not is_of_life
            return question if is_told and probabilities[label] >= self._config["sure_in_danger"] else None
        if question is None or _answers_instead(message, question):
            return None
        if question.told and (heard_in(message).name == _THANKS or _is_raised_beside(message, path, probabilities[label])):
            return None
        if path is None and goes_before(message, question, probabilities[label], self._config):
            return question
        is_asking = self._questions.asking.ask(text)
        is_sure = probabilities[label] >= surely(message, question, path, self._config, is_asking=is_asking)
        is_plainly_asked = path is not None and probabilities[label] >= _PLAINLY and question.name not in ENDS and only_asks(message)
        return question if is_sure and (is_plainly_asked or may_be_answered(message, question, path)) else None


def _is_short_no(told: Mapping[str, Any], text: str) -> bool:
    """Whether it is a few words behind small talk: "non elle me frappe pas hein", said of a sister who takes their things."""
    return not told.get("topic") and bool(told.get("said")) and 0 < len(text.split()) <= _SHORT_NO


def _answers_instead(message: Message, question: Question) -> bool:
    """Whether the words answer what was asked before and ask nothing: "mon père est jamais content", where it was asked what goes on."""
    return is_of_a_deed(question, message.get("metadata") or {}) or (after(message) in question.not_after and "?" not in message.get(TEXT))


def _asks_the_same(example: Message) -> bool:
    """Whether an example of a need says what is said on the way too: a few words of a bare feeling are one."""
    is_bare = example.get(INTENT) == _TELLS_FEELINGS and len(example.get(TEXT).split()) <= _BARE_WORDS
    return is_bare or example.get(INTENT) in _SAME_AS_QUESTIONS


def _is_raised_beside(message: Message, path: Optional[str], probability: float) -> bool:
    """Whether an emergency is heard in the words, on the path of something less: "ik zeg het in een brief, dan weten ze het na mij". Not
    where it is hardly likely, no word tells of it, and something is told almost for sure (`probability`): "jvais le dire à ma soeur"."""
    told = {one.get("entity"): one.get("value") for one in message.get(ENTITIES, [])}
    is_raised = told.get("urgency") == Urgency.EMERGENCY.value and urgency_of(path) is not Urgency.EMERGENCY
    odds = (message.get(DANGER_ODDS) or {}).get(Urgency.EMERGENCY.value, 1.0)
    is_hardly = odds < _HARDLY_LIKELY and probability >= _SURELY_TOLD and not message.get(IN_WORDS) and not is_now(message)
    return is_raised and not is_hardly


def _only_asks_of_call(message: Message, question: Question, probability: float) -> bool:
    """Whether it is plainly asked of a call, on the path of no emergency, and no word tells of danger: what the model alone hears in
    "et si personne décroche" raises nothing. `probability`: of the question, 0..1."""
    path = path_of(message)
    is_aside = path is not None and urgency_of(path) is not Urgency.EMERGENCY
    return is_aside and question.name in _OF_A_CALL and probability >= _PLAINLY and only_asks(message)


def may_wait_for_help(message: Message) -> bool:
    """Whether help may have been called: a danger of this moment is asked about, was met, or is what the talk is about."""
    told = message.get("metadata") or {}
    is_emergency = urgency_of(told.get("topic")) is Urgency.EMERGENCY
    return is_asked_of_now(message) or bool(told.get("was_now") or told.get("helped")) or is_emergency


def _kept(message: Message, question: Question) -> List[Dict[str, Any]]:
    """The entities so far; without a path, who asks what a word means or says that they are tired is in no danger that no word tells of,
    and who quarrels with a friend or is in love is no friend that helps. What a need brought that only its example
    made sure goes with it."""
    entities = message.get(ENTITIES, [])
    if path_of(message):
        return list(entities)
    left_out = {"urgency", TOLD_BEFORE} if message.get(BY_EXAMPLE) else {"urgency"}
    kept = [one for one in entities if one.get("entity") not in left_out and not (question.alone and one.get("value") == FRIEND)]
    return [{**one, "value": "no"} if message.get(BY_EXAMPLE) and one.get("value") in OPENS_OTHERWISE else one for one in kept]
