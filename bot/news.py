"""News behind an answer: "nn ca va merci. il vient de menvoyer un msg, si jle quitte il la poste" is a no, and tells a threat.

An answer is heard in the first words, and what stands behind them was lost. So each later sentence is read by itself, as a first message:
what is surely another danger than the path's begins its own, and what has an answer on the way ("nog 150 voor 20u") gets it.
"""

from __future__ import annotations

import re
from typing import Container, List, Optional

from rasa.core.channels.channel import UserMessage

from bot.conversation_state import FIRST_QUESTION, OF_NOW
from bot.first_message import AS_FIRST, Parser, saying
from bot.parsed import Parsed, entities_of, intent_of, is_call, question_of, sure_of, tells_now
from kernel.need import ANSWERS, NOT_UNDERSTOOD, ON_THE_WAY, urgency_of
from kernel.urgency import Urgency

_BREAKS = re.compile(
    r"(?<=[.!?…])\s+|\s*\n\s*|[\s,]+(?=(?:mai?s|ms|et) l[aà]\b|au fait\b|(?:en|maar|ma) nu\b|trouwens\b|d'ailleurs\b)", re.IGNORECASE
)
"""Behind a sentence, and before the words that begin with something new."""
_FEWEST_WORDS, _MOST = 5, 3
"""Words of a sentence that is read by itself, and how many are, the last ones."""
_SURELY = 0.9
_ANSWERED = frozenset({*ANSWERS, NOT_UNDERSTOOD, "thanks_bye"})


def later_sentences(text: str) -> List[str]:
    """The sentences of `text` behind its first, the last one first; empty where there is only one."""
    parts = [part.strip() for part in _BREAKS.split(text.strip()) if part and part.strip()]
    return [part for part in reversed(parts[1:]) if len(part.split()) >= _FEWEST_WORDS][:_MOST]


async def read_news(parser: Parser, message: UserMessage, parsed: Parsed, no_answer: Container[Optional[str]]) -> Optional[Parsed]:
    """The reading of a later sentence that surely tells another danger than the path's, which so far was heard as a mere answer; None
    where none does. On the path of an emergency only another one is. `no_answer`: questions on the way that ask nothing."""
    told, asked = message.metadata or {}, str((message.metadata or {}).get("question") or "")
    if not asked or asked == FIRST_QUESTION or asked.startswith(OF_NOW) or told.get("now"):
        return None
    if intent_of(parsed) not in {*_ANSWERED, told.get("asking")} or question_of(parsed) is not None or tells_now(parsed):
        return None
    known = {told.get("asking"), told.get("topic"), *(told.get("walked") or ())}
    least = Urgency.EMERGENCY if urgency_of(told.get("asking")) is Urgency.EMERGENCY else Urgency.HIGH
    later = later_sentences(str(message.text))
    for sentence in later:
        found = await parser.parse_message(saying(message, sentence, **AS_FIRST))
        need = intent_of(found)
        if is_call(need) and need not in known and urgency_of(need).rank >= least.rank and sure_of(found) >= _SURELY:
            return found
    return await _answered_too(parser, message, parsed, later, no_answer) if intent_of(parsed) in ANSWERS else None


async def _answered_too(
    parser: Parser, message: UserMessage, parsed: Parsed, later: List[str], no_answer: Container[Optional[str]]
) -> Optional[Parsed]:
    """The answer, with the question on the way that a later sentence is; None where none is one, or it tells of a danger of this moment."""
    for sentence in later:
        found = await parser.parse_message(saying(message, sentence))
        question = question_of(found)
        if question is not None and intent_of(found) == ON_THE_WAY and not tells_now(found) and question.get("value") not in no_answer:
            return {**parsed, "entities": [*entities_of(parsed), question]}
    return None
