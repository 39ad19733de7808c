"""Fingerprints of examples for Rasa's cache of trained parts, by their bytes.

Rasa writes every token and every number of a sparse matrix out as text and hashes each alone, for each component anew: 90 s of 250 of a
training on 29,000 examples. What goes in is the same: the data of the message and its features.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import numpy as np
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message


def _plain(value: Any) -> Any:
    if isinstance(value, Token):
        return [value.text, value.start, value.end, value.lemma, value.data]
    return value.item() if isinstance(value, np.generic) else str(value)


def of_features(features: Features) -> str:
    """Stable over processes; changes with any number, place or name."""
    if features._cached_fingerprint is None:
        told = sha256(json.dumps([features.type, features.origin, features.attribute], default=str).encode())
        matrix = features.features if features.is_dense() else features.features.tocoo()
        parts = [matrix] if features.is_dense() else [matrix.row, matrix.col, matrix.data]
        for part in parts:
            told.update(f"{part.dtype} {part.shape} ".encode())
            told.update(np.ascontiguousarray(part).tobytes())
        told.update(str(matrix.shape).encode())
        features._cached_fingerprint = told.hexdigest()
    return features._cached_fingerprint


def of_message(message: Message) -> str:
    """Stable over processes; changes with the data or a feature."""
    if message._cached_fingerprint is None:
        data = json.dumps(message.data, sort_keys=True, default=_plain)
        message._cached_fingerprint = sha256("\n".join([data, *map(of_features, message.features)]).encode()).hexdigest()
    return message._cached_fingerprint


def fingerprint_quickly() -> None:
    """From here on, in a process that trains."""
    Message.fingerprint = of_message  # type: ignore[method-assign]
    Features.fingerprint = of_features  # type: ignore[method-assign]
