"""The audit: who read or did what, and when. Rows are only ever added; the database itself refuses to change or delete one."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from channels.store.engine import Database
from channels.store.staff_tables import ACCOUNTS, AUDIT

PAGE = 100
_WAIT_S = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `at` in seconds since the epoch; `who` is None for the command line and for an unknown name at the door."""

    id: int
    at: float
    who: str | None
    act: str
    subject: str | None
    detail: str


class Audit:
    """Writes and lists entries."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def note(self, account_id: str | None, act: str, subject: str | None = None, detail: str = "") -> None:
        """Add an entry; raises StorageFailed, and then the act must not happen. `detail`: a word from our own lists, or an id."""
        await self._db.within(_WAIT_S, self._insert(account_id, act, subject, detail))

    async def entries(
        self, *, before: int | None = None, account_id: str = "", subject: str = "", act: str = "", limit: int = PAGE
    ) -> list[Entry]:
        """The newest entries first, at most `limit`; `before` an entry's id, and only those that match what is given."""
        query = sa.select(AUDIT, ACCOUNTS.c.name).select_from(AUDIT.outerjoin(ACCOUNTS, ACCOUNTS.c.id == AUDIT.c.account_id))
        if before is not None:
            query = query.where(AUDIT.c.id < before)
        for column, wanted in ((AUDIT.c.account_id, account_id), (AUDIT.c.subject, subject), (AUDIT.c.act, act)):
            if wanted:
                query = query.where(column == wanted)
        async with self._db.read() as connection:
            rows = (await connection.execute(query.order_by(AUDIT.c.id.desc()).limit(limit))).all()
        return [Entry(row.id, row.at, row.name, row.act, row.subject, row.detail) for row in rows]

    async def _insert(self, account_id: str | None, act: str, subject: str | None, detail: str) -> None:
        async with self._db.write() as connection:
            await connection.execute(AUDIT.insert().values(at=time.time(), account_id=account_id, act=act, subject=subject, detail=detail))
