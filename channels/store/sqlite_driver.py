"""SQLite's driver with one way to its thread per statement.

SQLAlchemy asks aiosqlite for a cursor, then to execute, to fetch, and to close: four ways to the connection's thread and back.
Here all four are one, which spares a quarter of the hub's processor. Everything else is SQLAlchemy's own (docs/adr/0015).
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)

NAME = "sqlite+one_way"
_Done = tuple[Any, int, int | None, list[Any]]


class OneWayCursor(AsyncAdapt_aiosqlite_cursor):
    """What a statement gave, fetched while the connection's thread was at it."""

    __slots__ = ("_done",)

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = deque()
        self._done: _Done = (None, -1, None, [])

    @property
    def description(self) -> Any:
        """Of the columns; None when the statement gives no rows."""
        return self._done[0]

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 when that is not known."""
        return self._done[1]

    @property
    def lastrowid(self) -> Any:
        """Of the row that was added last."""
        return self._done[2]

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._do(lambda cursor: cursor.execute(operation, () if parameters is None else parameters))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._do(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _do(self, statement: Callable[[sqlite3.Cursor], object]) -> None:
        async with self._adapt_connection._execute_mutex:
            connection: Any = self._connection
            self._done = await connection._execute(_run, connection._conn, statement)
        self._rows = deque(self._done[3])

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        """Nothing is open."""
        self._rows.clear()


def _run(connection: sqlite3.Connection, statement: Callable[[sqlite3.Cursor], object]) -> _Done:
    """In the connection's thread."""
    cursor = connection.cursor()
    try:
        statement(cursor)
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()


class OneWayConnection(AsyncAdapt_aiosqlite_connection):
    """Gives such cursors."""

    __slots__ = ()
    _cursor_cls = OneWayCursor  # type: ignore[assignment]  # declared as one class, meant as any of its kind


class OneWayModule(AsyncAdapt_aiosqlite_dbapi):
    """Gives such connections."""

    def connect(self, *arg: Any, **kw: Any) -> OneWayConnection:
        """As the parent class."""
        opened = super().connect(*arg, **kw)
        return OneWayConnection(self, opened._connection)


class OneWayDialect(SQLiteDialect_aiosqlite):
    """SQLite through aiosqlite, one way per statement."""

    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> OneWayModule:
        """As the parent class."""
        return OneWayModule(__import__("aiosqlite"), sqlite3)


registry.register("sqlite.one_way", __name__, "OneWayDialect")
