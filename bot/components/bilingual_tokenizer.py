"""Words of a message in plain spelling: spaCy's Dutch rules for Dutch, its French rules for French ("j'ai" is two words)."""

from __future__ import annotations

import hashlib
import inspect
from pathlib import Path
from typing import Any, Dict, List, Optional

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.language_detector import LANGUAGE
from bot.components.own_age import without_own_age
from bot.terms import reviewed_terms
from kernel import spelling
from kernel.language import Language
from safety.datafile import read_section
from safety.terms import LEAST_LEFT

READ_AS = "read_as"
"""On a message with figures of speech: what is left without them, which is all that the classifiers read."""
PLAIN = "plain_text"
"""On a message: its text with chat spelling made plain, which the sentence encoder reads."""
_RULES = Path(__file__).resolve().parents[2] / "data" / "spelling.yml"
_CHEER = "lol"
"""Read before what is left where that is hardly anything: nothing at all would be read as anything."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(Tokenizer):
    """Tokens by spaCy's blank pipelines (rules only, no model, no download), of the text in plain spelling.

    Places of tokens are places in that plain text; nothing here finds entities by token.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """See rasa's Tokenizer."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None, "prefix_separator_symbol": None}

    def __init__(self, config: Dict[str, Any]) -> None:
        super().__init__(config)
        self._spelling = spelling.ChatSpelling(read_section(_RULES, "spelling"))
        self._terms = reviewed_terms()
        self._tokenizers = {code: spacy.blank(code).tokenizer for code in ("nl", "fr")}

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> BilingualTokenizer:
        """See the parent class."""
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Rules that changed make what was trained with the old ones stale; Rasa itself looks at this file's code only."""
        parts = (_RULES.read_bytes(), inspect.getsource(spelling).encode())
        return hashlib.sha256(b"".join(parts)).hexdigest()

    def process(self, messages: List[Message]) -> List[Message]:
        """As Rasa's, of what is left without figures of speech and without "jsuis un gars de 15 ans", which sounds like an adult
        who tells of one. Only here: nothing is learned from them, so a new one needs no training."""
        for message in messages:
            left = self._without_idioms(message)
            left = without_own_age(str(message.get(TEXT) or "") if left is None else left) or left
            if left is not None:
                message.set(READ_AS, left)
        return super().process(messages)

    def _without_idioms(self, message: Message) -> Optional[str]:
        text, language = message.get(TEXT), Language.parse(message.get(LANGUAGE), Language.NL)
        left = self._terms.without_idioms(text, language) if isinstance(text, str) else None
        if left is None:
            return None
        words = left.replace(" .", ".").strip(". ")
        return words if len(words.split()) >= LEAST_LEFT else f"{_CHEER} {words}".strip()

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokens of `message[attribute]`, white space left out; sets PLAIN."""
        language = message.get(LANGUAGE) or "nl"
        source = message.get(READ_AS) if attribute == TEXT and message.get(READ_AS) is not None else message.get(attribute)
        text = self._spelling.plain(source, language)
        if attribute == TEXT:
            message.set(PLAIN, text)
        tokenizer = self._tokenizers.get(language, self._tokenizers["nl"])
        tokens = [Token(token.text, token.idx) for token in tokenizer(text) if not token.is_space]
        return self._apply_token_pattern(tokens) or [Token(text, 0)]
