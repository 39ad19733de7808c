"""What a message was heard as, and how a later component sets that right: its intent, the ranking behind it, and its entities."""

from __future__ import annotations

from typing import Any, Collection, Dict, List, NamedTuple, Optional

from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from kernel.need import ON_THE_WAY

INTENT_RANKING = "intent_ranking"
_GUESSED = ("danger_now", "perhaps", "question", "situation")
"""Entities of what else was made of words that have an answer of their own."""
IN_WORDS = "danger_in_words"
"""On a message: whether the reviewed terms found danger, and not the classifier alone."""


class Heard(NamedTuple):
    """An intent's name, None before any was found, and its confidence (0 to 1)."""

    name: Optional[str]
    confidence: float


def heard_in(message: Message) -> Heard:
    """What `message` was heard as so far."""
    intent = message.get(INTENT) or {}
    return Heard(intent.get(INTENT_NAME_KEY), float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0))


def hear_as(message: Message, name: str, confidence: float = 1.0) -> None:
    """Makes `name` the intent, and the first of the ranking."""
    found = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
    others = [one for one in ranking_of(message) if one.get(INTENT_NAME_KEY) != name]
    message.set(INTENT, found, add_to_output=True)
    message.set(INTENT_RANKING, [found, *others], add_to_output=True)


def ranking_of(message: Message) -> List[Dict[str, Any]]:
    """Names and confidences, the likeliest first; empty before a classifier has read it."""
    return list(message.get(INTENT_RANKING) or [])


def odds_of(message: Message, name: str) -> float:
    """The confidence that the ranking gives `name`, 0 where it has none."""
    return next((float(one[PREDICTED_CONFIDENCE_KEY]) for one in ranking_of(message) if one[INTENT_NAME_KEY] == name), 0.0)


def entity_in(message: Message, name: str) -> Any:
    """The value of the first entity `name` that the message tells; None for none."""
    return next((one.get("value") for one in message.get(ENTITIES, []) if one.get("entity") == name), None)


def drop_entities(message: Message, names: Collection[str]) -> None:
    """Takes the entities `names` out of what the message tells."""
    message.set(ENTITIES, [one for one in message.get(ENTITIES, []) if one.get("entity") not in names], add_to_output=True)


def who_in(message: Message) -> Any:
    """Whom a message is about, or who speaks: as it tells, else as it was told before; None where nobody told."""
    return entity_in(message, "who") or (message.get("metadata") or {}).get("who")


def add_entity(message: Message, name: str, value: Any, finder: object) -> None:
    """Adds an entity that the whole message tells; `finder` is the component that read it."""
    entity = {"entity": name, "value": value, "start": 0, "end": len(message.get(TEXT) or ""), "extractor": type(finder).__name__}
    message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)


def answer_with(message: Message, question: str, finder: object, *, heard: str = ON_THE_WAY, dropping: Collection[str] = ()) -> None:
    """Answers with `question` (data/questions/asked.yml) instead of whatever was made of the words, and meets no danger of this moment.

    `heard`: the intent that it is heard as; `dropping`: entities that go too.
    """
    drop_entities(message, (*_GUESSED, *dropping))
    hear_as(message, heard)
    add_entity(message, "danger_now", "no", finder)
    add_entity(message, "question", question, finder)
