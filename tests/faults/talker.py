"""A teenager who keeps talking while processes are killed: does what the page does, and notes what was promised and what came."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from chat_client import Chat

Frame = dict[str, Any]
TURNS = 12
_PATIENCE_S, _STUCK_S = 3.0, 60.0
TEXTS = {
    "nl": ["ik wil dood", "hij dreigt mijn naaktfoto te verspreiden als ik niet betaal", "ik ben weggelopen", "grapje", "hallo", "ja", "nee",
           "weet ik niet", "je bent dom", "wat is het weer", "begin opnieuw", "/restart", "ze pesten mij op school", "dank je", "..."],
    "fr": ["je veux mourir", "il menace de publier ma photo nue si je paie pas", "j'ai fugué", "c'était une blague", "salut", "oui", "non",
           "je sais pas", "t'es nul", "quel temps fait-il", "on recommence", "/restart", "on me harcèle à l'école", "merci", "..."],
}  # fmt: skip
_STARTS_OVER, _YES, _ASKED_FOR = frozenset({"begin opnieuw", "on recommence"}), frozenset({"ja", "oui"}), 3
DANGER = {"ik wil dood": 3, "je veux mourir": 3, "ik ben weggelopen": 3, "j'ai fugué": 3}
"""What must be at least in the store once such a message was acknowledged."""


@dataclass
class Record:
    """One conversation as the teenager saw it."""

    language: str
    token: str = ""
    sent: dict[str, str] = field(default_factory=dict)
    acked: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    replies: list[tuple[int, str | None]] = field(default_factory=list)
    slowest_s: float = 0.0
    is_stuck: bool = False

    @property
    def expected_rank(self) -> int:
        """The urgency that the store must hold at least."""
        return max((DANGER.get(self.sent[message_id], 0) for message_id in self.acked), default=0)


class Talker:
    """Talks until told to stop. `doing` says what it waits for: the kills note it."""

    def __init__(self, base: str, language: str, seed: int) -> None:
        self.base, self.language = base, language
        self.records: list[Record] = []
        self.doing = "between turns"
        self._chance = random.Random(seed)
        self._stop = False
        self._chat: Chat | None = None

    def stop(self) -> None:
        """End after the turn under way."""
        self._stop = True

    async def run(self) -> None:
        """One conversation after the other."""
        async with aiohttp.ClientSession() as session:
            while not self._stop:
                record = Record(self.language)
                self.records.append(record)
                try:
                    await self._talk(session, record)
                except ConnectionError:
                    record.is_stuck = True
                await self._close()

    async def _talk(self, session: aiohttp.ClientSession, record: Record) -> None:
        await self._connect(session, record)
        for _ in range(TURNS):
            if self._stop:
                return
            await self._turn(session, record)
            self.doing = "between turns"
            await asyncio.sleep(self._chance.uniform(0.02, 0.3))

    def _next_text(self, record: Record) -> str:
        """Any text but a yes soon behind "start over", which is met with "shall I wipe all of this?": what is wiped on purpose is not lost."""
        is_asked = not _STARTS_OVER.isdisjoint(list(record.sent.values())[-_ASKED_FOR:])
        return self._chance.choice([text for text in TEXTS[self.language] if not (is_asked and text in _YES)])

    async def _turn(self, session: aiohttp.ClientSession, record: Record) -> None:
        message_id, text = str(uuid.uuid4()), self._next_text(record)
        record.sent[message_id] = text
        began, connected_since = time.monotonic(), time.monotonic()
        while message_id not in record.done:
            if time.monotonic() - began > _STUCK_S:
                record.is_stuck = True
                return
            try:
                connected_since = time.monotonic()
                self.doing = "waits for the answer" if message_id in record.acked else "waits for the ack"
                # Again under the same id until it is done: a break may have swallowed the ack, or the "done" after the replies.
                await self._send(type="say", id=message_id, text=text)
                await self._read_until_done(record, message_id)
            except (aiohttp.ClientError, OSError, TimeoutError):
                await self._connect(session, record)
        record.slowest_s = max(record.slowest_s, time.monotonic() - connected_since)

    async def _send(self, **frame: Any) -> None:
        assert self._chat is not None
        await self._chat.send(**frame)

    async def _read_until_done(self, record: Record, message_id: str) -> None:
        end = time.monotonic() + _PATIENCE_S * 3
        while message_id not in record.done:
            frame = await self._read(max(end - time.monotonic(), 0.01))
            if frame.get("code") == "too_fast":
                await asyncio.sleep(frame["retry_after"])
                raise TimeoutError
            self._note(record, frame)
            if message_id in record.acked:
                self.doing = "waits for the answer"

    async def _read(self, seconds: float) -> Frame:
        assert self._chat is not None
        message = await self._chat.ws.receive(timeout=seconds)
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise aiohttp.ClientConnectionError
        frame: Frame = json.loads(message.data)
        return frame

    def _note(self, record: Record, frame: Frame) -> None:
        match frame["type"]:
            case "ack":
                record.acked.add(frame["id"])
            case "done":
                record.done.add(frame["in_reply_to"])
            case "reply" if frame["seq"] is not None:
                record.replies.append((frame["seq"], frame["in_reply_to"]))

    async def _connect(self, session: aiohttp.ClientSession, record: Record) -> None:
        """A socket and its hello, as often as it takes; what was missed is read like the rest."""
        self.doing = "reconnects"
        end = time.monotonic() + _STUCK_S
        while time.monotonic() < end:
            try:
                await self._close()
                self._chat = await Chat(session, self.base).connect()
                after = max((seq for seq, _ in record.replies), default=0)
                await self._send(type="hello", version=1, lang=self.language, resume=record.token or None, after=after or None)
                welcome = await self._read(_PATIENCE_S)
                if welcome["type"] == "welcome":
                    record.token = welcome["token"]
                    return
                await asyncio.sleep(0.3)
            except (aiohttp.ClientError, OSError, TimeoutError):
                await asyncio.sleep(0.1)
        raise ConnectionError("the hub does not come back")

    async def _close(self) -> None:
        if self._chat is not None:
            await self._chat.close()
            self._chat = None
