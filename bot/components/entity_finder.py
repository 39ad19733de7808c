"""What the small finders of slots share: they read a message's text and add at most one entity."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.message_intent import add_entity, hear_as
from bot.components.need_classifier import DANGER_ODDS
from kernel.language import words_of
from kernel.need import NOT_UNDERSTOOD


class EntityFinder(GraphComponent, ABC):
    """Adds the entity `entity` with the value that `find` gives, if any. Payloads of buttons are left alone.

    A message that is nothing but what is told (`alone`) is no need: the classifier would guess one, and the crisis finder behind this
    must not believe it ("j'ai 13 ans" sounds like many, "het is mijn zus, niet ik" like somebody who is missing).
    """

    entity: str
    alone: Optional["re.Pattern[str]"] = None

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> EntityFinder:
        """See the parent class."""
        return cls()

    @abstractmethod
    def find(self, text: str) -> Optional[str]:
        """The value told in `text`: lower case, no accents or punctuation, single spaces."""

    def find_in_answer(self, text: str) -> Optional[str]:
        """The same where a path has just asked something: "oui ma soeur" may be an answer, and tell nothing new."""
        return self.find(text)

    def value_of(self, message: Message, words: str, is_answer: bool) -> Optional[str]:
        """The value that `message` tells; `words` are its text as `find` takes it."""
        return self.find_in_answer(words) if is_answer else self.find(words)

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the entity to each message that tells it."""
        for message in messages:
            text = message.get(TEXT) or ""
            words = " ".join(words_of(text))
            is_answer = bool((message.get("metadata") or {}).get("asking"))
            value = None if text.startswith("/") else self.value_of(message, words, is_answer)
            if not text.startswith("/") and self.alone is not None and self.alone.search(words):
                hear_as(message, NOT_UNDERSTOOD)
                message.set(DANGER_ODDS, {})
            if value is not None:
                add_entity(message, self.entity, value, self)
        return messages
