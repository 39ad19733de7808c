"""Whether the danger is now: "kzit in zijn auto en hij stopt niet" says it by place and circumstances, which a list of terms cannot hold.

A second, small classifier on the features of the first. It learns from the examples of needs, some of which are marked in data/now, and
from harmless ones that stand there too. What it says raises the level of a danger that was heard, in the crisis finder behind it; by
itself it makes none.
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.linear_component import LinearComponent
from kernel.need import urgency_of
from kernel.urgency import Urgency

MOMENT = "moment"
"""On an example: NOW or UNCLEAR, as it is marked in data/now, or HARMLESS (bot/importer.py)."""
NOW, NOT_NOW, UNCLEAR, HARMLESS = "now", "not_now", "unclear", "harmless"
"""HARMLESS: sounds like danger now and is none; an example of this alone, of no need."""
NOW_ODDS = "now_odds"
"""On a message: the probability, 0..1, that its danger is now, if it is one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NowClassifier(LinearComponent):
    """Sets NOW_ODDS on each message that has words."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`others`: how many examples of needs without any mark, evenly taken, stand for what is no danger now. `C`, `ngram_weight`,
        `max_iter` as in NeedClassifier."""
        return {"C": 20.0, "ngram_weight": 2.5, "max_iter": 60, "others": 15_000}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the examples of the needs that have marks and on some of the others; without any mark there are no odds."""
        labelled = self._labelled(training_data)
        return self.learn([message for message, _ in labelled], [label for _, label in labelled])

    def _labelled(self, training_data: TrainingData) -> List[Tuple[Message, str]]:
        """Examples with NOW or NOT_NOW. Emergencies without marks are left out: nobody read their moment."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        marked = {message.get(INTENT) for message in examples if message.get(MOMENT) == NOW}
        if not marked:
            return []
        read = [message for message in examples if message.get(INTENT) in marked and message.get(MOMENT) != UNCLEAR]
        others = [one for one in examples if one.get(INTENT) not in marked and urgency_of(one.get(INTENT)) is not Urgency.EMERGENCY]
        some = others[:: max(1, len(others) // self._config["others"])]
        harmless = [message for message in training_data.training_examples if message.get(MOMENT) == HARMLESS]
        return [(message, NOW if message.get(MOMENT) == NOW else NOT_NOW) for message in (*read, *some, *harmless)]

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every message but the payloads of buttons."""
        for message in messages:
            if self._model is not None and message.features and not (message.get(TEXT) or "").startswith("/"):
                message.set(NOW_ODDS, self._model.probabilities_of_message(message)[NOW])
        return messages
