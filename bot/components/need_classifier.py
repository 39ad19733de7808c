"""Which need a message is about: logistic regression and a perceptron over sentence vector and n-grams.

What is stored is plain arrays, so loading imports no scikit-learn and unpickles nothing.
"""

from __future__ import annotations

import inspect
from typing import Any, Dict, FrozenSet, List, Optional, Self, Set

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.asked import ASKED, asked_questions
from bot.components import known_examples
from bot.components.corrections import denied_in
from bot.components.known_examples import KnownExamples
from bot.components.linear_component import LinearComponent
from bot.components.message_intent import INTENT_RANKING, add_entity, heard_in
from bot.components.need_odds import DELICATE, danger_odds, help_needs, helping_odds, most_urgent_of_equals
from bot.components.noise import is_struck
from bot.components.wiping import wipes_elsewhere
from bot.conversation_state import OF_NOW
from bot.linear_model import row_of
from kernel.language import words_of
from kernel.need import ANSWERS, NEEDS, OF_LIFE, urgency_of
from kernel.urgency import Urgency

PERHAPS = "perhaps"
"""Entity: not sure enough to be named, and likely a call for help all the same; whoever is not understood then is asked warmly."""
DANGER_ODDS = "danger_odds"
"""On a message: see `danger_odds`. That somebody is in danger is surer than which danger it is."""
HELPING_ODDS = "helping_odds"
"""On a message: the summed probability of all calls for help, 0..1."""
BY_EXAMPLE = "by_example"
"""On a message: its need was not sure enough, and is heard because its examples have the very words."""
_AS_TOLD = 0.9
"""How surely a need is heard whose examples hold the very words."""
_PLAINLY = 0.97
_MIDDLING = 8
"""A number of words that is neither few nor many."""
_MILD = "other_wellbeing"
_NEVER = 2.0
_DRIFTS = frozenset({"friend_missing"})
"""Heard in much that answers something else: "hij is weg nu"."""
_OTHER = "off_topic"
_PERSON, _BOT, _WIPE = "want_human", "bot_challenge", "wipe_chat"
_CLEAR_IN_TALK = frozenset({"nude_spread", "deepfake_nude", "pressured_to_send", "self_harm", "unsafe_home", "runaway_thinking"})
"""Told in few words right behind small talk, these are no more of it. Others are heard in "ze was 14 jaar", "hij sliep bij mij" or
"hij heeft 200 volgers"."""
_ASKED = frozenset({"legal_question", "report_content_removal", "sexting_question"})
"""Needs that are questions: everybody asks what the law says, and how an account is deleted."""
_LEAST = {name: "conversation" for name, need in NEEDS.items() if need.is_conversation} | {
    _WIPE: "wipe_chat",
    "want_human": "wants_person",
    "privacy_question": "asks_privacy",
}
"""The setting that says how sure it must be, for whatever is no call for help with a line of its own: "snel aub" is no wish to wipe."""


def _is_unread(message: Message, sure: float) -> bool:
    """Whether nothing in the message was ever seen, it is letters struck at random, or signs that do not surely say something ("👍" does).
    `sure`: the probability of what leads."""
    words = words_of(message.get(TEXT) or "")
    return not len(row_of(message)[0]) or (all(is_struck(word) for word in words) and (bool(words) or sure < _PLAINLY))


def _danger_now(question: Optional[str]) -> Optional[str]:
    """The question itself where it was asked how they get out of a danger of no known kind: "stil" answers that."""
    return question if str(question).startswith(OF_NOW) else None


def _small_talk(training_data: TrainingData, known: Set[str]) -> List[Message]:
    """The examples of questions that are nothing but small talk, without the `known` texts."""
    small = _small()
    return [one for one in training_data.training_examples if one.get(ASKED) in small and one.get(TEXT) not in known]


def _small() -> FrozenSet[str]:
    """How the examples of questions are called that are nothing but small talk."""
    return frozenset(question.like for question in asked_questions().all.values() if question.small)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NeedClassifier(LinearComponent, IntentClassifier):
    """Sets `intent` and the ranking of all needs on each message."""

    is_needed = True

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`C`: inverse regularisation; `ngram_weight`: length of the n-gram part beside the sentence vector's 1.
        `hidden`, `networks`, `readings`, `read_share`, `hidden_share`, `first_share`, `aside`, `aside_share`: of the perceptron beside it
        (bot/sentence_model.py).

        `sure`, `unlikely`: from and below which summed probability of all calls for help a message is one, or is none.
        `sure_high`, `sure_emergency`: the same as `sure` for needs of that urgency: they bring the lines for danger, so more surely
        meant; for an emergency less so, because missing one is worse than a false alarm.
        `few_words`, `sure_few`: a message of at most so many words must be at least so sure; `many_words`, `sure_many`: one of at least so
        many need not be surer than that, `sure_normal_many`: how sure it must be then where it is no danger, `sure_asked_many` where it is
        a question. `sure_mild`, `sure_mild_few`: the same for other_wellbeing, which everyday talk is full of.
        `sure_life`, `sure_life_few`, `sure_life_many`: the same for a wish to die and self-harm, which are heard sooner.
        `answer`: from which probability a plain yes or no is heard where no path asked for one.
        `least`: below it no single need is named; `wants_person`: from which probability the wish for a person is taken at its word;
        `asks_privacy`: from which it is answered who reads this, which names no line; `conversation`: from which a greeting, an insult
        or another of that kind is heard; `wipe_chat`: from which it is asked whether all may go.
        `possible`: from which summed probability of all calls for help a message is no small talk, but asked again, with 116000.
        `delicate`: from which probability a need is named whose answer hurts who meant something else.
        `off_path`, `off_path_emergency`, `off_path_delicate`: from which probability another need than the path's is heard as the answer
        to its question, `off_path_life` one about life; `off_path_few`, `off_path_emergency_few`, `off_path_life_few`: for few words.
        `back_to_path`: the same for a need whose path was walked before.
        `sure_in_talk`: how sure all calls for help together must be right behind small talk; few words tell of that ("ze was 14 jaar"),
        unless they are an emergency, or by themselves so surely something that is told of nothing else ("iemand heeft mn foto gelekt").
        `perhaps`: from which summed probability of all calls for help what is not understood may be one all the same.
        """
        return {
            "C": 20.0,
            "ngram_weight": 2.5,
            "max_iter": 100,
            "hidden": 128,
            "networks": 1,
            "readings": 8,
            "read_share": 1.0,
            "hidden_share": 0.6,
            "first_share": 0.8,
            "aside": _OTHER,
            "aside_share": 0.4,
            "ranking_length": 5,
            "sure": 0.9,
            "sure_high": 0.8,
            "sure_emergency": 0.7,
            "few_words": 5,
            "sure_few": 0.93,
            "sure_mild": 0.8,
            "sure_mild_few": 0.93,
            "many_words": 14,
            "sure_many": 0.5,
            "sure_normal_many": 0.5,
            "sure_asked_many": 0.5,
            "sure_life": 0.7,
            "sure_life_few": 0.93,
            "sure_life_many": 0.5,
            "unlikely": 0.5,
            "answer": 0.65,
            "least": 0.25,
            "wants_person": 0.68,
            "asks_privacy": 0.4,
            "conversation": 0.5,
            "wipe_chat": 0.7,
            "possible": 0.25,
            "delicate": 0.6,
            "off_path": 0.9,
            "off_path_emergency": 0.7,
            "off_path_delicate": 0.98,
            "off_path_few": 0.97,
            "off_path_emergency_few": 0.93,
            "back_to_path": 0.85,
            "off_path_life": 0.7,
            "off_path_life_few": 0.93,
            "sure_in_talk": 0.97,
            "perhaps": 0.4,
        }

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._examples: Optional[KnownExamples] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """As the parent's, and of how examples are compared and which questions are small talk."""
        return f"{super().fingerprint_addon(config)}{inspect.getsource(known_examples)}{sorted(_small())}"

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Self:
        """See the parent class."""
        component = super().load(config, model_storage, resource, execution_context, **kwargs)
        with model_storage.read_from(resource) as folder:
            component._examples = KnownExamples.read(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on every example that has text and intent; and, as small talk, on those of questions that are nothing else (`small` in
        data/questions/asked.yml), unless they stand among a need's."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and message.get(INTENT)]
        # Stopped early on purpose: forty rounds cost over a point of macro F1 (docs/adr/0004); more than a hundred were not measured.
        labels = [str(message.get(INTENT)) for message in examples]
        self._examples = KnownExamples.of(examples, labels)
        small = _small_talk(training_data, {message.get(TEXT) for message in examples})
        resource = self.learn([*examples, *small], [*labels, *([_OTHER] * len(small))])
        with self._storage.write_to(resource) as folder:
            self._examples.write(folder)
        return resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking; confidence is the softmax probability, 0..1."""
        for message in messages:
            if self._model is None or not message.features:
                message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
                continue
            text, told = message.get(TEXT) or "", message.get("metadata") or {}
            words = " ".join(words_of(text))
            denied = dict.fromkeys(denied_in(words), 0.0)
            if wipes_elsewhere(words, told.get("asking") or told.get("topic")):
                denied[_WIPE] = 0.0
            asking = told.get("asking") or _danger_now(told.get("question"))
            probabilities = self._model.probabilities_of_message(message, is_first=asking is None) | denied
            ranking = self._heard(message, probabilities, asking, is_talk=bool(told.get("small_talk")))
            if asking is None and ranking[0][INTENT_NAME_KEY] in ANSWERS and _is_unread(message, max(probabilities.values())):
                ranking[0][PREDICTED_CONFIDENCE_KEY] = 0.0  # "💀💀", "jdjdjdjd": no "no, I cannot talk"
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING, ranking, add_to_output=True)
            message.set(DANGER_ODDS, danger_odds(probabilities))
            message.set(HELPING_ODDS, helping_odds(probabilities), add_to_output=True)
            if heard_in(message).confidence <= 0.0 and helping_odds(probabilities) >= float(self._config["perhaps"]):
                add_entity(message, PERHAPS, "yes", self)
        return messages

    def _heard(self, message: Message, probabilities: Dict[str, float], asking: Optional[str], *, is_talk: bool) -> List[Dict[str, Any]]:
        """As `_ranked`, with the need first whose examples have the very words of the message, whatever the thresholds say.

        Not where a path waits for an answer; not for a plain answer, nor for small talk where the model hears a call for help. Right behind
        small talk words are told of that, unless they are an emergency or clear by themselves.
        """
        walked = frozenset((message.get("metadata") or {}).get("walked") or ())
        ranking = self._ranked(probabilities, asking, len(str(message.get(TEXT) or "").split()), is_talk=is_talk, walked=walked)
        need = self._examples.label_of(message) if self._examples is not None and asking is None else None
        if need == _WIPE and not probabilities.get(_WIPE):
            need = None  # an example's words, said of something else: "kan ik da verwijderen" of a photo
        is_talk_of = need in NEEDS and NEEDS[str(need)].is_conversation
        if need is None or need in ANSWERS or (is_talk_of and helping_odds(probabilities) >= float(self._config["unlikely"])):
            return ranking
        if is_talk and not is_talk_of and need not in _CLEAR_IN_TALK and urgency_of(need) is not Urgency.EMERGENCY:
            return ranking
        message.set(BY_EXAMPLE, ranking[0][PREDICTED_CONFIDENCE_KEY] <= 0.0)
        first = {INTENT_NAME_KEY: need, PREDICTED_CONFIDENCE_KEY: max(probabilities.get(need, 0.0), _AS_TOLD)}
        return [first, *(one for one in ranking if one[INTENT_NAME_KEY] != need)][: self._config["ranking_length"]]

    def _ranked(
        self,
        probabilities: Dict[str, float],
        asking: Optional[str] = None,
        words: int = _MIDDLING,
        *,
        is_talk: bool = False,
        walked: FrozenSet[str] = frozenset(),
    ) -> List[Dict[str, Any]]:
        """Needs and probabilities, the answer first; its confidence is 0 when it may as well be small talk.

        Whether a message is a call for help is far surer than which one: the sum over all help needs decides, measured
        on held-out messages. Among help needs of nearly the same probability the more urgent goes first.

        `asking` is the need whose path has just asked something: then words are first of all an answer to that ("gisteren
        nog", "weet ni hoeveel mensen"), and another subject must be clearly meant to be heard as one. `words`: how many the message has.
        `is_talk`: small talk came before; `walked`: the needs whose paths were walked, to which one may go back sooner.
        """
        calls = help_needs(probabilities)
        helping = helping_odds(probabilities)
        order = sorted(probabilities, key=lambda need: -probabilities[need])
        best = order[0]
        if helping >= min(self._config["sure"], self._surely(best, words)):
            meant = {need: probabilities[need] for need in calls if self._may_be_meant(need, probabilities)}
            equals = (most_urgent_of_equals(meant), max(meant, key=lambda need: meant[need]))
            best = next((need for need in equals if helping >= self._surely(need, words)), equals[0])
        elif best in calls and helping < self._config["unlikely"]:
            best = next(need for need in order if need not in calls)
        elif best == _PERSON and probabilities[best] < self._config["wants_person"] <= probabilities[best] + probabilities.get(_BOT, 0.0):
            best = _BOT  # "praat ik met een echte persoon?": who asks that is told, and may still ask for one
        is_back = best in walked and probabilities[best] >= float(self._config["back_to_path"])
        unsure = not is_back and self._is_unsure(best, probabilities, helping, asking, words)
        unsure = unsure or (is_talk and best in calls and self._is_aside(best, probabilities[best], helping, words))
        ranking = [best, *(need for need in order if need != best)][: self._config["ranking_length"]]
        confidences = [0.0 if unsure and need == best else probabilities[need] for need in ranking]
        return [{INTENT_NAME_KEY: need, PREDICTED_CONFIDENCE_KEY: sure} for need, sure in zip(ranking, confidences, strict=True)]

    def _is_aside(self, best: str, own: float, helping: float, words: int) -> bool:
        """Whether what leads, right behind small talk, is told of that. `own`: its probability; `helping`: all calls for help together."""
        if best in _DRIFTS:
            return True  # "ze zit altijd bij haar" of a friend who has another one; terms tell of whoever is gone
        least = float(self._config["sure_in_talk"])
        is_short = words <= self._config["few_words"] and urgency_of(best) is not Urgency.EMERGENCY
        is_clear = best in _CLEAR_IN_TALK and own >= least
        return helping < least or (is_short and not is_clear)

    def _is_unsure(self, best: str, probabilities: Dict[str, float], helping: float, asking: Optional[str], words: int) -> bool:
        """Whether the need that leads is still not clear enough to be taken at its word. `helping`: all calls for help together."""
        own = probabilities[best]
        if best == _BOT and own + probabilities.get(_PERSON, 0.0) >= float(self._config["wants_person"]):
            return False
        if asking is not None and best != asking and own < self._clearly_meant(best, words):
            return True
        if best in ANSWERS:
            return asking is None and own < float(self._config["answer"])
        if best == _OTHER:
            return asking is None and helping >= float(self._config["possible"])
        return own < float(self._config[_LEAST.get(best, "least")]) or (best not in _LEAST and helping < self._surely(best, words))

    def _may_be_meant(self, need: str, probabilities: Dict[str, float]) -> bool:
        """Whether a delicate need is likely enough by itself: being afraid is no fear of hurting a child, though that leads by a little."""
        return need not in DELICATE or probabilities[need] >= self._config["delicate"]

    def _surely(self, need: str, words: int) -> float:
        """The summed probability of all calls for help from which `need` is named: more for few words, which tell little; less for many."""
        urgency, is_life = urgency_of(need), need in OF_LIFE
        level = "_life" if is_life else f"_{urgency.value}" if urgency.is_danger else ""
        sure = float(self._config[f"sure{level}"])
        is_few, is_mild = words <= self._config["few_words"], need == _MILD
        if is_few:
            sure = max(sure, float(self._config["sure_life_few" if is_life else "sure_few"]))
        if is_mild and words < self._config["many_words"]:
            return max(sure, float(self._config["sure_mild_few" if is_few else "sure_mild"]))
        is_long = words >= self._config["many_words"]
        if is_long and not is_life and not is_mild and not urgency.is_danger:
            return float(self._config["sure_asked_many" if need in _ASKED else "sure_normal_many"])
        return min(sure, float(self._config["sure_life_many" if is_life else "sure_many"])) if is_long else sure

    def _clearly_meant(self, need: str, words: int) -> float:
        """The probability from which `need` is heard while a path waits for an answer; an emergency is heard sooner, few words later."""
        if need in ANSWERS:
            return 0.0
        if need in DELICATE or need in _DRIFTS:
            return _NEVER if words <= self._config["few_words"] else float(self._config["off_path_delicate"])
        level = "_life" if need in OF_LIFE else "_emergency" if urgency_of(need) is Urgency.EMERGENCY else ""
        is_few = words <= self._config["few_words"] and need not in _LEAST
        return float(self._config[f"off_path{level}{'_few' if is_few else ''}"])
