"""The store: once, sealed, and gone when wiped."""

from __future__ import annotations

import asyncio
import dataclasses
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from at_rest import bytes_under

from channels.ledger import Ledger
from channels.retention import delete_idle
from channels.store import Accepted, AlreadyDone, Body, Gone, Outcome, Store
from channels.store.crypto import Keys, Unreadable
from channels.store.engine import StorageFailed
from channels.store.tables import CONVERSATIONS, METADATA
from kernel.conversation import Bubble, Choice
from kernel.language import Language
from kernel.urgency import Urgency

SECRET = "s" * 48
MARKER = "waterval-kanarie"


def bubble(text: str = "hoi") -> Bubble:
    return Bubble(text, Language.NL, (Choice(f"knop {text}", f"/{text}"),), ("childfocus",))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'store.db'}", SECRET)
    await opened.open()
    yield opened
    await opened.close()


async def test_the_migrations_make_the_tables_of_the_code(store: Store) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    async with store.db.read() as connection:
        tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        assert set(METADATA.tables) < set(tables)
        assert await connection.run_sync(differences) == []
    await store.open()  # a second start changes nothing


async def test_a_message_is_accepted_once_and_a_turn_finished_once(store: Store) -> None:
    key, _, _ = await store.begin(Language.NL, "web", [bubble()])
    accept = store.messages.accept
    results = await asyncio.gather(*(accept(key, "m", Body("x"), Urgency.NONE) for _ in range(5)))
    assert sorted(result.is_new for result in results) == [False] * 4 + [True]
    await store.messages.finish(key, "m", [bubble("een"), bubble("twee")], Outcome(memory={"a": 1}))
    with pytest.raises(AlreadyDone):
        await store.messages.finish(key, "m", [bubble("drie")], Outcome(memory={"a": 2}))
    assert await accept(key, "m", Body("x"), Urgency.NONE) == Accepted(is_new=False, is_done=True)
    replies, done = await store.messages.replies_after(key, 0)
    assert [(reply.seq, reply.bubble.text) for reply in replies] == [(1, "hoi"), (2, "een"), (3, "twee")]
    assert done == {"m"}
    assert (await store.conversations.get(key)).memory == {"a": 1}


async def test_a_reader_for_whom_no_connection_is_free_is_told_so(store: Store) -> None:
    async def take_all(held: AsyncExitStack) -> None:
        for _ in range(50):
            await held.enter_async_context(store.db.read())

    async with AsyncExitStack() as held:
        with pytest.raises(StorageFailed):
            await take_all(held)
    async with store.db.read() as connection:
        assert (await connection.execute(sa.select(1))).scalar_one() == 1


async def test_urgency_only_rises(store: Store) -> None:
    key, _, _ = await store.begin(Language.NL, "web", [])
    seen = []
    for number, level in enumerate((Urgency.HIGH, Urgency.NONE, Urgency.EMERGENCY, Urgency.NORMAL)):
        await store.messages.accept(key, f"m{number}", Body("x"), level)
        seen.append((await store.conversations.get(key)).urgency)
    await store.messages.finish(key, "m0", [], Outcome(Urgency.NONE))
    seen.append((await store.conversations.get(key)).urgency)
    assert seen == [Urgency.HIGH, Urgency.HIGH, Urgency.EMERGENCY, Urgency.EMERGENCY, Urgency.EMERGENCY]


async def test_choices_belong_to_their_conversation(store: Store) -> None:
    first, _, replies = await store.begin(Language.NL, "web", [bubble("affirm")])
    second, _, _ = await store.begin(Language.NL, "web", [bubble("affirm")])
    choice = replies[0].bubble.choices[0].payload
    assert await store.messages.resolve_choice(first, choice) == ("/affirm", "knop affirm")
    assert await store.messages.resolve_choice(second, choice) is None
    assert await store.messages.resolve_choice(first, "/affirm") is None


async def test_nothing_readable_is_at_rest(store: Store, tmp_path: Path) -> None:
    key, token, replies = await store.begin(Language.NL, "web", [bubble(MARKER)])
    await store.messages.accept(key, "m", Body(f"ik ben {MARKER}", f"/{MARKER}"), Urgency.HIGH)
    await store.messages.finish(key, "m", [bubble(MARKER)], Outcome(memory={"bot": {"x": MARKER}, "slots": {"who": MARKER}}))
    written = bytes_under(tmp_path)
    assert key.encode() in written  # the files really are the database
    assert MARKER.encode() not in written
    assert token.encode() not in written
    assert b"knop" not in written
    assert replies[0].bubble.text == MARKER


async def test_another_secret_key_opens_nothing(store: Store, tmp_path: Path) -> None:
    key, token, _ = await store.begin(Language.NL, "web", [bubble()])
    await store.messages.accept(key, "m", Body("x"), Urgency.NONE)
    other = Store(f"sqlite:///{tmp_path / 'store.db'}", "o" * 48)
    assert await other.conversations.by_token(token) is None
    assert await other.messages.unfinished() == []
    with pytest.raises(Gone):
        await other.messages.accept(key, "n", Body("x"), Urgency.NONE)
    await other.close()


def test_a_sealed_value_cannot_be_moved() -> None:
    wrapped, box = Keys(SECRET).new("a")
    sealed = box.seal({"text": "x"}, "message:1")
    assert Keys(SECRET).unwrap(wrapped, "a").open(sealed, "message:1") == {"text": "x"}
    assert sealed != box.seal({"text": "x"}, "message:1")
    for attempt in (
        lambda: box.open(sealed, "message:2"),
        lambda: Keys(SECRET).unwrap(wrapped, "b"),
        lambda: box.open(sealed[:5], "message:1"),
    ):
        with pytest.raises(Unreadable):
            attempt()


async def test_wipe_leaves_nothing_but_the_id_in_the_ledger(store: Store, tmp_path: Path) -> None:
    key, token, replies = await store.begin(Language.NL, "web", [bubble()])
    await store.messages.accept(key, "9f1c-message-id", Body("x"), Urgency.HIGH)
    await store.messages.finish(key, "9f1c-message-id", [bubble()], Outcome(memory={"a": 1}))
    async with store.db.read() as connection:
        wrapped = (await connection.execute(sa.select(CONVERSATIONS.c.key_wrapped))).scalar_one()
    assert wrapped in bytes_under(tmp_path)
    await store.conversations.wipe(key)
    await store.db.truncate_log()
    written = bytes_under(tmp_path)
    assert wrapped not in written
    assert b"9f1c-message-id" not in written
    assert replies[0].bubble.choices[0].payload.encode() not in written
    assert await store.conversations.by_token(token) is None
    assert await store.conversations.wiped_ids() == [key]
    with sqlite3.connect(tmp_path / "store.db") as plain:
        for table in ("conversations", "messages", "replies", "choices"):
            assert plain.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    plain.close()
    with pytest.raises(Gone):
        await store.messages.finish(key, "9f1c-message-id", [], Outcome())
    await store.conversations.wipe(key)


async def test_retention_deletes_what_is_idle_and_a_dry_run_only_counts(store: Store, tmp_path: Path) -> None:
    old = [(await store.begin(Language.NL, "web", [bubble()]))[0] for _ in range(3)]
    new, _, _ = await store.begin(Language.NL, "web", [bubble()])
    async with store.db.write() as connection:
        await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id.in_(old)).values(active_at=time.time() - 25 * 3600))
    dry = await delete_idle(store, 24, 30, dry_run=True)
    assert (dry.conversations, dry.idle, dry.deleted) == (4, 3, 0)
    report = await delete_idle(store, 24, 30)
    assert (report.conversations, report.idle, report.deleted) == (4, 3, 3)
    assert report.line() == "retention: 4 conversations, 3 idle for more than 24 h, 3 deleted; 0 cases older than 30 days"
    assert (await store.conversations.get(new)).id == new
    assert all(key.encode() not in bytes_under(tmp_path) for key in old)
    assert dataclasses.replace(report, deleted=0, dry_run=True, idle=0).line().startswith("retention: dry run, ")


async def test_a_restored_backup_is_wiped_again(store: Store, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "wipes.ledger")
    wiped, token, _ = await store.begin(Language.NL, "web", [bubble()])
    kept, _, _ = await store.begin(Language.NL, "web", [bubble()])
    with sqlite3.connect(tmp_path / "store.db") as source, sqlite3.connect(tmp_path / "backup.db") as backup:
        source.backup(backup)
    source.close()
    backup.close()
    await store.conversations.wipe(wiped)
    assert await ledger.replay(store) == 0
    assert ledger.ids() == [wiped]
    with (tmp_path / "wipes.ledger").open("a") as file:
        file.write("half a li")
    restored = Store(f"sqlite:///{tmp_path / 'backup.db'}", SECRET)
    assert await restored.conversations.by_token(token) is not None
    assert await ledger.replay(restored) == 1
    assert await restored.conversations.by_token(token) is None
    assert (await restored.conversations.get(kept)).id == kept
    await restored.close()
