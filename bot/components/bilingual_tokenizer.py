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
from kernel import spelling
from safety.datafile import read_section

PLAIN = "plain_text"
"""On a message: its text with chat spelling made plain, which the sentence encoder reads."""
_RULES = Path(__file__).resolve().parents[2] / "data" / "spelling.yml"


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

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokens of `message[attribute]`, white space left out; sets PLAIN."""
        language = message.get(LANGUAGE) or "nl"
        text = self._spelling.plain(message.get(attribute), language)
        if attribute == TEXT:
            message.set(PLAIN, text)
        tokenizer = self._tokenizers.get(language, self._tokenizers["nl"])
        tokens = [Token(token.text, token.idx) for token in tokenizer(text) if not token.is_space]
        return self._apply_token_pattern(tokens) or [Token(text, 0)]
