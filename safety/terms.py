"""One language's reviewed crisis terms: reads data/safety/terms_<language>.yml into patterns ready to search."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.language import Language
from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency
from safety.datafile import DataError, read_section
from safety.phrases import IN_PLACE, Phrase, PhraseError, PhraseIndex, compile_phrase
from safety.second_reading import SecondReading
from safety.slips import SlipError, Slips
from safety.textnorm import Normaliser, flatten

_YES_OR_NO = ("now", "body", "ahead")
_NEXT_TO = 4
"""How many words on each side of what was found are next to it."""
LEAST_LEFT = 3
"""With fewer words left beside a figure of speech, a message is no more than that figure."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named group of phrases. `fires` and `quiet` are its examples; `unless` silences it when found in the same sentence.

    `body`: what is in danger is a body, which needs a doctor now (pills taken, unconscious, bleeding), not a way out.
    `ahead`: violence that is announced, or a weapon somebody carries: an adult and the police today, and no word of screenshots.
    """

    name: str
    need: str
    level: Urgency
    now: bool
    body: bool
    ahead: bool
    say: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    fires: tuple[str, ...]
    quiet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """What silences terms. `idioms` are figures of speech, whoever says them; they silence the trained classifier too."""

    harmless: PhraseIndex
    idioms: PhraseIndex
    fiction: PhraseIndex
    everyday: PhraseIndex


class TermSet:
    """The terms of one language, with its spelling."""

    def __init__(
        self,
        language: Language,
        normaliser: Normaliser,
        patterns: tuple[Pattern, ...],
        quiet: Quiet,
        first_person: frozenset[str],
        second: SecondReading,
    ) -> None:
        self.language = language
        self.patterns = patterns
        self._normaliser = normaliser
        self._second = second
        self._quiet = quiet
        self._first_person = first_person
        self._index = PhraseIndex((number, phrase) for number, pattern in enumerate(patterns) for phrase in pattern.say)

    @classmethod
    def load(cls, path: Path, language: Language) -> TermSet:
        """Reads one terms file. Raises DataError naming the pattern that is malformed. A file with the same words is read once per process:
        it takes seconds, and a set holds no state."""
        try:
            written = (path.read_bytes(), language)
        except OSError as error:
            raise DataError(path, f"cannot be read ({type(error).__name__})") from error
        if written not in _read:
            if len(_read) >= _MOST_READ:
                _read.clear()
            _read[written] = cls._of_file(path, language)
        return _read[written]

    @classmethod
    def _of_file(cls, path: Path, language: Language) -> TermSet:
        section = read_section(path, "terms")
        if section.get("language") != language.value:
            raise DataError(path, f"needs `language: {language.value}`")
        return _Reader(path, language, section).read()

    def search(self, flat: str) -> list[Pattern]:
        """The patterns found in `flat` (a text after `flatten`), read as it stands and past signs between its letters; each once."""
        found, second = self._numbers(flat), self._second.of(flat)
        if second is not None:
            found |= self._numbers(second)
        return [self.patterns[number] for number in sorted(found)]

    def without_idioms(self, flat: str) -> str | None:
        """The words of `flat` without its figures of speech, in plain spelling; None where it holds none."""
        words = self._normaliser.words("", flat)
        text = f" {' '.join(words)} "
        left = self._quiet.idioms.mask(text, set(words))
        return " ".join(word for word in left.split() if word != IN_PLACE) if left != text else None

    def _numbers(self, flat: str) -> set[int]:
        """The numbers of the patterns found in one reading."""
        words = self._normaliser.words("", flat)
        held = set(words)
        text = self._quiet.harmless.mask(f" {' '.join(words)} ", held)
        found: set[int] = set()
        for number, match in self._index.matches(text, held):
            pattern = self.patterns[number]
            if number in found:
                continue
            sentence = _sentence(text, match.start(), match.end())
            silenced = any(phrase.regex.search(sentence) for phrase in pattern.unless)
            if not silenced and not self._is_fiction(sentence, match[0]) and not self._is_everyday(pattern, text, match):
                found.add(number)
        return self._outside_idioms(found, text, held) if found else found

    def _outside_idioms(self, found: set[int], text: str, held: set[str]) -> set[int]:
        """Those of `found` that stand in `text` without its figures of speech too. What silences them was looked for before."""
        left = self._quiet.idioms.mask(text, held)
        return found if left == text else {number for number in found if any(one.regex.search(left) for one in self.patterns[number].say)}

    def _is_fiction(self, sentence: str, words: str) -> bool:
        """True when the sentence speaks of a film, game or lesson and the words found are not about the teenager."""
        if not self._first_person.isdisjoint(words.split()):
            return False
        return any(True for _ in self._quiet.fiction.matches(sentence, sentence.split()))

    def _is_everyday(self, pattern: Pattern, text: str, match: re.Match[str]) -> bool:
        """True when an everyday thing stands in or next to what was found: "touw aan mijn hangmat". Never where a body is in danger."""
        if pattern.body:
            return False
        near = _around(text, match)
        return any(True for _ in self._quiet.everyday.matches(near, near.split()))


def _around(text: str, match: re.Match[str]) -> str:
    """What was found with the words next to it in its sentence, a blank at both ends."""
    begin, stop = _span(text, match.start(), match.end())
    words = [*text[begin : match.start()].split()[-_NEXT_TO:], *match[0].split(), *text[match.end() : stop].split()[:_NEXT_TO]]
    return f" {' '.join(words)} "


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence of the normalised `text` around what was found from `start` to `end`, "." at both ends."""
    begin, stop = _span(text, start, end)
    return text[begin:stop]


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where that sentence begins and stops in `text`."""
    stop = text.find(" . ", max(end - 3, 0))
    return max(text.rfind(" . ", 0, start + 1), 0), stop + 3 if stop >= 0 else len(text)


_read: dict[tuple[bytes, Language], TermSet] = {}
"""What was read, by the bytes of its file."""
_MOST_READ = 6


class _Reader:
    """Holds what belongs together while one file is read."""

    def __init__(self, path: Path, language: Language, section: dict[str, Any]) -> None:
        self._path = path
        self._language = language
        self._section = section
        self._normaliser = Normaliser(_spelling(path, _lines(section.get("spelling"))))
        self._lists = {
            str(name): tuple(item.strip() for item in str(items).split("|")) for name, items in (section.get("lists") or {}).items()
        }
        self._words: Counter[str] = Counter()

    def read(self) -> TermSet:
        raw_patterns = self._section.get("patterns")
        if not isinstance(raw_patterns, list) or not raw_patterns:
            raise DataError(self._path, "needs a list `patterns:`")
        patterns = tuple(self._pattern(raw) for raw in raw_patterns)
        names = [pattern.name for pattern in patterns]
        if len(set(names)) != len(names):
            raise DataError(self._path, f"two patterns share a name: {sorted({name for name in names if names.count(name) > 1})}")
        quiet = Quiet(
            *(
                PhraseIndex((0, phrase) for phrase in self._phrases(part, _lines(self._section.get(part))))
                for part in ("harmless", "idioms", "fiction", "everyday")
            )
        )
        first_person = frozenset(self._lists.get("first_person", ()))
        normaliser = self._normaliser.with_vocabulary(
            self._words, [flatten(word) for word in str(self._section.get("fuzzy") or "").split()], self._slips()
        )
        second = SecondReading(word for word, _ in self._words.most_common())
        return TermSet(self._language, normaliser, patterns, quiet, first_person, second)

    def _slips(self) -> Slips:
        try:
            return Slips((flatten(line) for line in _lines(self._section.get("slips"))), str(self._section.get("real") or "").split())
        except SlipError as error:
            raise DataError(self._path, f"`slips`: {error}") from error

    def _pattern(self, raw: Any) -> Pattern:
        name = str(raw.get("name") or "") if isinstance(raw, dict) else ""
        if not name:
            raise DataError(self._path, "every pattern needs a name")
        if raw.get("need") not in NEEDS or not _is_of_its_need(raw) or not _is_marked(raw):
            what = "a known `need`, a `level` high or emergency and not below that of the need, and `now`, `body` and `ahead` true or false"
            raise DataError(self._path, f"`{name}` needs {what}")
        fires, quiet = (_lines(raw.get(part)) for part in ("fires", "quiet"))
        if not fires or not quiet:
            raise DataError(self._path, f"`{name}` needs an example under `fires:` and one under `quiet:`")
        say, unless = (self._phrases(name, _lines(raw.get(part))) for part in ("say", "unless"))
        if not say:
            raise DataError(self._path, f"`{name}` needs phrases under `say:`")
        is_now, is_of_body, is_ahead = (bool(raw.get(mark, False)) for mark in _YES_OR_NO)
        return Pattern(name, str(raw["need"]), Urgency(raw["level"]), is_now, is_of_body, is_ahead, say, unless, fires, quiet)

    def _phrases(self, where: str, texts: tuple[str, ...]) -> tuple[Phrase, ...]:
        try:
            phrases = tuple(compile_phrase(text, self._lists, self._normaliser) for text in texts)
        except PhraseError as error:
            raise DataError(self._path, f"`{where}`: {error}") from error
        for phrase in phrases:
            self._words.update(phrase.words)
        return phrases


def _is_of_its_need(raw: dict[str, Any]) -> bool:
    """Whether its level is one of danger that its need may have: what is said can raise a need, never lower it."""
    level = Urgency.parse(raw.get("level"))
    return level.is_danger and level.rank >= urgency_of(str(raw["need"])).rank


def _is_marked(raw: dict[str, Any]) -> bool:
    """Whether its marks can be read; a body in danger is in danger now."""
    return all(isinstance(raw.get(mark, False), bool) for mark in _YES_OR_NO) and not (raw.get("body") and not raw.get("now"))


def _lines(block: object) -> tuple[str, ...]:
    """The lines of a block text, without the empty ones."""
    return tuple(line.strip() for line in str(block or "").splitlines() if line.strip())


def _spelling(path: Path, lines: tuple[str, ...]) -> dict[str, str]:
    """`kwil kwou = ik wil` lines: every word before the sign is read as what stands after it."""
    spelling: dict[str, str] = {}
    for line in lines:
        variants, sign, standard = line.partition("=")
        if not sign or not variants.split():
            raise DataError(path, f"`spelling`: write `variant = standard`, not `{line}`")
        for variant in variants.split():
            spelling[flatten(variant)] = flatten(standard.strip())
    return spelling
