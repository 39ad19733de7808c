"""What tells nothing, though a classifier hears an answer in it: a dot, a single letter, a face, keys that were hit at random.

As a first message none of these says that it is not safe to talk.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Optional

from kernel.language import words_of

_TELLING = frozenset("👍👎✅❌🚫🙅🆘🔪🔫🩸💔😭😢😰😨😱🥺")
"""Signs that may be an answer, or a call for help."""
_LETTERS = frozenset("jyo")
"""Single letters that are a yes."""
_VOWELS = re.compile(r"[aeiouy0-9]")
_DOUBLED = re.compile(r"(.)\1+")
_ROWS = ("qwertyuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "wxcvbn")
_RUN, _FEWEST_CONSONANTS = 5, 5


def is_noise(text: str, heard: Optional[str]) -> bool:
    """Whether `text`, heard as the intent `heard`, tells nothing at all."""
    words = words_of(text)
    if not words:
        return not has_face(text) or (heard == "deny" and _TELLING.isdisjoint(text))
    return len(words) == 1 and heard != "affirm" and _is_hit_at_random(words[0])


def _is_hit_at_random(word: str) -> bool:
    """One letter that is no yes, or keys hit at random."""
    return (len(word) == 1 and word not in _LETTERS and not word.isdigit()) or is_struck(word)


def is_struck(word: str) -> bool:
    """Whether its keys were hit at random: many consonants alone ("mdrrr" is a laugh), or a run along a row of keys."""
    plain = _DOUBLED.sub(r"\1", word)
    return (len(plain) >= _FEWEST_CONSONANTS and _VOWELS.search(plain) is None) or _is_run(word)


def is_growl(text: str) -> bool:
    """Whether `text` holds no vowel at all and keys hit at random: "pfft hmgrmpf" is no talk of other things."""
    words = words_of(text)
    return any(is_struck(word) for word in words) and all(_VOWELS.search(word) is None or is_struck(word) for word in words)


def _is_run(word: str) -> bool:
    return any(row[start : start + _RUN] in word for row in _ROWS for start in range(len(row) - _RUN + 1))


def is_only_marks(text: str) -> bool:
    """Whether `text` holds neither a word nor a face: ".", "???"."""
    return not words_of(text) and not has_face(text)


def has_face(text: str) -> bool:
    """Whether there is a face or another picture in the text, which may say something."""
    return any(unicodedata.category(one) == "So" for one in text)
