"""A wipe while somebody reads the database (a backup): nothing of it is left in the write-ahead log once that is possible."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from at_rest import bytes_under
from chat_client import replies, wait_for
from hub_world import World

from channels.store import Body, Store, write_ahead_log
from channels.store.tables import CONVERSATIONS
from kernel.language import Language
from kernel.urgency import Urgency


@contextmanager
def reading(database: Path) -> Iterator[None]:
    """Somebody reads it, as VACUUM INTO does."""
    reader = sqlite3.connect(database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM messages").fetchone()
    try:
        yield
    finally:
        reader.execute("ROLLBACK")
        reader.close()


async def told(store: Store) -> tuple[str, bytes]:
    """A conversation in which something was said: its id, and its sealed key."""
    key, _, _ = await store.begin(Language.NL, "web", [])
    await store.messages.accept(key, "m", Body("waterval"), Urgency.NONE)
    async with store.db.read() as connection:
        return key, (await connection.execute(sa.select(CONVERSATIONS.c.key_wrapped))).scalar_one()


async def test_what_a_reader_holds_back_goes_once_the_reader_has_gone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead_log, "_FIRST_PAUSE_S", 0.05)
    key, wrapped = await told(store)
    log = tmp_path / "store.db-wal"
    with reading(tmp_path / "store.db"):
        await store.conversations.wipe(key)
        await store.db.truncate_log()
        await asyncio.sleep(0.3)
        assert wrapped in log.read_bytes(), "the reader held nothing back: nothing is shown"
        await store.begin(Language.NL, "web", [])  # meanwhile the hub goes on
    await wait_for(lambda: wrapped not in bytes_under(tmp_path), 5.0)
    assert key.encode() not in log.read_bytes()


async def test_what_a_killed_hub_left_in_the_log_goes_at_the_next_start(store: Store, tmp_path: Path) -> None:
    key, wrapped = await told(store)
    left = tmp_path / "left"
    left.mkdir()
    with reading(tmp_path / "store.db"):
        await store.conversations.wipe(key)
        await store.db.truncate_log()
        for path in tmp_path.glob("store.db*"):
            shutil.copy(path, left)
    assert wrapped in bytes_under(left)
    again = Store(f"sqlite:///{left / 'store.db'}", "s" * 48)
    await again.open()
    assert wrapped not in bytes_under(left)
    await again.close()


async def test_closing_does_not_wait_for_a_reader(store: Store, tmp_path: Path) -> None:
    key, _ = await told(store)
    with reading(tmp_path / "store.db"):
        await store.conversations.wipe(key)
        await store.db.truncate_log()
        start = time.monotonic()
        await store.close()
        assert time.monotonic() - start < 2


async def test_a_log_that_is_slow_to_empty_keeps_nobody_from_hearing_that_all_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied = asyncio.Event()

    async def slowly() -> bool:
        await asyncio.sleep(2.0)
        emptied.set()
        return True

    chat = await world.talk()
    monkeypatch.setattr(world.hub.store.db._log, "_truncate", slowly)
    start = time.monotonic()
    await chat.send(type="wipe")
    shown = [frame["text"][:12] for frame in replies(await chat.until("wiped"))]
    assert time.monotonic() - start < 1.5
    assert shown == ["Ik wis dit g", "Klaar: dit g"]
    assert world.hub.ledger.ids() == await world.hub.store.conversations.wiped_ids() != []
    await asyncio.wait_for(emptied.wait(), 5)


async def test_a_wipe_that_comes_late_is_noted_in_the_ledger_and_the_log_emptied_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversations, wipe = world.hub.store.conversations, world.hub.store.conversations.wipe

    async def late(conversation_id: Any) -> None:
        await asyncio.sleep(1.8)
        await wipe(conversation_id)

    emptied = asyncio.Event()
    truncate = world.hub.store.db._log._truncate

    async def noted() -> bool:
        emptied.set()
        return await truncate()

    monkeypatch.setattr(world.hub.store.db._log, "_truncate", noted)
    monkeypatch.setattr(conversations, "wipe", late)
    chat = await world.talk()
    await chat.send(type="wipe")
    assert "Wissen lukte nog niet" in [*await chat.until("reply"), *await chat.until("reply")][-1]["text"]
    shown = [frame["text"][:12] for frame in replies(await chat.until("wiped"))]
    assert shown == ["Klaar: dit g"], "who was told that it did not work hears that it did"
    await wait_for(lambda: len(world.hub.ledger.ids()) == 1)
    await asyncio.wait_for(emptied.wait(), 3)
