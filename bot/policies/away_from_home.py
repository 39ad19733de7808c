"""What somebody fears at home who has left it already: "mon père va me défoncer" is no blow of this moment where they are not there."""

from __future__ import annotations

import re
from typing import List, Optional, Tuple

from rasa.shared.core.events import Event

from bot.conversation_state import question_in
from bot.policies.path_questions import goes_on_at
from kernel.paths import QUESTION

_LEFT, _AT_HOME = "runaway_now", "unsafe_home"
_FEARED = re.compile(
    r"\b(?:va|vont) (?:me|m|nous)\b|\bme (?:tuera|frappera|tapera|defoncera)\b"
    r"|\b(?:gaat|gaan|ga|zal|zullen|zou) (?:mij|me|ons)\b|\b(?:mij|me|ons) (?:gaat|gaan|zal|zullen|zou)\b"
)
"""Violence that is still to come."""
_NEAR = re.compile(
    r"\b(?:arrive|arrivent|vient|viennent|revient|devant|derriere|ici|(?:est|sont|deja) la|trouve\w*|retrouve\w*|cherche\w*|suit|suivent"
    r"|voiture|maintenant|mtn|mnt|couteau|arme|flingue|suis rentree?"
    r"|komt|komen|kwam|hier|buiten|staat|staan|zoekt|zoeken|gevonden|vinden|vindt|volgt|volgen|auto|nu|mes|wapen|terug thuis|ben thuis)\b"
)
"""That whoever would do it may be near, or has a weapon: then it is met as now."""


def turn_of_fear(earlier: List[Event], heard: str, topic: Optional[str], said: str, words: str) -> Tuple[str, ...]:
    """The turn for who is away from home, is asked about that, and tells what waits there: what to do before they go back, and 112 should
    somebody come. () for all else. `heard`, `said`: the need and the value of danger_now; `words` as in kernel.language.words_of."""
    is_asked = str(question_in(earlier)).startswith(f"{QUESTION}{_LEFT}_")
    is_at_home = topic == _LEFT and heard == _AT_HOME and said == "yes" and is_asked
    if not is_at_home or _FEARED.search(words) is None or _NEAR.search(words) is not None:
        return ()
    return ("utter_runaway_now_threat", "action_point_to_safety", str(goes_on_at(earlier, _LEFT)))
