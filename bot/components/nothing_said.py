"""Where nothing is said to a question: "ok" or "???" to one about a danger now, "t la?" behind a wish to die."""

from __future__ import annotations

from typing import Any, Dict, Optional

from bot.components.corrections import asks_if_there, says_nothing
from bot.components.noise import has_face
from bot.conversation_state import OF_NOW
from kernel.language import words_of
from kernel.need import OF_LIFE

_AGREES = frozenset({"affirm", "thanks_bye"})
_ASKS_NEXT = frozenset({"utter_ask_now_away", "utter_ask_now_call", "utter_ask_now_person"})
"""To these "ok" is a yes."""


def is_unanswered(text: str, question: str, heard: Optional[str]) -> bool:
    """Whether a question of danger now is not answered: "ok" says not that they are safe, "???" not that it is not now. "Ok" is a yes to
    what they should do next."""
    if not question.startswith(OF_NOW) or has_face(text) or not says_nothing(" ".join(words_of(text))):
        return False
    return not (heard in _AGREES and question in _ASKS_NEXT)


def asks_behind_a_wish(text: str, asked: Dict[str, Any]) -> bool:
    """Whether it is asked, behind a wish to die or a farewell, if anybody is there still: "t la?"."""
    return OF_LIFE.intersection((asked.get("topic"), asked.get("asking"))) != frozenset() and asks_if_there(" ".join(words_of(text)))
