"""Runs in the bot's environment: what bot.gravest makes of long messages, with a reader that knows a few sentences. One JSON line."""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries

from bot.gravest import sentences_of, with_gravest

HEARD: dict[str, tuple[str, float, str]] = {
    "papa heeft mij weer geslagen.": ("unsafe_home", 0.99, "high"),
    "ze heeft een mes en wil dood.": ("suicidal", 0.995, "emergency"),
    "hij vroeg iets raars toen.": ("grooming", 0.97, "high"),
    "iedereen lacht mij daar uit.": ("cyberbullying", 0.999, "normal"),
}
"""Of a sentence: what it is heard as, how surely anything is a call for help, and the level; all others are small talk."""


def parsed(intent: str, odds: float, **entities: str) -> dict[str, Any]:
    """As a message is understood."""
    told = [{"entity": name, "value": value, "start": 0, "end": 1} for name, value in entities.items()]
    return {"intent": {"name": intent, "confidence": odds}, "entities": told, "helping_odds": odds, "intent_ranking": [], "text": "whole"}


async def read(whole: str, odds: float, now: str, text: str) -> dict[str, Any]:
    """What the message `text` is heard as, whose whole was heard as `whole`."""
    read: list[str] = []

    async def one(sentence: str) -> dict[str, Any]:
        read.append(sentence)
        intent, sure, level = HEARD.get(sentence, ("off_topic", 0.01, ""))
        return parsed(intent, sure, language="fr", danger_now="no", **({"urgency": level} if level else {}))

    before = parsed(whole, odds, language="nl", danger_now=now, perhaps="yes", question="exam", who="friend")
    found = await with_gravest(before, text, one)
    told = sorted((entity["entity"], entity["value"]) for entity in found["entities"])
    return {"intent": found["intent"]["name"], "entities": told, "read": read, "text": found["text"]}


async def main() -> None:
    """Reads rows of (whole, odds, now, text) and texts to take apart, writes what came of them."""
    asked = json.load(sys.stdin)
    found = [await read(*row) for row in asked["rows"]]
    print(json.dumps({"rows": found, "sentences": [sentences_of(text) for text in asked["texts"]]}))


if __name__ == "__main__":
    asyncio.run(main())
