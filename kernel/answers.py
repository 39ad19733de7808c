"""What words mean as the answer to the question that was just asked: "mijn tante" after "who can you tell?" is a yes.

The classifier hears each message as if it stood alone. The rules here are data (data/answers.yml) and the titles of the question's
own buttons; they never hide a danger, which is looked for afterwards and wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from kernel.language import words_of
from kernel.lowering import Lowering, LoweringError

THIS_NEED = "this_need"
"""Among the meanings of a place: more about the need whose path asks."""
OVER = "over"
"""Help has come, or who was missing is found: a yes, and no more needs to be asked."""
SAFE = "safe"
"""Whoever was in danger is safe now, with somebody or in hospital."""
LATER = "later"
"""The danger that was asked about is not now."""
MOMENTS = {"now_body": "body", "now_soon": "soon", "now_act": "act", "now_near": "near"}
"""A danger of this moment told in an answer, and what the bot says of it (kernel.need.IS_NOW)."""
MEANINGS = frozenset({"affirm", "deny", "dont_know", "report_content_removal", THIS_NEED, OVER, SAFE, LATER, *MOMENTS})
_QUESTION = "utter_ask_"
_DOUBLED = re.compile(r"(.)\1+")
_MOST_WORDS = 8
"""A longer message tells something of its own: only how it begins counts, and the places whose rules say that they are for those too."""
_FILLERS = frozenset("ben bah ah oh mais euh eh maar allez awel amai pff mdr haha quoi hein wat wa huh".split())
"""Before a yes or no: "bah non il est mort", "quoi ?? non pas du tout"."""
_TO_THE_BOT = (["ton"], ["ta"], ["tes"])
_SPACE = re.compile(r"\s+")
_NONE = {"nl": "", "fr": ""}
_BUT = re.compile(
    r" (?:maar|mais|enfin|ma(?= (?:ik|k|kben|kheb|hij|ze|zij|er|da|dat|t|tis|we|wij|nu|morgen|vannacht|vanavond|straks|buiten)\b)) "
)
"""Flemish "ma" is a mother too."""


class AnswersError(ValueError):
    """data/answers.yml is not what it should be; the message says where."""


@dataclass(frozen=True)
class _Group:
    """Places of one kind: `only` by meaning, the words a whole message may consist of; `holds`, phrases anywhere in it, also in a long
    message where `is_long` says so. A no at the start goes before their yes where `no_first` says so: "nee, ze roept".
    """

    at: tuple[str, ...]
    only: Mapping[str, frozenset[str]]
    holds: Mapping[str, tuple[str, ...]]
    is_long: bool = False
    no_first: bool = False


class Answers:
    """The rules of data/answers.yml. Both languages' words count everywhere: bilingual teenagers mix them."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        """`section`: what stands under `answers:`. Raises AnswersError."""
        unknown = set(section) - {"begins", "whole", "little_words", "lowering", "places"}
        if unknown:
            raise AnswersError(f"answers: unknown {', '.join(sorted(unknown))}")
        self._begins = {_plain(word): meaning for meaning, found in _by_meaning(section, "begins") for word in found}
        self._whole = {" ".join(words_of(phrase)): meaning for meaning, found in _by_meaning(section, "whole") for phrase in found}
        self._little = frozenset(word for phrase in _both(section.get("little_words", _NONE), "little_words") for word in words_of(phrase))
        self._groups = [_group(place) for place in section.get("places") or ()]
        try:
            self._lowering = Lowering(section.get("lowering") or {})
        except LoweringError as error:
            raise AnswersError(f"answers.{error}") from error

    @property
    def places(self) -> set[str]:
        """Patterns of the places that have rules of their own, without "utter_ask_"."""
        return {pattern for group in self._groups for pattern in group.at} | self._lowering.places

    def begins(self, text: str) -> str | None:
        """The meaning of the first word: "nee hij slaapt" is a no."""
        words = words_of(text)
        if words[1:2] and words[0] in _FILLERS and (meant := self._begins.get(_plain(words[1]))) is not None:
            return meant
        if _is_no_answer(words):
            return None
        return self._begins.get(_plain(words[0])) if words else None

    def meaning(self, text: str, place: str, titles: Sequence[tuple[str, str]] = ()) -> str | None:
        """What `text` means right after the question `place`, by the whole of it; None when no rule knows.

        `titles`: the question's buttons with what each means.
        """
        words = words_of(text)
        if not words or len(words) > _MOST_WORDS:
            return self._at(words, place, only_long=True)
        return self._title(words, titles) or self._at(words, place) or self._whole.get(" ".join(words))

    def counts(self, text: str, place: str, meaning: str) -> bool:
        """Whether a yes or no that its first word, or the model, makes of `text` is one to the question `place` (kernel/lowering.py)."""
        return self._lowering.counts(text, place.removeprefix(_QUESTION), meaning)

    def at(self, text: str, place: str) -> str | None:
        """As `meaning`, by the rules of the place alone, however long the message is."""
        return self._at(words_of(text), place)

    def _title(self, words: Sequence[str], titles: Sequence[tuple[str, str]]) -> str | None:
        """The button whose title says the same, leading yes or no and little words aside; None for none or two."""
        said = self._telling(words)
        found = {meaning for title, meaning in titles if self._is_title(words, said, words_of(title))}
        return found.pop() if len(found) == 1 else None

    def _is_title(self, words: Sequence[str], said: frozenset[str], title: Sequence[str]) -> bool:
        bare = title[1:] if len(title) > 1 and _plain(title[0]) in self._begins else title
        if list(words) in (list(title), list(bare)) or sorted(words) == sorted(bare):
            return True
        return bool(said) and said == self._telling(bare)

    def _telling(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(word for word in words if word not in self._little)

    def _at(self, words: Sequence[str], place: str, *, only_long: bool = False) -> str | None:
        name = place.removeprefix(_QUESTION)
        for group in self._groups:
            if (only_long and not group.is_long) or not any(fnmatchcase(name, pattern) for pattern in group.at):
                continue
            flat = f" {' '.join(words)} "
            is_no = group.no_first and self.begins(" ".join(words)) == "deny"
            for meaning, phrases in group.holds.items():
                if not (is_no and meaning == "affirm") and any(f" {phrase} " in flat for phrase in phrases):
                    return meaning
            for meaning, known in group.only.items():
                said = self._telling(words)
                if said and said <= known:
                    return meaning
        return None


def behind_but(text: str) -> str:
    """The words behind the first "but" in `text`: "ja ma hij woont ver" is no plain yes. Empty when there is none."""
    _, *rest = _BUT.split(" ".join(words_of(text)), maxsplit=1)
    return rest[0] if rest else ""


def _is_no_answer(words: Sequence[str]) -> bool:
    """Whether what looks like a no begins something else: the Flemish article in "ne slag van de molen", and what is said to the bot
    itself, as in "nan mais ton smiley il fait flipper"."""
    return (words[:1] == ["ne"] and len(words) > 1) or (words[1:2] == ["mais"] and words[2:3] in _TO_THE_BOT)


def _plain(word: str) -> str:
    """Stretched letters made one: jaaa, nee, ouiii."""
    return _DOUBLED.sub(r"\1", "".join(words_of(word)))


def _group(place: Any) -> _Group:
    if not isinstance(place, Mapping) or not place.get("at") or set(place) - {"at", "only", "holds", "name", "long", "no_first"}:
        raise AnswersError("answers.places: each needs name, at, and only or holds")
    only = {meaning: frozenset(word for phrase in found for word in words_of(phrase)) for meaning, found in _by_meaning(place, "only")}
    holds = {meaning: tuple(" ".join(words_of(phrase)) for phrase in found) for meaning, found in _by_meaning(place, "holds")}
    return _Group(tuple(str(place["at"]).split()), only, holds, place.get("long") is True, place.get("no_first") is True)


def _by_meaning(section: Mapping[str, Any], key: str) -> list[tuple[str, list[str]]]:
    found = section.get(key) or {}
    if not isinstance(found, Mapping) or set(found) - MEANINGS:
        raise AnswersError(f"answers.{key}: only {', '.join(sorted(MEANINGS))}")
    return [(meaning, _both(texts, f"{key}.{meaning}")) for meaning, texts in found.items()]


def _both(texts: Any, where: str) -> list[str]:
    """The phrases of both languages, one between two commas."""
    if not isinstance(texts, Mapping) or set(texts) != {"nl", "fr"}:
        raise AnswersError(f"answers.{where}: needs nl and fr")
    return [phrase for text in texts.values() for phrase in (_SPACE.sub(" ", part).strip() for part in str(text).split(",")) if phrase]
