"""A friend's trouble that is the writer's own too ("moi aussi je le fais"): its path begins anew, in the words for themself."""

from __future__ import annotations

from typing import List, Optional

from rasa.shared.core.events import Event, SlotSet

from bot.components.role_classifier import FRIEND, SELF
from bot.components.speaker_role import is_theirs_too
from bot.conversation_state import question_in, value_of
from kernel.language import words_of
from kernel.need import NEEDS


def is_told_as_own(earlier: List[Event], message: Event, topic: Optional[str]) -> bool:
    """Whether `message` tells that what the path of `topic` was about for a friend is the writer's own too. Not where it was heard as
    another need, whose own path begins."""
    heard = str(message.intent_name)  # type: ignore[attr-defined]  # a UserUttered
    if value_of(message, "who") != SELF or _who_before(earlier) != FRIEND:
        return False
    if heard in NEEDS and heard != topic and not NEEDS[heard].is_conversation:
        return False
    words = " ".join(words_of(str(message.text or "")))  # type: ignore[attr-defined]  # a UserUttered
    return is_theirs_too(words, topic, question_in(earlier))


def _who_before(earlier: List[Event]) -> Optional[str]:
    return next((event.value for event in reversed(earlier) if isinstance(event, SlotSet) and event.key == "who"), None)
