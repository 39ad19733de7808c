"""Runs in the bot's environment: what a later sentence of an answer tells, with a stand-in for what understands. Rows on stdin, JSON out."""

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

from bot.news import later_sentences, read_news


class Foretold:
    """Hears the threat in one sentence, and less surely in another; keeps where each was said."""

    def __init__(self) -> None:
        self.said: list[Any] = []

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        """Sextortion, surely where money is named."""
        self.said.append((message.metadata or {}).get("asking"))
        if "22h" in str(message.text) and (message.metadata or {}).get("asking"):
            return {"intent": {"name": "question_on_the_way", "confidence": 1.0}, "entities": [{"entity": "question", "value": "deadline"}]}
        is_threat = "poste" in str(message.text)
        sure = 0.95 if "50" in str(message.text) else 0.6
        name = "sextortion" if is_threat else "suicidal" if "sauter" in str(message.text) else "nlu_fallback"
        return {"intent": {"name": name, "confidence": 0.97 if name == "suicidal" else sure}, "entities": []}


async def heard(text: str, path: str, question: str, intent: str, walked: list[str]) -> list[Any]:
    """The need, or the question, that is heard behind an answer heard as `intent`, and the paths that were told to what understands."""
    parser = Foretold()
    message = UserMessage(text, metadata={"asking": path, "topic": path, "question": question, "walked": walked})
    found = await read_news(parser, message, {"intent": {"name": intent, "confidence": 1.0}, "entities": []}, {"go_on"})
    asked = next((one["value"] for one in found["entities"]), found["intent"]["name"]) if found is not None else None
    return [asked, [str(one) for one in parser.said]]


async def main() -> None:
    """Prints all of it."""
    asked = json.load(sys.stdin)
    print(json.dumps({"heard": [await heard(*row) for row in asked["heard"]], "later": [later_sentences(text) for text in asked["later"]]}))


if __name__ == "__main__":
    asyncio.run(main())
