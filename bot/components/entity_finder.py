"""What the small finders of slots share: they read a message's text and add at most one entity."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from kernel.language import words_of


class EntityFinder(GraphComponent, ABC):
    """Adds the entity `entity` with the value that `find` gives, if any. Payloads of buttons are left alone."""

    entity: str

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> EntityFinder:
        """See the parent class."""
        return cls()

    @abstractmethod
    def find(self, text: str) -> Optional[str]:
        """The value told in `text`: lower case, no accents or punctuation, single spaces."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the entity to each message that tells it."""
        for message in messages:
            text = message.get(TEXT) or ""
            value = None if text.startswith("/") else self.find(" ".join(words_of(text)))
            if value is not None:
                found = {"entity": self.entity, "value": value, "start": 0, "end": len(text), "extractor": type(self).__name__}
                message.set(ENTITIES, [*message.get(ENTITIES, []), found], add_to_output=True)
        return messages
