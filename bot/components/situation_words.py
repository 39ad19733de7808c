"""Whether a message says in words what the model hears of a danger of this moment (data/now/words.yml).

"Zeg aan 112 dat er een wapen is" must not be said where nobody spoke of one: some kinds need a word, or a model that is surer than
usual; and "ze is bij hem" is never heard as being with people who help.

Words here: lower case, no accents or punctuation, single spaces. Every function raises PhraseError when the file is malformed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, Optional

from bot.yaml12 import read_yaml
from kernel.phrases import PhraseError, pattern_of
from kernel.situation import SAID_IN_WORDS, SAID_OTHERWISE, WITHOUT_DOER

_FILE = Path(__file__).resolve().parents[2] / "data" / "now" / "words.yml"
_ALONE = re.compile(r"(?<!pas )(?<!plus )(?<!niet )(?<!ni )(?<!nie )\b(?:seule?|alleen|allene)\b")
"""Nobody is with them: "chez moi jsuis seul"."""
_SURE_WITHOUT_WORDS = 0.9
"""What the model made up stood below 0.85 where it was measured; words that the lists lack ("il a attrapé le tisonnier") above 0.93."""


def is_said(kind: str, words: str, odds: float) -> bool:
    """Whether the situation `kind`, which the model hears with `odds`, may be answered: by its words, or because it is sure without."""
    left = _without(kind, words)
    is_named = kind in SAID_IN_WORDS and _pattern("tells", kind).search(left) is not None
    if kind in SAID_OTHERWISE and not is_named and _pattern("never", kind).search(left):
        return False
    if kind == "with_people" and _ALONE.search(words):
        return False
    return kind not in SAID_IN_WORDS or odds >= _SURE_WITHOUT_WORDS or is_named


def _without(kind: str, words: str) -> str:
    return " ".join(_pattern("cut", kind).sub(" ", words).split()) if kind in WITHOUT_DOER else words


@lru_cache(None)
def _section() -> Dict[str, Dict[str, Dict[str, str]]]:
    return dict(read_yaml(_FILE)["situation_words"])


@lru_cache(None)
def _pattern(group: str, kind: str) -> "re.Pattern[str]":
    pattern: Optional["re.Pattern[str]"] = pattern_of(_section()[group].get(kind))
    if pattern is None:
        raise PhraseError(f"situation_words.{group}.{kind}: no phrases")
    return pattern
