"""Could a word that no list knows be a name? What is nearly a known word, glued to one or made of two is none."""

from __future__ import annotations

import re
from functools import lru_cache

from safety.masking_cues import PARTICLE, RELATED, TITLE
from safety.masking_text import Word
from safety.masking_words import NameWords

LONGEST = 16
"""No name that anybody is called by is longer, and looking for a slip takes longer with each letter."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWEL = re.compile(r"[aeiouy]")
_LAUGH = re.compile(r"(?:(.{1,3})\1{2,}.?|[hajx]+|x+d+|.*(.)\2{2,}.*)$")
_GLUED = re.compile(r"(?:[jcldmtsnkgyz]|qu|jl|jm|jt|dl|dm|vd|int|vant?|opt|kz|ng)(?=.{2})")
_GLUED_BEHIND = re.compile(r"(?<=..)(?:em|ek|ik|k|t|m|d|da|ie|ze|me|kik|ge|de|s|e|n|en)$")
_VERB = re.compile(
    r"(?:.*[^aeiou]t|.*[^aeiou]d|ge\w+(?:d|t|en)|.*(?:ait|aient|ais|er|ez|ons|ent|te|[lrsnmgv]de|den|ten|ment|tion|ing|lijk|heid|eur|euse|ique|iek|isch|age|enne|elle?s?|baar|loos|este))$"
)


class Unknown:
    """Judges words with the lists of `known`."""

    def __init__(self, known: NameWords) -> None:
        self._known = known
        self._strange = lru_cache(maxsize=2048)(self._is_strange)

    def loosely(self, word: Word) -> bool:
        """After a cue that only names follow: three letters, no word and no insult that a list knows."""
        known, plain = self._known, word.plain
        if not 3 <= len(plain) <= LONGEST or not _VOWEL.search(plain) or _LAUGH.match(plain):
            return False
        if known.is_first(plain):
            return True
        return not (self._is_word(plain) or plain in known.insults or plain in PARTICLE)

    def strictly(self, word: Word) -> bool:
        """Where other words stand as well: four letters, and no slip, no compound and no verb of words that are known."""
        if not self.loosely(word) or len(word.plain) < 4 or (len(word.text) == 4 and word.text.isupper()):
            return False
        return not _VERB.match(word.plain) and self._strange(word.plain)

    def glued(self, plain: str) -> bool:
        """A known word behind a little one, without a space ("mharcele")."""
        return _GLUED.match(plain) is not None and self._is_word(_GLUED.sub("", plain, count=1))

    def _is_word(self, plain: str) -> bool:
        known = self._known
        return plain in known.ordinary or plain in known.seen or plain in known.towns or plain in RELATED or plain in TITLE

    def _is_strange(self, plain: str) -> bool:
        """No known word glued to a little one, none with one letter wrong, and no two in one."""
        if self.glued(plain) or any(self._is_word(part) for part in plain.split("-")[:-1]):
            return False
        rest = _GLUED_BEHIND.sub("", plain)
        if len(rest) >= 2 and rest != plain and self._is_word(rest):
            return False
        whole = (plain, _GLUED.sub("", plain, count=1))
        if any(
            self._is_word(form[:cut]) and self._is_word(form[cut:].removeprefix("s")) for form in whole for cut in range(3, len(form) - 2)
        ):
            return False
        if plain.endswith("juf") or any(plain.endswith(role) and len(role) > 3 for role in RELATED):
            return False
        return not any(self._is_word(form) for form in _slips(plain))


def _slips(plain: str) -> set[str]:
    """Every form of a word with one letter taken out, changed, put in, or two turned round."""
    halves = [(plain[:cut], plain[cut:]) for cut in range(len(plain) + 1)]
    return {
        *(head + tail[1:] for head, tail in halves if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in halves if tail for letter in _LETTERS),
        *(head + letter + tail for head, tail in halves for letter in _LETTERS),
    }
