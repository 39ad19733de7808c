"""Backup and restore by the page in docs/operations.md: its own commands, a hub that runs meanwhile, a wipe after the backup."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import aiohttp
from chat_client import Chat, replies
from hub_process import Process
from hub_world import ROOT, environment
from standin_bot import StandinBot

PAGE = ROOT / "docs/operations.md"
_WITHIN_S = 15 * 60


def backup_commands() -> str:
    """The block of commands under "Backup and restore"."""
    section = PAGE.read_text(encoding="utf-8").split("## Backup and restore", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```\n(.*?)```", section, re.DOTALL)
    assert blocks, "the page has no commands: nothing was tried"
    return str(blocks[0])


def everything(database: Path) -> str:
    """All rows of all tables as text."""
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(connection.iterdump())


def rows_of(database: Path, conversation: str) -> set[str]:
    """Tables that still hold something of a conversation."""
    return {line.split('"')[1] for line in everything(database).splitlines() if conversation in line and line.startswith("INSERT")}


async def test_a_backup_is_restored_into_a_running_product_and_wipes_stay_wiped(tmp_path: Path) -> None:
    var = tmp_path / "var"
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    bot = StandinBot("t" * 40)
    settings = environment(var, await bot.start()) | {"SECRET_KEY": "k" * 40}
    hub = Process(settings)
    async with aiohttp.ClientSession() as session:
        await hub.start(session)
        try:
            await _lose_and_restore(hub, session, tmp_path)
        finally:
            await hub.end(signal.SIGTERM)
            await bot.stop()


async def _lose_and_restore(hub: Process, session: aiohttp.ClientSession, folder: Path) -> None:
    var = folder / "var"
    kept, wiped = [await Chat(session, hub.base).connect() for _ in range(2)]
    for chat in (kept, wiped):
        await chat.hello()
        await chat.say("dit mag niemand lezen")
    with closing(sqlite3.connect(var / "chatmasjien.db")) as connection:
        names = [row[0] for row in connection.execute("select id from conversations order by created_at")]
    await asyncio.to_thread(subprocess.run, ["bash", "-ec", backup_commands()], cwd=folder, check=True, capture_output=True, timeout=60)
    backup = folder / "backup.db"
    assert (backup.stat().st_mode & 0o077) == 0, "others can read the backup"
    assert all(name in everything(backup) for name in names), "the backup holds nothing: nothing was tried"

    await wiped.send(type="wipe")
    await wiped.until("wiped")
    await kept.say("na de kopie")
    await hub.end(signal.SIGKILL)
    for file in var.glob("chatmasjien.db*"):
        file.unlink()  # the disk of the database is lost; the ledger was kept apart

    began = time.monotonic()
    (var / "chatmasjien.db").write_bytes(backup.read_bytes())
    await hub.start(session)
    assert time.monotonic() - began < _WITHIN_S
    assert rows_of(var / "chatmasjien.db", names[1]) <= {"wipes"}, "something of a wiped conversation came back"
    assert "niemand" not in everything(var / "chatmasjien.db"), "words lie open in the store"
    gone = await Chat(session, hub.base).connect()
    assert (await gone.hello(None, wiped.token, 0))[0]["code"] == "unknown_token"
    back = await Chat(session, hub.base).connect()
    assert len(replies(await back.hello(None, kept.token, 0))) == 3
    assert replies(await back.say("ik ben er weer"))[0]["text"].endswith("ik ben er weer")


def test_the_page_says_how_long_and_where_keys_are_kept() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "7 days" in page.split("## Backup and restore", 1)[1].split("\n## ", 1)[0]
