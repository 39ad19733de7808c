"""Whether a yes or no counts where it would take a danger away, praise, or pass a question over (`lowering` in data/answers.yml).

"oui il me touche" to "are you safe?" is no yes, nor is "kan ni nee zeggen" a no to "is there danger?". There a yes or no counts when it is
plain, or when the rest of the words fits the question; whatever else is told is read as told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from kernel.language import words_of
from kernel.phrases import PhraseError, pattern_of

_KEYS = {"plain", "plain_no", "not", "against", "places"}
_PLACE_KEYS = {"name", "at", "says", "fits", "unless"}
_SAYS = {"affirm", "deny"}
_BEFORE = 3
"""Words before a danger among which a no takes it back."""
_DOUBLED = re.compile(r"(.)\1+")


class LoweringError(ValueError):
    """The section is not what it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Questions of one kind, and the answers that must be plain there. `fits`: what the rest may tell; None for anything that is not
    against it. `unless`: what undoes a fit: "ja maar hij zit op mn kamer"."""

    at: tuple[str, ...]
    says: frozenset[str]
    fits: re.Pattern[str] | None
    unless: re.Pattern[str] | None


class Lowering:
    """The rules. Holds no state between messages."""

    def __init__(self, section: Mapping[str, Any]) -> None:
        """`section`: what stands under `lowering:`; empty where every yes and no counts. Raises LoweringError."""
        if unknown := set(section) - _KEYS:
            raise LoweringError(f"lowering: unknown {', '.join(sorted(unknown))}")
        plain, no = _words("plain", section), _words("plain_no", section)
        self._plain = {"affirm": plain, "deny": plain | no}
        self._not, self._against = _pattern("not", section), _pattern("against", section)
        self._places = [_place(raw) for raw in section.get("places") or ()]

    @property
    def places(self) -> set[str]:
        """Patterns of the questions that it knows, without "utter_ask_"."""
        return {pattern for place in self._places for pattern in place.at}

    def counts(self, text: str, place: str, meaning: str) -> bool:
        """Whether `text`, heard as `meaning` (affirm or deny), is that answer to the question `place` (without "utter_ask_")."""
        found = next((one for one in self._places if meaning in one.says and _is_at(one, place)), None)
        words = words_of(text)
        if found is None or all(_bare(word) in self._plain[meaning] for word in words):
            return True
        flat = " ".join(words)
        if self._is_against(flat, meaning):
            return False
        return found.fits is None or self._fits(flat, found, meaning)

    def _is_against(self, flat: str, meaning: str) -> bool:
        """Whether the words hold a danger of their own; "niemand gaat mij slaan" denies it."""
        for found in self._against.finditer(flat) if self._against is not None else ():
            before = " ".join(flat[: found.start()].split()[-_BEFORE:])
            if meaning != "deny" or self._not is None or not self._not.search(before):
                return True
        return False

    def _fits(self, flat: str, place: _Place, meaning: str) -> bool:
        """Whether words of the question stand there, and nothing beside them that undoes it, or turns a yes into its opposite."""
        left, times = place.fits.subn(" ", flat) if place.fits is not None else (flat, 0)
        is_undone = place.unless is not None and place.unless.search(left) is not None
        is_turned = meaning == "affirm" and self._not is not None and self._not.search(left) is not None
        return times > 0 and not is_undone and not is_turned


def _is_at(place: _Place, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in place.at)


def _place(raw: Any) -> _Place:
    if not isinstance(raw, Mapping) or not raw.get("at") or set(raw) - _PLACE_KEYS:
        raise LoweringError("lowering.places: each needs name, at and says; fits and unless")
    says = frozenset(str(raw.get("says") or "").split())
    if not says or says - _SAYS:
        raise LoweringError(f"lowering: {raw.get('name')}: says affirm, deny, or both")
    return _Place(tuple(str(raw["at"]).split()), says, _pattern("fits", raw), _pattern("unless", raw))


def _pattern(key: str, raw: Mapping[str, Any]) -> re.Pattern[str] | None:
    try:
        return pattern_of(raw[key]) if key in raw else None
    except PhraseError as error:
        raise LoweringError(f"lowering: {key} {error}") from error


def _words(key: str, raw: Mapping[str, Any]) -> frozenset[str]:
    """The words of both languages; stretched letters made one."""
    texts = raw.get(key) or {"nl": "", "fr": ""}
    if not isinstance(texts, Mapping) or set(texts) != {"nl", "fr"}:
        raise LoweringError(f"lowering: {key} needs nl and fr")
    return frozenset(_bare(word) for text in texts.values() for word in words_of(str(text or "")))


def _bare(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)
