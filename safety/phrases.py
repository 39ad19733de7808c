"""The small language in which crisis terms are written, turned into patterns over a normalised text.

    word        that word                       word*       a word that begins so (three letters or more)
    (a|b c)     one of these                    [a|b c]     one of these or nothing
    @list       one of the named list           .. / ... / ....   up to two / four / eight other words, within the sentence
    < / >       begin / end of a sentence, past words of the list `filler` ("pls", "echt")

Every pattern is bounded, and is only tried when a word it cannot do without stands in the text: a long text costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from safety.textnorm import END, Normaliser, flatten

_ELEMENT = re.compile(r"\((?P<one>[^()\[\]]+)\)|\[(?P<maybe>[^()\[\]]+)\]|(?P<gap>\.{2,4})(?=\s|$)|(?P<edge>[<>])|(?P<word>[^\s()\[\]]+)")
FILLER = "filler"
"""The list of words that say nothing by themselves."""
IN_PLACE = "~"
"""Stands in a text for what was masked; no phrase matches it."""
_GAPS = {"..": r"(?:[^ .]+ ){0,2}", "...": r"(?:[^ .]+ ){0,4}", "....": r"(?:[^ .]+ ){0,8}"}


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One place in a phrase: its alternatives, each a list of words; `needed` is False for `[...]`."""

    alternatives: tuple[tuple[str, ...], ...]
    needed: bool

    def regex(self) -> str:
        body = "|".join("".join(_word_regex(word) for word in words) for words in self.alternatives)
        return f"(?:{body})" + ("" if self.needed else "?")

    def anchors(self) -> frozenset[str]:
        """One word per alternative, the longest: one of them must stand in the text for this element to match."""
        return frozenset(max(words, key=len) for words in self.alternatives)


def _word_regex(word: str) -> str:
    return re.escape(word[:-1]) + "[^ .]* " if word.endswith("*") else re.escape(word) + " "


@dataclass(frozen=True)
class Phrase:
    """A phrase. `anchors`: words (or `begin*`) one of which the text must hold; so must it one of each of `further`."""

    written: str
    anchors: frozenset[str]
    further: tuple[frozenset[str], ...]
    words: frozenset[str]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when a text first holds its words: most of ten thousand phrases never are, and all of them take seconds."""
        return re.compile(self.written)


def compile_phrase(text: str, lists: Mapping[str, tuple[str, ...]], normaliser: Normaliser) -> Phrase:
    """Reads one phrase. Raises PhraseError for an unknown list, a short `word*`, or a phrase without any word it needs."""
    parts: list[str] = []
    elements: list[_Element] = []
    position = 0
    for found in _ELEMENT.finditer(text):
        if text[position : found.start()].strip():
            raise PhraseError(f"cannot read `{text[position : found.start()].strip()}` in `{text}`")
        position = found.end()
        if found["gap"]:
            parts.append(_GAPS[found["gap"]])
            continue
        element = _read_element(found, text, lists, normaliser)
        parts.append(_edge(found["edge"], lists, normaliser) if found["edge"] else element.regex())
        elements.append(element)
    if text[position:].strip():
        raise PhraseError(f"cannot read `{text[position:].strip()}` in `{text}`")
    anchors = [element.anchors() for element in elements if element.needed and all(END not in words for words in element.alternatives)]
    if not anchors:
        raise PhraseError(f"`{text}` needs at least one word that must be there")
    best = max(anchors, key=lambda group: (min(len(word) for word in group), -len(group)))
    words = frozenset(
        word for element in elements for choice in element.alternatives for word in choice if word != END and not word.endswith("*")
    )
    further = tuple(group for group in anchors if group is not best and not any(word.endswith("*") for word in group))
    return Phrase("(?<= )" + "".join(parts), best, further, words)


def _edge(sign: str, lists: Mapping[str, tuple[str, ...]], normaliser: Normaliser) -> str:
    """The begin or end of a sentence: up to three fillers may stand between it and the phrase."""
    fillers = [choice for item in lists.get(FILLER, ()) for choice in _read_choice(item, f"@{FILLER}", lists, normaliser)]
    skipped = "(?:" + "|".join("".join(_word_regex(word) for word in words) for words in fillers) + "){0,3}" if fillers else ""
    end = _word_regex(END)
    return end + skipped if sign == "<" else skipped + end


def _read_element(found: re.Match[str], text: str, lists: Mapping[str, tuple[str, ...]], normaliser: Normaliser) -> _Element:
    if found["edge"]:
        return _Element(((END,),), needed=True)
    raw = found["one"] or found["maybe"] or found["word"]
    choices: list[tuple[str, ...]] = []
    for choice in raw.split("|"):
        choices.extend(_read_choice(choice.strip(), text, lists, normaliser))
    return _Element(tuple(dict.fromkeys(choices)), needed=found["maybe"] is None)


def _read_choice(choice: str, text: str, lists: Mapping[str, tuple[str, ...]], normaliser: Normaliser) -> list[tuple[str, ...]]:
    """The word sequences that `choice` stands for: one, or several when it names a list."""
    sequences: list[tuple[str, ...]] = [()]
    for word in choice.split():
        options = _read_word(word, text, lists, normaliser)
        sequences = [before + option for before in sequences for option in options]
    if not all(sequences) or not choice:
        raise PhraseError(f"an empty choice in `{text}`")
    return sequences


def _read_word(word: str, text: str, lists: Mapping[str, tuple[str, ...]], normaliser: Normaliser) -> list[tuple[str, ...]]:
    if word.startswith("@"):
        if word[1:] not in lists:
            raise PhraseError(f"unknown list `{word}` in `{text}`")
        return [sequence for item in lists[word[1:]] for sequence in _read_choice(item, text, lists, normaliser)]
    if word in ("<", ">"):
        return [(END,)]
    if word.endswith("*"):
        if len(word) < 4:
            raise PhraseError(f"`{word}` in `{text}` needs at least three letters before the star")
        return [(flatten(word[:-1]) + "*",)]
    pieces = tuple(piece for piece in normaliser.words(word) if piece != END)
    if not pieces and not any(char.isalnum() for char in word):
        raise PhraseError(f"cannot read `{word}` in `{text}`")
    return [pieces]


class PhraseIndex:
    """Many phrases, each under a number, found by the words they cannot do without."""

    def __init__(self, phrases: Iterable[tuple[int, Phrase]]) -> None:
        self._phrases = tuple(phrases)
        self._by_word: dict[str, list[int]] = {}
        self._by_begin: dict[str, list[int]] = {}
        for number, (_, phrase) in enumerate(self._phrases):
            for anchor in phrase.anchors:
                index, word = (self._by_begin, anchor[:-1]) if anchor.endswith("*") else (self._by_word, anchor)
                index.setdefault(word, []).append(number)
        self._begin_lengths = sorted({len(begin) for begin in self._by_begin})

    def candidates(self, words: Collection[str]) -> list[int]:
        """Numbers of the phrases worth trying on a text that holds `words`, in order."""
        numbers: set[int] = set()
        for word in words:
            numbers.update(self._by_word.get(word, ()))
            for length in self._begin_lengths:
                if length > len(word):
                    break
                numbers.update(self._by_begin.get(word[:length], ()))
        held = frozenset(words)
        return sorted(number for number in numbers if not any(held.isdisjoint(group) for group in self._phrases[number][1].further))

    def matches(self, text: str, words: Collection[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match of every phrase in the normalised `text`: the first may be silenced where a later one is not."""
        for number in self.candidates(words):
            key, phrase = self._phrases[number]
            for found in phrase.regex.finditer(text):
                yield key, found

    def mask(self, text: str, words: Collection[str]) -> str:
        """`text` with everything these phrases match replaced by a sign that matches nothing."""
        for number in self.candidates(words):
            text = self._phrases[number][1].regex.sub(f"{IN_PLACE} ", text)
        return text
