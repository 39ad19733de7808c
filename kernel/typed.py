"""What a reply that is typed in place of a button may mean (data/typed), and which answer to a question tells of danger."""

from __future__ import annotations

from kernel.need import ANSWERS
from kernel.paths import is_of_this_moment

ASKS, OF_NOW, OTHER, BACK = "asks", "now", "other", "back"
"""It asks something; it tells of a danger of this moment; of another trouble; it takes back what the bot thought."""
MEANINGS = frozenset({*ANSWERS, ASKS, OF_NOW, OTHER, BACK, "told", "talk"})
"""The answers, those, and: told on, talk."""
_SAFE, _DANGER_IF_YES = "_safe", ("_again", "_die", "_down")
"""How a question ends to which a no tells of danger; and more of those to which a yes does."""

OF_A_SCREEN = frozenset({"sextortion", "nude_spread", "deepfake_nude"})
"""Needs whose danger is on a screen: a deadline tonight is none of this moment unless words say that somebody is there."""
_OF_LIFE = ("suicidal_now", "_die", "_down")
"""How questions end that ask for a wish to die."""


def grave_answer(question: str) -> str | None:
    """The answer to `question` (its name, with or without utter_ask_) that tells of danger; None where none does."""
    if question.endswith(_SAFE):
        return "deny"
    return "affirm" if is_of_this_moment(question) or question.endswith(_DANGER_IF_YES) else None


def takes_wish_away(question: str, answer: str) -> bool:
    """Whether `answer` says that there is no wish to die: rules may hear that, a likeness of words may not."""
    return answer == "deny" and question.endswith(_OF_LIFE)
