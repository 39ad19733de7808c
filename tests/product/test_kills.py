"""SIGKILL in the middle of conversations: nothing that was acknowledged is lost, nothing is answered twice.

Bigger numbers belong to `make faults`.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import uuid
from collections import Counter
from dataclasses import dataclass, field

import aiohttp
import pytest
from chat_client import Chat, Frame
from product_world import Product

from channels.bubbles import MOST_BUBBLES

pytestmark = pytest.mark.product

KILLS = 5
CONVERSATIONS = 6
OPENINGS = (
    ("nl", "ik wil dood, ik zie het niet meer zitten", 3),
    ("fr", "je suis partie de chez moi ce soir je dors dehors", 3),
    ("nl", "iemand dreigt mijn naaktfoto door te sturen als ik niet betaal", 2),
)
MORE = {"nl": ("ja", "nee", "ik weet het niet", "ok", "ik ben bang"), "fr": ("oui", "non", "je sais pas", "ok", "j'ai peur")}


@dataclass
class Teenager:
    """Talks, comes back after every break, and sends again what was not acknowledged, as the page does."""

    session: aiohttp.ClientSession
    base: str
    number: int
    token: str = ""
    last: int = 0
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    shown: list[Frame] = field(default_factory=list)
    stops: bool = False
    _chat: Chat | None = None
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.number)

    @property
    def language(self) -> str:
        """Of the opening, and of all that follows."""
        return OPENINGS[self.number % len(OPENINGS)][0]

    @property
    def rank(self) -> int:
        """The urgency that the opening brings."""
        return OPENINGS[self.number % len(OPENINGS)][2]

    async def talk(self) -> None:
        """Until told to stop, and until everything that was said is answered."""
        while not (self.stops and set(self.sent) == self.done):
            try:
                await self._come_back()
                await self._say_next()
            except (aiohttp.ClientError, OSError, TimeoutError, ConnectionError, AssertionError):
                await self._hang_up()
                await asyncio.sleep(0.1)
        await self._hang_up()

    async def history(self) -> list[Frame]:
        """Every numbered reply that the store holds for this conversation."""
        chat = await Chat(self.session, self.base).connect()
        frames = await chat.hello(None, resume=self.token, after=0)
        await chat.close()
        return [frame for frame in frames if frame["type"] == "reply"]

    async def _come_back(self) -> None:
        if self._chat is not None:
            return
        self._chat = await Chat(self.session, self.base).connect()
        await self._chat.send(type="hello", version=1, lang=self.language, resume=self.token or None, after=self.last or None)
        welcome = await self._chat.read()
        assert welcome["type"] == "welcome", welcome
        assert self.token in ("", welcome["token"]), "another conversation"
        self.token = welcome["token"]
        for message_id in set(self.sent) - self.done:
            await self._chat.send(type="say", id=message_id, text=self.sent[message_id])

    async def _say_next(self) -> None:
        assert self._chat is not None
        if not self.stops and set(self.sent) == self.done:
            text = self._chance.choice(MORE[self.language]) if self.sent else OPENINGS[self.number % len(OPENINGS)][1]
            message_id = str(uuid.uuid4())
            self.sent[message_id] = text
            await self._chat.send(type="say", id=message_id, text=text)
        while set(self.sent) != self.done:
            self._hear(await self._chat.read(5.0))
        await asyncio.sleep(self._chance.uniform(0.0, 0.15))

    def _hear(self, frame: Frame) -> None:
        if frame["type"] == "ack":
            self.acknowledged.add(frame["id"])
        elif frame["type"] == "done":
            self.done.add(frame["in_reply_to"])
        elif frame["type"] == "reply" and frame["seq"] is not None and frame["seq"] > self.last:
            self.last = frame["seq"]
            self.shown.append(frame)

    async def _hang_up(self) -> None:
        if self._chat is not None:
            with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                await asyncio.wait_for(self._chat.close(), 2)
            self._chat = None


async def talk_while(product: Product, trouble: list[str]) -> list[Teenager]:
    """Several conversations at once, while `trouble` happens; then everyone finishes."""
    async with aiohttp.ClientSession() as session:
        everyone = [Teenager(session, product.base_url, number) for number in range(CONVERSATIONS)]
        talks = [asyncio.create_task(one.talk()) for one in everyone]
        chance = random.Random(11)
        for what in trouble:
            await asyncio.sleep(chance.uniform(0.8, 1.6))
            if what == "hub":
                product.kill_hub()
                await asyncio.to_thread(product.start_hub)
                await asyncio.to_thread(product.wait_healthy)
            else:
                product.kill_bot()
                await asyncio.to_thread(product.restart_bot)
        await asyncio.sleep(0.5)
        for one in everyone:
            one.stops = True
        await asyncio.wait_for(asyncio.gather(*talks), 60)
        for one in everyone:
            await look(product, one)
        return everyone


async def look(product: Product, one: Teenager) -> None:
    """Nothing lost, nothing twice, nothing shown that is not stored, urgency as the opening raised it."""
    stored = await one.history()
    answers = Counter(frame["in_reply_to"] for frame in stored if frame["in_reply_to"])
    assert one.acknowledged <= set(answers), "an acknowledged message has no answer"
    assert set(answers) == set(one.sent), "answers to what was not said"
    assert max(answers.values()) <= MOST_BUBBLES, "answered twice"
    order = [frame["in_reply_to"] for frame in stored if frame["in_reply_to"]]
    blocks = [each for place, each in enumerate(order) if place == 0 or order[place - 1] != each]
    assert blocks == list(one.sent), "the order of the conversation is not what was said"
    assert [frame["seq"] for frame in stored] == list(range(1, len(stored) + 1))
    told = [(frame["seq"], frame["text"]) for frame in one.shown]
    assert told == [(frame["seq"], frame["text"]) for frame in stored], "shown and stored differ: lost or repeated"
    assert product.urgency_rank(one.token) >= one.rank


async def test_the_hub_is_killed(product: Product) -> None:
    everyone = await talk_while(product, ["hub"] * KILLS)
    said = sum(len(one.sent) for one in everyone)
    assert said >= CONVERSATIONS * KILLS, f"only {said} messages: the kills came between conversations"


async def test_the_bot_is_killed(product: Product) -> None:
    everyone = await talk_while(product, ["bot"] * KILLS)
    said = sum(len(one.sent) for one in everyone)
    assert said >= CONVERSATIONS * KILLS, f"only {said} messages"
    assert product.fallbacks() > 0, "the kills hit no turn"
