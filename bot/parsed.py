"""What was understood of a message, in the form that Rasa takes for `parse_data`: what it holds, and the same heard as something else."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from bot.components.message_intent import IN_WORDS
from kernel.denial import DENIAL
from kernel.need import ANSWERS, IS_NOW, NEEDS, ON_THE_WAY
from kernel.questions import MEANT_OTHERS
from kernel.urgency import Urgency

Parsed = Dict[str, Any]


def as_question(parsed: Parsed, name: str, text: str) -> Parsed:
    """The same message, heard as the question `name`."""
    others = [one for one in entities_of(parsed) if one.get("entity") != "question"]
    return {**parsed, "intent": {"name": ON_THE_WAY, "confidence": 1.0}, "entities": [*others, telling("question", name, text)]}


def telling(entity: str, value: str, text: str) -> Dict[str, Any]:
    """An entity that the whole of `text` tells."""
    return {"entity": entity, "value": value, "start": 0, "end": len(text), "extractor": "Reader"}


def intent_of(parsed: Parsed) -> Optional[str]:
    """The name of what it was heard as; None for nothing."""
    return (parsed.get("intent") or {}).get("name")


def question_of(parsed: Parsed) -> Optional[Dict[str, Any]]:
    """The entity of the question that it asks on the way; None for none."""
    return next((entity for entity in entities_of(parsed) if entity.get("entity") == "question"), None)


def sure_of(parsed: Parsed) -> float:
    """How surely it was heard so, 0..1."""
    return float((parsed.get("intent") or {}).get("confidence") or 0.0)


def value_in(parsed: Parsed, entity: str) -> Optional[str]:
    """The value of the first `entity`; None without one."""
    return next((str(one.get("value")) for one in entities_of(parsed) if one.get("entity") == entity), None)


def asked_in(parsed: Parsed) -> Optional[str]:
    """The name of the question that it asks on the way; None for none."""
    question = question_of(parsed)
    return None if question is None else str(question.get("value"))


def tells_now(parsed: Parsed) -> bool:
    """Whether it tells of a danger of this moment."""
    return any(entity.get("entity") == "danger_now" and entity.get("value") in IS_NOW for entity in entities_of(parsed))


def is_in_words(parsed: Parsed) -> bool:
    """Whether reviewed terms found the danger."""
    return any(entity.get("entity") == IN_WORDS for entity in entities_of(parsed))


def is_grave(parsed: Parsed) -> bool:
    """Whether reviewed terms found the danger, or it is an emergency."""
    return is_in_words(parsed) or any(
        one.get("entity") == "urgency" and str(one.get("value")) == Urgency.EMERGENCY.value for one in entities_of(parsed)
    )


def entities_of(parsed: Parsed) -> List[Dict[str, Any]]:
    """Its entities; a list of its own."""
    return list(parsed.get("entities") or [])


def is_call(name: Optional[str]) -> bool:
    """Whether a need of this `name` is a call for help."""
    return name in NEEDS and not NEEDS[str(name)].is_conversation


def of_those_offered(parsed: Parsed, offered: str) -> Optional[str]:
    """The question that a plain answer means where some were offered ("nee", typed instead of pressed); None for all else."""
    is_plain = intent_of(parsed) in ANSWERS and question_of(parsed) is None and not is_grave(parsed) and not tells_now(parsed)
    if not is_plain or value_in(parsed, DENIAL) is not None:
        return None
    return offered.split("|")[0] if intent_of(parsed) == "affirm" else MEANT_OTHERS
