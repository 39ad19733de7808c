"""Many at once against one hub: malformed requests, a storm of reconnects, hostile clients beside normal ones, two hundred chats."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import resource
import statistics
import sys
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from chat_client import Chat
from product_world import TOKEN, Child, get
from talker import TEXTS

from channels.bot_process import bot_command, resident_bytes
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
_NAMES = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
_HANG_S = 2.0
_AT_ONCE = 50


@dataclass
class Crowded:
    """A hub under test."""

    base: str
    desk: str
    process: Child

    @property
    def resident(self) -> int:
        """Bytes."""
        return resident_bytes(self.process.process.pid)

    def address(self, number: int) -> dict[str, str]:
        """Headers of a client at an address of its own; the hub trusts the proxy that this test plays."""
        return {"Origin": self.base, "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


@asynccontextmanager
async def crowded_hub(folder: Path, *, has_real_bot: bool = False) -> AsyncIterator[Crowded]:
    """A hub and a bot, each a process; the bot is a stand-in (it starts in a moment) or the real one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    bot_port, *free = free_ports(1 + len(_NAMES))
    ports = dict(zip(_NAMES, map(str, free), strict=True))
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    settings = ports | {
        "BOT_URLS": f"http://127.0.0.1:{bot_port}",
        "BOT_TOKEN": TOKEN,
        "VAR_DIR": str(folder / "var"),
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    standin = [sys.executable, str(ROOT / "tests/channels/standin_bot.py"), str(bot_port), TOKEN]
    for_bot = plain | {"BOT_PORT": str(bot_port), "BOT_TOKEN": TOKEN, "ACTIONS_PORT": ports["ACTIONS_PORT"]}
    bot = Child(bot_command(ROOT) if has_real_bot else standin, for_bot, folder / "bot.log")
    hub = Child([sys.executable, "-m", "channels", "hub"], plain | settings, folder / "hub.log")
    base = f"http://127.0.0.1:{ports['PUBLIC_PORT']}"
    try:
        for _ in range(1200):
            if (await asyncio.to_thread(get, f"{base}/healthz"))[0] == 200:
                break
            await asyncio.sleep(0.1)
        else:
            raise TimeoutError(f"hub and bot do not become well; see {folder}")
        yield Crowded(base, f"http://127.0.0.1:{ports['DESK_PORT']}", hub)
    finally:
        hub.end()
        bot.kill()


# ---- malformed requests ------------------------------------------------------------------------------------------------


def _malformed(chance: random.Random) -> tuple[str, str, dict[str, Any]]:
    """Method, path and arguments of a request that nobody's browser makes."""
    junk = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 400)))
    path = chance.choice(
        ["/", "/privacy", "/healthz", "/chat/ws", "/embed", "/static/x/y", "/telegram/webhook", "/%00", "/../../etc/passwd", "/login",
         "/queue", "/cases/" + "a" * chance.randrange(1, 300), "/live/ws", "/?lang=" + "é" * chance.randrange(1, 200), "//" * 50]
    )  # fmt: skip
    headers = {chance.choice(["X-Forwarded-For", "Cookie", "Origin", "Accept-Language", "Content-Type", "Upgrade"]): junk.hex()}
    return chance.choice(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "BREW"]), path, {"headers": headers, "data": junk}


def _bad_frame(chance: random.Random) -> str | bytes:
    junk = "".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(0x80, 0xD7FF)])) for _ in range(chance.randrange(1, 200)))
    deep = "[" * chance.randrange(1, 3000)
    return chance.choice(
        [junk, deep, "{}", "null", json.dumps({"type": junk}), json.dumps({"type": "say", "id": junk, "text": junk}), junk.encode(),
         json.dumps({"type": "hello", "version": junk, "lang": 5}), json.dumps({"type": "say", "id": str(uuid.uuid4()), "text": 1e400 and 7}),
         json.dumps({"type": "handoff", "id": junk, "decision": "send", "share": [junk] * 50}), json.dumps({"type": "choose", "payload": {}})]
    )  # fmt: skip


async def malformed(hub: Crowded, count: int, seed: int) -> dict[str, Any]:
    """`count` requests and frames; statuses, how many took over two seconds, and how the hub's memory grew."""
    statuses: Counter[str] = Counter()
    slow = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=20)) as session:
        async with session.get(hub.base) as response:
            await response.read()
        before = hub.resident

        async def worker(number: int, share: int) -> None:
            nonlocal slow
            chance = random.Random(seed * 1000 + number)
            for _ in range(share):
                begun = time.monotonic()
                try:
                    statuses[await (_request(session, hub, chance) if chance.random() < 0.6 else _frame(session, hub, chance, number))] += 1
                except (aiohttp.ClientError, OSError):
                    statuses["closed"] += 1
                slow += time.monotonic() - begun > _HANG_S

        await asyncio.gather(*(worker(number, count // _AT_ONCE) for number in range(_AT_ONCE)))
    errors = sum(of for status, of in statuses.items() if status.startswith("5"))
    grown = (hub.resident - before) / 1024 / 1024
    return {"requests": sum(statuses.values()), "5xx": errors, "slow": slow, "grown_mb": round(grown, 1), "answers": dict(statuses)}


async def _request(session: aiohttp.ClientSession, hub: Crowded, chance: random.Random) -> str:
    method, path, arguments = _malformed(chance)
    async with session.request(method, chance.choice([hub.base, hub.desk]) + path, **arguments, allow_redirects=False) as response:
        await response.read()
        # healthz says 503 where the fixed answer would come (contract): that is its answer, not a failure of it.
        return (
            "unwell"
            if path == "/healthz" and response.status == 503
            else f"{response.status} {method} {path}"[: 3 if response.status < 500 else 80]
        )


async def _frame(session: aiohttp.ClientSession, hub: Crowded, chance: random.Random, number: int) -> str:
    async with session.ws_connect(f"{hub.base}/chat/ws", headers=hub.address(number)) as ws:
        frame = _bad_frame(chance)
        await (ws.send_bytes(frame) if isinstance(frame, bytes) else ws.send_str(frame))
        message = await ws.receive(timeout=10)
        return "closed" if message.type is not aiohttp.WSMsgType.TEXT else str(json.loads(message.data).get("code"))


# ---- a storm of reconnects ---------------------------------------------------------------------------------------------


async def storm(hub: Crowded, chats: int) -> dict[str, Any]:
    """All of them lose their socket at the same moment and come back at once; how long until the last one is welcome."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        gate = asyncio.Semaphore(30)

        async def begin(number: int) -> tuple[str, Any]:
            async with gate:
                ws = await session.ws_connect(f"{hub.base}/chat/ws", headers=hub.address(number))
                return await _hello(ws, None), ws

        opened = await asyncio.gather(*(begin(number) for number in range(chats)))
        for _, ws in opened:
            ws._response.connection.transport.abort()  # as when a network is gone: no goodbye
        begun = time.monotonic()

        async def come_back(number: int, token: str) -> bool:
            for _ in range(20):
                try:
                    async with session.ws_connect(f"{hub.base}/chat/ws", headers=hub.address(number)) as ws:
                        return await _hello(ws, token) == token
                except (aiohttp.ClientError, OSError, TimeoutError):
                    await asyncio.sleep(0.2)
            return False

        back = await asyncio.gather(*(come_back(number, token) for number, (token, _) in enumerate(opened)))
    return {"chats": chats, "back": sum(back), "seconds": round(time.monotonic() - begun, 2)}


async def _hello(ws: aiohttp.ClientWebSocketResponse, token: str | None, language: str = "nl") -> str:
    """Until welcome; "busy" is asked again after the time it names, as the page does."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        await ws.send_str(json.dumps({"type": "hello", "version": 1, "lang": language, "resume": token, "after": None}))
        frame = json.loads((await ws.receive(timeout=30)).data)
        while frame["type"] not in ("welcome", "error"):
            frame = json.loads((await ws.receive(timeout=30)).data)
        if frame["type"] == "welcome":
            return str(frame["token"])
        await asyncio.sleep(frame["retry_after"] or 0.5)
    raise TimeoutError


# ---- chats that go on --------------------------------------------------------------------------------------------------


async def steady(hub: Crowded, chats: int, every_s: float, seconds: float, seed: int) -> dict[str, Any]:
    """`chats` at once, each says one thing every `every_s`; what became of all of them, latencies in ms (message to `done`)."""
    end = time.monotonic() + seconds
    took: list[float] = []
    counts: Counter[str] = Counter()
    before = hub.resident
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def talk(number: int) -> None:
            chance = random.Random(seed * 1000 + number)
            language = "nl" if number % 2 else "fr"
            chat = Chat(session, hub.base)
            chat.ws = await session.ws_connect(f"{hub.base}/chat/ws", headers=hub.address(number))
            chat.token = await _hello(chat.ws, None, language)
            due = time.monotonic() + chance.uniform(0, every_s)
            while due < end:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                due += every_s
                if any(frame["type"] == "wiped" for frame in await chat.quiet(0.01)):  # "start again", then "yes": as the page does
                    counts["wiped"] += 1
                    chat.token = await _hello(chat.ws, None, language)
                begun = time.monotonic()
                counts["said"] += 1
                try:
                    frames = await chat.say(chance.choice(TEXTS[language]), seconds=20)
                except (TimeoutError, AssertionError):
                    counts["silent"] += 1
                    continue
                took.append(1000 * (time.monotonic() - begun))
                counts.update(f"by {frame['from']}" for frame in frames if frame["type"] == "reply")
                counts["errors"] += any(frame["type"] == "error" for frame in frames)
            await chat.close()

        await asyncio.gather(*(talk(number) for number in range(chats)))
    took.sort()
    grown = round((hub.resident - before) / 1024 / 1024, 1)
    p50, p95, p99 = (round(took[int(len(took) * share)]) for share in (0.5, 0.95, 0.99))
    return {"chats": chats, "seconds": seconds, "p50": p50, "p95": p95, "p99": p99, "grown_mb": grown} | dict(counts)


# ---- hostile clients ---------------------------------------------------------------------------------------------------


async def hostile(hub: Crowded, hostile_ones: int, normal_ones: int, seconds: float) -> dict[str, Any]:
    """`hostile_ones` send the longest messages without pause; the others one each ten seconds or so. Of these: ms to the
    first words of an answer, and whose words they were."""
    stop = time.monotonic() + seconds
    took: list[float] = []
    answered: Counter[str] = Counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def attack(number: int) -> None:
            """Without pause, as fast as the hub reads; ended when time is over, also while it waits for the hub."""
            with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
                async with asyncio.timeout_at(asyncio.get_running_loop().time() + seconds):
                    while True:
                        ws = await session.ws_connect(f"{hub.base}/chat/ws", headers=hub.address(number))
                        await _hello(ws, None)
                        reader = asyncio.create_task(_swallow(ws))
                        while not ws.closed:
                            await ws.send_str(json.dumps({"type": "say", "id": str(uuid.uuid4()), "text": "ik wil dood " * 333}))
                            await asyncio.sleep(0.01)
                        reader.cancel()

        async def normal(number: int) -> None:
            chance = random.Random(number)
            chat = Chat(session, hub.base)
            chat.ws = await session.ws_connect(f"{hub.base}/chat/ws", headers=hub.address(100_000 + number))
            chat.token = await _hello(chat.ws, None)
            await asyncio.sleep(chance.uniform(0, min(10.0, seconds / 3)))
            while time.monotonic() < stop:
                begun = time.monotonic()
                by = await _first_words(chat, "hallo, kan ik met iemand praten over vroeger")
                took.append(1000 * (time.monotonic() - begun))
                answered[by] += 1
                await asyncio.sleep(min(10.0, seconds / 3))

        await asyncio.gather(*(attack(number) for number in range(hostile_ones)), *(normal(number) for number in range(normal_ones)))
    took.sort()
    p95 = took[int(len(took) * 0.95)] if took else float("inf")
    p50 = statistics.median(took)
    return {"hostile": hostile_ones, "normal": normal_ones, "turns": len(took), "p50": p50, "p95": p95, "answered": dict(answered)}


async def _first_words(chat: Chat, text: str) -> str:
    """Says it and waits for the first bubble that answers it: "bot", "fixed", "fixed, not stored" or "nobody" (20 s)."""
    message_id = str(uuid.uuid4())
    await chat.send(type="say", id=message_id, text=text)
    end = time.monotonic() + 20
    while (left := end - time.monotonic()) > 0:
        try:
            frame = await chat.read(left)
        except (TimeoutError, AssertionError):
            break
        if frame["type"] == "reply" and frame["in_reply_to"] == message_id:
            return "bot" if frame["from"] == "bot" else "fixed" if frame["seq"] is not None else "fixed, not stored"
    return "nobody"


async def _swallow(ws: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in ws:
        pass
