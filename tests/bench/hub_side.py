"""What the hub itself costs: with many conversations in its store, and with many idle chats open. Its bot is a stand-in."""

from __future__ import annotations

import asyncio
import os
import resource
import secrets
import sqlite3
import statistics
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import load
import sides
from product_world import Child

from tests.ports import free_ports

STORED = (1, 1_000, 100_000)
IDLE = 10_000
ROUNDS, SECONDS = 5, 4.0


def _standin() -> tuple[Child, str]:
    [port] = free_ports(1)
    command = [sides.HUB_PYTHON, str(sides.ROOT / "tests/channels/standin_bot.py"), str(port), sides.TOKEN]
    return Child(command, dict(os.environ), sides.WORK / "standin.log"), f"http://127.0.0.1:{port}"


def _hub(name: str, bot_url: str, *, fill: int = 0) -> sides.Side:
    """A hub of its own, with `fill` conversations of others in its store."""
    names = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
    own = dict(zip(names, map(str, free_ports(len(names))), strict=True))
    var = sides.WORK / f"var-{name}"
    for old in var.glob("chatmasjien.db*"):
        old.unlink()
    own |= {"VAR_DIR": str(var), "BOT_TOKEN": sides.TOKEN, "SECRET_KEY": "s" * 40, "BOT_URLS": bot_url, "TRUSTED_PROXIES": "127.0.0.1"}
    url = f"http://127.0.0.1:{own['PUBLIC_PORT']}"
    command = [sides.HUB_PYTHON, "-m", "channels", "hub"]
    side = sides.Side("product", url, [Child(command, dict(os.environ) | own, sides.WORK / f"{name}.log")], settings=own)
    _until_well(side)
    if fill:
        side.end()
        _fill(var / "chatmasjien.db", fill)
        side.children[0] = Child(command, dict(os.environ) | own, sides.WORK / f"{name}.log")
        _until_well(side)
    return side


def _until_well(side: sides.Side) -> None:
    end = time.monotonic() + 60
    while sides.answer_of(f"{side.url}/healthz") is None:
        if time.monotonic() > end:
            raise sides.NotStarted(f"the hub did not become well; see {side.children[0].log}")
        time.sleep(0.1)


def _fill(database: Path, conversations: int) -> None:
    """Rows as a conversation of three turns leaves them; nobody can read them, which costs the same."""
    now = time.time()
    with sqlite3.connect(database) as connection:
        for begin in range(0, conversations, 5_000):
            ids = [secrets.token_hex(16) for _ in range(min(5_000, conversations - begin))]
            connection.executemany(
                "insert into conversations (id, token_hash, key_wrapped, channel, language, holder, urgency_rank, last_seq, state_sealed,"
                " created_at, active_at) values (?,?,?,'web','nl','bot',0,8,?,?,?)",
                [(each, secrets.token_hex(32), os.urandom(60), os.urandom(2500), now, now) for each in ids],
            )
            connection.executemany(
                "insert into messages (conversation_id, client_id, body_sealed, received_at, done_at) values (?,?,?,?,?)",
                [(each, secrets.token_hex(16), os.urandom(120), now, now) for each in ids for _ in range(3)],
            )
            connection.executemany(
                "insert into replies (conversation_id, seq, in_reply_to, body_sealed, created_at) values (?,?,null,?,?)",
                [(each, seq, os.urandom(300), now) for each in ids for seq in range(1, 9)],
            )
            connection.executemany(
                "insert into choices (id, conversation_id, payload_sealed) values (?,?,?)",
                [(secrets.token_hex(11), each, os.urandom(60)) for each in ids for _ in range(6)],
            )


async def _round(side: sides.Side, number: int, conversations: int = 4) -> dict[str, float]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        return (await load.closed_loop(load.path_talk(side, session), conversations, SECONDS, load.messages(number))).plain()


def stored() -> dict[str, Any]:
    """Median of the rounds, by how many conversations are in the store; rounds go round."""
    standin, url = _standin()
    hubs: dict[str, sides.Side] = {}
    try:
        hubs = {str(many): _hub(f"stored{many}", url, fill=many - 1) for many in STORED}
        rounds: dict[str, list[dict[str, float]]] = {many: [] for many in hubs}
        for number in range(-1, ROUNDS):
            for many, side in hubs.items():
                measured = asyncio.run(_round(side, number + 1))
                if number >= 0:  # the first round only warms up
                    rounds[many].append(measured)
        return {many: {name: statistics.median(each[name] for each in of) for name in of[0]} for many, of in rounds.items()}
    finally:
        for side in hubs.values():
            side.end()
        standin.kill()


def idle() -> dict[str, Any]:
    """Memory of each idle chat, and an active one's latency before and with all of them."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    standin, url = _standin()
    side = _hub("idle", url)
    try:
        asyncio.run(_round(side, 0, 1))  # warms up
        alone = [asyncio.run(_round(side, number, 1)) for number in range(ROUNDS)]
        before = side.resident
        with _crowd(side.url):
            time.sleep(30)  # until every chat had its ping
            after = side.resident
            beside = [asyncio.run(_round(side, number, 1)) for number in range(ROUNDS)]
            left = _open_sockets(side)
    finally:
        side.end()
        standin.kill()
    p95 = {name: statistics.median(each["p95"] for each in of) for name, of in (("alone", alone), ("with_idle", beside))}
    return {"chats": IDLE, "kb_each": (after - before) / 1024 / IDLE, "resident_before": before, "resident_after": after, "p95": p95} | {
        "open_at_the_end": left
    }


def _open_sockets(side: sides.Side) -> int:
    """As the hub counts them."""
    with urllib.request.urlopen(f"http://127.0.0.1:{side.settings['METRICS_PORT']}/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    return int(sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("chatmasjien_open_sockets")))


@contextmanager
def _crowd(url: str) -> Iterator[None]:
    """IDLE chats, open. Raises NotStarted when they are not within ten minutes."""
    log = sides.WORK / "idle_crowd.log"
    log.unlink(missing_ok=True)
    crowd = Child([sides.HUB_PYTHON, str(Path(__file__).parent / "idle_crowd.py"), url, str(IDLE)], dict(os.environ), log)
    try:
        end = time.monotonic() + 600
        while "open" not in log.read_text(encoding="utf-8"):
            if not crowd.runs or time.monotonic() > end:
                raise sides.NotStarted(f"the idle chats were not open in time; see {log}")
            time.sleep(0.5)
        yield
    finally:
        crowd.kill()
