"""A joke about dying that is none after all: "eigenlijk is et nie zo'n grapje" reopens what was joked about.

Figures of speech are cut out before danger is looked for; what follows may take them back. And the honest half of a no: "nee ik ga t ni
doen ma ik denk er wel aan". The phrases stand in data/corrections.yml.
"""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.corrections import hides_wish, phrases_of, says_no_deed, thinks_of_it
from bot.components.message_intent import hear_as, heard_in
from bot.conversation_state import TOLD_BEFORE
from kernel.language import words_of
from kernel.need import OF_LIFE, urgency_of
from kernel.urgency import Urgency

WISH = "suicidal"
JOKED, SAID = "joked", "said"
"""On a message, and in TOLD_BEFORE: that dying was joked about; the words themselves are kept nowhere."""


_FIRST = 3
"""Words among which a no stands at the beginning: "bah non j'y pense mais…"."""


def is_half_no(text: str) -> bool:
    """Whether the words say no to the deed, and that the thoughts are there; what is said to that knows it by data/told.yml.

    Raises PhraseError.
    """
    words = words_of(text)
    is_no = phrases_of("says_no").search(" ".join(words[:_FIRST])) is not None or says_no_deed(" ".join(words))
    return is_no and thinks_of_it(" ".join(words)) and not hides_wish(" ".join(words))


def hear_no_joke(message: Message) -> None:
    """Hears a wish to die where a joke about it is said to be none; not on a path of its own, whose answers know of it.

    Raises PhraseError.
    """
    told, text = message.get("metadata") or {}, message.get(TEXT) or ""
    if told.get("topic") in OF_LIFE or "?" in text or urgency_of(heard_in(message).name) is Urgency.EMERGENCY:
        return
    words = " ".join(words_of(text))
    if phrases_of("jokes_of_dying").search(words):
        message.set(JOKED, SAID)
    was_joked = JOKED in (told.get(TOLD_BEFORE) or {}) and not told.get("asking")
    if was_joked and phrases_of("no_joke").search(words) is not None:
        hear_as(message, WISH)
