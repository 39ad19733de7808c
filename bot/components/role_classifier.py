"""Whose trouble it is: "mn maat wil er een eind aan maken" says it by its build, which no list of words holds (docs/adr/0025).

A small classifier on the features of the first. It learns from the examples of needs that people read for it (data/who); SpeakerRole
behind it turns the odds into words for a friend or an adult.
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.linear_component import LinearComponent
from bot.components.need_odds import ADULT as ASKED_BY_ADULT

ROLE = "role"
"""On an example: SELF, FRIEND, ADULT or UNCLEAR, as it stands in data/who (bot/importer.py)."""
SELF, FRIEND, ADULT, UNCLEAR = "self", "friend", "adult", "unclear"
ROLE_ODDS = "role_odds"
"""On a message: the probability, 0..1, of each of SELF, FRIEND and ADULT."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RoleClassifier(LinearComponent):
    """Sets ROLE_ODDS on each message that has words."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`adults`: how many examples of the adult's own need, evenly taken, are learned beside those of data/who. `C`, `ngram_weight`,
        `max_iter` as in NeedClassifier."""
        return {"C": 20.0, "ngram_weight": 2.5, "max_iter": 60, "adults": 400}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the examples that somebody read; without any there are no odds."""
        labelled = self._labelled(training_data)
        return self.learn([message for message, _ in labelled], [label for _, label in labelled])

    def _labelled(self, training_data: TrainingData) -> List[Tuple[Message, str]]:
        """Examples with SELF, FRIEND or ADULT."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        read = [(message, str(message.get(ROLE))) for message in examples if message.get(ROLE) not in (None, UNCLEAR)]
        if not read:
            return []
        adults = [message for message in examples if message.get(INTENT) == ASKED_BY_ADULT and message.get(ROLE) is None]
        return read + [(message, ADULT) for message in adults[:: max(1, len(adults) // self._config["adults"])]]

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every message but the payloads of buttons."""
        for message in messages:
            if self._model is not None and message.features and not (message.get(TEXT) or "").startswith("/"):
                message.set(ROLE_ODDS, self._model.probabilities_of_message(message))
        return messages
