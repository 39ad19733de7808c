"""The database: one engine, SQLite (WAL) or PostgreSQL, short write transactions, and never a long wait."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from channels.store import sqlite_driver
from channels.store.write_ahead_log import WriteAheadLog

LOCK_WAIT_S = 0.4
"""Longest wait for a lock of the database; the fixed answer must not wait for storage (2 s in all)."""
AHEAD_S = 120.0
"""What was noted for a time so far ahead was noted by a clock that was set right since: nothing waits until then."""
_TURN_WAIT_S = 1.0
"""Longest wait for the other writers of this process (a burst of messages), beside that."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={int(LOCK_WAIT_S * 1000)}")
_HUBS, _TELEGRAM = 116001, 116002
"""PostgreSQL's advisory locks that hubs hold: the first all shared, or one alone; the second one alone."""
_FAILURES = (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError)


class StorageFailed(Exception):
    """The database did not do it in time, or at all."""


def _async_url(url: str) -> str:
    return url.replace("sqlite:///", f"{sqlite_driver.NAME}:///", 1).replace("postgresql://", "postgresql+asyncpg://", 1)


class Database:
    """Transactions on one database. In one process SQLite's writers queue here, instead of on SQLite's own retry loop."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        # hide_parameters: an error of the driver must not carry values into a log.
        self.engine: AsyncEngine = create_async_engine(_async_url(url), hide_parameters=True, **_pool_of(url))
        self._writing = asyncio.Lock()
        self._place: AsyncConnection | None = None
        self._left_behind: set[asyncio.Task[Any]] = set()
        self._log = WriteAheadLog(self._truncate)
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _on_sqlite_connect)
            event.listen(self.engine.sync_engine, "begin", _on_sqlite_begin)

    async def migrate(self) -> None:
        """Bring the tables to the newest form. Raises StorageFailed when SQLite's folder is not there."""
        file = self.engine.url.database
        # Looked at first: the driver's thread would complain on stderr when it fails to open a file while the process ends.
        if self.is_sqlite and file and file != ":memory:" and not Path(file).absolute().parent.is_dir():
            raise StorageFailed
        async with self.write() as connection:
            await connection.run_sync(_upgrade)

    async def hold_place(self, *, shared: bool) -> bool:
        """Say for as long as this process lives that a hub uses this database; False when another does and either is not `shared`.

        PostgreSQL only: a SQLite file is for one hub.
        """
        if self.is_sqlite:
            return True
        self._place = await self.engine.connect()
        return await self._take("pg_try_advisory_lock_shared" if shared else "pg_try_advisory_lock", _HUBS)

    async def hold_telegram(self) -> bool:
        """The same for Telegram, which one hub alone serves: two would bring each message twice."""
        return self._place is None or await self._take("pg_try_advisory_lock", _TELEGRAM)

    async def _take(self, how: str, which: int) -> bool:
        assert self._place is not None, "hold_place comes first"
        has_it = (await self._place.execute(sa.select(getattr(sa.func, how)(which)))).scalar_one()
        await self._place.commit()
        return bool(has_it)

    async def close(self) -> None:
        """Close all connections, after what was still under way."""
        if self._place is not None:
            await self._place.close()
        await self._log.close()
        if self._left_behind:
            await asyncio.wait(self._left_behind, timeout=2)
        await self.engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction, committed at the end; raises StorageFailed when the lock, or a connection, is not free in time."""
        if not self.is_sqlite:
            async with self._connected() as connection, connection.begin():
                yield connection
            return
        try:
            await asyncio.wait_for(self._writing.acquire(), _TURN_WAIT_S)
        except TimeoutError as error:
            raise StorageFailed from error
        try:
            async with self._connected() as plain:
                connection = await plain.execution_options(writes=True)
                async with connection.begin():
                    yield connection
        finally:
            self._writing.release()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A read transaction; raises StorageFailed when no connection is free in time."""
        async with self._connected() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as held:
            try:
                connection = await held.enter_async_context(self.engine.connect())
            except NoneFree as error:
                raise StorageFailed from error
            yield connection

    async def delete_if_any(self, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
        """Delete these rows, how many; no write transaction (and no lock) when there are none."""
        async with self.read() as connection:
            if not (await connection.execute(sa.select(sa.exists().select_from(table).where(where)))).scalar_one():
                return 0
        async with self.write() as connection:
            return int((await connection.execute(table.delete().where(where))).rowcount)

    async def within[T](self, seconds: float, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, or StorageFailed when the database failed or `seconds` have passed.

        Work that is late is not cancelled: a commit under way cannot be called back. Whoever asks again (the same client
        id) finds what it did.
        """
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=max(seconds, 0.01))
        if not done:
            self._left_behind.add(task)
            task.add_done_callback(self._forget)
            raise StorageFailed
        try:
            return task.result()
        except _FAILURES as error:
            raise StorageFailed from error

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._left_behind.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not report it; the caller was told already

    async def ping(self) -> None:
        """Raise unless the database takes a write transaction now."""
        async with self.write() as connection:
            await connection.execute(sa.text("SELECT 1"))

    async def truncate_log(self) -> None:
        """Empty SQLite's write-ahead log, so that deleted pages are not left in it; while that is not possible it is tried again beside."""
        if self.is_sqlite:
            await self._log.empty()

    async def _truncate(self) -> bool:
        """False when a reader kept the log from being emptied (SQLite only says so in a row), or the database failed."""
        try:
            async with self._writing, self.engine.connect() as connection:
                raw = await connection.get_raw_connection()
                driver = raw.driver_connection
                assert driver is not None, "a connection of the pool has one"
                ((is_busy, _, _),) = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
                return not is_busy
        except _FAILURES:
            return False


def _pool_of(url: str) -> dict[str, Any]:
    """SQLite: few connections (more only wait for each other), no extra rollback (every transaction here is ended)."""
    return (
        {"pool_size": 4, "max_overflow": 4, "pool_timeout": 1, "pool_reset_on_return": None}
        if url.startswith("sqlite")
        else {"pool_size": 8, "pool_timeout": 1}
    )


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: sa.Connection) -> None:
    # IMMEDIATE: a writer takes its lock at the start, so that it never fails half-way with "locked".
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    if connection.dialect.name == "postgresql":  # several hubs may start at once
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(116000)"))
    command.upgrade(config, "head")
