"""Copies of examples for a training, by one dictionary each.

Rasa joins the data of its importers eight times, and each time copies every example with all that it holds: a tenth of a training on
55,000 examples. The words and names inside are never changed in place; what a component adds goes into the copy's own dictionary and
lists.
"""

from __future__ import annotations

from typing import Any, Dict

from rasa.shared.nlu.training_data.message import Message


def copied(message: Message, _memo: Dict[int, Any]) -> Message:
    """What `copy.deepcopy` is to give of an example."""
    copy = Message.__new__(Message)
    copy.__dict__.update(message.__dict__)
    copy.data = {key: list(value) if isinstance(value, list) else value for key, value in message.data.items()}
    copy.features = list(message.features)
    copy.output_properties = set(message.output_properties)
    return copy


def copy_quickly() -> None:
    """From here on, in a process that trains."""
    Message.__deepcopy__ = copied  # type: ignore[attr-defined]
