"""What a message tells that its path will ask about later (data/told.yml): remembered, so that the question says it was heard.

Stands behind the crisis finder, which has the last word on the need.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.age_gap import told_of_ages
from bot.components.another_life import is_told_to_die
from bot.components.bilingual_tokenizer import PLAIN
from bot.components.bodies import PILLS
from bot.components.doers import DEED
from bot.components.language_detector import LANGUAGE
from bot.components.message_intent import IN_WORDS, add_entity, entity_in, heard_in
from bot.components.nothing_of_it import AT_RISK, FEAR_ALONE, fear_alone
from bot.components.taken_back import JOKED, SAID
from bot.components.threats import THREAT
from bot.conversation_state import DID, TOLD_BEFORE, TOLD_TO_DIE
from bot.yaml12 import read_yaml
from kernel.language import words_of
from kernel.told import Told, is_asked_back

_RULES = Path(__file__).resolve().parents[2] / "data" / "told.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ToldBefore(GraphComponent):
    """Adds the entity `told_before` with all that was told so far, when a message tells more or takes it back; payloads tell nothing."""

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ToldBefore:
        """See the parent class. Raises ToldError when the rules are malformed."""
        return cls()

    def __init__(self) -> None:
        self._rules = Told(read_yaml(_RULES)["told"])

    def process(self, messages: List[Message]) -> List[Message]:
        """For the need that was heard and for the one whose path asks, or was interrupted. What is denied later is forgotten."""
        for message in messages:
            text, asked = message.get(TEXT) or "", message.get("metadata") or {}
            if text.startswith("/") or is_asked_back(text, str(asked.get("said") or "")):
                continue
            language, plain = str(message.get(LANGUAGE) or "nl"), message.get(PLAIN) or text
            needs = {heard_in(message).name, asked.get("asking"), asked.get("topic")}
            found = {at: tells for need in needs for at, tells in self._rules.found(plain, language, need).items()}
            found.update(told_of_ages(message))
            if message.get(DEED) is not None:
                found[DID] = str(message.get(DEED))
            if message.get(THREAT) is not None:
                found[THREAT] = str(message.get(THREAT))
            if message.get(PILLS) is not None:
                found[PILLS] = str(message.get(PILLS))
            if is_told_to_die(" ".join(words_of(text))):
                found[TOLD_TO_DIE] = SAID
            if entity_in(message, IN_WORDS) == AT_RISK:
                found[FEAR_ALONE] = fear_alone(" ".join(words_of(text)), asked.get(TOLD_BEFORE) or {})
            if message.get(JOKED) is not None:
                found[JOKED] = str(message.get(JOKED))
            known = dict(asked.get(TOLD_BEFORE) or {})
            taken_back = self._rules.denied(plain, language, known)
            told = self._rules.added({at: tells for at, tells in known.items() if at not in taken_back}, found)
            if told != known:
                add_entity(message, TOLD_BEFORE, told, self)
        return messages
