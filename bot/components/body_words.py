"""Words for a body in danger, and for somebody else who wants to die (data/now/bodies.yml).

Words here: lower case, no accents or punctuation, single spaces. Every function raises PhraseError when the file is malformed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Optional

from bot.yaml12 import read_yaml
from kernel.phrases import PhraseError, pattern_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "now" / "bodies.yml"
LIES, BREATHES, AWAKE, DROWSY, NOT_WAKING = "lies_there", "breathing", "awake_odd", "drowsy", "not_waking"
"""What is told of a body (the entity `situation`)."""
WHERE, OUR_ADULT, THEIR_ADULT = "friend_where", "friend_our_adult", "friend_their_adult"
THEY_ARE_AWAY, MEANS = "friend_all_away", "means_near"
"""The answers to facts, by the names of their questions (data/questions/asked.yml)."""
_OF_FRIEND = (("their_away", THEY_ARE_AWAY), ("their_adult", THEIR_ADULT), ("adult_here", OUR_ADULT), ("town", WHERE))
_FRIEND, _SELF = "friend", "self"
_ASKS_MEANS = "utter_ask_suicidal_far"
_MOST_OF_A_BODY, _MOST_OF_A_FACT, _NOTHING_ELSE, _BARE = 30, 24, 7, 5
"""Words; more tells a story, or something else besides."""


def holds(which: str, words: str) -> bool:
    """Whether the `words` hold a phrase of the list `which`."""
    return _pattern(which).search(words) is not None


def is_all(which: str, words: str) -> bool:
    """Whether the `words` are one phrase of the list `which`, and nothing else."""
    return _pattern(which).fullmatch(words) is not None


def situation_of(words: str, *, is_body: bool = False, is_of_drink: bool = False, is_first: bool = False) -> Optional[str]:
    """LIES, BREATHES, AWAKE, DROWSY or NOT_WAKING, as the words tell of somebody else; None for none of them. `is_body`: somebody else's
    body is in danger already; `is_of_drink`: it was told just before that somebody at home drinks; `is_first`: no path was begun. Raises
    PhraseError."""
    if is_not_waking(words, is_first=is_first):
        return NOT_WAKING
    is_else = any(holds(which, words) for which in ("harmless", "violence", "own")) or len(words.split()) > _MOST_OF_A_BODY
    if is_else or not (is_body or holds("somebody", words)):
        return None
    if holds("breath", words):
        return BREATHES
    if is_body and holds("awake", words):
        return AWAKE
    is_known = is_body or is_of_drink or holds("drunk", words)
    if holds("floor", words) and (is_known or holds("no_answer", words)):
        return LIES
    if (is_of_drink or holds("drunk", words)) and holds("no_answer", words):
        return LIES
    if holds("parent_lies", words) and len(words.split()) <= _NOTHING_ELSE:
        return LIES  # a grown-up on the floor, and nothing else is told
    if holds("drunk", words) and holds("vomits", words) and not holds("not_of_drink", words):
        return LIES
    return DROWSY if is_body and holds("drowsy", words) else None


def is_not_waking(words: str, *, is_first: bool = False) -> bool:
    """Whether somebody of the house does not wake, or lies there and does not react; bare words ("mama reageert niet") tell so only where
    no path was begun (`is_first`), for there they may answer something else. Raises PhraseError."""
    is_else = any(holds(which, words) for which in ("not_unwell", "harmless", "violence")) or len(words.split()) > _MOST_OF_A_BODY
    if is_else or not holds("kin_near", words):
        return False
    return holds("never_wakes", words) or (is_first and len(words.split()) <= _BARE and holds("no_reaction", words))


def is_one_pill(words: str) -> bool:
    """Whether the words tell of one tablet that was taken, and of nothing that makes it more. Raises PhraseError."""
    return holds("few", words) and not holds("many", words) and len(words.split()) <= _MOST_OF_A_FACT


def fact_in(words: str, who: Optional[str], question: Optional[str]) -> Optional[str]:
    """The answer to the fact that the words tell; None for none. `who`: whom the talk is about; `question`: what was asked before. Raises
    PhraseError."""
    if len(words.split()) > _MOST_OF_A_FACT:
        return None
    if who == _FRIEND:
        return next((answer for which, answer in _OF_FRIEND if holds(which, words)), None)
    is_within_reach = holds("means", words) and not holds("no_means", words)
    return MEANS if is_within_reach and question != _ASKS_MEANS and who in (None, _SELF) else None


@lru_cache(None)
def _section() -> Dict[str, Any]:
    return dict(read_yaml(_FILE)["bodies"])


@lru_cache(None)
def _pattern(which: str) -> "re.Pattern[str]":
    pattern = pattern_of(_section().get(which))
    if pattern is None:
        raise PhraseError(f"bodies.{which}: no phrases")
    return pattern
