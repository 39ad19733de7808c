"""An answer of three bubbles becomes one of two, and loses nothing."""

from __future__ import annotations

from channels.bubbles import at_most_two
from kernel.conversation import Bubble, Choice
from kernel.language import Language

YES = (Choice("Ja", "/affirm"),)
FIRST = Bubble("Dan eerst jij.", Language.NL)
REMARK = Bubble("Stuur niets meer.", Language.NL, helplines=("childfocus", "awel"))
QUESTION = Bubble("Lukt dat?", Language.NL, YES, ("emergency_112", "childfocus"))


def test_two_stay_as_they_are() -> None:
    assert at_most_two((FIRST, QUESTION)) == (FIRST, QUESTION)
    assert at_most_two(()) == ()


def test_the_remark_and_the_question_behind_it_become_one() -> None:
    first, both = at_most_two((FIRST, REMARK, QUESTION))
    assert first == FIRST
    assert (both.text, both.choices) == ("Stuur niets meer. Lukt dat?", YES)
    assert both.helplines == ("emergency_112", "childfocus", "awel")


def test_no_more_lines_than_an_answer_shows_and_no_button_is_lost() -> None:
    held = Bubble("Nog iets?", Language.NL, YES, ("awel", "helpline_1712"))
    last = Bubble("Tot later.", Language.NL, helplines=("emergency_112", "childfocus"))
    _, both = at_most_two((FIRST, FIRST, held, last))
    assert both.choices == YES
    assert both.helplines == ("emergency_112", "childfocus", "awel")
    assert both.text == "Dan eerst jij. Nog iets? Tot later."
