"""`python -m channels talk`: talk with the model at hand, a JSON line at a time, through the relay that answers people.

For trying a draft and for the smoke conversation of a new model: it runs in a workspace, with a store and ports of its own, and
keeps nothing. In: `{"chat", "lang", "text"}`; a text that is the id of a choice just offered chooses it. Out, first, `{"ready":
true}`; then for each line `{"chat", "bubbles": [{"text", "choices": [[title, id]], "helplines"}], "need", "confidence", "urgency",
"lang"}`. Ends with its stdin.
"""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from channels.ask import product_apart
from channels.fanout import Event, Replied, TurnDone
from channels.relay import Relay
from channels.store import Message
from channels.turn import Answer
from kernel.language import Language
from kernel.settings import Settings

_ANSWER_WITHIN_S = 20.0
_MOST_CHATS = 200
_LONGEST_LINE = 100_000


@dataclass(slots=True)
class _Chat:
    conversation: str
    language: Language
    choices: set[str] = field(default_factory=set)


class Talks:
    """The chats of one run."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._chats: OrderedDict[str, _Chat] = OrderedDict()
        self._answers: dict[str, Answer] = {}
        relay.delivery.on_answer = self._answered

    def _answered(self, message: Message, answer: Answer) -> None:
        self._answers[message.id] = answer

    async def say(self, asked: dict[str, Any]) -> dict[str, Any]:
        """One turn. Raises TimeoutError when there is no answer."""
        name, text = str(asked.get("chat")), str(asked.get("text"))
        language, message_id = Language.parse(asked.get("lang"), Language.NL), str(uuid.uuid4())
        chat = await self._chat(name, language)
        with self._relay.delivery.fanout.listening(chat.conversation) as listener:
            if text in chat.choices:
                await self._relay.choose(chat.conversation, chat.language, message_id, text, _ignore)
            else:
                await self._relay.say(chat.conversation, chat.language, message_id, text, _ignore)
            shown: list[Replied] = []
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                while not (isinstance(event := await listener.get(), TurnDone) and event.message_id == message_id):
                    if isinstance(event, Replied):
                        shown.append(event)
        chat.choices = {choice.payload for event in shown for choice in event.choices}
        return {"chat": name, **_told(shown, self._answers.pop(message_id, None), chat.language)}

    async def _chat(self, name: str, language: Language) -> _Chat:
        if name not in self._chats:
            opened = await self._relay.open(language, "talk")
            self._chats[name] = _Chat(opened.conversation_id, language)
            while len(self._chats) > _MOST_CHATS:
                self._chats.popitem(last=False)
        return self._chats[name]


def _told(shown: list[Replied], answer: Answer | None, language: Language) -> dict[str, Any]:
    return {
        "bubbles": [
            {
                "text": event.text,
                "choices": [[choice.title, choice.payload] for choice in event.choices],
                "helplines": [card.id for card in event.cards],
            }
            for event in shown
        ],
        "need": answer.need if answer is not None else None,
        "confidence": round(answer.confidence, 4) if answer is not None else 0.0,
        "urgency": answer.outcome.urgency.value if answer is not None else "none",
        "lang": shown[0].language.value if shown else language.value,
    }


async def talk(settings: Settings, root: Path) -> int:
    """Until stdin ends."""
    async with product_apart(settings, root) as hub:
        talks = Talks(hub.relay)
        print(json.dumps({"ready": True}), flush=True)
        async for line in _lines():
            try:
                asked = json.loads(line)
                said = await talks.say(asked) if isinstance(asked, dict) else {"error": "malformed"}
            except ValueError:
                said = {"error": "malformed"}
            except TimeoutError:
                said = {"error": "silent"}
            print(json.dumps(said, ensure_ascii=False), flush=True)
    return 0


async def _lines() -> AsyncIterator[str]:
    reader = asyncio.StreamReader(limit=_LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode("utf-8", "replace")


def _ignore(_event: Event) -> None:
    """What the sink hears comes through the fanout too."""
