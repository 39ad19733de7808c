"""What the probabilities of all needs say together: whether it is a call for help, how urgent, and which of two equals goes first."""

from __future__ import annotations

from typing import Dict, List

from kernel.need import NEEDS, urgency_of
from kernel.urgency import Urgency

_NEARLY = 0.9
DELICATE = frozenset({"worried_own_feelings"})  # answering this to somebody who meant something else hurts: only when it leads
ADULT = "parent_or_adult_asks_for_child"
MORE_SPECIFIC = frozenset({"friend_missing", "parental_abduction", "nude_spread"})
"""Than an adult who asks for a child (needs.md)."""
NO_LINE = frozenset({"privacy_question", "want_human"})  # answered without a need's own lines: no harm in a false alarm


def most_urgent_of_equals(probabilities: Dict[str, float]) -> str:
    """The most probable need, or a more urgent one that is nearly as probable (needs.md: the more urgent of two equals).

    An adult who asks for a child gets the adult's path, which asks what it is about, unless that need is more specific.
    """
    top = max(probabilities.values())
    equals = [
        need for need, probability in probabilities.items() if probability >= _NEARLY * top and (need not in DELICATE or probability == top)
    ]
    if ADULT in equals and MORE_SPECIFIC.isdisjoint(equals):
        return ADULT
    return max(equals, key=lambda need: (urgency_of(need).rank, probabilities[need]))


def danger_odds(probabilities: Dict[str, float]) -> Dict[str, float]:
    """Per level (high, emergency) the summed probability of all needs that are at least so urgent, 0..1.

    Where a parent or teacher asks, what they ask about decides: the odds are those of all other needs, as if it were not known who asks.
    """
    levels = (Urgency.HIGH, Urgency.EMERGENCY)
    if max(probabilities, key=lambda need: probabilities[need]) == ADULT:
        others = {need: odds for need, odds in probabilities.items() if need != ADULT}
        rest = sum(others.values()) or 1.0
        probabilities = {need: odds / rest for need, odds in others.items()}
    return {level.value: sum(odds for need, odds in probabilities.items() if urgency_of(need).rank >= level.rank) for level in levels}


def help_needs(probabilities: Dict[str, float]) -> List[str]:
    """Those of the needs that are calls for help with lines of their own."""
    return [need for need in probabilities if need in NEEDS and not NEEDS[need].is_conversation and need not in NO_LINE]


def helping_odds(probabilities: Dict[str, float]) -> float:
    """The summed probability of all calls for help."""
    return sum(probabilities[need] for need in help_needs(probabilities))
