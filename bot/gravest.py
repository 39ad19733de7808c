"""A long first message, read sentence by sentence where the whole tells no danger.

Whoever types much at last tells the one thing that matters between a test, a dog and a match. Read as one message the ordinary sentences
outweigh the grave one; read by itself it is heard (docs/adr/0043).
"""

from __future__ import annotations

import re
from typing import Any, Awaitable, Callable, Dict, List, Optional

from bot.components.message_intent import IN_WORDS
from bot.components.need_classifier import HELPING_ODDS, PERHAPS
from bot.components.question_classifier import MAY_ASK
from bot.conversation_state import CHILD_NEED, SITUATION, VIOLENCE_AHEAD
from bot.parsed import Parsed, entities_of, intent_of, is_call, tells_now
from kernel.need import NOT_UNDERSTOOD, ON_THE_WAY, urgency_of

_GIVES_WAY = frozenset(
    {NOT_UNDERSTOOD, ON_THE_WAY, "off_topic", "greeting", "thanks_bye", "bot_challenge", "what_can_you_do", "privacy_question"}
)
"""What the whole may be heard as where a sentence tells a danger; not a need, nor a wish: who wants a person is given one."""
Parse = Callable[[str], Awaitable[Parsed]]
"""Reads some words as a first message."""
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*|(?<=[\U0001F300-\U0001FAFF])\s+")
"""Behind a full stop and its like, at the end of a line, behind an emoji."""
_FEWEST_WORDS, _FEWEST_IN_SENTENCE, _MOST_SENTENCES = 12, 4, 12
"""Words of the message and of a sentence that is read by itself; sentences that are read, the first ones."""
_NOT_UNLIKELY, _SURELY, _ALMOST_CERTAINLY = 0.2, 0.98, 0.995
"""Of all calls for help together: in the whole, so that one grave sentence of a joke is none; in the sentence; and in the sentence where
the whole is less likely one ("wij moeten een taak maken over zuren. eigenlijk wil ik al maanden dood.")."""
_OF_THE_DANGER = frozenset({"urgency", "danger_now", IN_WORDS, SITUATION, "told_before", VIOLENCE_AHEAD, CHILD_NEED})
"""What the sentence tells; all else is told by the whole, as the language, the age and whose trouble it is."""
_OF_DOUBT = frozenset({PERHAPS, MAY_ASK, "question"})
"""What the whole was heard as in place of it."""


def sentences_of(text: str) -> List[str]:
    """The sentences of `text` that are long enough to be read by themselves, the first ones; empty where it is only one, or short."""
    all_of_them = [part.strip() for part in _SENTENCES.split(text) if part and part.strip()]
    if len(all_of_them) < 2 or len(text.split()) < _FEWEST_WORDS:
        return []
    return [one for one in all_of_them[:_MOST_SENTENCES] if len(one.split()) >= _FEWEST_IN_SENTENCE]


async def with_gravest(parsed: Parsed, text: str, parse: Parse) -> Parsed:
    """`parsed`, what the whole of a first message was heard as; or, where that is no call for help and no wish, and a sentence surely
    tells a danger, the need, the moment and the level of the sentence that tells it most surely."""
    if intent_of(parsed) not in _GIVES_WAY or tells_now(parsed):
        return parsed
    least = _SURELY if odds_of(parsed) >= _NOT_UNLIKELY else _ALMOST_CERTAINLY
    gravest: Optional[Parsed] = None
    for sentence in sentences_of(text):
        found = await parse(sentence)
        is_danger = is_call(intent_of(found)) and urgency_of(intent_of(found)).is_danger
        if is_danger and odds_of(found) >= max(least, odds_of(gravest)):
            gravest = found
    return parsed if gravest is None else _told_by(gravest, parsed)


def odds_of(parsed: Optional[Parsed]) -> float:
    """Of all calls for help together, 0..1; 0 for nothing that was read."""
    return float((parsed or {}).get(HELPING_ODDS) or 0.0)


def _told_by(sentence: Parsed, whole: Parsed) -> Parsed:
    """The whole message, heard as what its `sentence` tells."""
    kept: List[Dict[str, Any]] = [one for one in entities_of(whole) if one.get("entity") not in _OF_THE_DANGER | _OF_DOUBT]
    told = [one for one in entities_of(sentence) if one.get("entity") in _OF_THE_DANGER]
    same: Parsed = {name: sentence[name] for name in ("intent", "intent_ranking") if name in sentence}
    return {**whole, **same, "entities": [*kept, *told]}
