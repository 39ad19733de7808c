"""What is told of a danger of this moment: "hij slaapt", "kweet ni waar ik ben", "er loopt bloed". The remark that answers it then fits
(data/responses/now.yml, utter_now_situation) in place of one that would fit anything.

A small classifier on the features of the first; its examples stand in data/now/situations_*.yml, and the words without which some kinds
are not believed in data/now/words.yml. It changes no need, level or path.
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.danger_kinds import is_behind_door
from bot.components.danger_place import about_what
from bot.components.linear_component import LinearComponent
from bot.components.message_intent import add_entity, heard_in
from bot.components.situation_words import is_said
from bot.conversation_state import OF_NOW, SITUATION
from kernel.language import words_of
from kernel.need import IS_NOW, NOT_UNDERSTOOD
from kernel.situation import NO_SITUATION

_OUTSIDE = "outside"
"""Somebody stands at the door, or comes there (data/responses/now.yml)."""
TELLS = "tells"
"""On an example: the situation it tells, or NO_SITUATION (bot/importer.py)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SituationClassifier(LinearComponent):
    """Adds the entity SITUATION to a message that tells danger now, or answers a question about it."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`sure`: the least probability. `C`, `ngram_weight`, `max_iter` as in NeedClassifier."""
        return {"C": 20.0, "ngram_weight": 2.5, "max_iter": 60, "sure": 0.5}

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the examples of situations; without any nothing is heard."""
        examples = [message for message in training_data.training_examples if message.get(TELLS)]
        return self.learn(examples, [str(message.get(TELLS)) for message in examples])

    def process(self, messages: List[Message]) -> List[Message]:
        """Looks at every message but the payloads of buttons."""
        for message in messages:
            if self._model is None or not message.features or (message.get(TEXT) or "").startswith("/") or not _is_of_now(message):
                continue
            if _is_behind_door(message):
                add_entity(message, SITUATION, _OUTSIDE, self)
                continue
            odds = self._model.probabilities_of_message(message)
            told = max(odds, key=lambda name: odds[name])
            words = " ".join(words_of(message.get(TEXT) or ""))
            if told != NO_SITUATION and odds[told] >= self._config["sure"] and is_said(told, words, odds[told]):
                add_entity(message, SITUATION, told, self)
        return messages


def _is_behind_door(message: Message) -> bool:
    """Whether the words alone tell that they are at home, and that whoever threatens or lures comes or stands there."""
    told, words = message.get("metadata") or {}, " ".join(words_of(message.get(TEXT) or ""))
    is_asked = str(told.get("question")).startswith(OF_NOW)
    heard = heard_in(message).name
    return is_behind_door(about_what(message, None if heard == NOT_UNDERSTOOD else heard), words, is_asked=is_asked)


def _is_of_now(message: Message) -> bool:
    """Whether a danger of this moment was just asked about, or is told."""
    found = message.get(ENTITIES, [])
    asked = str((message.get("metadata") or {}).get("question"))
    return asked.startswith(OF_NOW) or any(one["entity"] == "danger_now" and one["value"] in IS_NOW for one in found)
