"""Who somebody is stays with Telegram: number, name, username, phone and place of a teenager are looked for in all that the hub keeps or says.

The hub is the real program; looked through are every table, every file of var/ (the database's log too), what it printed at all
levels that it prints, its metrics, and the pages of the desk.
"""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from bot_api import TOKEN as TELEGRAM_TOKEN
from bot_api import BotApi
from bot_api_limits import Pace
from bot_api_state import ChatState
from desk_person import Counsellor
from hub_process import Process
from hub_world import TOKEN, environment
from lines import SECRET
from made_updates import SUPERGROUP_ID, group, text_of
from phone import Phone
from standin_bot import StandinBot
from two_channels import OnTelegram

KEY = "a key of this test, thirty-two characters"
NUMBER, WIPED, BLOCKED = 5_151_515_151, 6_262_626_262, 7_373_737_373
WORDS = (
    "Kanarieken",
    "Vogelsang",
    "kanarie_vogel",
    "470998877",
    "Kanariestraat",
    "50.8503",
    "huiswerk.pdf",
    "AgACAgQAAxkBAAE",
    TELEGRAM_TOKEN,
    SECRET,
)


def forms(number: int) -> Iterator[bytes]:
    """A number as it may stand in a file: as text, in hexadecimal, and as an integer of a database or a pickle."""
    yield str(number).encode()
    yield f"{number:x}".encode()
    yield from (number.to_bytes(size, order) for size in (6, 8) for order in ("big", "little"))


NEEDLES = [*(form for number in (NUMBER, WIPED, BLOCKED) for form in forms(number)), *(word.encode() for word in WORDS)]


def found_in(content: bytes) -> list[bytes]:
    """The canaries that sing in it."""
    return [needle for needle in NEEDLES if needle in content]


def tables(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table with all its rows."""
    with contextlib.closing(sqlite3.connect(database, timeout=5)) as opened:
        names = [name for (name,) in opened.execute("select name from sqlite_master where type = 'table'")]
        return {name: opened.execute(f'select * from "{name}"').fetchall() for name in names}


def test_a_canary_is_found_where_one_is(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "planted.db")) as opened:
        opened.execute("create table chats (id integer, name text)")
        opened.execute("insert into chats values (?, ?)", (NUMBER, "x Kanarieken"))
        opened.commit()
    assert found_in((tmp_path / "planted.db").read_bytes()) == [NUMBER.to_bytes(6, "big"), b"Kanarieken"]
    assert found_in(f"chat {BLOCKED:x} {WIPED}".encode()) == [str(WIPED).encode(), f"{BLOCKED:x}".encode()]


@pytest.mark.parametrize("mode", ["webhook", "polling"])
async def test_nobody_can_be_recognised(tmp_path: Path, mode: str) -> None:
    bot, api = StandinBot(TOKEN), BotApi(pace=Pace(0.9))
    await bot.start()
    await api.start()
    settings = environment(tmp_path / "var", bot.url) | {"SECRET_KEY": KEY, "TELEGRAM_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_SECRET": SECRET}
    hub = Process(settings | {"TELEGRAM_MODE": mode, "TELEGRAM_API_URL": api.url})
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        await hub.start(session)
        try:
            pages = await _live(api, settings, tmp_path / "var", session)
            async with session.get(f"http://127.0.0.1:{settings['METRICS_PORT']}/metrics") as answer:
                metrics = await answer.read()
            files = {path.name: path.read_bytes() for path in sorted((tmp_path / "var").rglob("*")) if path.is_file()}
            rows = tables(tmp_path / "var/chatmasjien.db")
        finally:
            await hub.end(signal.SIGTERM)
            await api.stop()
            await bot.stop()
    assert {"telegram_chats", "telegram_messages", "messages"} <= {name for name, kept in rows.items() if kept}
    assert any(name.endswith("-wal") for name in files), "the database's log was not looked at"
    assert b"chatmasjien_telegram" in metrics
    assert hub.output
    kept = {name: found_in(repr(all_of).encode()) for name, all_of in rows.items()} | {name: found_in(raw) for name, raw in files.items()}
    kept |= {"metrics": found_in(metrics), "log": found_in(hub.output), "desk": found_in(pages.encode())}
    values = {value for all_of in rows.values() for row in all_of for value in row if isinstance(value, int)}
    assert values & {NUMBER, WIPED, BLOCKED} == set()
    assert {name: sung for name, sung in kept.items() if sung} == {}
    api.check()


async def _live(api: BotApi, settings: dict[str, str], var: Path, session: aiohttp.ClientSession) -> str:
    """Everything that people do; gives what the desk showed of it."""
    counsellor = await Counsellor.at(f"http://127.0.0.1:{settings['DESK_PORT']}", var / "chatmasjien.db", KEY, session)
    first, wiped, blocked = (Phone(api, "nl", number) for number in (NUMBER, WIPED, BLOCKED))
    for phone in (first, wiped, blocked):
        phone.write("/start")
    for phone in (first, wiped, blocked):
        await phone.until(lambda phone=phone: phone.buttons, what="the greeting")
    for kind in ("photo", "contact", "location", "venue", "document"):
        first.send(kind)
    api.state.chats[SUPERGROUP_ID] = ChatState(SUPERGROUP_ID, "supergroup")
    first.raw("message", text_of(first.user, 900, "hallo bot", group()), -1)
    first.raw("inline_query", {"id": "9", "from": first.user, "query": "x", "offset": ""})
    wiped.write("iemand heeft een foto van mij en wil geld")
    await wiped.until(lambda: any("turn 1" in sent.text for sent in wiped.bubbles), what="an answer")
    wiped.write("/wis")
    blocked.block()
    chat = OnTelegram(first, "nl", lambda _: True)
    await first.until(lambda: api.called("leaveChat"), what="the group was left")
    first.write("mijn foto gaat rond op school")
    await first.said("mijn foto gaat rond", 30)
    await chat.ask_person()
    note = f"noot-{uuid.uuid4().hex[:8]}"
    await chat.send_card(note)
    case = await counsellor.take(note)
    await counsellor.say(case, "Dag, ik ben er voor jou.")
    await chat.hear("Dag, ik ben er voor jou.")
    await chat.tell("dankjewel")
    await counsellor.reads(case, "dankjewel")
    await wiped.until(lambda: not any("turn 1" in sent.text for sent in wiped.bubbles), what="wiped")
    pages = [await counsellor.page(case), (await counsellor.person.get("/queue"))[1]]
    await counsellor.leave()
    return "".join(pages)
