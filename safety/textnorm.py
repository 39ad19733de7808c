"""Makes one plain form of how teenagers type: no accents, no tricks, one spelling per word. Linear in the length of the text.

A normalised text is a string of words between single spaces; "." stands at its start, its end and between sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from safety.slips import Slips

END = "."
_LONGEST_GLUED = 40
_EMOJI = {
    "😂": "haha", "🤣": "haha", "😹": "haha", "🔪": "mesje_emoji", "🩸": "bloed_emoji", "💊": "pil_emoji", "🔫": "wapen_emoji",
    "🆘": "sos", "👋": "zwaai_emoji",
}  # fmt: skip
_EMOJI_WORDS = frozenset(_EMOJI.values())
_LOOKALIKE = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "…": " ", "€": " euro "}
    | {"@": "a", "$": "s", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "м": "m", "т": "t", "к": "k"}
)
_LEET = str.maketrans("013457", "oieast")
_GLUED_APOSTROPHE = re.compile(r"\b([mzd])'([nr])\b")
_ELISION = re.compile(r"\b(j|t|l|d|m|n|s|c|k|qu|jusqu|lorsqu|puisqu|quelqu|aujourd)'(?=\w)")
_ELLIPSIS = re.compile(r"\.{2,}")
_LONG_RUN = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z0-9_]+|[.!?;\n]+")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[ .*_\-]{1,3}[a-z0-9]){3,}(?![a-z0-9])")


def flatten(text: str) -> str:
    """Lower case, without accents, zero-width and direction marks; emoji that matter as words; apostrophes dealt with."""
    text = text.lower().translate(_LOOKALIKE)
    text = _ELLIPSIS.sub(" ", text if text.isascii() else _fold(text))
    if "'" in text:
        text = _GLUED_APOSTROPHE.sub(r"\1\2", text)
        text = _ELISION.sub(r"\1 ", text).replace("'", "")
    return text


def _fold(text: str) -> str:
    for sign, word in _EMOJI.items():
        if sign in text:
            text = text.replace(sign, f" {word} ")
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        if category[0] == "M" or category == "Cf":
            continue
        kept.append(" " if category in ("So", "Sk", "Cc") and char != "\n" else char)
    return "".join(kept).lower()


class Normaliser:
    """Normalises for one language: its `spelling` (variant to standard, either may be several words) and its known `vocabulary`."""

    def __init__(
        self, spelling: Mapping[str, str], vocabulary: Iterable[str] = (), fuzzy: Iterable[str] = (), slips: Slips | None = None
    ) -> None:
        self._spelling = {word: tuple(standard.split()) for word, standard in spelling.items()}
        self._vocabulary = frozenset(vocabulary) | frozenset(spelling)
        self._near = _near_words(fuzzy, self._vocabulary)
        self._slips = slips or Slips()

    def with_vocabulary(self, vocabulary: Iterable[str], fuzzy: Iterable[str], slips: Slips | None = None) -> Normaliser:
        """The same spelling with words to recognise when they are stretched, spaced out, glued, mistyped or typed as in a chat."""
        clean = {word: " ".join(standard) for word, standard in self._spelling.items()}
        return Normaliser(clean, vocabulary, fuzzy, slips)

    def words(self, text: str, flat: str | None = None) -> list[str]:
        """The words of `text`, with "." at both ends and between sentences; `flat` is `flatten(text)` when it is at hand."""
        flat = flatten(text) if flat is None else flat
        flat = _SPACED.sub(self._join_spaced, flat)
        result = [END]
        for token in _TOKEN.findall(flat):
            if token[0] in ".!?;\n":
                if result[-1] != END:
                    result.append(END)
            else:
                result.extend(self._standard(token))
        if result[-1] != END:
            result.append(END)
        return result

    def text(self, text: str, flat: str | None = None) -> str:
        """The normalised text as one string: a space at both ends, single spaces between words."""
        return f" {' '.join(self.words(text, flat))} "

    def _standard(self, token: str) -> tuple[str, ...]:
        found = self._spelling.get(token)
        if found is not None:
            return found
        if token in self._vocabulary:
            return (token,)
        return self._mended(token)

    def _mended(self, token: str) -> tuple[str, ...]:
        """An unknown word: its stretched letters, digits for letters, glued words and typing slips undone where that gives a known word."""
        for candidate in _unstretched(token):
            if candidate in self._spelling or candidate in self._vocabulary:
                return self._spelling.get(candidate, (candidate,))
        plain = _LONG_RUN.sub(r"\1\1", token)
        if not plain.isalpha():
            letters = plain.translate(_LEET)
            if letters.isalpha() and (letters in self._vocabulary or letters in self._spelling):
                return self._spelling.get(letters, (letters,))
        near = self._near.get(plain) if len(plain) >= 6 else None
        if near:
            return (near,)
        meant = self._slips.undone(plain, self._vocabulary.__contains__) if plain.isalpha() else None
        if meant:
            return tuple(word for piece in meant for word in self._spelling.get(piece, (piece,)))
        if 6 <= len(plain) <= _LONGEST_GLUED and plain.isalpha():
            pieces = self._split(plain, sure=False)
            if pieces:
                return tuple(word for piece in pieces for word in self._spelling.get(piece, (piece,)))
        return (plain,)

    def _join_spaced(self, found: re.Match[str]) -> str:
        """`z e l f m o o r d` as one word, or as the words it holds."""
        joined = re.sub(r"[ .*_\-]", "", found[0]).translate(_LEET)
        if joined in self._vocabulary:
            return joined
        pieces = self._split(joined, sure=True) if len(joined) <= 3 * _LONGEST_GLUED else None
        return " ".join(pieces) if pieces else found[0]

    def _split(self, glued: str, *, sure: bool) -> list[str] | None:
        """The fewest known words that make up `glued`. Unless `sure` that it was written apart: three or more, or two long ones."""
        best: list[list[str] | None] = [None] * (len(glued) + 1)
        best[0] = []
        for end in range(1, len(glued) + 1):
            for start in range(max(0, end - 14), end):
                before, piece = best[start], glued[start:end]
                if before is None or (len(piece) < 2 and piece not in ("k", "j")) or piece not in self._vocabulary:
                    continue
                current = best[end]
                if current is None or len(before) + 1 < len(current):
                    best[end] = [*before, piece]
        pieces = best[-1]
        if pieces is None or sure:
            return pieces
        return pieces if len(pieces) >= 3 or min(len(piece) for piece in pieces) >= 4 else None


def _unstretched(token: str) -> Iterable[str]:
    """`stoooop` may be `stoop` or `stop`; `hellpp` stays."""
    if _LONG_RUN.search(token):
        yield _LONG_RUN.sub(r"\1\1", token)
        yield _LONG_RUN.sub(r"\1", token)


def _near_words(words: Iterable[str], vocabulary: frozenset[str]) -> dict[str, str]:
    """Slips of one letter (left out, swapped with its neighbour, doubled) to the word meant; a slip that is a known word is none."""
    near: dict[str, str] = {}
    for word in words:
        for index in range(1, len(word)):
            slips = {
                word[:index] + word[index + 1 :],
                word[:index] + word[index] + word[index:],
                word[: index - 1] + word[index] + word[index - 1] + word[index + 1 :],
            }
            slips |= {word[:index] + letter + word[index + 1 :] for letter in "aeiouydts"}
            for slip in slips:
                if slip != word and slip not in vocabulary:
                    near.setdefault(slip, word)
    return near
