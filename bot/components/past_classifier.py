"""Whether what is told is over: "vorig jaar chanteerde iemand mij, de politie heeft het geregeld" needs no advice for today.

A small classifier on the features of the first; its examples stand in data/now/past_*.yml. The crisis finder behind it opens the path with
other words then (kernel.need.OPENS_OTHERWISE); it changes no need and no level.
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.linear_component import LinearComponent
from kernel.need import GOES_ON, MAY_BE_PAST, OVER

TIME = "time"
"""On an example: OVER or GOES_ON (bot/importer.py)."""
PAST_ODDS = "past_odds"
"""On a message: the probability, 0..1, that what it tells is over."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PastClassifier(LinearComponent):
    """Sets PAST_ODDS on each message that has words."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`others`: how many examples of those needs, evenly taken, stand for what goes on beside the examples that say so. `C`,
        `ngram_weight`, `max_iter` as in NeedClassifier."""
        return {"C": 20.0, "ngram_weight": 2.5, "max_iter": 60, "others": 1500}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the examples of data/now/past_*.yml and on some of the needs'; without any of the first nothing is heard."""
        labelled = self._labelled(training_data)
        return self.learn([message for message, _ in labelled], [label for _, label in labelled])

    def _labelled(self, training_data: TrainingData) -> List[Tuple[Message, str]]:
        told = [(message, str(message.get(TIME))) for message in training_data.training_examples if message.get(TIME)]
        if not told:
            return []
        others = [message for message in training_data.intent_examples if message.get(INTENT) in MAY_BE_PAST and message.get(TEXT)]
        return told + [(message, GOES_ON) for message in others[:: max(1, len(others) // int(self._config["others"]))]]

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every message but the payloads of buttons."""
        for message in messages:
            if self._model is not None and message.features and not (message.get(TEXT) or "").startswith("/"):
                message.set(PAST_ODDS, self._model.probabilities_of_message(message)[OVER])
        return messages
