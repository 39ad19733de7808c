"""A stand-in for the danger terms, so that the hub's tests do not hang on their wording."""

from __future__ import annotations

from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding

_SIGNS = {
    "gevaarnu": Finding("unsafe_home", Urgency.EMERGENCY, True, Language.NL, "standin"),
    "gevaarwoord": Finding("suicidal", Urgency.EMERGENCY, False, Language.NL, "standin"),
    "motdanger": Finding("suicidal", Urgency.EMERGENCY, False, Language.FR, "standin"),
    "hoogwoord": Finding("sextortion", Urgency.HIGH, False, Language.NL, "standin"),
}


class StandinDetector:
    """Finds four made-up words."""

    def find(self, text: str) -> Finding | None:
        """The first that is there, most urgent first."""
        return next((finding for word, finding in _SIGNS.items() if word in text.casefold()), None)
