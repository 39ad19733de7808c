"""How a text reads to whoever looks past signs between its letters: "ik wil⏎dood", "je.veux.mourir", "ik_wil_dood", "d*od", "w!l"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_SIGNS = frozenset("\n._*!")
_BREAK = re.compile(r"(?<=[a-z0-9])[\s,]{0,9}\n\s{0,9}(?=[a-z0-9])|(?<=[a-z])\.(?=[a-z])")
"""A line break that ends no sentence, a dot without a blank behind it."""
_END = re.compile(r"[.!?;\n]")
_FEW_WORDS = 4
"""A sentence broken in two leaves so few words on one side; where there are more on both, two were written."""
_UNDERSCORE = re.compile(r"(?<=[a-z0-9])_+(?!emoji)(?=[a-z0-9])")
"""But for those of emoji words."""
_MASKED = re.compile(r"[a-z]+(?:[!*]+[a-z]+)+")
_VOWEL_OR_MASK = re.compile(r"[aeiouy!*]")


class SecondReading:
    """Knows the words of one language's terms."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words`: those that the terms hold, the most used first: a masked word that may be several is the first."""
        self._by_form: dict[str, list[str]] = {}
        for word in words:
            if word.isalpha():
                self._by_form.setdefault(_form(word), []).append(word)

    def of(self, flat: str) -> str | None:
        """`flat` (a text after `flatten`) with blanks and vowels for such signs; None when it holds none of them."""
        if _SIGNS.isdisjoint(flat):
            return None
        read = _MASKED.sub(self._unmasked, _joined(_UNDERSCORE.sub(" ", flat)))
        return read if read != flat else None

    def _unmasked(self, found: re.Match[str]) -> str:
        """The word meant: "*" stands for any vowel, "!" for an i. As it was typed when the terms hold none."""
        masked = found[0]
        fitting = (word for word in self._by_form.get(_form(masked), ()) if all(map(_fits, masked, word)))
        return next(fitting, masked)


def _joined(flat: str) -> str:
    """`flat` with a blank for every break that stands in the middle of a sentence."""
    first, *rest = _BREAK.split(flat)
    joined = [first]
    for before, part in pairwise([first, *rest]):
        sides = _END.split(before)[-1], _END.split(part, maxsplit=1)[0]
        joined += " " if min(len(side.split()) for side in sides) <= _FEW_WORDS else "\n", part
    return "".join(joined)


def _form(word: str) -> str:
    """What a masked word and the word meant have in common: their consonants, and where something else stands."""
    return _VOWEL_OR_MASK.sub("*", word)


def _fits(sign: str, letter: str) -> bool:
    return sign in (letter, "*") or (sign == "!" and letter == "i")
