"""A second danger in one message ("mon ex a publié mes photos et je me mutile"): that it was read is said behind what answers the first."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.need import NEEDS, OF_LIFE

BESIDE = "beside"
"""Entity: the need that was told beside the one that is answered. Condition of `utter_beside`: its group."""
PREGNANT = "pregnant"
"""No need: what a danger at home may be about (data/openings.yml); said behind the words to a danger of this moment too."""
_GROUPS = {
    **dict.fromkeys(("sextortion", "nude_spread", "deepfake_nude"), "pictures"),
    **dict.fromkeys(("sexual_abuse", "unsafe_home", "teen_pimp", "grooming"), "hurt"),
    "self_harm": "self_harm",
    PREGNANT: PREGNANT,
}


def group_of(need: str | None) -> str | None:
    """The group of needs that the same words are said to: pictures, hurt or self_harm, PREGNANT; None for all others."""
    return _GROUPS.get(str(need))


def told_beside(heard: str | None, found: Iterable[str]) -> str | None:
    """Of the needs that terms found in a message heard as `heard`, the first that is another danger: one to life beside another kind.

    Between two others (pictures and blows) the words of one are too often told in the other; self-harm is told in a wish to die.
    """
    if heard not in NEEDS or NEEDS[heard].is_conversation:
        return None
    others = (need for need in found if group_of(need) not in (None, group_of(heard)))
    return next((need for need in others if (heard in OF_LIFE) is not (need in OF_LIFE)), None)
