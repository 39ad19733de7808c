"""A joke about dying that is none after all: "eigenlijk is et nie zo'n grapje" reopens what was joked about.

Figures of speech are cut out before danger is looked for, and whoever says "c'est une blague" is believed; what follows may take both back.
The phrases stand in data/corrections.yml.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import phrases_of
from bot.components.message_intent import hear_as, heard_in
from kernel.language import words_of
from kernel.need import OF_LIFE, urgency_of
from kernel.urgency import Urgency

WISH = "suicidal"
JOKED, WISHED = "joked", "wished"
"""In what a message may answer: whether dying was joked about lately, and whether a wish to die was, and taken for a joke since."""
SAID = "said"
"""JOKED on a message, and in TOLD_BEFORE: the words themselves are kept nowhere."""
_JUST_NOW = 3
"""Messages of the writer in which a wish that was called a joke is looked for."""
_FEW_WORDS = 6


def wished_just_now(said: Sequence[str], heard: Sequence[str]) -> bool:
    """Whether a wish to die was heard among the last few messages, and called a joke since. `heard`: their intents. Raises PhraseError."""
    if WISH not in heard[-_JUST_NOW:]:
        return False
    return any(phrases_of("takes_for_joke").search(" ".join(words_of(text))) for text in said[-_JUST_NOW:])


def hear_no_joke(message: Message) -> None:
    """Hears a wish to die where a joke about it is said to be none, or where it was just called one and is doubted: "enfin... chais pas".

    Not on a path of its own, whose answers know of it. Raises PhraseError.
    """
    told, text = message.get("metadata") or {}, message.get(TEXT) or ""
    if told.get("topic") in OF_LIFE or "?" in text or urgency_of(heard_in(message).name) is Urgency.EMERGENCY:
        return
    words = " ".join(words_of(text))
    if phrases_of("jokes_of_dying").search(words):
        message.set(JOKED, SAID)
    is_about_it = told.get(WISHED) or (told.get(JOKED) and not told.get("asking"))
    is_no_joke = is_about_it and phrases_of("no_joke").search(words) is not None
    if is_no_joke or (told.get(WISHED) and _doubts(message, told, words)):
        hear_as(message, WISH)


def _doubts(message: Message, told: Mapping[str, Any], words: str) -> bool:
    """Whether few words doubt, where no path asks: "weet ni eigenlijk"."""
    return heard_in(message).name == "dont_know" and not told.get("asking") and len(words.split()) <= _FEW_WORDS
