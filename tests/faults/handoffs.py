"""Kills the hub at random points of hand-offs and talks with counsellors: what was promised is in the store, once, and both sides resume.

The hub and its desk are the real programs; the bot is a stand-in, or dead from the start.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pyotp

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("channels", "desk")]

from chat_client import Chat, Frame
from desk_world import PASSWORD, Person
from hub_process import Process
from hub_world import TOKEN, environment
from standin_bot import StandinBot

from channels.store import Store
from kernel.role import Role

KEY = "a key of this test, thirty-two characters"
TEENAGERS, COUNSELLORS = 4, 2
_LOST = (aiohttp.ClientError, AssertionError, TimeoutError, OSError, KeyError)
_DEAD_LINE_S = 20.0


@dataclass
class Told:
    """One conversation as its teenager saw it."""

    token: str = ""
    handoff: str = ""
    is_promised: bool = False
    sent: dict[str, str] = field(default_factory=dict)
    acked: set[str] = field(default_factory=set)
    replies: dict[int, Frame] = field(default_factory=dict)
    doubled: int = 0


class HandedOn(Person):
    """A counsellor whose second factor runs on the clock of the wall."""

    def code(self, steps: int = 0) -> str:
        """The code of now, or of `steps` time steps from now."""
        return pyotp.TOTP(self.secret).at(int(time.time()) + 30 * steps)


@dataclass
class Outcome:
    """What a run gave."""

    seed: int
    kills: int = 0
    conversations: int = 0
    promised: int = 0
    messages: int = 0
    spoken: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)

    def add(self, other: Outcome) -> None:
        """Take in what another run gave."""
        for name in ("kills", "conversations", "promised", "messages", "spoken", "seconds"):
            setattr(self, name, round(getattr(self, name) + getattr(other, name), 1))
        self.faults.update(other.faults)
        self.moments.update(other.moments)

    def as_text(self) -> str:
        """The report for people."""
        faults = [f"- {kind}: {count}" for kind, count in sorted(self.faults.items())] or ["- none"]
        rows = [f"| {kind} | {count} |" for kind, count in sorted(self.moments.items())]
        return "\n".join(
            [
                "# Kills in hand-offs and talks",
                "",
                f"Made by `make faults` (seed {self.seed}): SIGKILL of the hub {self.kills} times while {TEENAGERS} teenagers ask for a person and",
                f"write, and {COUNSELLORS} counsellors claim, speak and close over the desk's own pages; in half of the runs the bot is dead from the start.",
                "",
                f"{self.conversations} conversations, {self.promised} told that their card was stored, {self.messages} messages acknowledged,",
                f"{self.spoken} of counsellors taken by the desk, {self.seconds:.0f} s.",
                "",
                "What must hold: every card of which the teenager was told is in the store, once; no message or reply is lost or doubled, on either",
                "side; none is both at the desk and answered by the bot.",
                "",
                "Faults:",
                *faults,
                "",
                "| what teenagers and counsellors were doing at the kill | times |",
                "|---|---|",
                *rows,
                "",
            ]
        )

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return vars(self) | {"faults": dict(self.faults), "moments": dict(self.moments)}


class Teenager:
    """Asks for a person, sends the card, writes to whoever answers; after a lost line does what the page does."""

    def __init__(self, session: aiohttp.ClientSession, base: str, chance: random.Random) -> None:
        self._session, self._base, self._chance = session, base, chance
        self.told: list[Told] = []
        self.doing = "begins"
        self.stop = False

    async def run(self) -> None:
        while not self.stop:
            self.told.append(Told())
            await self._conversation(self.told[-1])

    async def _conversation(self, told: Told) -> None:
        left = self._chance.randint(3, 8)
        chat: Chat | None = None
        while not self.stop and (left > 0 or not told.is_promised):
            try:
                chat = chat or await self._connect(told)
                if not told.is_promised:
                    await self._hand_off(chat, told)
                else:
                    await self._say(chat, told, left)
                    left -= 1
            except _LOST:
                self.doing = "reconnects"
                chat = None
                await asyncio.sleep(0.1)
        self.doing = "between conversations"
        await self._finish(chat, told)

    async def _connect(self, told: Told) -> Chat:
        chat = await Chat(self._session, self._base).connect()
        frames = await chat.hello(None if told.token else "nl", told.token or None, max(told.replies, default=0) if told.token else None)
        assert frames[0]["type"] == "welcome"
        told.token = chat.token
        self._note(told, frames)
        return chat

    async def _hand_off(self, chat: Chat, told: Told) -> None:
        self.doing = "sends the card"
        await chat.send(type="human")
        self._note(told, frames := await chat.until("handoff", _DEAD_LINE_S))
        card = frames[-1]
        if not card["lines"]:  # it was stored, only the answer was lost
            told.handoff = card["id"]
        await chat.send(type="handoff", id=card["id"], decision="send", note="noot", share=[line["id"] for line in card["lines"]])
        self._note(told, await chat.until("handoff_stored", _DEAD_LINE_S))
        told.handoff, told.is_promised = card["id"], True

    async def _say(self, chat: Chat, told: Told, number: int) -> None:
        """A new message, or the one that was not acknowledged."""
        open_ids = [message_id for message_id in told.sent if message_id not in told.acked]
        message_id = open_ids[0] if open_ids else str(uuid.uuid4())
        told.sent.setdefault(message_id, f"bericht {number} van mij")
        self.doing = "waits for the ack"
        await asyncio.sleep(self._chance.uniform(0, 0.2))
        await chat.send(type="say", id=message_id, text=told.sent[message_id])
        frames = await chat.until("done", _DEAD_LINE_S)
        self._note(told, frames)
        assert any(frame["type"] == "ack" for frame in frames)

    async def _finish(self, chat: Chat | None, told: Told) -> None:
        try:
            if chat is not None:
                self._note(told, await chat.quiet(0.2))
                await chat.close()
        except _LOST:
            return

    def _note(self, told: Told, frames: list[Frame]) -> None:
        for frame in frames:
            if frame["type"] == "ack":
                told.acked.add(frame["id"])
            if frame["type"] == "reply" and frame["seq"] is not None:
                before = told.replies.setdefault(frame["seq"], frame)
                told.doubled += before is not frame and before["text"] != frame["text"]

    async def read_all(self, told: Told) -> None:
        """Everything once more, from the start, as a reload shows it."""
        chat = await Chat(self._session, self._base).connect()
        frames = await chat.hello(None, told.token, 0)
        told.replies = {}
        self._note(told, frames + await chat.quiet(0.5))
        await chat.close()


class Answerer:
    """A counsellor over the desk's own pages: next most urgent, speak, give back or close."""

    def __init__(self, person: HandedOn, chance: random.Random) -> None:
        self._person, self._chance = person, chance
        self.spoken: dict[str, str] = {}  # id of what was said and acknowledged → text
        self.doing = "waits"
        self.stop = False

    async def run(self) -> None:
        while not self.stop:
            try:
                await self._case()
            except _LOST:
                self.doing = "reconnects"
                await asyncio.sleep(0.1)

    async def _case(self) -> None:
        self.doing = "claims"
        await self._person.post("/queue/next", language="all")
        _, body = await self._person.get("/queue")
        cases = sorted({part.split('"')[0] for part in body.split('href="/cases/')[1:]})
        for case_id in cases:
            self.doing = "speaks"
            said_id, text = str(uuid.uuid4()), f"mens {len(self.spoken)}"
            if await self._until_taken(f"/cases/{case_id}/say", text=text, id=said_id):
                self.spoken[said_id] = text
            if self._chance.random() < 0.25:
                self.doing = "closes"
                await self._person.post(f"/cases/{case_id}/close", outcome="helped", need="other_wellbeing", channel="web", minutes="1")
        await asyncio.sleep(self._chance.uniform(0.02, 0.2))

    async def _until_taken(self, path: str, **form: str) -> bool:
        """As the page does: the same again until the desk answers; False when it says no."""
        while True:
            try:
                status, _ = await self._person.post(path, **form)
            except _LOST:
                await asyncio.sleep(0.1)
                continue
            if status < 500:
                return status == 303
            await asyncio.sleep(0.1)


async def run(folder: Path, kills: int, seed: int, *, has_bot: bool = True) -> Outcome:
    """Kill the hub `kills` times; what was found to be wrong is in `faults`."""
    started, chance, result = time.monotonic(), random.Random(seed), Outcome(seed)
    bot = StandinBot(TOKEN)
    await bot.start()
    if not has_bot:
        await bot.stop()
    settings = environment(folder / "var", bot.url) | {"SECRET_KEY": KEY}
    hub, status = Process(settings), 200 if has_bot else 503
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            await hub.start(session, status)
            answerers = [Answerer(person, chance) for person in await _staff(session, settings, folder)]
            teenagers = [Teenager(session, hub.base, chance) for _ in range(TEENAGERS)]
            tasks = [asyncio.create_task(one.run()) for one in [*answerers, *teenagers]]
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.1, 1.5))
                result.moments.update(one.doing for one in [*answerers, *teenagers])
                await hub.end(signal.SIGKILL)
                result.kills += 1
                await hub.start(session, status)
            await asyncio.sleep(1)
            for one in [*answerers, *teenagers]:
                one.stop = True
            await asyncio.wait_for(asyncio.gather(*tasks), 90)
            for teenager in teenagers:
                for told in teenager.told:
                    if told.token:
                        await teenager.read_all(told)
                        await _judge(result, told, folder)
            await hub.end(signal.SIGTERM)
    finally:
        await bot.stop()
    result.seconds = round(time.monotonic() - started, 1)
    result.spoken = sum(len(answerer.spoken) for answerer in answerers)
    heard = Counter(
        frame["text"]
        for teenager in teenagers
        for told in teenager.told
        for frame in told.replies.values()
        if frame["from"] == "counsellor"
    )
    wanted = Counter(text for answerer in answerers for text in answerer.spoken.values())
    result.faults.update(
        {"a counsellor's words lost": sum((wanted - heard).values()), "a counsellor's words doubled": sum((heard - wanted).values())}
    )
    result.faults = +result.faults
    return result


def _database(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'var/chatmasjien.db'}", KEY)


async def _staff(session: aiohttp.ClientSession, settings: dict[str, str], folder: Path) -> list[HandedOn]:
    """Counsellors who went through enrolment and the door of the running desk."""
    base, store, found = f"http://127.0.0.1:{settings['DESK_PORT']}", _database(folder), []
    for number in range(COUNSELLORS):
        account, token = await store.accounts.create(f"Counsellor {number}", Role.COUNSELLOR)
        secret = (await store.accounts.secrets_of(account)).totp_secret
        person = HandedOn(base, session, f"Counsellor {number}", Role.COUNSELLOR, account, secret)
        status, _ = await person.post(f"/enrol/{token}", password=PASSWORD, again=PASSWORD, code=person.code(-1))
        assert status == 200
        assert await person.log_in() == 303
        found.append(person)
    await store.close()
    return found


async def _judge(result: Outcome, told: Told, folder: Path) -> None:
    """What must hold of one conversation."""
    store = _database(folder)
    result.conversations += 1
    result.promised += told.is_promised
    result.messages += len(told.acked)
    found = await store.conversations.by_token(told.token)
    talk = [said.id for said in (await store.cases.get(told.handoff)).talk] if told.handoff else []
    stored = await store.escalations.get(told.handoff) if told.handoff else None
    if told.is_promised and (found is None or stored is None or stored.conversation_id != found.id):
        result.faults["an escalation that was promised is not there"] += 1
    answered = Counter(frame["in_reply_to"] for frame in told.replies.values() if frame["in_reply_to"])
    for message_id in told.acked:
        places = talk.count(message_id) + (answered[message_id] > 0)
        result.faults["a message lost"] += places == 0
        result.faults["a message both at the desk and answered by the bot"] += places > 1
    numbers = sorted(told.replies)
    result.faults["a reply missing or doubled"] += numbers != list(range(1, len(numbers) + 1)) or told.doubled > 0
    await store.close()
