"""What is told of a body that cannot wait: somebody has no air, a throat swells up, somebody fell and does not move, something was put in a
glass. The model has read little of it ("krijgt gn lucht", "jrespire plus"); the words alone decide (data/now/bodies.yml).

Words here: lower case, no accents or punctuation, single spaces. Every function raises PhraseError when the file is malformed.
"""

from __future__ import annotations

from typing import NamedTuple, Optional

from bot.components.body_words import BREATHES, holds, is_all

NO_AIR, FELL, GIVEN = "no_air", "fell", "given"
"""What is told of a body (the entity `situation`), beside those of bot/components/body_words.py."""
PANIC, NOSE, GAME, DOCTOR = "panic", "nosebleed", "challenge", "doctor"
"""Answers without 112 first, by the names of their questions (data/questions/asked.yml)."""
_MOST_WORDS, _MOST_OF_AN_ANSWER = 40, 24
"""More tells a story, or something else besides."""


class Acute(NamedTuple):
    """What is told, and whether it is the body of who writes."""

    situation: str
    is_own: bool


def acute_in(words: str, *, is_after_panic: bool = False) -> Optional[Acute]:
    """What the words tell of a body that cannot wait; None for nothing. `is_after_panic`: slow breathing was just advised, so whoever still
    has no air, or pain in their chest, is met as in danger."""
    if len(words.split()) > _MOST_WORDS or _is_harmless(words):
        return None
    if is_after_panic and _is_still_airless(words):
        return Acute(NO_AIR, True)
    if _is_given(words):
        return Acute(GIVEN, not holds("given_other", words))
    if holds("own_lips", words) and holds("air_other", words):
        return Acute(NO_AIR, True)
    if holds("air_other", words) and not holds("things", words):
        return Acute(BREATHES, False)
    is_swollen = holds("swells", words) and not holds("sore", words)
    if is_swollen or (holds("swollen", words) and holds("allergy", words)):
        is_of_others = holds("kin", words) and not holds("air_own", words)
        return Acute(BREATHES if is_of_others else NO_AIR, not is_of_others)
    if _is_own_air(words, is_after_panic):
        return Acute(NO_AIR, True)
    if holds("own_fall", words):
        return Acute(FELL, True)
    is_fall = holds("fell", words) and holds("still", words) and holds("somebody", words)
    is_fall = is_fall or (holds("from_high", words) and holds("kin", words) and not holds("unhurt", words))
    return Acute(FELL, False) if is_fall and not holds("things", words) and not holds("not_messages", words) else None


def calm_answer(words: str, talk: Optional[str]) -> Optional[str]:
    """The answer to what needs no 112 first: a panic attack, a nosebleed, throats that are squeezed for fun; None for none. `talk`: what
    was answered right before."""
    if len(words.split()) > _MOST_OF_AN_ANSWER:
        return None
    if holds("choke_game", words):
        return GAME
    if talk == GAME and holds("fainted", words):
        return DOCTOR
    if holds("nosebleed", words) and not holds("not_acute", words) and not _is_worse(words):
        return NOSE
    is_panic = (holds("panic", words) and holds("panic_now", words)) or holds("air_own", words)
    is_else = _is_harmless(words) or holds("figurative", words)
    return PANIC if is_panic and not is_else else None


def help_was_called(words: str) -> bool:
    """Whether the words say that 112 was called for somebody who is hurt, or that help is there, and not that it does not come."""
    return holds("help_called", words) and not holds("not_called", words)


def is_of_a_body(words: str) -> bool:
    """Whether the words name what happens to bodies: a fall, blood, pills."""
    return holds("hurt", words)


def was_taken_along(words: str) -> bool:
    """Whether the words say that the ambulance took somebody, or that somebody is in hospital by now."""
    return holds("taken_along", words)


def _is_harmless(words: str) -> bool:
    is_past = holds("acute_past", words) and not holds("acute_now", words)
    is_pet = holds("pets", words) and not holds("kin", words)
    is_sweet = holds("coloured", words) and not holds("airless", words)
    return holds("not_acute", words) or is_past or is_pet or is_sweet


def _is_still_airless(words: str) -> bool:
    """Whether whoever was told to breathe slowly says that the air does not come back, or says yes or no to that alone."""
    is_short = len(words.split()) <= _MOST_OF_AN_ANSWER
    return (holds("still_airless", words) and is_short and not holds("eased", words)) or is_all("yes_only", words)


def _is_worse(words: str) -> bool:
    """Whether a nose bleeds for long, more than a nose bleeds, or somebody hit them; who hit somebody themself is helped all the same."""
    is_hit = holds("violence", words) and (not holds("own_blow", words) or holds("grown_ups", words))
    return is_hit or holds("nosebleed_worse", words)


def _is_given(words: str) -> bool:
    return holds("given", words) and holds("given_now", words) and not holds("given_past", words)


def _is_own_air(words: str, is_after_panic: bool) -> bool:
    """Whether who writes has no air for a reason that is no panic, or still has none."""
    if holds("figurative", words):
        return False
    if is_after_panic and (holds("air_own", words) or holds("chest", words)):
        return True
    is_chest = holds("chest", words) and not holds("panic", words)
    return holds("air_own", words) and (holds("air_grave", words) or is_chest)
