"""The training examples themselves, as fingerprints: whoever adds a sentence sees it work, however unsure the fitted model is of it.

Messages are compared in plain spelling: small letters, no accents or punctuation, chat spelling made plain. Signs such as emojis count: one
can turn the meaning round. The words are not stored.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import List, Optional

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.bilingual_tokenizer import PLAIN
from kernel.language import words_of

_FILE = "examples.npz"


class KnownExamples:
    """Which label the examples carry whose words a message has."""

    def __init__(self, keys: np.ndarray, numbers: np.ndarray, labels: List[str]) -> None:
        """`keys`: fingerprints (n,), sorted; `numbers`: the place in `labels` of each."""
        self._keys, self._numbers, self._labels = keys, numbers, labels

    @classmethod
    def of(cls, messages: List[Message], labels: List[str]) -> KnownExamples:
        """Those of `messages` and the label of each. Words that stand under two labels say nothing."""
        found: dict[int, Optional[str]] = {}
        for message, label in zip(messages, labels, strict=True):
            key = _key(message)
            if key is not None:
                found[key] = label if found.get(key, label) == label else None
        names = sorted(set(labels))
        known = sorted((key, names.index(label)) for key, label in found.items() if label is not None)
        keys = np.array([key for key, _ in known], dtype=np.uint64)
        return cls(keys, np.array([number for _, number in known], dtype=np.uint8), names)

    @classmethod
    def read(cls, folder: Path) -> KnownExamples:
        """What `write` stored in `folder`."""
        arrays = np.load(folder / _FILE, allow_pickle=False)
        return cls(arrays["keys"], arrays["numbers"], json.loads(str(arrays["labels"])))

    def write(self, folder: Path) -> None:
        """Stores them in `folder`."""
        np.savez_compressed(folder / _FILE, keys=self._keys, numbers=self._numbers, labels=np.array(json.dumps(self._labels)))

    def label_of(self, message: Message) -> Optional[str]:
        """The label of the examples that have the words of `message`; None for none."""
        key = _key(message)
        if key is None:
            return None
        place = int(np.searchsorted(self._keys, np.uint64(key)))
        is_known = place < len(self._keys) and int(self._keys[place]) == key
        return self._labels[int(self._numbers[place])] if is_known else None


def _key(message: Message) -> Optional[int]:
    """The fingerprint of the words and signs of `message`; None where it has no words."""
    text = str(message.get(PLAIN) or message.get(TEXT) or "")
    words = words_of(text)
    if not words:
        return None
    signs = sorted({char for char in str(message.get(TEXT) or "") if unicodedata.category(char) == "So"})
    return int.from_bytes(hashlib.blake2b(" ".join([*words, *signs]).encode(), digest_size=8).digest(), "big")
