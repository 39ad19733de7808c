"""Chat spelling made plain before words are counted and a sentence is encoded: "kweeni" says "ik weet het niet".

The sentence encoder learned from well-spelled text; half of what teenagers type is not. Danger is looked for in the words as
they were typed (safety/textnorm.py has its own, stricter rules).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"['’]?\w+(?:['’]\w+)?")
_STRETCHED = re.compile(r"(\w)\1{2,}")


class RuleError(ValueError):
    """A line of data/spelling.yml that is no rule, or a word with two rules; the message names it."""


class ChatSpelling:
    """Replaces single words, per language."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts`: per language code the rules as `read_rules` takes them. Raises RuleError."""
        self._rules = {language: read_rules(text) for language, text in texts.items()}

    def plain(self, text: str, language: str) -> str:
        """`text` in small letters, stretched letters cut to two, each word that has a rule replaced."""
        rules = self._rules.get(language, {})
        lowered = _STRETCHED.sub(r"\1\1", text.lower().replace("’", "'"))
        return _WORD.sub(lambda found: rules.get(found[0], found[0]), lowered)


def read_rules(text: str) -> dict[str, str]:
    """One rule a line, "typed typed = meant"; word typed → what is meant, in small letters. Raises RuleError."""
    rules: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        typed, is_rule, meant = (part.strip().lower() for part in line.partition("="))
        if not is_rule or not typed or not meant:
            raise RuleError(f"no rule (typed = meant): {line}")
        for word in typed.split():
            if word in rules:
                raise RuleError(f"two rules for one word: {word}")
            rules[word] = meant
    return rules
