"""First messages whose path needs another first sentence (bot/policies/danger_now.py), by the words of data/openings.yml.

Words here: lower case, no accents or punctuation, single spaces.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Optional, Tuple

from bot.yaml12 import read_yaml
from kernel.phrases import PhraseError, pattern_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "openings.yml"
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
_OF_PICTURES = re.compile(r"\b(?:foto|fotos|foto s|nudes?|naakt\w*|photos?|images?|sext\w*|video|filmpje)\b")


def kind_of_opening(heard: Optional[str], words: str) -> Optional[str]:
    """What of kernel.need.OPENS_OTHERWISE a first message is; None for none of them. Raises PhraseError when the file is malformed."""
    if heard == "legal_question" and _AGES.search(words) and _OF_BODIES.search(words) and not _OF_PICTURES.search(words):
        return "ages"
    return next((kind for kind, need, told in _kinds() if heard == need and told.search(words)), None)


@lru_cache(None)
def _kinds() -> Tuple[Tuple[str, str, "re.Pattern[str]"], ...]:
    """Each kind with the need of its path and what tells it."""
    kinds = []
    for one in read_yaml(_FILE)["openings"]:
        pattern = pattern_of(one["holds"])
        if pattern is None:
            raise PhraseError(f"openings.{one['kind']}: no phrases")
        kinds.append((str(one["kind"]), str(one["need"]), pattern))
    return tuple(kinds)
