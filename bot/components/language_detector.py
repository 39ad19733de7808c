"""Which language a message is in: Dutch, French, or one that is not ours ("en", which gets one sentence in three languages)."""

from __future__ import annotations

import hashlib
import inspect
from typing import Any, Dict, List, Optional

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector as Lingua
from lingua import LanguageDetectorBuilder
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.message_intent import add_entity
from kernel import language as language_words
from kernel.language import Language, language_in_talk, spoken_words
from kernel.language_wish import asks_english, is_foreign

LANGUAGE = "language"
_OURS = frozenset(language.value for language in Language)
_CODES = {LinguaLanguage.DUTCH: "nl", LinguaLanguage.FRENCH: "fr", LinguaLanguage.ENGLISH: "en"}
# Words that carry English sentences; lingua alone takes "help" and "yow" for English (rasa-traps.md, 29).
_ENGLISH = frozenset(
    "the and you my me i is are was he she they them his her this that what how why when who can could do does did don "
    "have has want wants to of for with from about not am going pictures someone scared please been will would "
    "i live boyfriend girlfriend hit hits hurt hurts better speak english years mother father name".split()
)

_PLAINLY_ENGLISH = 4
"""So many English words, and none that only one of ours has."""

_BESIDE_A_WISH = 2
"""At most so many words beside a wish for English tell nothing."""


class LanguageChoice:
    """Decides the language of one message, given the language of the conversation."""

    def __init__(self, min_words: int, min_lead: float) -> None:
        self._min_words = min_words
        self._min_lead = min_lead
        # Loaded now: else the first message that needs lingua waits for its models (measured: 1 to 3 s, past the hub's deadline).
        self._lingua: Lingua = LanguageDetectorBuilder.from_languages(*_CODES).with_preloaded_language_models().build()

    def of(self, text: str, conversation: Optional[str]) -> str:
        """ "nl", "fr" or "en". Under `min_words` words, or without a clear lead, the conversation's language stays.

        Word lists come first: they know chat spelling, which lingua does not.
        """
        words = spoken_words(text)
        by_words = language_in_talk(text, Language(conversation) if conversation in _OURS else None)
        beside = asks_english(text)
        if beside is not None and _is_little_else(beside.split()):
            return "en"
        if is_foreign(text):
            return "en"  # Spanish, Polish or Turkish: the same sentence
        if len(words) >= self._min_words and self._is_english(words, by_words):
            return "en"
        if by_words is not None:
            return str(by_words)
        if len(words) >= self._min_words:
            scores = self._lingua.compute_language_confidence_values(text)
            if len(scores) > 1 and scores[0].value - scores[1].value >= self._min_lead:
                best = _CODES[scores[0].language]
                if best != "en":
                    return best
        return conversation or "nl"

    def _is_english(self, words: List[str], by_words: object) -> bool:
        """Four words or more of English, and most of what can be recognised is English."""
        english = sum(word in _ENGLISH for word in words)
        if english < 2 or english / len(words) < 0.3:
            return False
        if english >= _PLAINLY_ENGLISH and by_words is None:
            return True  # "i live in antwerpen": its places are taken for Dutch
        scores = self._lingua.compute_language_confidence_values(" ".join(words))
        return bool(scores) and scores[0].language == LinguaLanguage.ENGLISH and (by_words is None or scores[0].value >= 0.8)


def _is_little_else(words: List[str]) -> bool:
    """Whether beside a wish for English hardly anything is told, or half of it in English."""
    return len(words) <= _BESIDE_A_WISH or sum(word in _ENGLISH for word in words) / len(words) >= 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class LanguageDetector(GraphComponent):
    """Sets `language` on each message, and the entity that fills the slot `language`."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`min_words`: words needed before lingua is asked; `min_lead`: its first guess must lead by this much (0..1)."""
        return {"min_words": 4, "min_lead": 0.5}

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> GraphComponent:
        """See the parent class."""
        return cls(config)

    def __init__(self, config: Dict[str, Any]) -> None:
        self._choice = LanguageChoice(config["min_words"], config["min_lead"])

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The word lists: when they change, what was trained with the old ones is stale."""
        return hashlib.sha256(inspect.getsource(language_words).encode()).hexdigest()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Sets the language of every example (no entity: examples train nothing about language)."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                message.set(LANGUAGE, self._choice.of(message.get(TEXT), None))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets language and entity; a button's payload keeps the conversation's language."""
        for message in messages:
            text = message.get(TEXT) or ""
            conversation = (message.get("metadata") or {}).get(LANGUAGE)
            language = (conversation or "nl") if text.startswith("/") else self._choice.of(text, conversation)
            message.set(LANGUAGE, language, add_to_output=True)
            if language != "en":
                add_entity(message, LANGUAGE, language, self)
        return messages
