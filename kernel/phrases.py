"""Phrases as volunteers write them in data, searched in the words of a message.

Phrases stand between commas, without accents or capitals if you like. In a phrase "foto*" is any word that begins so, "moet/wil" one word
or the other, and "..." stands for at most six words between two others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kernel.language import words_of

_LANGUAGES = {"nl", "fr"}
_GAP = "..."


class PhraseError(ValueError):
    """A phrase that holds no words, or a language that is missing; the message says which."""


def pattern_of(texts: Any) -> re.Pattern[str] | None:
    """One pattern for the phrases of both languages (bilingual teenagers mix them); None for none. Raises PhraseError.

    It is searched in `kernel.language.words_of` the message, joined by single spaces.
    """
    if not isinstance(texts, Mapping) or set(texts) != _LANGUAGES:
        raise PhraseError("needs nl and fr")
    phrases = [" ".join(phrase.split()) for text in texts.values() for phrase in str(text or "").split(",")]
    forms = [_form(phrase) for phrase in phrases if phrase]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b") if forms else None


def _form(phrase: str) -> str:
    form = ""
    for part in phrase.split(" "):
        form += r"(?: \w+){0,6}" if part == _GAP else (" " if form else "") + _word(part, phrase)
    return form


def _word(part: str, phrase: str) -> str:
    found = [_one(choice, phrase) for choice in part.split("/")]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _one(word: str, phrase: str) -> str:
    bare = " ".join(words_of(word.rstrip("*")))
    if not bare:
        raise PhraseError(f"{phrase!r} holds no words")
    return bare + (r"\w*" if word.endswith("*") else "")
