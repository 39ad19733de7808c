"""Finds names of people in chat: listed ones, after cues ("ik heet …", "ma pote …") and titles, with the surname that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_cues import (
    ADJECTIVE,
    AFTER_NAME,
    ARTICLE,
    FILL,
    FORMAL,
    I_AM,
    KIN_FR,
    OWN,
    PARTICLE,
    RELATED,
    SELF,
    SOFT,
    SPEAKS,
    TITLE,
)
from safety.masking_text import Span, Word, capital_inside, words_in
from safety.masking_words import NameWords

_LOWER_SURNAME = re.compile(
    r"(?:mans|aerts|aert|ckx|inckx|ynck|ssens|ssen|eyns|huys|eyer|maekers|czyk|owski|oglu|broeck|broek|berghe|velde|meersch|"
    r"straeten|straete|damme|hove|houtte|walle|putte|"
    r"kerckhove|bossche|eynde|driessche|weghe|casteele|smet|clercq|backer|bakker|cock|graeve|groote|meyer|muynck|paepe|pauw|"
    r"ridder|roeck|roover|schepper|schrijver|vos|vries|wachter|wael|wilde|winter|witte|wolf)$"
)
_VERB_SHAPE = re.compile(r"(?:.*[^aeiou]t|ge\w+(?:d|t|en)|.*(?:ait|aient|er|ez|ons|ent|de|te|den|ten|en))$")
_FRENCH_ADJECTIVE = re.compile(r"(?:[estx]|eau|ir|eur|al|el|if)$")
_GAP = re.compile(r"[ \t\u00a0]{1,3}|\s?[.,:;]?\s?|['’]|\s?[\"“«'(*]{1,2}\s?")
_SAME_NAME = re.compile(r"[ \t\u00a0]{1,2}|['’]|\.\s?|-")
_NEED_COLON = (("naam",), ("nom",), ("prenom",))
"""Cues only when a colon follows: "naam: Lotte"."""


class NameFinder:
    """Finds names with the words of `words`; what the engines find is added by the masker."""

    def __init__(self, words: NameWords) -> None:
        self._words = words

    def find(self, text: str) -> Iterator[Span]:
        """Spans of kind name, each a first name with its surname, or a surname after a title."""
        words = words_in(text)
        shouting = sum(word.text.isupper() for word in words if len(word.text) > 1) > len(words) / 2
        reading = _Reading(text, words, self._words, shouting)
        index = 0
        after_name = False
        while index < len(words):
            length = reading.name_at(index, after_name)
            if length:
                yield Span(words[index].start, words[index + length - 1].end, "name")
            coordinated = length > 0 or (after_name and words[index].plain in ("en", "et", "ou", "of", "and"))
            index += length or 1
            after_name = coordinated


class _Reading:
    """One text being read: answers whether a name starts at a word, and how many words it has."""

    def __init__(self, text: str, words: list[Word], known: NameWords, shouting: bool) -> None:
        self._text, self._list, self._known, self._shouting = text, words, known, shouting

    def name_at(self, index: int, after_name: bool) -> int:
        """How many words the name has that starts at `index`; 0 when none does. `after_name`: "Lotte en" stands before it."""
        word = self._list[index]
        if len(word.plain) < 2:
            return 0
        if self._cued(index, SELF) and self._could_be_name(index):
            return self._with_surname(index, sure=True)
        title = self._title(index)
        if title:
            return title
        if word.plain in self._known.common and not (word.plain in self._known.ambiguous and self._capital_inside(index)):
            return 0
        if self._known.is_first(word.plain):
            return self._with_surname(index, sure=False)
        if self._after_kin(index) or self._presented(index) or self._introduced(index) or (after_name and self._listed_after(index)):
            return self._with_surname(index, sure=False)
        if word.plain in self._known.ambiguous:
            length = self._with_surname(index, sure=False)
            followed = length > 2 or (length > 1 and (word.capital or self._ends_in_surname(index, length)))
            return length if followed or self._capital_inside(index) or self._weak_cue(index) else 0
        return 0

    def _ends_in_surname(self, index: int, length: int) -> bool:
        """`roos peeters`: what follows is a surname and no word of its own."""
        last = self._list[index + length - 1].plain
        return last in self._known.surnames and last not in self._known.common

    # -- cues --

    def _cued(self, index: int, cues: tuple[tuple[str, ...], ...]) -> bool:
        before = index - 1
        if before >= 0 and self._list[before].plain in FILL:
            before -= 1
        if before < 0 or not self._near(before, index):
            return False
        for cue in cues:
            first = before - len(cue) + 1
            if first >= 0 and all(self._list[first + offset].plain == part for offset, part in enumerate(cue)):
                return cue not in _NEED_COLON or ":" in self._text[self._list[before].end : self._list[index].start]
        return False

    def _title(self, index: int) -> int:
        """A surname after meneer, mevrouw, mme …"""
        before = index - 1
        if before < 0 or self._list[before].plain not in TITLE or not self._near(before, index):
            return 0
        word = self._list[index]
        length = self._surname(index)
        if not length and (self._capital_name(index) or (self._known.may_be_first(word.plain) and self._could_be_name(index))):
            length = 1
        articled = before > 0 and self._list[before - 1].plain in ARTICLE
        formal = self._list[before].plain in FORMAL and not articled
        if not length and formal and self._could_be_name(index) and not _VERB_SHAPE.match(word.plain):
            length = 1  # whatever follows: "meneer joppens raakt mij aan"
        return length + self._surname(index + length) if length else 0

    def _after_kin(self, index: int) -> bool:
        """`mijn vriend jonas`, `ma meilleure pote, Chloé`."""
        before = index - 1
        if before < 0 or self._list[before].plain not in RELATED or not self._near(before, index):
            return False
        owner = before - 1
        while owner >= 0 and self._list[owner].plain in ADJECTIVE:
            owner -= 1
        owned = owner >= 0 and self._list[owner].plain in OWN
        word = self._list[index]
        comma = "," in self._text[self._list[before].end : word.start]
        unsure = comma and word.plain in self._known.ambiguous and not word.capital
        if self._capital_name(index) or (self._known.may_be_first(word.plain) and self._could_be_name(index) and not unsure):
            return True
        if not owned or comma or not self._could_be_name(index) or len(word.plain) < 3 or _VERB_SHAPE.match(word.plain):
            return False
        # French puts adjectives here ("ma soeur jumelle est …"): only endings they do not have
        french = self._list[before].plain in KIN_FR
        return self._followed_like_name(index) and not (french and _FRENCH_ADJECTIVE.search(word.plain))

    def _presented(self, index: int) -> bool:
        """`ik ben roos`, `c'est fleur`, `c'est xochitl qui …`."""
        if not self._cued(index, SOFT):
            return False
        word = self._list[index]
        if self._list[index - 1].plain in ("met", "avec", "chez", "ici", "xx"):
            return self._known.may_be_first(word.plain)
        following = self._list[index + 1].plain if index + 1 < len(self._list) else ""
        named = self._list[index - 1].plain in ("est", "cest") and following == "qui" and self._could_be_name(index)
        ends = not re.match(r"\s*[^\W_]", self._text[word.end :]) and self._capital_inside(index)
        return named or ends or (self._known.may_be_first(word.plain) and (word.capital or word.plain not in self._known.ambiguous))

    def _introduced(self, index: int) -> bool:
        """`ik ben fenna en ik …`, `je suis ysaline et j'ai …`: a word that no list knows, and who speaks goes on."""
        word, after = self._list[index], index + 1
        if not self._cued(index, I_AM) or len(word.plain) < 4 or not self._could_be_name(index) or _VERB_SHAPE.match(word.plain):
            return False
        if self._list[index - 1].plain != "ben" and _FRENCH_ADJECTIVE.search(word.plain) and not word.capital:
            return False
        goes_on = after + 1 < len(self._list) and self._list[after].plain in ("en", "et") and self._near(index, after)
        return goes_on and self._list[after + 1].plain in SPEAKS

    def _weak_cue(self, index: int) -> bool:
        return index > 0 and self._list[index - 1].plain in ("avec", "chez", "met") and self._near(index - 1, index)

    def _listed_after(self, index: int) -> bool:
        return self._known.may_be_first(self._list[index].plain) or self._capital_name(index)

    # -- what a word looks like --

    def _could_be_name(self, index: int) -> bool:
        word = self._list[index]
        if word.plain in self._known.common:
            return word.plain in self._known.ambiguous and self._capital_inside(index)
        if word.plain in self._known.everyday:
            return self._capital_inside(index)
        return word.plain not in self._known.kept and word.plain not in RELATED and word.plain not in TITLE

    def _capital_inside(self, index: int) -> bool:
        return not self._shouting and capital_inside(self._text, self._list[index])

    def _capital_name(self, index: int) -> bool:
        word = self._list[index]
        abbreviation = len(word.text) <= 4 and word.text.isupper()
        return word.capital and not abbreviation and not self._shouting and self._could_be_name(index)

    def _followed_like_name(self, index: int) -> bool:
        """Is the next word one that follows a name rather than a verb or an adjective?"""
        following = self._list[index + 1].plain if index + 1 < len(self._list) and self._near(index, index + 1) else ""
        return following in AFTER_NAME

    # -- surnames --

    def _with_surname(self, index: int, *, sure: bool) -> int:
        """The words of a name that starts at `index`; `sure`: a cue said so, lower-case words nearby belong to it."""
        length = 1
        while length < 4 and index + length < len(self._list):
            more = self._surname(index + length)
            if not more and self._second_first_name(index + length):
                more = 1
            if not more and (sure or self._followed_like_name(index + length)) and length == 1 and self._unknown_surname(index + length):
                more = 1
            if not more:
                break
            length += more
        return length

    def _second_first_name(self, index: int) -> bool:
        return self._adjacent(index) and self._known.is_first(self._list[index].plain) and "'" not in self._between(index)

    def _unknown_surname(self, index: int) -> bool:
        word = self._list[index]
        shaped = len(word.plain) > 2 and word.plain not in PARTICLE and not _VERB_SHAPE.match(word.plain)
        return shaped and self._adjacent(index) and self._could_be_name(index)

    def _surname(self, index: int) -> int:
        """How many words a surname has that starts at `index` (particles included), 0 when none does."""
        last = self._past_particles(index)
        if last >= len(self._list) or (index > 0 and not self._adjacent(index) and not (last > index and self._near(index - 1, index))):
            return 0
        if last > index and not self._adjacent(last):
            return 0
        word = self._list[last]
        joined = "".join(part.plain for part in self._list[index : last + 1])
        listed = word.plain in self._known.surnames or joined in self._known.surnames
        shaped = _LOWER_SURNAME.search(word.plain) is not None and word.plain not in self._known.common
        capital = word.capital and not self._shouting and self._could_be_name(last) and (last == index or not word.text.isupper())
        initial = last == index and len(word.text) == 1 and word.text.isupper() and self._text[word.end : word.end + 1] == "."
        if (listed and (word.capital or word.plain not in self._known.common)) or shaped or (capital and len(word.plain) > 1) or initial:
            return last - index + 1
        return 0

    def _past_particles(self, index: int) -> int:
        last = index
        while last < min(len(self._list), index + 3) and self._list[last].plain in PARTICLE and (last == index or self._adjacent(last)):
            last += 1
        return last

    # -- distances --

    def _near(self, first: int, second: int) -> bool:
        """Little between the two, and no new sentence: a full stop only after an abbreviation (mevr., mr.)."""
        between = self._text[self._list[first].end : self._list[second].start]
        if len(between) > 4 or _GAP.fullmatch(between) is None:
            return False
        return "." not in between or (self._list[first].plain in TITLE and len(self._list[first].plain) <= 4)

    def _between(self, index: int) -> str:
        return self._text[self._list[index - 1].end : self._list[index].start]

    def _adjacent(self, index: int) -> bool:
        """Only a space or hyphen before this word (a full stop after an initial): the same name may go on."""
        if index == 0:
            return False
        between = self._between(index)
        return _SAME_NAME.fullmatch(between) is not None and ("." not in between or len(self._list[index - 1].text) == 1)
