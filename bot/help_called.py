"""Whoever says that help was called does not ask how to call: "oui jai appele le 112"."""

from __future__ import annotations

import re

from bot.components.acute_bodies import help_was_called
from bot.parsed import Parsed, asked_in, entities_of, intent_of
from kernel.language import words_of

_HOW_TO_CALL = "call_112"
_ASKS_WHAT = re.compile(r"\b(?:quoi|koi|kwa|comment|cmt|qu est|wat|wa|hoe|dois|doit|faut|moet|moek)\b")
"""Words with which whoever called asks something all the same: "jai appele le 112 jleur dis quoi"."""


def as_called(parsed: Parsed, text: str) -> Parsed:
    """The same message without the question how to call, where it tells that it was done: "oui jai appele le 112"."""
    is_asked = intent_of(parsed) == "affirm" and asked_in(parsed) == _HOW_TO_CALL
    if not is_asked or not help_was_called(" ".join(words_of(text))) or _ASKS_WHAT.search(" ".join(words_of(text))):
        return parsed
    return {**parsed, "entities": [one for one in entities_of(parsed) if one.get("entity") != "question"]}
