"""A first message, read with care: danger in its words that the whole surely takes back, and danger in one sentence of many.

Reviewed terms know words, the model knows sentences. Where words of danger stand in what the model surely reads as something else
("mijn blauwe plek van het paintballen"), it is asked after gently, with 116000, instead of met as danger (docs/adr/0052).
"""

from __future__ import annotations

import re
from typing import Any, Dict, Optional, Protocol

from rasa.core.channels.channel import UserMessage

from bot.components.message_intent import IN_WORDS
from bot.gravest import Parse, odds_of, sentences_of, with_gravest
from bot.parsed import Parsed, entities_of, intent_of, is_call, is_in_words, telling, tells_now, value_in
from bot.terms import reviewed_terms
from kernel.need import SAID_LIGHTLY
from safety.light_words import may_be_light

AS_FIRST: Dict[str, Any] = {"asking": None, "topic": None, "question": None, "titles": (), "was_now": False}
"""What a message follows, where it is read as a first one."""
_UNLIKELY, _UNLIKELY_NOW, _LIKELY = 0.3, 0.03, 0.9
"""Of all calls for help together: below the first in the whole it is surely something else, below the second where the words say that it is
now; from the third on in a sentence with words of danger it is told by that sentence, whatever stands around it (docs/adr/0052)."""

_HESITATES = re.compile(
    r"^(?:(?:hoi|hey+|hallo|dag|euh+m?|pff+|salut|slt|bonjour|coucou|bon)\b[\s,.!]*)*"
    r"(?:(?:ik |k)?weet (?:niet|nie|ni)(?: goed| goe| echt| precies)? (?:hoe|waar)(?: ik| k)?(?: dit| dat| da| het)?(?: moet| te)?"
    r" (?:beginnen|zeggen|uitleggen|vertellen)"
    r"|(?:(?:je |j)?(?:sais|sai) pas|jspas|jsp|chais pas)(?: trop| vraiment| tro)?"
    r" (?:comment|cmt|par o[uù])(?: le| te le| vous le| t'| l')?\s?(?:commencer|dire|expliquer|raconter))[\s,.…!:]+"
    r"(?:maar |ma |mais |ms )?",
    re.IGNORECASE,
)
"""How those begin who do not dare: what they tell stands behind it."""
_FEWEST_BEHIND = 4


class Parser(Protocol):
    """What understands one message (bot.quicker.processor.TurnProcessor)."""

    async def parse_message(self, message: UserMessage) -> Parsed:
        """Intent, entities and ranking."""


def saying(message: UserMessage, text: str, **told: Any) -> UserMessage:
    """A message of the same writer with these words, said where `message` was said but for what is `told`."""
    return UserMessage(text, None, message.sender_id, metadata={**(message.metadata or {}), **told})


async def read_first(parser: Parser, message: UserMessage, parsed: Parsed) -> Parsed:
    """`parsed`, what the whole of a first `message` was heard as, or what it tells when it is read with care."""
    text = str(message.text)

    async def parse(words: str) -> Parsed:
        return await parser.parse_message(saying(message, words, **AS_FIRST))

    async def parse_without_now(words: str, *, is_light: bool = False) -> Parsed:
        # The hub says "now" for the very words that may be taken back.
        return await parser.parse_message(saying(message, words, **AS_FIRST, now=False, **{SAID_LIGHTLY: is_light}))

    behind = _HESITATES.sub("", text)
    if behind != text and len(behind.split()) >= _FEWEST_BEHIND and not is_call(intent_of(parsed)):
        found = await parse(behind)
        if is_call(intent_of(found)):
            return found
    if _may_be_light(parsed, text):
        calm = await parse_without_now(text, is_light=True)
        light = await _lightly(parsed, calm, text, parse_without_now)
        if light is not None:
            return light
    return await with_gravest(parsed, text, parse)


def _may_be_light(parsed: Parsed, text: str) -> bool:
    """Whether there are words of danger in what as a whole is surely something else."""
    if not is_in_words(parsed) or odds_of(parsed) >= _UNLIKELY:
        return False
    findings = reviewed_terms().find_all(text)
    is_now = any(one.now for one in findings)
    return may_be_light(findings, text) and (not is_now or odds_of(parsed) < _UNLIKELY_NOW)


async def _lightly(parsed: Parsed, calm: Parsed, text: str, parse: Parse) -> Optional[Parsed]:
    """`calm`, the same message read without words of danger, where no sentence tells a danger either; None where one does."""
    for sentence in sentences_of(text):
        found = await parse(sentence)
        if odds_of(found) >= _LIKELY if is_in_words(found) else tells_now(found):
            return None
    calm = await with_gravest(calm, text, parse)
    if is_call(intent_of(calm)) or tells_now(calm) or value_in(calm, "urgency") is not None:
        return None
    return {**calm, "entities": [*entities_of(calm), telling(SAID_LIGHTLY, str(value_in(parsed, IN_WORDS)), text)]}
