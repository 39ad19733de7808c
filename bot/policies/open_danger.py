"""Whether a danger of this moment is still open: nobody said that it is over, or that somebody is safe."""

from __future__ import annotations

from typing import List, Optional

from rasa.shared.core.events import ActionExecuted, BotUttered, Event

from kernel.denial import SAID_WHERE_DENIED
from kernel.need import NEEDS, NOT_UNDERSTOOD

_BEGINS, _AGAIN = "utter_now", "utter_now_again"
_BODY, _LATE = "utter_now_body", "utter_question_help_late"
_ENDS = frozenset(
    {
        *SAID_WHERE_DENIED,
        *(f"utter_now_{end}" for end in ("relief", "over", "away_later", "safe_yes", "helped_yes", "there_yes")),
        "utter_friend_missing_over",
        "utter_question_found_dead",
    }
)
"""Said where it was denied, where somebody is safe, where help is there, or where it is not now after all."""
_HELPED = _ENDS | {"utter_now_helped_yes"}
"""What ends a danger of a body: that help comes, too."""
_SURE = 0.9
"""A need heard so surely behind the last question is another subject."""


def goes_on(earlier: List[Event], message: Event) -> bool:
    """Whether `message`, which tells more behind the last question, is of a danger now that nobody said is over: "il ouvre".

    Once: who goes on with other things is let go.
    """
    return _is_open([name for name in map(name_said, earlier) if name is not None]) and _tells_more(message)


def name_said(event: Event) -> Optional[str]:
    """The action, or the reply that an action said."""
    if isinstance(event, BotUttered):
        return str((event.metadata or {}).get("utter_action") or "")
    return str(event.action_name) if isinstance(event, ActionExecuted) else None


def is_body_open(earlier: List[Event]) -> bool:
    """Whether pills were taken, or somebody bled, and nobody said yet that help comes, or it does not come after all: 112 stays first,
    whatever is told."""
    said = [name for name in map(name_said, earlier) if name is not None]
    over = max((place for place, name in enumerate(said) if name in _HELPED), default=-1)
    return _BODY in said[over + 1 :] or (_BODY in said and _LATE in said[over + 1 :])


def tells_of_body(earlier: List[Event], message: Event) -> bool:
    """Whether `message`, said behind the questions about help, tells more while a body is in danger: "k voel mij slap"."""
    return is_body_open(earlier) and _tells_more(message)


def _is_open(said: List[str]) -> bool:
    over = max((place for place, name in enumerate(said) if name in _ENDS), default=-1)
    return _BEGINS in said[over + 1 :] and _AGAIN not in said[over + 1 :]


def _tells_more(message: Event) -> bool:
    """Words that were not understood, or heard as a need without certainty; no small talk, no thanks, no answer."""
    heard = message.intent  # type: ignore[attr-defined]  # a UserUttered
    need = NEEDS.get(str(heard.get("name")))
    is_told = need is not None and not need.is_conversation and float(heard.get("confidence") or 0) < _SURE
    return heard.get("name") == NOT_UNDERSTOOD or is_told
