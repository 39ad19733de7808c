"""The steps of the paths in data/stories: behind which question and which answer the bot does what, and what it asks next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.need import NEEDS

QUESTION = "utter_ask_"
"""How the questions of paths begin."""
_OF_THIS_MOMENT = ("_now", "_today", "_meeting", "_hurt", "_threat", "_danger", "_safe")
"""How the questions end that ask whether there is danger: never passed over."""
MAY_TALK = ("sextortion_safe", "nude_spread_safe", "deepfake_nude_safe")
"""How those end that ask no more than whether they can talk now."""
_ASKED_OF_ADULTS = "utter_ask_parent_or_adult_asks_for_child_danger"
"""An adult who goes on with other things was asked, and knows what to say: that one is passed over as any other."""
_SAY_THE_STEP = frozenset({"utter_sextortion", "utter_pressured_to_send"})
"""First words that tell, by what was told, what the step behind it would."""
_MOST = 4
"""Steps walked in one turn, so that no circle is walked for ever."""
_PASSED_BY = ("nlu_fallback", "dont_know")
"""The answers with which a path goes on where its question was asked twice and never answered."""


class Paths:
    """All of data/stories. Holds no state between messages."""

    def __init__(self, stories: Iterable[Mapping[str, Any]]) -> None:
        """`stories`: what stands under `stories:` in all files: each begins with a question or a need, and ends with a question."""
        self._steps: dict[tuple[str | None, str], tuple[str, ...]] = {}
        for story in stories:
            steps = story["steps"]
            asked = str(steps[0]["action"]) if "action" in steps[0] else None
            said, *done = steps[1:] if asked is not None else steps
            actions = tuple(str(step["action"]) for step in done if "action" in step)
            for one in said.get("or") or (said,):
                self._steps.setdefault((asked, str(one.get("intent"))), actions)

    def steps(self, asked: str | None, heard: str) -> tuple[str, ...]:
        """What the bot does when `heard` (an intent) answers the question `asked`; else how a need's path begins; () for none."""
        behind = self._steps.get((asked, heard)) if asked is not None else None
        return behind if behind is not None else self._steps.get((None, heard), ()) if heard in NEEDS else ()

    def walked(self, steps: tuple[str, ...], answers: Mapping[str, str]) -> tuple[str, ...]:
        """`steps` without asking what was told for sure: `answers` are question → the answer it has already.

        What opens a path or names lines stays before the remark of the step that is walked; else that one stands in its place.
        """
        for _ in range(_MOST):
            behind = self._steps.get((steps[-1], answers[steps[-1]])) if steps and steps[-1] in answers else None
            if not behind:
                break
            if not any(step.startswith("action_") for step in steps):
                steps = behind
            elif steps[0] in _SAY_THE_STEP:
                steps = (*steps[:-1], behind[-1])
            else:
                steps = (*steps[:-1], *behind)
        return steps

    def behind(self, asked: str) -> str | None:
        """The question that comes after `asked` where it is passed over; None where it must not be, or there is none, or where it asks
        about the words before it, which would not be said: "lukt dat, denk je?"."""
        if asked.startswith(f"{QUESTION}now_") or (is_of_this_moment(asked) and not asked.endswith((*MAY_TALK, _ASKED_OF_ADULTS))):
            return None
        found = next((self._steps[asked, heard] for heard in _PASSED_BY if (asked, heard) in self._steps), ())
        asks_about = found[-1].replace(QUESTION, "utter_", 1) if found else None
        return found[-1] if found and found[-1].startswith(QUESTION) and asks_about not in found else None


def is_of_this_moment(asked: str) -> bool:
    """Whether the question asks for danger of this moment."""
    return asked.endswith(_OF_THIS_MOMENT)


def asks_to_talk(asked: str) -> bool:
    """Whether the question asks no more than whether they can talk now."""
    return asked.endswith(MAY_TALK)
