"""What stands at a place in a text, for the rules of masking_clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from safety import masking_clause_words as say
from safety.masking_cues import AFTER_NAME, TITLE
from safety.masking_text import Word
from safety.masking_unknown import Unknown
from safety.masking_words import NameWords

_SPACE = re.compile(r"[ \t\u00a0]{1,2}|['’´`]|-")
_COMMA = re.compile(r"\s?[,;]\s{0,2}")
_PAST = re.compile(r"\w+(?:é|ée|er|ée?s)$")


class ClauseReading:
    """One text being read: its words, and which of them (`named`, by their place) are names already."""

    def __init__(self, text: str, words: list[Word], known: NameWords, unknown: Unknown, named: set[int]) -> None:
        self._text, self._list, self._known, self._unknown, self._named = text, words, known, unknown, named
        self._loosely, self._strictly = unknown.loosely, unknown.strictly

    def _at(self, index: int) -> Word:
        return self._list[index]

    def _plain(self, index: int) -> str:
        return self._list[index].plain if 0 <= index < len(self._list) else ""

    def _joined(self, index: int, *, dot: bool = False) -> bool:
        """Only a space or an apostrophe between the word before and this one; `dot`: or the full stop of "mr."."""
        if not 0 < index < len(self._list):
            return False
        between = self._text[self._list[index - 1].end : self._list[index].start]
        return _SPACE.fullmatch(between.removeprefix(".") if dot and len(self._plain(index - 1)) <= 4 else between) is not None

    def _comma(self, index: int) -> bool:
        if not 0 < index < len(self._list):
            return False
        return _COMMA.fullmatch(self._text[self._list[index - 1].end : self._list[index].start]) is not None

    def _begins(self, index: int) -> bool:
        """The first word of a clause: of the text, after a sign, or after "en", "mais", "gisteren"."""
        return index == 0 or not self._joined(index) or self._plain(index - 1) in say.STARTERS

    def _stops(self, index: int) -> bool:
        return re.match(r"\s*(?:$|[^\w\s'’])", self._text[self._list[index].end :][:9]) is not None or bool(
            re.match(r"\s?\d", self._text[self._list[index].end :][:3])
        )

    def _ends_with(self, last: int, phrases: Iterable[tuple[str, ...]]) -> bool:
        for phrase in phrases:
            first = last - len(phrase) + 1
            if first >= 0 and all(self._list[first + offset].plain == part for offset, part in enumerate(phrase)):
                return True
        return False

    def _acts(self, index: int) -> bool:
        """Is this the verb of a person, or what stands before one?"""
        here, following = self._plain(index), self._plain(index + 1)
        if here in say.ACTS:
            return True
        if here in say.HELPERS:
            return following in say.TO_WHOM
        if here in say.ASIDE:
            return here != "ma" or following in say.PARTICIPLES or self._past(index + 1)
        return here in ("a", "avait", "la", "va") and (following in say.PARTICIPLES or self._past(index + 1))

    def _acts_on_me(self, index: int) -> bool:
        """The same, done to the one who writes: enough for a word that no list knows."""
        here, following = self._plain(index), self._plain(index + 1)
        if here in say.DOES or here in say.ACTS:
            return following in say.TO_ME
        if here == "ma":
            return self._past(index + 1) or following in say.PARTICIPLES
        return here in ("m", "me")

    def _goes_on(self, index: int) -> bool:
        """Does a word follow that stands behind names?"""
        return self._joined(index + 1) and (self._plain(index + 1) in AFTER_NAME or self._plain(index + 1) in say.ACTS)

    def _past(self, index: int) -> bool:
        return 0 <= index < len(self._list) and _PAST.match(self._list[index].text) is not None

    def _heard(self, word: Word) -> bool:
        """A given name as it sounds."""
        return self._known.sounds_like_first(word.plain) and not self._unknown.glued(word.plain)

    def _sure(self, word: Word) -> bool:
        """A given name that is a word too, or one as it sounds: enough where a person is meant."""
        return word.plain in self._known.subjects or self._heard(word)

    def _likely(self, word: Word) -> bool:
        """The same, or a word that no list knows."""
        return self._sure(word) or self._strictly(word)

    def _surname(self, word: Word) -> bool:
        return word.plain in self._known.surnames and len(word.plain) > 3 and not self._is_word(word)

    def _is_word(self, word: Word) -> bool:
        return word.plain in self._known.ordinary or word.plain in self._known.seen

    def _shaped(self, word: Word) -> bool:
        """A word that no list knows, behind a role: `dokter nsimba`, `vanhaverbeke`."""
        return self._strictly(word) or (word.plain.startswith(("vande", "vander", "vanden", "van")) and self._loosely(word))

    def _is_role(self, plain: str) -> bool:
        return (
            plain in say.ROLES
            or plain in TITLE
            or any(plain.endswith(role) for role in ("leraar", "lerares", "leerkracht", "trainer", "juf"))
        )
