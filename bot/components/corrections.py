"""What may correct a misunderstanding: "t is een boek voor school" takes a worry back, "nee wil gewoon slapen" after pills never does.

The words stand in data/corrections.yml; here they come in small letters, without accents or punctuation, with single spaces between.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, FrozenSet, NamedTuple, Optional, Tuple

from bot.yaml12 import read_yaml
from kernel.language import words_of
from kernel.phrases import PhraseError, pattern_of

_BESIDE_BYE = 2
"""Words beside a farewell: "nee. doei", "ok merci bye"."""
_NEVER = frozenset({"nooit", "jamais"})
_NEGATIONS = _NEVER | {"niet", "ni", "nie", "niemand", "pas", "personne"}
_FILE = Path(__file__).resolve().parents[2] / "data" / "corrections.yml"


@lru_cache(None)
def _pattern(which: str, section: Optional[str] = None) -> "re.Pattern[str]":
    """The phrases of `which` (meant, never, not_back, not_now, soon …), of those under `section` (threats …) if one is named. Raises
    PhraseError when there are none: without "never" danger would be believed away."""
    lists = read_yaml(_FILE)["corrections"]
    pattern = pattern_of((lists if section is None else lists.get(section) or {}).get(which))
    if pattern is None:
        raise PhraseError(f"corrections.{section + '.' if section else ''}{which}: no phrases")
    return pattern


def is_explicit(words: str) -> bool:
    """Whether the words name what was really meant. Raises PhraseError."""
    return _pattern("meant").search(words) is not None


def tells_danger(words: str) -> bool:
    """Whether the words hold something that no misunderstanding explains. Raises PhraseError."""
    return _pattern("never").search(words) is not None


def keeps_open(words: str) -> bool:
    """Whether the words hold what keeps a danger open ("un fusil"), or that it never came well. Raises PhraseError."""
    return _pattern("still").search(words) is not None or not _NEVER.isdisjoint(words.split())


def says_unsafe(words: str) -> bool:
    """Whether the words say that it is not safe: "nee ik ben ni veilig". Raises PhraseError."""
    return _pattern("unsafe").search(words) is not None


def takes_nothing_back(words: str) -> bool:
    """Whether the words doubt, tell more of what happened, or are somebody else's: "en als hij een grapje maakt". Raises PhraseError."""
    is_others = _pattern("said_by_others").search(words) is not None and not is_explicit(words)
    return is_others or _pattern("not_back").search(words) is not None


def has_doubt(text: str) -> bool:
    """Whether what follows a yes or no takes it back: "ja kweet ni"; "ja dat em het uitmaakt" is a yes. Raises PhraseError."""
    return _pattern("doubts").search(" ".join(words_of(text))) is not None


def says_not_now(words: str) -> bool:
    """Whether the words say that it is not at this moment, whatever the odds. Raises PhraseError."""
    return _pattern("not_now").search(words) is not None


def says_bye(words: str) -> bool:
    """Whether the words are a farewell and hardly more. Raises PhraseError."""
    found = _pattern("farewell")
    return found.search(words) is not None and len(found.sub(" ", words).split()) <= _BESIDE_BYE


def hedges(words: str) -> bool:
    """Whether a no is none that settles anything: "nee ni echt", "pas vraiment", "nee ma ik denk er wel aan". Raises PhraseError."""
    return _pattern("hedged").search(words) is not None or thinks_of_it(words)


def thinks_of_it(words: str) -> bool:
    """Whether the words say that the thoughts are there, whatever is done with them: "nee ma ik denk er wel aan". Raises PhraseError."""
    return _pattern("thinks").search(words) is not None and _pattern("thinks_not").search(words) is None


def says_missed(text: str) -> bool:
    """Whether a message says that somebody is missed, or should be seen again. Raises PhraseError."""
    return _pattern("misses").search(" ".join(words_of(text))) is not None


def hides_wish(words: str) -> bool:
    """Whether words behind a no about dying say farewell, or that all is made ready. Raises PhraseError."""
    return _pattern("hidden_wish").search(words) is not None


def says_soon(words: str) -> bool:
    """Whether words that say "not now" also say that it comes back soon, or that they cannot get away. Raises PhraseError."""
    return _pattern("soon").search(_pattern("not_soon").sub("", words)) is not None


def says_away(words: str) -> bool:
    """Whether the words say that who would do it is not there, or name another day, and nothing that it comes back soon.

    Raises PhraseError.
    """
    return _pattern("away").search(words) is not None and not says_soon(words)


def says_at_home(words: str, from_elsewhere: bool) -> bool:
    """Whether the words say that they are simply at home; that they are there at all, where the danger comes `from_elsewhere`. Not where it
    comes there. Raises PhraseError."""
    kinds = ("simply_home", "at_home") if from_elsewhere else ("simply_home",)
    return any(_pattern(kind).search(words) for kind in kinds) and not says_soon(words)


def says_plans(words: str) -> bool:
    """Whether the words say when they mean to leave, or what they packed. Raises PhraseError."""
    return _pattern("plans").search(words) is not None


def says_nothing(words: str) -> bool:
    """Whether the whole of the words answers no question of a danger now: "ok", "zeg iets", or no word at all. Raises PhraseError."""
    return not words or _pattern("nothing_said").fullmatch(words) is not None


def asks_if_there(words: str) -> bool:
    """Whether the whole of the words asks whether anybody is there still: "zijde der nog". Raises PhraseError."""
    return _pattern("still_there").fullmatch(words) is not None


def says_no_deed(words: str) -> bool:
    """Whether the words say that they will not do it, which takes the wish itself not back: "nn jferai rien tkt". Raises PhraseError."""
    return _pattern("no_deed").search(words) is not None


def says_no_help(words: str) -> bool:
    """Whether the words name only who is with them, or that nobody wants to call, where help was asked about. Raises PhraseError."""
    return _pattern("no_help").search(words) is not None


def says_help_comes(words: str) -> bool:
    """Whether the words say, once help was called, that it comes or is there: "ze zijn hier", not "ze komen maar niet".

    Raises PhraseError.
    """
    return _pattern("help_comes").search(words) is not None and not is_negated(words)


def is_negated(words: str) -> bool:
    """Whether a "not", "nobody" or "never" stands in the words."""
    return not _NEGATIONS.isdisjoint(words.split())


def says_help_is_there(words: str) -> bool:
    """Whether the words say that an ambulance, the police or a doctor is there by now. Raises PhraseError."""
    return _is_said("help_there", words)


def says_help_was_sent(words: str) -> bool:
    """Whether the words say that help was called and comes, or that somebody close does. Raises PhraseError."""
    return _is_said("help_sent", words)


def says_somebody_comes(words: str) -> bool:
    """Whether the words say that somebody close is on the way. Raises PhraseError."""
    return _is_said("somebody_comes", words) and not _is_thought(words)


def says_with_people(words: str) -> bool:
    """Whether the words say that whoever wanted to die is with people. Raises PhraseError."""
    return _is_said("with_people", words) and not _is_thought(words)


def says_it_came_well(words: str) -> bool:
    """Whether the words say that somebody turned back, got out of it, or was in no danger after all. Raises PhraseError."""
    return _is_said("came_well", words)


def says_alive(words: str) -> bool:
    """Whether the words say that somebody lives, breathes or is awake. Raises PhraseError."""
    return _is_said("alive", words)


def says_fetched(words: str) -> bool:
    """Whether the words say that somebody of their own fetches them, or that they were brought home. Raises PhraseError."""
    return _is_said("fetched", words) and not _is_thought(words)


def _is_thought(words: str) -> bool:
    return _pattern("only_thought").search(words) is not None


_FAR_FROM = 3
"""Words before a phrase, and behind it, among which `help_not` takes it back."""


def _is_said(which: str, words: str) -> bool:
    """Whether a phrase of `which` stands in the words, and none of `help_not` right beside it."""
    for found in _pattern(which).finditer(words):
        before, behind = words[: found.start()].split()[-_FAR_FROM:], words[found.end() :].split()[:2]
        around = (" ".join(before), " ".join(behind[:1]), " ".join(behind))
        if not (_pattern("help_not").search(around[0]) or any(_pattern("help_not").match(part) for part in around[1:])):
            return True
    return False


def denied_in(words: str) -> FrozenSet[str]:
    """The needs that the words deny ("hij slaat mij niet", "niemand bedreigt mij"): what the model alone hears of them is not meant.

    Not where the denial goes on ("hij slaat mij niet meer", "pas devant les autres"). Raises PhraseError.
    """
    return frozenset(need for need in _denials() if without_denied(words, need) != words)


def without_denied(words: str, need: str) -> str:
    """The words without what denies `need`; the words as they are where nothing does. Raises PhraseError."""
    pattern = _denials().get(need)
    return words if pattern is None else pattern.sub(lambda found: "" if ends_there(words, found.end()) else found[0], words)


DENIED_BUT, NOTHING_BUT = "denied_but", "nothing_but"
"""Which phrases take a denial back when they stand right behind it."""


def phrases_of(which: str, section: Optional[str] = None) -> "re.Pattern[str]":
    """The phrases of a list of data/corrections.yml (no_danger, nothing_done, misheard …), or of one of those that stand together in a
    `section` (threats, others_plans, far_day …). Raises PhraseError."""
    return _pattern(which, section)


def denial_of(need: str) -> Optional["re.Pattern[str]"]:
    """How `need` is denied; None where no phrases do. Raises PhraseError."""
    return _denials().get(need)


def ends_there(words: str, place: int, but: str = DENIED_BUT) -> bool:
    """Whether a denial that ends at `place` is not taken back by what follows (`but`: denied_but or nothing_but). Raises PhraseError."""
    return _pattern(but).match(words, place + 1) is None


@lru_cache(None)
def subjects() -> Tuple[Tuple[Tuple[str, ...], "re.Pattern[str]"], ...]:
    """What a conversation may be about: needs, and the words that name them (`about`). Raises PhraseError."""
    entries = [(tuple(str(one["needs"]).split()), pattern_of(one["said"])) for one in read_yaml(_FILE)["corrections"]["about"]]
    if not all(pattern for _, pattern in entries):
        raise PhraseError("corrections.about: needs without phrases")
    return tuple((needs, pattern) for needs, pattern in entries if pattern is not None)


def names_a_place(words: str) -> bool:
    """Whether the words name an app or a game: asked where, or whether in real life, that is the answer. Raises PhraseError."""
    return _pattern("places_online").search(words) is not None


class Whose(NamedTuple):
    """me, other or child (`whose` in data/corrections.yml), and where in the words it is told."""

    name: str
    place: Tuple[int, int]


_NO = frozenset({"niet", "ni", "nie", "pas", "po", "geen"})
"""Right before or behind the phrase it tells the opposite: "dat ben ik niet"."""
_NOT_THEM = frozenset({"moi", "ik", "mij"})
"""Behind those words it does not: "c'est ma fille, pas moi"."""


def whose_in(words: str) -> Optional[Whose]:
    """Whose trouble it is, as the words set it right; None for nothing. Raises PhraseError."""
    for name, pattern in _whose().items():
        for found in pattern.finditer(words):
            before, behind = words[: found.start()].split()[-1:], words[found.end() :].split()[:2]
            is_denied = not _NO.isdisjoint(before) or (not _NO.isdisjoint(behind[:1]) and _NOT_THEM.isdisjoint(behind[1:]))
            if not is_denied:
                return Whose(name, found.span())
    return None


@lru_cache(None)
def _whose() -> Dict[str, "re.Pattern[str]"]:
    """Raises PhraseError where there are no phrases."""
    patterns = {name: pattern_of(texts) for name, texts in read_yaml(_FILE)["corrections"]["whose"].items()}
    if set(patterns) != {"me", "other", "child"} or not all(patterns.values()):
        raise PhraseError("corrections.whose: me, other and child, each with phrases")
    return {name: pattern for name, pattern in patterns.items() if pattern is not None}


@lru_cache(None)
def _denials() -> Dict[str, "re.Pattern[str]"]:
    """Per need, how it is denied. Raises PhraseError where there are no phrases."""
    patterns = {need: pattern_of(texts) for need, texts in read_yaml(_FILE)["corrections"]["denied"].items()}
    if not all(patterns.values()):
        raise PhraseError("corrections.denied: a need without phrases")
    return {need: pattern for need, pattern in patterns.items() if pattern is not None}
