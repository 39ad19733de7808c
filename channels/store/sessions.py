"""Who is logged in at the desk: one row per browser, found by the hash of its cookie."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

import sqlalchemy as sa

from channels.store.accounts import Account, account_of
from channels.store.crypto import hash_token
from channels.store.engine import Database
from channels.store.staff_tables import ACCOUNTS, SESSIONS

IDLE_S = 60 * 60.0
"""A session ends after an hour without a request or an open desk page."""
LONGEST_S = 12 * 3600.0
"""And after twelve hours whatever happens: nobody's shift is longer."""
_SEEN_EVERY_S = 30.0
_S = SESSIONS.c


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of one account. Times in seconds since the epoch; `handle` names it on a page, it opens nothing."""

    handle: str
    account_id: str
    started_at: float
    seen_at: float


class Sessions:
    """Begin, find, list and end sessions."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def begin(self, account_id: str) -> str:
        """A new session: its token, shown to the browser once and kept here as a hash."""
        token, now = secrets.token_urlsafe(32), time.time()
        values = {"handle": secrets.token_hex(8), "account_id": account_id, "started_at": now, "seen_at": now}
        async with self._db.write() as connection:
            await connection.execute(SESSIONS.delete().where(_is_over(now)))
            await connection.execute(SESSIONS.insert().values(token_hash=hash_token(token), **values))
        return token

    async def find(self, token: str) -> tuple[Session, Account] | None:
        """The session of this token and its account; None when it has ended or the account has. Being found keeps it alive."""
        now, hashed = time.time(), hash_token(token)
        query = (
            sa.select(ACCOUNTS, _S.handle, _S.started_at, _S.seen_at)
            .join(SESSIONS, _S.account_id == ACCOUNTS.c.id)
            .where(_S.token_hash == hashed, ~_is_over(now), ACCOUNTS.c.ended_at.is_(None))
        )
        async with self._db.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        if now - row.seen_at > _SEEN_EVERY_S:
            async with self._db.write() as connection:
                await connection.execute(SESSIONS.update().where(_S.token_hash == hashed).values(seen_at=now))
        return Session(row.handle, row.id, row.started_at, now), account_of(row)

    async def of_account(self, account_id: str | None = None) -> list[Session]:
        """The running sessions of an account, or of all; the newest first."""
        query = sa.select(SESSIONS).where(~_is_over(time.time())).order_by(_S.seen_at.desc())
        if account_id is not None:
            query = query.where(_S.account_id == account_id)
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        return [Session(row.handle, row.account_id, row.started_at, row.seen_at) for row in rows]

    async def end(self, handle: str, account_id: str | None = None) -> int:
        """End the session of this handle; with `account_id` only if it is that account's own. How many ended: 0 or 1."""
        wanted = _S.handle == handle
        if account_id is not None:
            wanted = sa.and_(wanted, _S.account_id == account_id)
        async with self._db.write() as connection:
            return int((await connection.execute(SESSIONS.delete().where(wanted))).rowcount)


def _is_over(now: float) -> sa.ColumnElement[bool]:
    return sa.or_(_S.seen_at < now - IDLE_S, _S.started_at < now - LONGEST_S)
