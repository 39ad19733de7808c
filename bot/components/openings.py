"""First messages whose path needs another first sentence (bot/policies/danger_now.py), and what is told behind small talk, by the words of
data/openings.yml.

Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from bot.asked import asked_questions
from bot.yaml12 import read_yaml
from kernel.phrases import PhraseError, pattern_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "openings.yml"
_ANY = "any"
RECEIVED = "received"
"""The kind of opening for a picture of another teenager, which is not to be kept nor passed on."""
_NEARLY_SURE, _MANY_WORDS = 0.99, 8
"""From when a deed is believed that no phrase of data/openings.yml tells."""
_AGES = re.compile(
    r"\b(?:1[0-9]|2[0-9]) (?:\w+ ){0,8}(?:1[0-9]|2[0-9]|3[0-9])\b"
    r"|\b(?:vanaf|vanaf welke|hoe oud|welke leeftijd|a partir de|quel age|kel age)\b"
)
"""Two ages, or from which age; asked of the law."""
_OF_BODIES = re.compile(
    r"\b(?:seks|sex|sexe|vrijen|vrije|slapen|slape|bed|samen|relatie|kus|kussen|ontmaagd\w*|lief|vriend|vriendin|ja|strafbaar"
    r"|coucher|couche|couchee?s?|relations?|ensemble|couple|faire l amour|embrass\w*|sortir|sors|sort|copain|copine|mec"
    r"|consent\w*|oui|legal|puni\w*|majorite)\b"
)
_OF_FAMILY = re.compile(
    r"\b(?:broer\w*|zus|zusje|zussen|ouders|mama|papa|moeder|vader|oma|opa|nicht\w*|neef\w*"
    r"|freres?|soeurs?|parents|maman|mere|pere|cousine?s?|mamie|papy)\b"
)
_OF_CLOSENESS = re.compile(
    r"\b(?:seks|sex|sexe|vrijen|vrije|relatie|ontmaagd\w*|lief|vriend|vriendin|strafbaar"
    r"|coucher|couche|couchee?s?|relations?|couple|faire l amour|embrass\w*|copain|copine|mec|consent\w*|legal|majorite)\b"
)
"""Ages of brothers, sisters and parents are no question of law, unless one of these stands beside them."""
_OF_PICTURES = re.compile(r"\b(?:foto|fotos|foto s|nudes?|naakt\w*|photos?|images?|sext\w*|video|filmpje)\b")


def kind_of_opening(heard: Optional[str], words: str) -> Optional[str]:
    """What of kernel.need.OPENS_OTHERWISE a first message is; None for none of them. Raises PhraseError when the file is malformed."""
    is_of_bodies = _OF_BODIES.search(words) and (_OF_CLOSENESS.search(words) or not _OF_FAMILY.search(words))
    if heard == "legal_question" and _AGES.search(words) and is_of_bodies and not _OF_PICTURES.search(words):
        return "ages"
    return next((kind for kind, need, told, unless in _kinds() if heard == need and _is_told(told, unless, words)), None)


def other_need(heard: Optional[str], words: str) -> Optional[str]:
    """The need that a first message is by its words, though it was heard as another; None to leave it. Raises PhraseError."""
    return _becomes(heard, words, on_path=False)


def set_right(asking: Optional[str], words: str) -> Optional[str]:
    """The need that the path of `asking` should have been, as the words set right; None to go on. Raises PhraseError."""
    return _becomes(asking, words, on_path=True)


def shows_another(heard: Optional[str], words: str) -> bool:
    """Whether a first message tells of a naked picture of somebody else that reached the writer. Raises PhraseError."""
    return kind_of_opening(other_need(heard, words) or heard, words) == RECEIVED


def told_behind(talk: Optional[str], words: str, *, is_small: bool = True) -> Optional[str]:
    """The need that words tell right behind `talk` (a question that stands alone); None for none. `is_small`: that is small talk; what
    was serious only has what stands behind it by name. Raises PhraseError."""
    if not talk:
        return None
    question = asked_questions().all.get(talk)
    names = {talk, talk if question is None else question.like}  # "ik mis hem" behind a death is of that death
    for one, told, unless in _behind():
        if (one["behind"] in names or (is_small and one["behind"] == _ANY)) and _is_told(told, unless, words):
            return str(one["tells"])
    return None


def told_besides(words: str) -> Optional[str]:
    """What else is told beside a danger at home that must not be passed over ("pregnant"); None for nothing. Raises PhraseError."""
    return next((what for what, told, unless in _besides() if _is_told(told, unless, words)), None)


def is_only_guessed(heard: Optional[str], sure: float, asking: Optional[str], words: str) -> bool:
    """Whether `heard` is a deed that the words do not tell, on the path of somebody it was done to: "kheb haar geblokt" passed no
    picture on. Many words that are heard almost surely are believed all the same. Raises PhraseError."""
    entry = next((one for one in _entries("only_told") if one["only_told"] == heard and asking in str(one["on"]).split()), None)
    if entry is None or (sure >= _NEARLY_SURE and len(words.split()) >= _MANY_WORDS):
        return False
    return not _tells(entry["only_told"]).search(words)


@lru_cache(None)
def _tells(need: str) -> "re.Pattern[str]":
    """What tells the deed of `need`."""
    return _phrases(next(one for one in _entries("only_told") if one["only_told"] == need), "holds")


def _becomes(need: Optional[str], words: str, on_path: bool) -> Optional[str]:
    for entry, told, unless in _others():
        is_meant = entry["need"] == need and entry.get("on_path", False) is on_path and _tells_kind(entry.get("with"), words)
        if is_meant and told.search(words) and not unless.search(words):
            return str(entry["becomes"])
    return None


def _tells_kind(kind: Optional[str], words: str) -> bool:
    """Whether the words tell that kind of opening, of whichever need; also where none is asked for."""
    return kind is None or any(_is_told(told, unless, words) for name, _, told, unless in _kinds() if name == kind)


@lru_cache(None)
def _kinds() -> Tuple[Tuple[str, str, "re.Pattern[str]", Optional["re.Pattern[str]"]], ...]:
    """Each kind with the need of its path, what tells it and what does not all the same."""
    return tuple((str(one["kind"]), str(one["need"]), _phrases(one, "holds"), _unless(one)) for one in _entries("kind"))


@lru_cache(None)
def _others() -> Tuple[Tuple[Dict[str, Any], "re.Pattern[str]", "re.Pattern[str]"], ...]:
    """Each entry of a need that may be another, what tells it and what does not all the same."""
    return tuple((one, _phrases(one, "holds"), _phrases(one, "unless")) for one in _entries("becomes"))


@lru_cache(None)
def _behind() -> Tuple[Tuple[Dict[str, Any], "re.Pattern[str]", Optional["re.Pattern[str]"]], ...]:
    """Each entry of what is told behind small talk, what tells it and what does not all the same."""
    return tuple((one, _phrases(one, "holds"), _unless(one)) for one in _entries("tells"))


@lru_cache(None)
def _besides() -> Tuple[Tuple[str, "re.Pattern[str]", Optional["re.Pattern[str]"]], ...]:
    """Each thing told beside a danger, what tells it and what does not all the same."""
    return tuple((str(one["beside"]), _phrases(one, "holds"), _unless(one)) for one in _entries("beside"))


def _is_told(told: "re.Pattern[str]", unless: Optional["re.Pattern[str]"], words: str) -> bool:
    return told.search(words) is not None and (unless is None or unless.search(words) is None)


def _unless(entry: Dict[str, Any]) -> Optional["re.Pattern[str]"]:
    """What tells something else all the same; None where nothing does."""
    return _phrases(entry, "unless") if "unless" in entry else None


def _entries(key: str) -> List[Dict[str, Any]]:
    return [one for one in read_yaml(_FILE)["openings"] if key in one]


def _phrases(entry: Dict[str, Any], key: str) -> "re.Pattern[str]":
    pattern = pattern_of(entry.get(key))
    if pattern is None:
        named = next((str(entry[name]) for name in ("need", "tells", "only_told", "beside") if name in entry), None)
        raise PhraseError(f"openings.{named}.{key}: no phrases")
    return pattern
