"""Finds schools word by word, in lower case too: a patron ("sint-jozef"), a kind or an abbreviation, with the name that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_text import Span, Word, words_in
from safety.masking_words import NameWords

_SAINT = frozenset("sint saint sainte st ste".split())
_SAINTS = frozenset(
    "aloysius amand amandus andre andreas anna anne antonius augustin augustinus barbara barbe barthelemy benoit bernadette boniface "
    "bonifatius catherine catharina cecilia clara donatus elisabeth francois franciscus gabriel georges gertrude godelieve hubert "
    "hubertus jan jean jozef joseph joris jacob jacques katarina laurens laurent leo lieven lodewijk louis luc lucas lutgardis marie "
    "maria martin martinus michel michiel norbert norbertus paul paulus pierre pieter quentin rembert remi rita roch stanislas "
    "stanislaus therese theresia thomas trudo ursula ursule veronique vincent vincentius willibrord".split()
)
"""What may follow a saint with a space only: "st louis", not "de sint bracht"."""
FEASTS = frozenset("nicolas nikolaas nicolaas niklaas klaas valentin valentijn valentine sylvestre silvester".split())
"""Behind saint, sint: a day, not a school."""
_NO_PATRON = FEASTS | frozenset(
    "maarten martin v verhaegen bernard bernards glin nitouche esprit pere vierge honore jacques marcellin nectaire germain tropez "
    "petersbourg petersburg seiya graal".split()
)
"""With a hyphen alone: more feasts, dogs, dishes, towns far away and football."""
_PLACE_SHAPE = re.compile(r"(?:plein|straat|laan|kerk|station|abdij|markt|berg|baan|poort|feest|tje)$")
_NOT_BEHIND = frozenset(
    "hopital clinique cliniques urgences arret gare place rue avenue quartier eglise basilique ziekenhuis az kliniek spoed halte "
    "station kerk abdij".split()
)
"""Not a school behind these."""
_PATRONS = (
    "don bosco,heilig hart,heilige familie,christus koning,maria assumpta,maria goretti,sancta maria,mater dei,regina pacis,"
    "regina caeli,stella maris,virgo fidelis,sacre coeur,immaculee conception,onze lieve vrouw,onze lieve vrouwe,o l v,olv"
).split(",")
_KIND = frozenset("college lyceum atheneum instituut technicum athenee lycee institut".split())
"""After these a word that no list knows is a name."""
_ABBREVIATION = frozenset(
    "vti kta vito pito tsm bsgo gti tiso viso vibso vhsi vbs gbs htiso piva htisa vts wico itca itn itp isj cefa epsis ista "
    "githo ipes inraci ita epfc sjc".split()
)
"""Read like those."""
_UNSURE = frozenset("ka ar bs ind pti mpi humaniora basisschool kleuterschool internaat internat".split())
"""After these only a town, a known name or a capital counts, or any word behind an article ("bs de vlinder")."""
_FRENCH_SORT = frozenset(
    "royal royale communal communale provincial provinciale technique libre fondamentale maternelle primaire secondaire catholique "
    "specialisee superieur superieure industrielle professionnelle moyenne polytechnique europeenne internationale normale".split()
)
_DUTCH_SORT = frozenset("koninklijk stedelijk gemeentelijk provinciaal vrij vrije technisch go".split())
_LINK = frozenset("de het t ten ter den der van la le les l du des d".split())
_BEFORE_PLACE = frozenset(
    "klein groot nieuw oud hoog laag noord zuid oost west beau belle grand grande petit haut bas mont val rive".split()
)
"""The first half of names: "klein brabant"."""
_NAMED = ("school heet", "school noemt", "ecole s appelle", "lycee s appelle", "college s appelle", "bahut s appelle")
_GAP = re.compile(r"[ \t\u00a0]{1,2}|['’]|\.\s?|!\s?|-")
_VERB = re.compile(r"(?:.*[^aeiou]t|ge\w+(?:d|t|en)|.*(?:ait|aient|er|ez|ons|te|den|ten|en)|j[^aeiouy].*|k[^aeiouylnrs].*)$")
"""Verbs, and "jdeteste", "kvind"."""


def schools_by_words(text: str, known: NameWords) -> Iterator[Span]:
    """Schools in `text`, each with the place or name behind it."""
    words = words_in(text)
    reading = _Reading(text, words, known)
    index = 0
    while index < len(words):
        length = reading.school_at(index)
        if length:
            yield Span(words[reading.first(index)].start, words[index + length - 1].end, "school")
        index += length or 1


class _Reading:
    """One text being read: how many words a school has that starts at a word, 0 when none does."""

    def __init__(self, text: str, words: list[Word], known: NameWords) -> None:
        self._text, self._list, self._known = text, words, known

    def school_at(self, index: int) -> int:
        patron = self._saint(index) or self._patron(index)
        if patron:
            return patron + self._tail(index + patron)
        kind, loose = self._kind(index)
        tail = self._tail(index + kind, loose=loose) if kind or loose else 0
        return kind + tail if tail else 0

    def first(self, index: int) -> int:
        """The word the school starts with: "koninklijk" of "koninklijk atheneum"."""
        for _ in range(3):
            if index == 0 or self._list[index - 1].plain not in _DUTCH_SORT or not self._adjacent(index):
                break
            index -= 1
        return index

    # -- what a school starts with --

    def _saint(self, index: int) -> int:
        saint, _, name = self._list[index].plain.partition("-")
        if saint not in _SAINT or (saint in ("saint", "st") and self._is("la", index - 1)):  # "à la saint-jean" is a day
            return 0
        before = [self._at(index - step) for step in (1, 2, 3)]
        if next((word for word in before if word not in _LINK and word != "a"), "") in _NOT_BEHIND:
            return 0
        if name:
            feast = name in _NO_PATRON or name in self._known.common or _PLACE_SHAPE.search(name)
            return 0 if feast or self._list[index].plain in self._known.towns else 1
        return 2 if index + 1 < len(self._list) and self._list[index + 1].plain in _SAINTS and self._adjacent(index + 1) else 0

    def _patron(self, index: int) -> int:
        if self._list[index].plain == "notre-dame":
            return 1
        if self._is("notre", index) and self._is("dame", index + 1) and self._tail(index + 2):
            return 2
        ahead = [word.plain.replace("-", " ") for word in self._list[index : index + 3]]
        for length in range(1, len(ahead) + 1):
            if " ".join(ahead[:length]) in _PATRONS:
                return length if all(self._adjacent(index + step) for step in range(1, length)) else 0
        return 0

    def _kind(self, index: int) -> tuple[int, bool]:
        """How many words say that a school follows (none behind "mijn school heet"), and whether any unknown word is its name."""
        word = self._list[index].plain
        length = 1
        while self._at(index + length) in _FRENCH_SORT:
            length += 1
        if word in _KIND or word in _ABBREVIATION or (word == "ecole" and length > 1):
            return length, True
        if word in _UNSURE:
            return length, word in ("ar", "ind") and self._is("l", index - 1)
        return 0, " ".join(self._at(index - step) for step in (3, 2, 1)).endswith(_NAMED)

    # -- the name behind it --

    def _tail(self, index: int, *, loose: bool = False) -> int:
        """The words of the place or name; `loose`: its first word may be one that no list knows."""
        length, last_is_first_name = 0, False
        while length < 6:
            links = self._links(index + length)
            start = index + length + links
            open_to_all = links > 0 or (loose and (length == 0 or last_is_first_name))
            more = self._name(start, loose=open_to_all)
            if not more:
                break
            last_is_first_name = self._known.may_be_first(self._at(start))
            length += links + more
        return length

    def _links(self, index: int) -> int:
        count = 0
        while count < 3 and self._at(index + count) in _LINK and self._adjacent(index + count):
            count += 1
        return count

    def _name(self, index: int, *, loose: bool) -> int:
        if index >= len(self._list) or not self._adjacent(index):
            return 0
        word, known = self._list[index], self._known
        if {f"{word.plain} {self._at(index + 1)}", f"{self._at(index - 1)} {word.plain}"} & known.towns:
            return 2 if f"{word.plain} {self._at(index + 1)}" in known.towns else 1
        if word.plain in _BEFORE_PLACE and self._adjacent(index + 1) and self._at(index + 1) not in known.ordinary:
            return 2
        if word.plain in known.towns:
            return 1
        if word.plain in known.common or word.plain in known.kept:
            return 0
        if word.capital or word.plain in known.surnames or known.is_first(word.plain):
            return 1
        unknown = loose and len(word.plain) > 2 and word.plain not in known.ordinary and not _VERB.match(word.plain)
        return 1 if unknown else self._saint(index)

    # -- words --

    def _at(self, index: int) -> str:
        return self._list[index].plain if 0 <= index < len(self._list) else ""

    def _is(self, word: str, index: int) -> bool:
        return self._at(index) == word

    def _adjacent(self, index: int) -> bool:
        """Only a space, an apostrophe, or the sign of an abbreviation (st., o.l.v., go!) between this word and the one before."""
        if not 0 < index < len(self._list):
            return False
        before = self._list[index - 1]
        gap = self._text[before.end : self._list[index].start]
        return _GAP.fullmatch(gap) is not None and (gap[0] not in ".!" or len(before.text) <= 3)
