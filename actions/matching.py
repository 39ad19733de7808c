"""Which choice of a scene a typed answer means. By words alone: quick, and the same answer always means the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from kernel.language import Language, words_of
from safety.scenarios import Option

_EMPTY = frozenset(
    "ik je jij hij zij ze we hem haar het t de den een nen en da dat dit die er is ben zou wil ga gaat gewoon dan wel ook maar mn mijn "
    "m mij aan in op van met voor te om eens toch even ja oke ok denk doe kies antwoord zeg daar "
    "je j tu il elle on nous moi lui la le les l un une des du de d et que qu ca c est a ai suis vais veux serais ferais fais "
    "mon ma mes en y au aux pour avec bien juste alors oui pense choisis reponds dis s se me te ce".split()
)
"""Words that tell no choice from another by themselves."""
_NOT = frozenset("niet ni nie geen nooit niks niets nee neen pas ne n non jamais rien aucun aucune sans zonder".split())
_GLUED = re.compile(r"^(?:j(?=[aeiou]\w{2})|k(?=[bdghmsz]\w))")
"""Chat spelling: jenvoie, kstuur."""
_POLITE = frozenset("aub alsjeblieft stp svp merci dank bedankt sorry".split())
_SAME = {"neen": "nee", "nope": "nee", "nan": "non", "jawel": "ja", "ouais": "oui"}
_DOUBLE, _ENDING = re.compile(r"(.)\1"), re.compile(r"(?<=\w{3})(?:en|er|ez|es|e|s|t)$")
_STEM = 5
"""Words are compared without doubled letters and endings, and by their first letters: blokkeer is blokkeren, efface is effacer."""
_TITLES = len(Language)
"""The first ways of saying an option are its titles."""
_NEGATION_WEIGHT, _EMPTY_WEIGHT, _ENOUGH = 0.75, 0.1, 0.2
"""A yes that should be a no weighs almost as much as a telling word; of words that tell little, two are needed."""


class How(IntEnum):
    """How surely a text is a choice."""

    PARTLY = 1
    WHOLLY = 2
    EXACTLY = 3


@dataclass(frozen=True, slots=True)
class Match:
    """`number` counts the options from 0."""

    number: int
    how: How


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text or an option: those that tell, those that tell little, and whether it says no."""

    telling: frozenset[str]
    little: frozenset[str]
    is_not: bool

    @classmethod
    def of(cls, *texts: str) -> _Words:
        words = [_GLUED.sub("", word) for text in texts for word in _plain(text)]
        telling = frozenset(_stem(word) for word in words if word not in _EMPTY and word not in _NOT)
        return cls(telling, frozenset(word for word in words if word in _EMPTY), not _NOT.isdisjoint(words))


def match(text: str, options: Sequence[Option]) -> Match | None:
    """The option that `text` means, or None when it fits none or two alike.

    Exactly: its title, one of its phrases, or its number. Wholly: every telling word of the text belongs to it. Partly: it
    shares more words with the text than any other.
    """
    said = _plain(text)
    if len(said) == 1 and said[0].isdecimal() and 1 <= int(said[0]) <= len(options):
        return Match(int(said[0]) - 1, How.EXACTLY)
    for number, option in enumerate(options):
        if any(_plain(phrase) == said for phrase in (*option.title.values(), *option.phrases)):
            return Match(number, How.EXACTLY)
    return _by_words(_Words.of(text), [_ways(option) for option in options])


def _ways(option: Option) -> list[_Words]:
    """Each title and phrase by itself: a no belongs to the words it stands beside."""
    return [_Words.of(phrase) for phrase in (*option.title.values(), *option.phrases)]


def _by_words(said: _Words, options: list[list[_Words]]) -> Match | None:
    vocabularies = [frozenset[str]().union(*(way.telling for way in ways)) for ways in options]
    scores = [_score(said, ways, vocabularies) for ways in options]
    best = max(range(len(options)), key=lambda number: scores[number], default=None)
    saying_no = [number for number, ways in enumerate(options) if any(way.is_not for way in ways[:_TITLES])]
    if said.is_not and not said.telling and not said.little and len(saying_no) == 1:
        return Match(saying_no[0], How.PARTLY)
    if best is None or scores[best] < _ENOUGH or sum(scores[best] - score < _EMPTY_WEIGHT / 2 for score in scores) > 1:
        return None
    agrees = any(way.is_not is said.is_not for way in options[best])
    return Match(best, How.WHOLLY if said.telling <= vocabularies[best] and agrees else How.PARTLY)


def _score(said: _Words, ways: list[_Words], vocabularies: list[frozenset[str]]) -> float:
    """By the way of saying it that comes closest. A telling word counts less the more options have it; where none is shared, only
    a no to a no counts ("nee daar ga ik niet naartoe")."""
    best = 0.0
    for way in ways:
        shared = sum(1 / sum(word in other for other in vocabularies) for word in said.telling & way.telling)
        if said.telling and not shared and not (said.is_not and way.is_not):
            continue
        shared += _EMPTY_WEIGHT * (len(said.little & way.little) + (said.is_not and way.is_not))
        best = max(best, shared - _NEGATION_WEIGHT * (way.is_not is not said.is_not))
    return best


def _plain(text: str) -> list[str]:
    """The words without politeness, each no and yes in one spelling."""
    words = [_SAME.get(word, word) for word in words_of(text.casefold().replace("œ", "oe"))]
    return [word for word in words if word not in _POLITE]


def _stem(word: str) -> str:
    return _ENDING.sub("", _DOUBLE.sub(r"\1", word))[:_STEM]
