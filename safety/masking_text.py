"""What all finders of personal details share: spans, a text without tricks, words with their places, and putting tokens in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("account", "national_number", "email", "handle", "phone", "address", "school", "name")
"""The kinds of personal detail; where two overlap, the earlier one names the token."""
MASKED = "[masked]"
"""The whole result when masking could not be done."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TOKEN = re.compile(r"\[(?:masked|" + "|".join(KINDS) + r")\]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "ß": "ss"})
_KEYCAP = "\u20e3"


@dataclass(frozen=True, slots=True)
class Span:
    """The characters from `start` up to `end` are a detail of this `kind` (one of KINDS)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters (hyphens inside allowed) and its plain form: lower case, no accents."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def capital(self) -> bool:
        """Does it start with a capital?"""
        return self.text[0].isupper()


def plain(text: str) -> str:
    """Lower case without accents; as long as it takes (œ becomes oe)."""
    if text.isascii():  # most words: nothing to take apart
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(char for char in folded if not unicodedata.combining(char))


def clean(text: str) -> str:
    """`text` without zero-width and direction marks, with full-width and other digits and letters in their usual form.

    The result is what people get to read, so emoji and punctuation stay as they are. A zero-width joiner stays between emoji.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if char.isascii():
            kept.append(char)
        elif _is_trick(char, kept[-1] if kept else ""):
            continue
        elif char.isdecimal():
            kept.append(str(unicodedata.decimal(char)))
        else:
            usual = unicodedata.normalize("NFKC", char)
            kept.append(usual if len(usual) == 1 and not usual.isspace() else " " if char.isspace() and char != "\n" else char)
    return "".join(kept)


def _is_trick(char: str, before: str) -> bool:
    """Invisible signs, but for the joiner between emoji, and marks put on a digit."""
    category = unicodedata.category(char)
    if char == "\u200d":
        return not before or (unicodedata.category(before) not in ("So", "Sk") and before != "\ufe0f")
    return char == _KEYCAP or category == "Cf" or (category == "Mn" and before.isdecimal())


def words_in(text: str) -> list[Word]:
    """The words of `text` in order; tokens such as [name] hold none."""
    hidden = _TOKEN.sub(lambda found: " " * len(found[0]), text)
    return [Word(found.start(), found.end(), found[0], plain(found[0])) for found in _WORD.finditer(hidden)]


def capital_inside(text: str, word: Word) -> bool:
    """Has `word` a capital (one, not all of it) that no beginning of a sentence explains?"""
    if not word.capital or (word.text.isupper() and len(word.text) > 1):
        return False
    place = word.start - 1
    while place >= 0 and text[place] in " \t\"'“«(*":
        place -= 1
    return place >= 0 and text[place] not in ".!?\n:…"


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap as one, of the kind that KINDS lists first; in order, none touching another's characters."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if result and span.start < result[-1].end:
            last = result[-1]
            kind = min(last.kind, span.kind, key=KINDS.index)
            result[-1] = Span(last.start, max(last.end, span.end), kind)
        elif span.end > span.start:
            result.append(span)
    return result


def replaced(text: str, spans: Iterable[Span]) -> str:
    """`text` with a token such as [name] for each detail; details of one kind with nothing between them get one token."""
    parts: list[str] = []
    place, last_kind = 0, ""
    for span in merged(spans):
        between = text[place : span.start]
        if not (parts and last_kind == span.kind and between.strip(" ,-") == ""):
            parts += [between, f"[{span.kind}]"]
        place, last_kind = span.end, span.kind
    parts.append(text[place:])
    return "".join(parts)
