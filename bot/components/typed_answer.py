"""What is typed in place of a button ("mijn tante weet het", "doe maar", "m'n gsm is afgepakt"), learned per question from data/typed.

Rules know yes and no and their kin (data/answers.yml); most of what teenagers type is none of these. This only says how likely each
meaning is: PathAnswer believes it where no rule knows better, and what surely answers is not taken for a question.
"""

from __future__ import annotations

import inspect
from contextlib import suppress
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
from bot.components.message_intent import heard_in
from bot.reply_model import ReplyModel
from bot.sentence_model import source_fingerprint
from kernel.need import ANSWERS, NOT_UNDERSTOOD, TAKEN_AT_THEIR_WORD
from kernel.paths import QUESTION
from kernel.typed import ASKS, OF_NOW, grave_answer

REPLIES_TO, MEANS = "replies_to", "reply_means"
"""On an example: the question it replies to, without QUESTION, and what it means there (bot/importer.py)."""
TYPED = "typed_answer"
"""On a message: how likely each meaning is, where it replies to a question that has examples."""
_HARDLY = 0.1
"""Below it nothing is asked. Of 103 replies without a mark that were taken for a question, 97 lay below and were none, three were one
(docs/adr/0055)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TypedAnswer(LinearComponent):
    """Marks a message with TYPED."""

    _replies: Optional[ReplyModel] = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`C`: as in scikit-learn; `max_iter`: rounds of L-BFGS."""
        return {"C": 2.0, "max_iter": 150}

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
            self._replies = ReplyModel.fitted(examples, asked, meant, self._config["C"], self._config["max_iter"])
            with self._storage.write_to(self._resource) as folder:
                self._replies.write(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every reply to a question of a path but the payloads of buttons."""
        for message in messages:
            told = message.get("metadata") or {}
            question = str(told.get("question") or "").removeprefix(QUESTION)
            is_typed = message.features and not (message.get(TEXT) or "").startswith("/")
            if self._replies is not None and is_typed and told.get("asking") and self._replies.knows(question):
                message.set(TYPED, self._replies.probabilities(message, question))
        return messages


def typed_answer(message: Message, question: str, sure: float) -> Optional[str]:
    """The answer (of ANSWERS) that a reply to `question` is, from the probability `sure` on; None for none. Where an answer would tell of
    danger, a danger of this moment counts as that answer: "il est en bas" to "are you safe?"."""
    odds: Mapping[str, float] = message.get(TYPED) or {}
    likely = {answer: odds.get(answer, 0.0) for answer in ANSWERS}
    if (grave := grave_answer(question)) is not None:
        likely[grave] += odds.get(OF_NOW, 0.0)
    answer = max(likely, key=lambda name: likely[name])
    return answer if likely[answer] >= sure else None


def as_typed(message: Message, asked: Mapping[str, Any], meant: Optional[str], sure: float) -> Optional[str]:
    """What a reply means that rules take for `meant`: the answer that it is by examples of its question, where no rule knows one."""
    is_open = meant in (None, NOT_UNDERSTOOD, asked.get("asking")) and heard_in(message).name not in TAKEN_AT_THEIR_WORD
    return (typed_answer(message, str(asked["question"]), sure) if is_open else None) or meant


def asks_nothing(message: Message) -> bool:
    """Whether a reply to a question hardly asks anything itself."""
    odds = message.get(TYPED)
    return odds is not None and odds.get(ASKS, 0.0) < _HARDLY and "?" not in (message.get(TEXT) or "")
