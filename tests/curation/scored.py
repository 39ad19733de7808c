"""Rows and answers made by hand, for the tests of figures and of whole evaluations."""

from __future__ import annotations

from curation.measuring_sets import TWINS, Row
from curation.scoring import Answer
from kernel.language import Language
from kernel.urgency import Urgency

NL, FR = Language.NL, Language.FR
SECRET = "dit bericht mag nergens te lezen staan"


def made_row(
    needs: str, kind: str = TWINS, language: Language = NL, urgency: str = "none", text: str = SECRET, *, seen: bool = False
) -> Row:
    return Row("id", kind, "place", language, text, tuple(needs.split()), Urgency(urgency), seen)


def made_answer(need: str | None, *lines: str, urgency: str = "none", language: str = "nl") -> Answer:
    return Answer(need, 0.5, Urgency(urgency), language, lines)
