"""Something else was told where a yes or no would have taken a danger away: it is met, and the question of that danger comes once more.

"oui il me touche" to "are you safe from that person?" is no yes (kernel/lowering.py). A question that asks for no danger is not repeated:
its path goes on, as behind any answer in somebody's own words.
"""

from __future__ import annotations

from typing import List, Optional, Tuple

from rasa.shared.core.events import Event

from bot.components.path_answer import INSTEAD, NEAR_THEM
from bot.conversation_state import OF_NOW, question_in, value_of
from bot.policies.told_walk import paths, times_asked
from kernel.need import NOT_UNDERSTOOD
from kernel.paths import QUESTION, asks_to_talk, is_of_this_moment

_LINES = "action_point_to_safety"
_WHEN = "_recent"
"""How the question ends that names a care centre to a yes: asked once more too."""
_OFTEN_ENOUGH = 2
"""How often in a row a question is asked: then the path goes on."""


def turn_told_instead(earlier: List[Event], message: Event, topic: Optional[str]) -> Tuple[str, ...]:
    """The remark that meets what was told, the lines for a danger, and the same question; () where the path goes on by itself."""
    asked, told = str(question_in(earlier)), value_of(message, INSTEAD)
    is_met = message.intent_name in (NOT_UNDERSTOOD, topic)  # type: ignore[attr-defined]  # a UserUttered
    if told is None or not is_met or not _comes_again(asked):
        return ()
    if times_asked(earlier, asked) >= _OFTEN_ENOUGH:
        return ()
    place = (f"{QUESTION}{topic}_safe", "deny") if told == NEAR_THEM else (asked, NOT_UNDERSTOOD)
    said = paths().steps(*place)[:-1]
    return (*(step for step in said if step != _LINES), _LINES, asked) if said else ()


def _comes_again(asked: str) -> bool:
    """Whether the question is of a danger on a path; one of danger now goes on to 112 instead."""
    is_of_path = asked.startswith(QUESTION) and not asked.startswith(OF_NOW) and not asks_to_talk(asked)
    return is_of_path and (is_of_this_moment(asked) or asked.endswith(_WHEN))
