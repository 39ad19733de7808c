"""What may correct a misunderstanding: "t is een boek voor school" takes a worry back, "nee wil gewoon slapen" after pills never does.

The words stand in data/corrections.yml; here they come in small letters, without accents or punctuation, with single spaces between.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.yaml12 import read_yaml
from kernel.phrases import PhraseError, pattern_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "corrections.yml"


@lru_cache(None)
def _pattern(which: str) -> "re.Pattern[str]":
    """The phrases of `which` (meant, never, not_now, soon). Raises PhraseError when there are none: without "never" danger
    would be believed away."""
    pattern = pattern_of(read_yaml(_FILE)["corrections"].get(which))
    if pattern is None:
        raise PhraseError(f"corrections.{which}: no phrases")
    return pattern


def is_explicit(words: str) -> bool:
    """Whether the words name what was really meant. Raises PhraseError."""
    return _pattern("meant").search(words) is not None


def tells_danger(words: str) -> bool:
    """Whether the words hold something that no misunderstanding explains. Raises PhraseError."""
    return _pattern("never").search(words) is not None


def says_not_now(words: str) -> bool:
    """Whether the words say that it is not at this moment, whatever the odds. Raises PhraseError."""
    return _pattern("not_now").search(words) is not None


def says_soon(words: str) -> bool:
    """Whether words that say "not now" also say that it comes back soon, or that they cannot get away. Raises PhraseError."""
    return _pattern("soon").search(words) is not None
