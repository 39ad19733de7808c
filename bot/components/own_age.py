"""How somebody young says who they are: "jsuis une fille de 13 ans", "ik ben een gast van 15"."""

from __future__ import annotations

import re
from typing import Optional

_YOUNG = r"(?:[5-9]|1[0-7])"
_INTRODUCED = re.compile(
    r"\b(?:(?:ik ben|kben|'?k ben)\s+(?:een|'?ne?n?|'n|e)\s+(?:jonge?\s+|klein\s+)?(?:jongen|meisje|meiske|gast|kerel|ket|tiener"
    r"|gozer|boy|girl)"
    r"|(?:je suis|j['’]?suis|chui|chuis|suis)\s+(?:un|une)\s+(?:jeune\s+|petite?\s+)?(?:gars|gar[cç]on|mec|fille|meuf|ado|nana|keum))"
    rf"\s+(?:van\s+|de\s+|d['’]\s*)?{_YOUNG}\b(?:\s*(?:jaar|ans|jr|j)\b)?(?:\s+(?:et|en)\b)?[\s,;.:]*",
    re.IGNORECASE,
)
_FEWEST_LEFT = 3
"""Words beside it: of fewer it is all that is told."""


def without_own_age(text: str) -> Optional[str]:
    """`text` without it; None where it is not there, or hardly anything else is."""
    left = _INTRODUCED.sub(" ", text).strip()
    return " ".join(left.split()) if left != text.strip() and len(left.split()) >= _FEWEST_LEFT else None
