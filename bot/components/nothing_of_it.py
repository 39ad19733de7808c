"""What says that there was nothing of a danger at all: "non c'est un faux couteau en plastique", "da's gewoon hoe hij praat".

A toy, a song, an animal or a twisted ankle takes the whole path back, and so does a parent's anger behind another subject ("peur de sa
réaction c'est tout"); never where anything beside it may be a danger, or is fear. The phrases stand in data/corrections.yml; words here:
lower case, no accents or punctuation, " ; " between clauses.
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional, Tuple

from bot.components.corrections import hedges, hides_wish, phrases_of, tells_danger
from bot.components.role_classifier import FRIEND
from bot.terms import reviewed_terms
from kernel.need import OF_LIFE

FEAR_ALONE, SAID, MORE = "fear_alone", "said", "more"
"""In TOLD_BEFORE: that terms found nothing but fear to go home ("durf ni naar huis"), or something more since; a denial of blows takes
only the first back."""
FEELINGS = "other_wellbeing"
"""The path for what weighs and is no danger."""
_WISHES_TO_DIE, AT_RISK = "suicidal", "unsafe_home"
_ARMED = frozenset({"unsafe_home", "cyberbullying"})
"""Where somebody may have a weapon, real or of play; a picture that is "nep" is a danger of its own."""
_REACTION = "only_reaction"
_TELL_NO_MORE = ("play_thing", "says_so_only")
"""Nothing stands beside them that is worth reading ("een nepmes van carnaval")."""
_NAMES = (*_TELL_NO_MORE, "not_a_life", "of_an_animal", _REACTION)
_NOT = frozenset({"niet", "ni", "nie", "pas", "pa", "geen", "gin"})
_NEVER = frozenset({"nooit", "jamais"})
"""Beside it takes it back: "il rigole jamais là-dessus"."""


def nothing_of_it(words: str, path: Optional[str], told: Mapping[str, Any]) -> "Optional[re.Pattern[str]]":
    """What says so on `path`; None where nothing does, or anything keeps the danger open. `told`: as in `bot.turn_asked`.

    Raises PhraseError.
    """
    if path is None:
        return None
    reaction = _only_reaction(words, path, told)
    if reaction is not None:
        return reaction
    names: Tuple[str, ...] = ("play_thing",) if path in _ARMED else ()
    is_open = _holds("real_thing", words)
    if path in OF_LIFE:
        of_others = ("says_so_only",) if told.get("who") == FRIEND else ()
        names = ("not_a_life", *of_others) if path == _WISHES_TO_DIE else ("of_an_animal",)
        is_open = int(told.get("told") or 0) > 1 or hides_wish(words)  # told again: only staff take it back
    if is_open or _holds("not_back", words) or _holds("no_joke", words):
        return None
    return next((phrases_of(name) for name in names if _is_calm_without(name, words)), None)


def fear_alone(words: str, known: Mapping[str, Any]) -> str:
    """SAID where the words of a danger at home tell fear alone, and nothing was `known` before them; else MORE. Raises PhraseError."""
    is_more = tells_danger(words) or _holds("still", words) or _holds("afraid", words)
    return MORE if is_more or known.get(FEAR_ALONE) == MORE else SAID


def said_of(patterns: "Tuple[re.Pattern[str], ...]") -> Optional[str]:
    """Which of these lists is among the `patterns`; None for none. Raises PhraseError."""
    return next((name for name in _NAMES if phrases_of(name) in patterns), None)


def tells_no_more(name: Optional[str]) -> bool:
    """Whether the words beside the phrases of the list `name` tell nothing of their own."""
    return name in _TELL_NO_MORE


def walked_before(path: Optional[str], told: Mapping[str, Any]) -> Optional[str]:
    """The path that was walked before `path`, that of feelings aside; None for none."""
    return next((str(need) for need in told.get("walked") or () if need not in (path, FEELINGS)), None)


def _only_reaction(words: str, path: str, told: Mapping[str, Any]) -> "Optional[re.Pattern[str]]":
    """That only a parent's anger is feared, said behind a no, where another path was walked before and no term told of home; else None."""
    if path != AT_RISK or told.get("told_in_words") == path or walked_before(path, told) is None or hedges(words):
        return None
    is_no = _holds("says_no", words) or _holds("no_danger", words)
    return phrases_of(_REACTION) if is_no and _is_calm_without(_REACTION, words) else None


def _is_calm_without(name: str, words: str) -> bool:
    """Whether the phrases of `name` stand in the words, and nothing beside them is fear or may be a danger."""
    left = phrases_of(name).sub(lambda found: found[0] if _is_denied_before(words, found.start()) else " ", words)
    if left == words or not _NEVER.isdisjoint(left.split()) or tells_danger(left) or _holds("still", left) or _holds("afraid", left):
        return False
    return not reviewed_terms().find_all(left)


def _is_denied_before(words: str, place: int) -> bool:
    """Whether a "not" stands right before it: "kga eraan vanavond, ni in een game"."""
    return not _NOT.isdisjoint(words[:place].split()[-1:])


def _holds(name: str, words: str) -> bool:
    return phrases_of(name).search(words) is not None
