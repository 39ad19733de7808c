"""Runs in the bot's environment: what bot.first_message makes of words of danger, with a reader that is told its odds. One JSON line."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from rasa.core.channels.channel import UserMessage

from bot.components.message_intent import IN_WORDS
from bot.first_message import read_first
from bot.terms import reviewed_terms
from kernel.need import SAID_LIGHTLY


def parsed(text: str, odds: float, beside: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """As the pipeline understands `text`: what the terms find unless they are left out, else `beside` (a need, or small talk)."""
    findings = () if metadata.get(SAID_LIGHTLY) else reviewed_terms().find_all(text)
    told = {"danger_now": "yes" if metadata.get("now") else "no", **({"urgency": "high"} if beside != "off_topic" else {})}
    if findings:
        told |= {
            IN_WORDS: findings[0].need,
            "urgency": str(findings[0].level),
            "danger_now": "yes" if findings[0].now or metadata.get("now") else "no",
        }
    need = findings[0].need if findings else beside
    entities = [{"entity": name, "value": value, "start": 0, "end": len(text)} for name, value in told.items()]
    return {"intent": {"name": need, "confidence": 1.0}, "entities": entities, "helping_odds": odds, "intent_ranking": [], "text": text}


class Reader:
    """`whole`: the odds of the whole message; `part`: of anything else; `beside`: what is heard without the terms."""

    def __init__(self, text: str, whole: float, part: float, beside: str) -> None:
        self._text, self._whole, self._part, self._beside = text, whole, part, beside

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        """See bot.first_message.Parser."""
        text = str(message.text)
        is_whole = text == self._text
        return parsed(text, self._whole if is_whole else self._part, self._beside if is_whole else "off_topic", message.metadata or {})


async def read(text: str, whole: float, part: float, beside: str) -> list[Any]:
    """The need heard, and what was said lightly."""
    says_now = any(one.now for one in reviewed_terms().find_all(text))  # as the hub tells with the message
    reader, message = Reader(text, whole, part, beside), UserMessage(text, None, "somebody", metadata={"now": says_now})
    found = await read_first(reader, message, await reader.parse_message(message))
    light = [one["value"] for one in found["entities"] if one["entity"] == SAID_LIGHTLY]
    urgency = [one["value"] for one in found["entities"] if one["entity"] == "urgency"]
    return [found["intent"]["name"], light, urgency]


async def main() -> None:
    """Reads rows of (text, odds of the whole, odds of a part, what is heard beside the terms), writes what came of them."""
    print(json.dumps([await read(*row) for row in json.load(sys.stdin)]))


if __name__ == "__main__":
    asyncio.run(main())
