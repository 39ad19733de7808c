"""A joke about dying that is none after all: "eigenlijk is et nie zo'n grapje" reopens what was joked about.

Figures of speech are cut out before danger is looked for; what follows may take them back. And the honest half of a no: "nee ik ga t ni
doen ma ik denk er wel aan"; and what is wanted too behind "ze zeggen dat ik dood moet". The phrases stand in data/corrections.yml.
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.another_life import is_wish_behind
from bot.components.corrections import hides_wish, phrases_of, says_missed, says_no_deed, thinks_of_it
from bot.components.message_intent import IN_WORDS, hear_as, heard_in, odds_of
from bot.conversation_state import TOLD_BEFORE, TOLD_TO_DIE
from kernel.language import words_of
from kernel.need import NOT_UNDERSTOOD, OF_LIFE, urgency_of
from kernel.urgency import Urgency

WISH = "suicidal"
JOKED, SAID = "joked", "said"
"""On a message, and in TOLD_BEFORE: that dying was joked about; the words themselves are kept nowhere."""


_HURTS = re.compile(
    r"\b(?:doet|deed) (?:\w+ ){0,2}(?:zeer|pijn)\b|\bkwetst\b|\b(?:fait|faisait|fai|fais) (?:\w+ )?mal\b|\b(?:blesse|blessait)\b"
)
_MOST_OF_PAIN = 7
_HARMS, _LIKELY = ("suicidal", "self_harm"), 0.5
_FIRST = 3
"""Words among which a no stands at the beginning: "bah non j'y pense mais…"."""


def is_half_no(text: str) -> bool:
    """Whether the words say no to the deed, and that the thoughts are there; what is said to that knows it by data/told.yml.

    Raises PhraseError.
    """
    words = words_of(text)
    is_no = phrases_of("says_no").search(" ".join(words[:_FIRST])) is not None or says_no_deed(" ".join(words))
    return is_no and thinks_of_it(" ".join(words)) and not hides_wish(" ".join(words))


def hurts_by_words(text: str, told: Mapping[str, Any]) -> bool:
    """Whether it is said only that it hurts, where others told the writer to die: no yes and no "I do not know" to whether they want to."""
    words = " ".join(words_of(text))
    is_short = len(words.split()) <= _MOST_OF_PAIN and _HURTS.search(words) is not None
    return is_short and TOLD_TO_DIE in (told.get(TOLD_BEFORE) or {}) and not is_wish_behind(words)


def hear_no_joke(message: Message) -> None:
    """Hears a wish to die where a joke about it is said to be none (before, or in one breath: "kga dood haha, nee echt"), or where
    others told the writer to die and they want that too; not on a path of its own, whose answers know of it.
    Half a no hears none where no wish was ever told.

    Raises PhraseError.
    """
    told, text = message.get("metadata") or {}, message.get(TEXT) or ""
    if _is_of_no_wish(message, told, text):
        hear_as(message, NOT_UNDERSTOOD)
        return
    if (thought := _thought_of(message, told, text)) is not None:
        hear_as(message, thought)
        return
    if told.get("topic") in OF_LIFE or "?" in text or urgency_of(heard_in(message).name) is Urgency.EMERGENCY:
        return
    words = " ".join(words_of(text))
    is_joke = phrases_of("jokes_of_dying").search(words) is not None
    if is_joke:
        message.set(JOKED, SAID)
    is_joked = JOKED in (told.get(TOLD_BEFORE) or {}) or (is_joke and phrases_of("dies_of").search(words) is None)
    was_joked = is_joked and not told.get("asking")
    is_wanted = TOLD_TO_DIE in (told.get(TOLD_BEFORE) or {}) and is_wish_behind(words)
    if is_wanted or (was_joked and phrases_of("no_joke").search(words) is not None):
        hear_as(message, WISH)


def _is_of_no_wish(message: Message, told: Mapping[str, Any], text: str) -> bool:
    """Whether the model alone heard a wish to die in half a no, or in "non pas mourir, juste la revoir", in a talk about nothing that
    weighs: there it is about football ("nee ik ga t ni doen ma ik denk er wel aan")."""
    known = told.get(TOLD_BEFORE) or {}
    is_small = not (told.get("asking") or told.get("topic") or told.get("walked") or told.get("now"))
    is_told = JOKED in known or TOLD_TO_DIE in known or any(str(at).startswith(tuple(OF_LIFE)) for at in known)
    if not is_small or is_told or not told.get("said") or heard_in(message).name not in OF_LIFE or message.get(IN_WORDS):
        return False
    is_no = phrases_of("says_no").search(" ".join(words_of(text)[:_FIRST])) is not None
    return is_half_no(text) or (is_no and says_missed(text) and phrases_of("no_wish_to_die").search(" ".join(words_of(text))) is not None)


def _thought_of(message: Message, told: Mapping[str, Any], text: str) -> Optional[str]:
    """The need about life that is likely heard in half a no on the path of another one: "non jme fais pas de mal mais jy pense" is no no to
    "does the school know?"; None for none."""
    if told.get("asking") is None or OF_LIFE.intersection((told.get("topic"), told.get("asking"))) or not is_half_no(text):
        return None
    likeliest = max(_HARMS, key=lambda need: odds_of(message, need))
    return likeliest if odds_of(message, likeliest) >= _LIKELY else None
