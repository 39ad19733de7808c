"""Who speaks, by the words of data/speakers.yml: an adult who asks for a child, the writer's own home, who did it to somebody.

Words here: lower case, no accents or punctuation, single spaces. Every function raises PhraseError when the file is malformed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Optional

from bot.yaml12 import read_yaml
from kernel.phrases import PhraseError, pattern_of
from kernel.speakers import GROUPS

_FILE = Path(__file__).resolve().parents[2] / "data" / "speakers.yml"
_BESIDE_ADULT = frozenset("je ik k moi hallo hey dag bonjour salut en et hier ici".split())
_MOST_BESIDE = 2
"""Words that may be left beside "ik heb iets ergs gedaan"; of more, something is told."""


def tells_adult(words: str, *, is_first: bool = False) -> bool:
    """Whether whoever writes is surely an adult who asks for a child. `is_first`: nothing was asked, so that "mama hier" is the writer."""
    left = _without("no_adult", words)
    return _holds("adult", left) or (is_first and _holds("adult_first", left))


def only_says_adult(words: str) -> bool:
    """Whether nothing is said but that an adult writes, or of which child: "jsuis prof", "mijn dochter"."""
    return tells_adult(words) and _BESIDE_ADULT.issuperset(_without("adult", _without("no_adult", words)).split())


def may_be_adult(words: str) -> bool:
    """Whether the words hold anything of a child in somebody's care: with what the model hears they tell an adult."""
    return tells_adult(words, is_first=True) or _holds("child", _without("no_adult", words))


def is_at_home(words: str) -> bool:
    """Whether it happens where the writer lives, and no friend is told of: "mijn mama en haar vriend drinken"."""
    return _holds("home", words) and not _holds("friend", _without("not_friend", words))


def is_hit_by_child(words: str) -> bool:
    """Whether whoever writes says that their own child hits or threatens them."""
    return _holds("hit_by_child", words)


def plans_to_meet(words: str) -> bool:
    """Whether a meeting with somebody is told of; not one with a school or a doctor."""
    return _holds("meeting", words) and not _holds("no_meeting", words)


def deed_in(words: str) -> Optional[str]:
    """FAKE or HARM: what the writer says they did themself; None for nothing, or where it was done to them too."""
    if _holds("not_did", words):
        return None
    return next((kind for kind, pattern in _group("did").items() if pattern.search(words)), None)


def doer_asks(words: str) -> Optional[str]:
    """PUNISH or AMENDS: what somebody who did it asks about it; None for neither."""
    return next((what for what, pattern in _group("doer_asks").items() if pattern.search(words)), None)


def denies_sharing(words: str) -> bool:
    """Whether the words say that nothing was passed on."""
    return _holds("not_shared", words)


def only_opens(words: str) -> bool:
    """Whether something bad that they did is announced, and nothing else is told: "j'ai fait un truc grave et j'ai honte"."""
    left = _pattern("opens").sub(" ", words, count=1)
    return left != words and len(_without("opens_beside", " ".join(left.split())).split()) <= _MOST_BESIDE


def tells_too(words: str) -> bool:
    """Whether it is the writer's own as well, told behind a friend's trouble: "moi aussi je le fais". Alone: see `says_only_too`."""
    return (_holds("me_too", words) or says_only_too(words)) and not _holds("no_me_too", words)


def says_only_too(words: str) -> bool:
    """Whether hardly more than "ik ook" is said: after some questions that is an answer."""
    left = _without("me_too_alone", words)
    return left != words and _without("me_too_beside", left) == ""


def takes_leave(words: str) -> bool:
    """Whether somebody else says farewell or gives away what is theirs; only where a wish to die is heard it means one."""
    return _holds("farewell", words)


def is_taken_along(words: str) -> bool:
    """Whether a parent went away with a brother or sister of the writer, and without the writer."""
    return _holds("taken_along", words) and not _holds("with_them", words)


def _holds(which: str, words: str) -> bool:
    return _pattern(which).search(words) is not None


def _without(which: str, words: str) -> str:
    return " ".join(_pattern(which).sub(" ", words).split())


@lru_cache(None)
def _section() -> Dict[str, Any]:
    return dict(read_yaml(_FILE)["speakers"])


@lru_cache(None)
def _pattern(which: str) -> "re.Pattern[str]":
    pattern = pattern_of(_section().get(which))
    if pattern is None:
        raise PhraseError(f"speakers.{which}: no phrases")
    return pattern


@lru_cache(None)
def _group(name: str) -> Dict[str, "re.Pattern[str]"]:
    """The patterns of each entry of the group `name`."""
    patterns = {kind: pattern_of((_section().get(name) or {}).get(kind)) for kind in GROUPS[name]}
    if not all(patterns.values()):
        raise PhraseError(f"speakers.{name}: {', '.join(GROUPS[name])}, each with phrases")
    return {kind: pattern for kind, pattern in patterns.items() if pattern is not None}
