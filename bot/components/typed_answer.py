"""What is typed in place of a button ("mijn tante weet het", "doe maar", "m'n gsm is afgepakt"), learned per question from data/typed.

Rules know yes and no and their kin (data/answers.yml); most of what teenagers type is none of these. This only marks what a reply likely
means: QuestionClassifier, behind all that may be heard in it, believes it where nothing else was.
"""

from __future__ import annotations

import inspect
from contextlib import suppress
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Self

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import reply_model
from bot.components.linear_component import LinearComponent
from bot.components.message_intent import IN_WORDS, hear_as, heard_in
from bot.components.now_classifier import NOW_ODDS
from bot.components.path_answer import BY_RULE
from bot.components.path_so_far import NEVER_TAKEN_BACK, TAKEN_AT_THEIR_WORD, after, is_answer, is_now, was_surely_told
from bot.reply_model import ReplyModel
from bot.sentence_model import source_fingerprint
from bot.terms import reviewed_terms
from bot.yaml12 import read_yaml
from kernel.answers import Answers
from kernel.need import ANSWERS, NEEDS, NOT_UNDERSTOOD, OF_LIFE
from kernel.paths import QUESTION
from kernel.question import Question
from kernel.typed import ASKS, BACK, OF_A_SCREEN, OF_NOW, OTHER, grave_answer, takes_wish_away

REPLIES_TO, MEANS = "replies_to", "reply_means"
"""On an example: the question it replies to, without QUESTION, and what it means there (bot/importer.py)."""
TYPED, ANSWER, TAKES_BACK, TELLS_NOW = "typed_odds", "typed_answer", "typed_back", "typed_now"
"""On a message that replies to a question with examples: how likely each meaning is; the answer that is likely enough, None for none;
whether it likely takes back what the bot thought; whether it likely tells of a danger of this moment."""
_ANSWERS_FILE = Path(__file__).resolve().parents[2] / "data" / "answers.yml"
_HARDLY = 0.1
"""Below it nothing is asked. Of 103 replies without a mark that were taken for a question, 97 lay below and were none, three were one
(docs/adr/0055)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TypedAnswer(LinearComponent):
    """Marks a message with TYPED and ANSWER. What takes a danger away must still be plain (kernel/lowering.py)."""

    _replies: Optional[ReplyModel] = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`C`: as in scikit-learn; `max_iter`: rounds of L-BFGS; `mix`: the share of each meaning among what is typed (bot/reply_model.py).
        The least probabilities: `sure`: an answer; `back`: what the bot thought is taken back, `back_surely` where terms found that danger;
        `now`, with `now_odds` of NowClassifier: a danger of this moment is told, `now_screen` instead where it is on a screen. `no_other`,
        `no_other_life`: below it, of another trouble or a danger now, a need that was heard beside the path is none; the second of a wish
        to die and self-harm."""
        least = {"sure": 0.6, "back": 0.2, "back_surely": 0.5, "now": 0.2, "now_screen": 0.35, "now_odds": 0.3}
        return {"C": 2.0, "max_iter": 150, "mix": {}} | least | {"no_other": 0.03, "no_other_life": 0.01}

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Raises AnswersError when data/answers.yml is malformed."""
        super().__init__(config, model_storage, resource)
        self._answers = Answers(read_yaml(_ANSWERS_FILE)["answers"])

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """See the parent class; this fit stands in a file of its own."""
        return source_fingerprint() + inspect.getsource(reply_model)

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Self:
        """Reads what was learned, if anything was."""
        component = cls(config, model_storage, resource)
        with suppress(ValueError), model_storage.read_from(resource) as folder:
            component._replies = ReplyModel.read(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the examples of data/typed; without any nothing is heard."""
        examples = [message for message in training_data.training_examples if message.get(MEANS)]
        if examples:
            asked, meant = ([str(message.get(key)) for message in examples] for key in (REPLIES_TO, MEANS))
            self._replies = ReplyModel.fitted(examples, asked, meant, self._config["mix"], self._config["C"], self._config["max_iter"])
            with self._storage.write_to(self._resource) as folder:
                self._replies.write(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every reply to a question of a path but the payloads of buttons."""
        for message in messages:
            told, text = message.get("metadata") or {}, str(message.get(TEXT) or "")
            question = str(told.get("question") or "")
            is_typed = message.features and not text.startswith("/")
            if self._replies is None or not is_typed or not told.get("asking") or not self._replies.knows(question.removeprefix(QUESTION)):
                continue
            odds = self._replies.probabilities(message, question.removeprefix(QUESTION))
            answer = likeliest(odds, question, self._config["sure"])
            message.set(TYPED, odds)
            message.set(TAKES_BACK, odds.get(BACK, 0.0) >= self._config["back_surely" if was_surely_told(told) else "back"])
            is_likely_now = float(message.get(NOW_ODDS) or 0.0) >= self._config["now_odds"]
            least = self._config["now_screen" if told["asking"] in OF_A_SCREEN else "now"]
            message.set(TELLS_NOW, is_likely_now and odds.get(OF_NOW, 0.0) >= least)
            if self._is_no_other(message, text, odds):
                hear_as(message, NOT_UNDERSTOOD, 0.0)
            message.set(ANSWER, answer if answer is not None and self._answers.counts(text, question, answer) else None)
        return messages

    def _is_no_other(self, message: Message, text: str, odds: Mapping[str, float]) -> bool:
        """Whether a need was heard beside the path that is hardly told in this reply: "ja zo'n plan zou ik wel willen" is no wish to die.
        What reviewed terms hear stays."""
        heard, asking = heard_in(message).name, (message.get("metadata") or {}).get("asking")
        if heard not in NEEDS or heard == asking or NEEDS[heard].is_conversation or heard in TAKEN_AT_THEIR_WORD:
            return False
        least = self._config["no_other_life" if heard in OF_LIFE else "no_other"]
        return odds.get(OTHER, 0.0) + odds.get(OF_NOW, 0.0) < least and not reviewed_terms().find_all(text)


def is_taken_back(message: Message) -> bool:
    """Whether a reply takes back what its path is about, nothing else was heard, and no rule knows it whole: "da was uit een serie". Not a
    wish to die, self-harm or abuse, nor where anything tells of danger."""
    path = (message.get("metadata") or {}).get("asking")
    is_open = message.get(TAKES_BACK) and not message.get(BY_RULE) and path not in OF_LIFE | NEVER_TAKEN_BACK
    return bool(is_open) and _is_open(message) and not message.get(IN_WORDS) and not message.get(TELLS_NOW) and not is_now(message)


def _is_open(message: Message) -> bool:
    """Whether nothing was heard in a reply but an answer, or its own path."""
    return heard_in(message).name in (None, NOT_UNDERSTOOD, (message.get("metadata") or {}).get("asking"), *ANSWERS)


def believed(message: Message, question: Optional[Question]) -> Optional[str]:
    """The answer that was typed, where no rule knows one and nothing else was heard; None for none. `question`: that was heard in the
    words: one that is told, or is an answer here, has words of its own, and one that may be asked goes before."""
    is_open = _is_open(message) and not is_answer(message)
    gives_way = question is None or (asks_nothing(message) and not question.told and question.says(after(message)) is None)
    return message.get(ANSWER) if is_open and gives_way else None


def asks_nothing(message: Message) -> bool:
    """Whether a reply to a question hardly asks anything itself."""
    odds = message.get(TYPED)
    return odds is not None and odds.get(ASKS, 0.0) < _HARDLY and "?" not in (message.get(TEXT) or "")


def likeliest(odds: Mapping[str, float], question: str, sure: float) -> Optional[str]:
    """The answer (of ANSWERS) that a reply to `question` is, from the probability `sure` on; None for none. Where an answer would tell of
    danger, a danger of this moment counts as that answer: "il est en bas" to "are you safe?". A no about a wish to die is never learned."""
    likely = {answer: odds.get(answer, 0.0) for answer in ANSWERS}
    if (grave := grave_answer(question)) is not None:
        likely[grave] += odds.get(OF_NOW, 0.0)
    answer = max(likely, key=lambda name: likely[name])
    return answer if likely[answer] >= sure and not takes_wish_away(question, answer) else None
