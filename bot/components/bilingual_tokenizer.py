"""Words of a message: spaCy's Dutch rules for Dutch, its French rules for French ("j'ai" is two words)."""

from __future__ import annotations

from typing import Any, Dict, List

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.components.language_detector import LANGUAGE


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BilingualTokenizer(Tokenizer):
    """Tokens by spaCy's blank pipelines: rules only, no model, no download."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """See rasa's Tokenizer."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None, "prefix_separator_symbol": None}

    def __init__(self, config: Dict[str, Any]) -> None:
        super().__init__(config)
        self._tokenizers = {code: spacy.blank(code).tokenizer for code in ("nl", "fr")}

    @classmethod
    def create(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> BilingualTokenizer:
        """See the parent class."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokens of `message[attribute]`, white space left out."""
        text = message.get(attribute)
        tokenizer = self._tokenizers.get(message.get(LANGUAGE) or "nl", self._tokenizers["nl"])
        tokens = [Token(token.text, token.idx) for token in tokenizer(text) if not token.is_space]
        return self._apply_token_pattern(tokens) or [Token(text, 0)]
