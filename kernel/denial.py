"""What a message denies in the middle of a conversation, and which path it goes back to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kernel.language import words_of
from kernel.need import NEEDS

DENIAL = "denial"
"""Entity: the kind of denial, one of these."""
DANGER = "danger"
"""That there is danger, or that 112 is needed: the path goes on without it."""
NEED = "need"
"""What the whole path is about."""
LIFE = "life"
"""The wish to die."""
COMPLAINT = "complaint"
"""That the bot understands; nothing of a danger."""
OTHER = "other"
"""Nothing: only another subject is named."""
BELIEVED_NO_DANGER = frozenset({DANGER, NEED, LIFE})
"""The kinds that take a worry back."""
BACK_TO = "back_to"
"""Entity: the need whose path the conversation goes on with."""
ANSWERS_TOO = "answers_too"
"""Entity: the question that is answered behind the excuse."""
DENIES = "denies"
"""Entity: the need that was said not to be so."""
ASKS_TO_DIE = "utter_ask_suicidal_now"
"""The question to which a plain no leads back to what was spoken of before."""
NO_DANGER, MISHEARD, NO_WISH = "utter_no_danger", "utter_misheard", "utter_suicidal_now_no"
"""The excuse that 112 was named, that they were misheard, and what is said to a plain no about dying."""
SAID_WHERE_DENIED = frozenset({NO_DANGER, "utter_question_meant_otherwise", NO_WISH})
"""The words behind which nothing asks about that danger again."""
_QUESTION, _ONLY_ASKS = "utter_ask_", "other_wellbeing"


_NO_LONGER = re.compile(
    r"\b(?:(?:niet|nie|ni) meer|nimeer|(?:j?veux|j?ai|envie|j?pense) .*\bplus|plus (?:maintenant|mtn|mnt|envie|du tout)|c est passe)\b"
)


def says_no_longer(text: str) -> bool:
    """Whether a denial says that it was so, and is no longer: nobody misunderstood anything."""
    return _NO_LONGER.search(" ".join(words_of(text))) is not None


def walked(questions: Sequence[str]) -> list[str]:
    """The needs whose own questions were asked, the latest first, each once. `questions`: names of actions, the oldest first."""
    found = (need for name in reversed(questions) if (need := need_of_question(name)) is not None)
    return list(dict.fromkeys(found))


def is_new(back: str, names: Sequence[str]) -> bool:
    """Whether the path that the talk goes back to was not walked before: it begins with its own first words. That of feelings only asks."""
    return back != _ONLY_ASKS and back not in walked(names)


def need_of_question(name: str) -> str | None:
    """The need whose path asks `name` (utter_ask_sextortion_safe); None for a question of no path."""
    bare = name.removeprefix(_QUESTION)
    if bare == name:
        return None
    fitting = [need for need in NEEDS if bare.startswith(f"{need}_") and not NEEDS[need].is_conversation]
    return max(fitting, key=len, default=None)
