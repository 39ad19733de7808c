"""What is told in place of the answer to a question of danger, read for itself: "nee wil geen ambulance", "oui jcrois kil est capable"."""

from __future__ import annotations

import re
from typing import Awaitable, Callable, Optional

from bot.components.path_answer import INSTEAD
from bot.parsed import Parsed, as_question, asked_in, intent_of, is_call, is_in_words, sure_of, tells_now, value_in
from kernel.clauses import without_answer
from kernel.need import NOT_UNDERSTOOD

_AT_THE_END = re.compile(r"[\s,.]+(?:ja+|oui|ouais|nee+|non)\W*$", re.IGNORECASE)
"""A yes or no behind what is told: "kweet waar ze woont ja"."""
_FEWEST, _SURELY = 2, 0.9
"""Words that may tell something, and the confidence from which they tell another need than the path's."""


def is_told_instead(parsed: Parsed) -> bool:
    """Whether something else is told where a yes or no would take danger away, and nothing was understood of it yet."""
    return value_in(parsed, INSTEAD) is not None and intent_of(parsed) == NOT_UNDERSTOOD


async def read_instead(text: str, path: Optional[str], parse: Callable[[str], Awaitable[Parsed]]) -> Optional[Parsed]:
    """The rest without the yes or no, where its words tell a danger of this moment, surely another need than the `path`'s, or what has an
    answer on the way; None where it is met as told in their own words. `parse`: reads it where the message was said."""
    rest = without_answer(_AT_THE_END.sub("", text.strip()))
    if len(rest.split()) < _FEWEST or rest == text.strip():
        return None
    found = await parse(rest)
    is_other = is_call(intent_of(found)) and intent_of(found) != path and sure_of(found) >= _SURELY
    if (tells_now(found) and is_in_words(found)) or (is_other and not tells_now(found)):
        return found  # what only the model hears as a danger of this moment in so few words is a guess: "hij is buiten"
    question = asked_in(found)
    return as_question(found, question, text) if question is not None else None
