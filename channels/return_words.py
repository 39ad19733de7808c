"""Four words that open a conversation again: drawn at random from the project's own lists, easy to write down."""

from __future__ import annotations

import secrets
import unicodedata
from pathlib import Path

from kernel.language import Language
from safety.datafile import DataError, read_section

WORDS = 4
FEWEST = 512
"""Words in a list at least: four of 512 make 36 bits, and who guesses is let in once a second for the whole site."""


class ReturnWords:
    """Draws codes, and reads what people type back."""

    def __init__(self, lists: dict[Language, tuple[str, ...]]) -> None:
        self._lists = lists

    @classmethod
    def load(cls, path: Path) -> ReturnWords:
        """Reads data/safety/return_words.yml; raises DataError when a list is short, repeats a word, or needs an accent to be typed."""
        section = read_section(path, "words")
        lists = {language: tuple(str(section.get(language.value) or "").split()) for language in Language}
        for language, words in lists.items():
            if len(set(words)) != len(words) or len(words) < FEWEST:
                raise DataError(path, f"`{language.value}` needs {FEWEST} different words at least")
            if wrong := [word for word in words if not (word.isascii() and word.isalpha() and word.islower())]:
                raise DataError(path, f"`{language.value}`: only a to z, not {wrong[0]}")
        return cls(lists)

    def new(self, language: Language) -> str:
        """Four words with spaces between."""
        return " ".join(secrets.choice(self._lists[language]) for _ in range(WORDS))

    @staticmethod
    def tidy(code: str) -> str:
        """What was typed, as a code is written: small letters, one space, no accents or signs."""
        flat = "".join(char for char in unicodedata.normalize("NFKD", code[:200]) if not unicodedata.combining(char))
        return " ".join("".join(char if char.isalpha() else " " for char in flat).casefold().split())
