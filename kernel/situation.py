"""What is told of a danger of this moment, and what it means where a body is in danger (pills, blood, somebody unconscious).

There nobody has to get away: who sleeps is help that can be woken, a locked door keeps help out, how to keep from somebody says nothing.
"""

from __future__ import annotations

NO_SITUATION = "none"
"""Among the examples: tells none of those that have words."""
OF_A_BODY = frozenset(
    {"not_waking", "blood", "drowsy", "vomits", "how_much", "at_edge", "where", "with_people", "public", "must_lie", "locked_in"}
    | {"lies_there", "breathing", "awake_odd", "no_air", "fell", "given"}
)
"""Answered there as anywhere."""
ONLY_OF_A_BODY = frozenset({"not_waking", "drowsy", "vomits", "how_much", "lies_there", "breathing", "awake_odd", "no_air", "fell"})
"""Fit nowhere else: "we zijn met 4" is no number of pills, "il est réveillé, il crie" tells of nobody who does not wake."""
SAID_IN_WORDS = frozenset({"asleep", "drunk", "weapon", "between"})
"""Answered with a fact (a weapon, a second victim): only where the words tell it (data/now/words.yml), or the model is very sure."""
SAID_OTHERWISE = frozenset({"with_people", "not_waking", "weapon", "where"})
"""Not this kind where certain words stand, whatever the model hears: "ze is bij hem", "kvoel nog niks" of who does not wake; of a weapon,
only where none is named: "mes frères vont me tuer", a belt."""
WITHOUT_DOER = frozenset({"between", "with_people", "weapon"})
"""Looked at without the words that name who does it, or the writer themself; "mes frères" is no Dutch knife."""
_OTHERWISE = {"asleep": "wake", "own_lock": "unlock"}
NOWHERE_TO_GO = frozenset({"car", "locked_in", "own_lock", "where", "with_people", "public", "outside", "intruder"})
"""Whether they can get away is no question there: driven, locked in, hidden behind a lock, lost, among people, or somebody outside."""
WITHOUT_EXAMPLES = frozenset({*_OTHERWISE.values(), "lies_there", "breathing", "awake_odd", "no_air", "fell", "given"})
"""Have words, but are heard by the examples of others, or by the words of data/now/bodies.yml."""


def at_a_body(told: str) -> str | None:
    """What `told` (a kind of data/now/situations_*.yml) is answered as where a body is in danger; None where it has no words there."""
    return told if told in OF_A_BODY else _OTHERWISE.get(told)
