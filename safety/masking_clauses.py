"""Finds names by the clause they stand in, where no list is sure: nicknames, words that are names too, and names that no list holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from safety import masking_clause_words as say
from safety.masking_clause_reading import ClauseReading
from safety.masking_cues import ADJECTIVE, ARTICLE, FORMAL, KIN, KIN_FR, OWN, PARTICLE, RELATED
from safety.masking_text import Span, Word, words_in
from safety.masking_unknown import Unknown
from safety.masking_words import NameWords

_CLASS = re.compile(r"\s{1,2}(?:(?:de\s)?la\s|het\s|t\s|de\s)?[1-7](?:[a-zA-Z]{1,3}\b|e|de|eme|ème|è)")


class ClauseFinder:
    """Finds names with the words of `words`, beside those that `masking_names` found."""

    def __init__(self, words: NameWords) -> None:
        self._words, self._unknown = words, Unknown(words)

    def find(self, text: str, found: Iterable[Span]) -> Iterator[Span]:
        """Further spans of kind name; `found`: those already known, since a word beside a name is one sooner."""
        words = words_in(text)
        clause = _Clause(text, words, self._words, self._unknown, _inside(words, found))
        for index in clause.names():
            yield Span(words[index].start, words[index].end, "name")


def _inside(words: list[Word], spans: Iterable[Span]) -> set[int]:
    """The places of the words that spans hold."""
    places, ordered, at = set(), sorted(spans, key=lambda span: span.start), 0
    for index, word in enumerate(words):
        while at < len(ordered) and ordered[at].end <= word.start:
            at += 1
        if at < len(ordered) and ordered[at].start < word.end:
            places.add(index)
    return places


class _Clause(ClauseReading):
    """The rules, on one text."""

    def __init__(self, text: str, words: list[Word], known: NameWords, unknown: Unknown, named: set[int]) -> None:
        super().__init__(text, words, known, unknown, named)
        self._rules: tuple[Callable[[int], bool], ...] = (
            self._nickname,
            self._subject,
            self._inverted,
            self._classmate,
            self._sits_in,
            self._addressed,
            self._related,
            self._behind_role,
            self._owner,
            self._relative,
            self._aunt,
            self._greets,
            self._signs,
            self._loved,
            self._double,
            self._heard_as,
        )

    def names(self) -> list[int]:
        """The places of further names, in order."""
        new: set[int] = set()
        for index, word in enumerate(self._list):
            if index not in self._named and len(word.plain) > 1 and any(rule(index) for rule in self._rules):
                new.add(index)
        self._named |= new
        for index in [*range(len(self._list)), *range(len(self._list) - 1, -1, -1)]:
            if index not in self._named and (self._coordinated(index) or self._beside_name(index)):
                self._named.add(index)
                new.add(index)
        return sorted(new)

    # -- rules: is there a name at `index`? --

    def _nickname(self, index: int) -> bool:
        """`iedereen noemt hem snorrie`, `tt le monde m'appelle zouzou`."""
        before = index - 1
        while before > 0 and self._plain(before) in say.NICK_FILL and self._joined(before):
            before -= 1
        if not self._joined(index) or not self._loosely(self._list[index]):
            return False
        return self._ends_with(before, say.NICKNAMED) and (self._plain(before) != "dit" or self._plain(before - 1) in ("monde", "dit"))

    def _subject(self, index: int) -> bool:
        """`claire m'a dit`, `roos zei da`, `movsar heeft mij geslagen`: begins a clause, and a verb follows that only a person has."""
        word = self._list[index]
        if not self._begins(index) or not self._joined(index + 1):
            return False
        if self._sure(word) or self._surname(word):
            return self._acts(index + 1)
        if word.plain in self._known.ambiguous and word.plain in self._known.common and word.plain != "dan":  # ben, door, elke
            return self._plain(index + 1) in say.SAYS and self._plain(index + 2) in (*say.TO_ME, "da", "dat")
        return self._strictly(word) and self._acts_on_me(index + 1)

    def _inverted(self, index: int) -> bool:
        """`gisteren heeft roos mij gebeld`."""
        if self._list[index].plain not in self._known.subjects or not (self._joined(index) and self._joined(index + 1)):
            return False
        if self._plain(index - 1) in say.SAID and self._begins(index - 1):
            return self._plain(index + 1) in say.WHAT
        return self._plain(index - 1) in say.HELPERS and self._plain(index + 1) in say.TO_ME

    def _classmate(self, index: int) -> bool:
        """`storm uit 4c`, `claire de 3B`, `kamo de ma classe`."""
        word = self._list[index]
        if self._plain(index - 1) in say.BEFORE_NOUN or self._plain(index + 1) not in say.CLASS_BEFORE or not self._joined(index + 1):
            return False
        introduced = self._begins(index) or (self._plain(index - 1) in say.ADDRESSEES and self._joined(index))
        if word.plain not in self._known.subjects and not (introduced and self._strictly(word)):
            return False
        if _CLASS.match(self._text, self._list[index + 1].end):
            return True
        return self._plain(index + 2) in say.MINE and self._plain(index + 3) in say.CLASSES

    def _sits_in(self, index: int) -> bool:
        """`ukwishaka est dans ma classe`, `sultan dans ma classe`, `sverre zit in mijn klas`."""
        after = index + 1
        is_there = self._plain(after) in ("est", "etait", "zit", "zat")
        after += is_there
        if (
            self._plain(after) not in ("in", "dans", "op")
            or self._plain(after + 1) not in say.MINE
            or self._plain(after + 2) not in say.CLASSES
        ):
            return False
        return self._begins(index) and (self._sure(self._list[index]) or (is_there and self._strictly(self._list[index])))

    def _addressed(self, index: int) -> bool:
        """`parle à aurore`, `verteld aan roos`: a name that is a word too."""
        return (
            self._sure(self._list[index]) and self._plain(index - 1) in ("a", "aan", "tegen") and self._plain(index - 2) in say.ADDRESSING
        )

    def _related(self, index: int) -> bool:
        """`mijn beste vriendin shenaya snijdt`, `ma pote shaynez se coupe`, `haar zus gulnaz`."""
        word, owner = self._list[index], index - 2
        if self._plain(index - 1) not in RELATED or not self._joined(index) or not self._strictly(word):
            return False
        while self._plain(owner) in ADJECTIVE:
            owner -= 1
        if self._plain(owner) not in OWN or word.text.endswith(("é", "ée", "ee", "es")):
            return False
        ends = self._stops(index) and self._plain(index - 1) in KIN and self._plain(index - 1) not in KIN_FR
        return ends or (self._goes_on(index) and self._plain(index + 1) not in say.LINKS)

    def _behind_role(self, index: int) -> bool:
        """`le prof lambert`, `de turnleraar claes`, `la prof de math dubois`, `mr petit`."""
        word, before = self._list[index], index - 1
        if not self._joined(index, dot=True):
            return False
        if self._plain(before) in FORMAL and word.plain in self._known.surnames:
            return self._plain(before - 1) not in ARTICLE
        particle = self._plain(before) in PARTICLE and self._is_role(self._plain(before - 1))
        if particle and (self._plain(before) + word.plain in self._known.surnames or (self._shaped(word) and self._goes_on(index))):
            return True
        taught = self._plain(before) in say.SUBJECTS_TAUGHT
        if taught:
            before -= 2 if self._plain(before - 1) in ("de", "van", "d") else 1
        if not self._is_role(self._plain(before)):
            return False
        return self._surname(word) or self._sure(word) or (self._shaped(word) and self._goes_on(index))

    def _owner(self, index: int) -> bool:
        """`le snap de kelya`, `insta van xander`."""
        if self._plain(index - 1) not in say.OWNED_BY or self._plain(index - 2) not in say.ACCOUNT or not self._joined(index):
            return False
        if self._plain(index - 3) in ("ik", "k", "kik", "we"):  # a verb: "ik snap de logica niet"
            return False
        return self._likely(self._list[index])

    def _relative(self, index: int) -> bool:
        """`la mère de tesnime`, `le frère à kevin`, `de mama van sverre`, `kelya haar broer`."""
        word = self._list[index]
        if not self._likely(word):
            return False
        if self._plain(index - 2) in say.PARENTS and self._joined(index) and self._joined(index - 1):
            if self._plain(index - 1) in say.OF:
                return True
            if self._plain(index - 1) == "a" and self._sure(word) and self._plain(index - 3) in say.BEFORE_NOUN:
                return True
        begins = self._begins(index) and self._joined(index + 1) and self._plain(index + 1) in say.HIS
        return begins and self._plain(index + 2) in say.KIN_AFTER

    def _aunt(self, index: int) -> bool:
        """`tata maguy`, `nonkel luc`, `tante nonneke`."""
        word = self._list[index]
        if self._plain(index - 1) not in say.AUNTS or not self._joined(index):
            return False
        return self._likely(word)

    def _greets(self, index: int) -> bool:
        """`coucou c'est ysé`, `hey hier fenne`."""
        word = self._list[index]
        if not self._joined(index) or not (self._stops(index) or self._plain(index + 1) in say.AFTER_GREETED):
            return False
        if not self._likely(word) and not (self._stops(index) and self._loosely(word)):
            return False
        for cue in say.GREETED_BY:
            if self._ends_with(index - 1, (cue,)) and self._plain(index - 1 - len(cue)) in say.GREETING and index - len(cue) <= 3:
                return True
        return False

    def _signs(self, index: int) -> bool:
        """`groetjes jinte` at the very end."""
        if index != len(self._list) - 1 or index == 0 or self._plain(index - 1) not in say.CLOSING or not self._stops(index):
            return False
        word = self._list[index]
        return self._likely(word) or (self._loosely(word) and not self._unknown.glued(word.plain))

    def _loved(self, index: int) -> bool:
        """`verliefd op sverre`, `amoureuse de clement`."""
        word = self._list[index]
        if not self._joined(index) or not self._ends_with(index - 1, say.LOVED):
            return False
        return self._likely(word)

    def _double(self, index: int) -> bool:
        """`jean michel`, `marie lou`, `marielou`: both halves of a name that has two."""
        word = self._list[index]
        if word.plain in say.DOUBLE and self._joined(index + 1):
            following = self._plain(index + 1)
            if following in say.DOUBLE_ENDS or (following in self._known.first and following != word.plain):
                return True
        if self._plain(index - 1) in say.DOUBLE and self._joined(index) and word.plain in say.DOUBLE_ENDS:
            return True
        for first in say.DOUBLE:
            rest = word.plain.removeprefix(first) if len(first) > 3 else word.plain
            if rest != word.plain and rest in say.DOUBLE_ENDS and not self._is_word(word):
                return True
        return False

    def _heard_as(self, index: int) -> bool:
        """A listed name in another spelling, with or without a cue before it, where something follows that a name has."""
        word = self._list[index]
        if not self._heard(word) or self._plain(index - 1) in say.BEFORE_NOUN:
            return False
        addressed = self._plain(index - 1) in say.ADDRESSEES and self._joined(index)
        return addressed or self._plain(index - 1) in RELATED or (self._begins(index) and self._goes_on(index))

    def _coordinated(self, index: int) -> bool:
        """`moi et soraya`, `kelya et lina`, `jonas, milo en xander`: an unknown word side by side with a name."""
        word = self._list[index]
        if not self._likely(word) or self._plain(index - 1) in say.BEFORE_NOUN:
            return False
        if self._plain(index - 1) in say.AND and self._joined(index):
            with_name = index - 2 in self._named
            with_me = self._plain(index - 2) in say.SELF_WORDS or self._both_words(index)
            return (with_name or with_me) and (self._stops(index) or self._plain(index + 1) in say.PLURAL)
        if self._plain(index + 1) in say.AND and self._joined(index + 1) and index + 2 in self._named and self._joined(index + 2):
            return self._begins(index) or index - 1 in self._named
        beside = (index + 1 in self._named and self._comma(index + 1)) and (self._begins(index) or index - 1 in self._named)
        return beside or (index - 1 in self._named and self._comma(index) and (self._comma(index + 1) or self._plain(index + 1) in say.AND))

    def _both_words(self, index: int) -> bool:
        """`may et june rigolent`: two names that are words too."""
        return self._sure(self._list[index]) and self._sure(self._list[index - 2]) and self._begins(index - 2)

    def _beside_name(self, index: int) -> bool:
        """`mieke verhulst weet`, `gulnara peeters`: the other half of a name."""
        word = self._list[index]
        if index - 1 in self._named and self._joined(index) and self._strictly(word):
            return self._goes_on(index)
        return self._joined(index + 1) and self._surname(self._at(index + 1)) and self._begins(index) and self._strictly(word)
