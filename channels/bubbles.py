"""How many bubbles an answer has: two at most, or a frightened child scrolls past the first (the voice of the bot)."""

from __future__ import annotations

from dataclasses import replace

from channels.answers import MOST_LINES
from kernel.conversation import Bubble

MOST_BUBBLES = 2


def at_most_two(bubbles: tuple[Bubble, ...]) -> tuple[Bubble, ...]:
    """The same words in `MOST_BUBBLES`: a remark and the question behind it become one, with the question's buttons and the lines of both.

    Three come where what is asked next was told before: "geen gevaar?" is answered, that step's remark is said, and the next is asked.
    """
    while len(bubbles) > MOST_BUBBLES:
        *first, remark, question = bubbles
        lines = tuple(dict.fromkeys((*question.helplines, *remark.helplines)))[:MOST_LINES]
        text, choices = f"{remark.text} {question.text}", question.choices or remark.choices
        bubbles = (*first, replace(question, text=text, choices=choices, helplines=lines))
    return bubbles
