"""What a message tells that its path will ask about later (data/told.yml): remembered, so that the question says it was heard. And what it
tells of a danger of this moment, for the remark that answers it.

Stands behind the crisis finder, which has the last word on the need.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.bilingual_tokenizer import PLAIN
from bot.components.language_detector import LANGUAGE
from bot.components.message_intent import add_entity, heard_in
from bot.conversation_state import OF_NOW, TOLD_BEFORE, TOLD_NOW
from bot.yaml12 import read_yaml
from kernel.need import IS_NOW
from kernel.told import Told

_RULES = Path(__file__).resolve().parents[2] / "data" / "told.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ToldBefore(GraphComponent):
    """Adds the entity `told_before` with all that was told so far, when a message tells more, and `told_now` with what it tells of a danger
    of this moment; payloads of buttons tell nothing."""

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ToldBefore:
        """See the parent class. Raises ToldError when the rules are malformed."""
        return cls()

    def __init__(self) -> None:
        self._rules = Told(read_yaml(_RULES)["told"])

    def process(self, messages: List[Message]) -> List[Message]:
        """For the need that was heard and for the one whose path asks."""
        for message in messages:
            text, asked = message.get(TEXT) or "", message.get("metadata") or {}
            if text.startswith("/"):
                continue
            language, words = str(message.get(LANGUAGE) or "nl"), message.get(PLAIN) or text
            needs = {heard_in(message).name, asked.get("asking")}
            found = {at: tells for need in needs for at, tells in self._rules.found(words, language, need).items()}
            known = dict(asked.get(TOLD_BEFORE) or {})
            if found and {**known, **found} != known:
                add_entity(message, TOLD_BEFORE, {**known, **found}, self)
            of_now = self._rules.of_now(words, language) if _is_of_now(message, asked) else None
            if of_now is not None:
                add_entity(message, TOLD_NOW, of_now, self)
        return messages


def _is_of_now(message: Message, asked: Dict[str, Any]) -> bool:
    """Whether the message tells of a danger of this moment, or answers a question about one."""
    found = message.get(ENTITIES, [])
    return str(asked.get("question")).startswith(OF_NOW) or any(one["entity"] == "danger_now" and one["value"] in IS_NOW for one in found)
