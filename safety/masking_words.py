"""The words masking knows: given names, surnames, towns, and what is never a name (data/safety/names.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kernel.language import Language
from safety.datafile import DataError, read_section
from safety.masking_text import plain

_STRETCHED = re.compile(r"(.)\1{2,}")
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"ph", "f"), (r"th", "t"), (r"ck|qu|c(?![eihy])|q", "k"), (r"ij|ie|ee|y", "i"), (r"ou|oe|w", "u"), (r"z", "s"), (r"x", "ks"),
        (r"dj|g(?=[eiy])", "j"), (r"(?<!c)h", ""), (r"(.)\1+", r"\1"), (r"(?<=..)e$", ""),
    )
)  # fmt: skip
_DIMINUTIVES = ("tje", "eke", "ske", "ke", "je", "s")


@dataclass(frozen=True, slots=True)
class NameWords:
    """Plain forms (lower case, no accents) as a text in one language is read: enzo is a word in Dutch only, lien in French only."""

    first: frozenset[str]
    ambiguous: frozenset[str]
    surnames: frozenset[str]
    towns: frozenset[str]
    common: frozenset[str]
    everyday: frozenset[str]
    kept: tuple[str, ...]
    ordinary: frozenset[str]
    """Common, everyday and kept words, and the words in those ("child", "focus")."""
    seen: frozenset[str]
    """Further words that people use, for rules that guess: what stands here is no unknown word."""
    subjects: frozenset[str]
    """Given names that are words too, hidden before a verb that only a person does ("claire m'a dit")."""
    insults: frozenset[str]
    sounds: frozenset[str]
    """How given names of five letters and more sound, but for those that sound like a word."""

    @classmethod
    def load(cls, path: Path) -> dict[Language, NameWords]:
        """Reads the key `names:` of `path`. Raises DataError when a list is missing or empty."""
        section = read_section(path, "names")
        lists = {key: _listed(section.get(key)) for key in ("first", "surnames", "towns", "common", "everyday", "kept", "seen", "insults")}
        ambiguous, subjects = _by_language(section.get("ambiguous")), _by_language(section.get("subjects"))
        divided = [(key, words) for key, part in (("ambiguous", ambiguous), ("subjects", subjects)) for words in part.values()]
        empty = [key for key, words in (*lists.items(), *divided) if not words]
        if empty:
            raise DataError(path, f"names: needs the lists {', '.join(empty)}")
        return {
            code: cls._for(lists, frozenset(ambiguous["both"] + ambiguous[code]), frozenset(subjects["both"] + subjects[code]))
            for code in Language
        }

    @classmethod
    def _for(cls, lists: dict[str, tuple[str, ...]], ambiguous: frozenset[str], subjects: frozenset[str]) -> NameWords:
        common = frozenset(lists["common"])
        everyday = frozenset(lists["everyday"]) - frozenset(lists["first"]) - ambiguous
        first = frozenset(lists["first"]) - ambiguous - common
        kept_parts = {part for kept in lists["kept"] for part in (kept, *re.split(r"\W", kept))}
        ordinary = common | everyday | (kept_parts - first)
        seen = frozenset(lists["seen"]) - first - ambiguous
        word_sounds = {sound(word) for word in (*ordinary, *seen)}
        return cls(
            first=first,
            ambiguous=ambiguous,
            surnames=frozenset(lists["surnames"]),
            towns=frozenset(lists["towns"]),
            common=common,
            everyday=everyday,
            kept=tuple(sorted(lists["kept"], key=len, reverse=True)),
            ordinary=ordinary,
            seen=seen,
            subjects=subjects,
            insults=frozenset(lists["insults"]),
            sounds=frozenset(sound(name) for name in first if len(name) >= 5) - word_sounds,
        )

    def is_first(self, word: str) -> bool:
        """Is the plain `word` a given name that is no everyday word: as it is, stretched (jonasss), small (lotteke), double (an-sofie)?"""
        if word in self.common:
            return False
        forms = {word, _STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word)}
        if word not in self.everyday and word not in self.surnames:
            forms |= {word.removesuffix(ending) for ending in _DIMINUTIVES if word.endswith(ending) and len(word) - len(ending) >= 4}
        if any(form in self.first for form in forms):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(part in self.first or part in self.ambiguous for part in parts)

    def sounds_like_first(self, word: str) -> bool:
        """A given name as it is heard ("kevvin", "nikolas", "stefanie"), and no word that a list knows."""
        return len(word) >= 5 and word not in self.ordinary and word not in self.seen and sound(word) in self.sounds

    def may_be_first(self, word: str) -> bool:
        """A given name, one that is a word as well included."""
        return word in self.ambiguous or self.is_first(word)


def sound(word: str) -> str:
    """Letters that are written in one way or another in names, made one: doubled ones, y and i, k and c, ph and f, th and t, s and z."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def _by_language(value: object) -> dict[str, tuple[str, ...]]:
    """The lists `both`, `nl` and `fr` of a mapping; empty ones when it is none."""
    return {key: _listed(value.get(key)) if isinstance(value, dict) else () for key in ("both", *Language)}


def _listed(value: object) -> tuple[str, ...]:
    """A list written as text with commas, or a mapping of such texts."""
    text = ", ".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value or "")
    return tuple(word for word in (plain(part.strip()).replace("’", "'") for part in text.split(",")) if word)
