"""Conversations: begin, find, language, urgency (only ever raised here; staff lower it in `staff_moves.py`), end, delete."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.crypto import Box, Keys, Unreadable, hash_token
from channels.store.deletion import delete_rows, has_case, thin_rows
from channels.store.engine import AHEAD_S, Database
from channels.store.tables import CONVERSATIONS, WIPES
from kernel.conversation import Holder
from kernel.language import Language
from kernel.urgency import Urgency

LEVELS = tuple(Urgency)
_C = CONVERSATIONS.c


class Gone(Exception):
    """The conversation does not exist (any more)."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation as stored. `memory` is what the hub and bot keep of it between turns (JSON-ready).

    `urgency_version` moves with every danger that is heard and with every lowering by staff; 0: never anything of these.
    """

    id: str
    language: Language
    holder: Holder
    urgency: Urgency
    last_seq: int
    memory: dict[str, Any] = field(default_factory=dict)
    urgency_version: int = 0


def higher_of(connection: AsyncConnection, column: sa.ColumnElement[int], rank: int) -> sa.ColumnElement[int]:
    """SQL for the higher of the stored rank in `column` and `rank`: one statement, so that two writers cannot lower it."""
    highest = sa.func.greatest if connection.dialect.name == "postgresql" else sa.func.max
    return highest(column, rank)


def lower_of(connection: AsyncConnection, column: sa.ColumnElement[int], rank: int) -> sa.ColumnElement[int]:
    """SQL for the lower of the stored rank in `column` and `rank`."""
    lowest = sa.func.least if connection.dialect.name == "postgresql" else sa.func.min
    return lowest(column, rank)


def raised_to(connection: AsyncConnection, level: Urgency, *, is_danger: bool | None = None) -> dict[str, sa.ColumnElement[int]]:
    """What an update sets, so that the urgency is `level` at least; the version moves where danger was heard (from the level, unless
    `is_danger` says it)."""
    values = {"urgency_rank": higher_of(connection, _C.urgency_rank, level.rank)}
    moves = level.is_danger if is_danger is None else is_danger
    return values | ({"urgency_version": _C.urgency_version + 1} if moves else {})


def box_of(row: Any, keys: Keys) -> Box:
    """The box of a conversation's row; raises Unreadable."""
    return keys.unwrap(row.key_wrapped, row.id)


def conversation_of(row: Any, box: Box) -> Conversation:
    """The conversation in a row; raises Unreadable."""
    memory = box.open(row.state_sealed, "state") if row.state_sealed is not None else {}
    level = LEVELS[row.urgency_rank]
    return Conversation(row.id, Language(row.language), Holder(row.holder), level, row.last_seq, memory, row.urgency_version)


async def fetch_row(connection: AsyncConnection, conversation_id: str, *, lock: bool = False) -> Any:
    """The row; raises Gone. `lock` holds it for this transaction (PostgreSQL; SQLite's writers are alone anyway)."""
    query = sa.select(CONVERSATIONS).where(_C.id == conversation_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        raise Gone
    return row


class Conversations:
    """What is done with whole conversations. Methods raise Gone where one is missing."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def insert(
        self, connection: AsyncConnection, language: Language, channel: str, conversation_id: str | None = None
    ) -> tuple[str, str, Box]:
        """A new conversation in the caller's transaction: its id (random unless given), its token (shown once), its box."""
        conversation_id, token, now = conversation_id or secrets.token_hex(16), secrets.token_urlsafe(24), time.time()
        wrapped, box = self._keys.new(conversation_id)
        await connection.execute(
            CONVERSATIONS.insert().values(
                id=conversation_id,
                token_hash=hash_token(token),
                key_wrapped=wrapped,
                channel=channel,
                language=language.value,
                holder=Holder.BOT.value,
                urgency_rank=0,
                last_seq=0,
                created_at=now,
                active_at=now,
            )
        )
        return conversation_id, token, box

    async def by_token(self, token: str) -> Conversation | None:
        """The conversation whose token this is; None when there is none or it cannot be read under this SECRET_KEY."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(CONVERSATIONS).where(_C.token_hash == hash_token(token)))).one_or_none()
        try:
            return conversation_of(row, box_of(row, self._keys)) if row is not None else None
        except Unreadable:
            return None

    async def get(self, conversation_id: str) -> Conversation:
        """The conversation; raises Gone."""
        async with self._db.read() as connection:
            row = await fetch_row(connection, conversation_id)
        try:
            return conversation_of(row, box_of(row, self._keys))
        except Unreadable as error:
            raise Gone from error

    async def set_language(self, conversation_id: str, language: Language) -> None:
        """The teenager chose a language."""
        async with self._db.write() as connection:
            await connection.execute(
                CONVERSATIONS.update().where(_C.id == conversation_id).values(language=language.value, active_at=time.time())
            )

    async def raise_urgency(self, conversation_id: str, level: Urgency) -> None:
        """Raise the urgency to at least `level`; never lowers it."""
        async with self._db.write() as connection:
            await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(**raised_to(connection, level)))

    async def end_token(self, conversation_id: str) -> None:
        """The teenager left: the token opens nothing any more. The conversation stays until retention deletes it."""
        async with self._db.write() as connection:
            await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(token_hash=None))

    async def wipe(self, conversation_id: str) -> None:
        """Delete conversation, messages, replies, choices, state and key in one transaction; note the id in the ledger.

        The text of its cases goes too; their records stay. `Database.truncate_log` empties the write-ahead log: it may take longer.
        """
        async with self._db.write() as connection:
            await delete_rows(connection, [conversation_id], "wiped")
            already = sa.select(WIPES.c.conversation_id).where(WIPES.c.conversation_id == conversation_id)
            if (await connection.execute(already)).one_or_none() is None:
                await connection.execute(WIPES.insert().values(conversation_id=conversation_id, wiped_at=time.time()))

    async def delete(self, conversation_ids: list[str], *, unless_since: float | None = None) -> int:
        """Delete conversations without a note in the ledger (a restore replays wipes; it must not need this list).

        `unless_since`: not those in which something was said since that moment, as it is in this transaction: a cry may have come since
        they were looked up.
        """
        async with self._db.write() as connection:
            if unless_since is not None:
                goes_on = sa.select(_C.id).where(_C.id.in_(conversation_ids), _C.active_at >= unless_since)
                alive = set((await connection.execute(goes_on)).scalars())
                conversation_ids = [key for key in conversation_ids if key not in alive]
            deleted = await delete_rows(connection, conversation_ids, "expired")
        await self._db.truncate_log()
        return deleted

    async def idle_since(self, moment: float, limit: int = 500) -> list[str]:
        """Ids of conversations without activity since `moment` (seconds since the epoch) of which staff were sent nothing."""
        query = sa.select(_C.id).where(_C.active_at < moment, ~has_case()).order_by(_C.active_at).limit(limit)
        async with self._db.read() as connection:
            return list((await connection.execute(query)).scalars())

    async def thin_idle(self, moment: float, limit: int = 500) -> int:
        """Of idle conversations with a case, delete all but what staff were sent; how many (at most `limit`).

        Again, where the talk went on after that.
        """
        has_more = sa.or_(_C.thinned_at.is_(None), _C.thinned_at < _C.active_at)
        query = sa.select(_C.id).where(_C.active_at < moment, has_more, has_case()).limit(limit)
        async with self._db.read() as connection:
            found = list((await connection.execute(query)).scalars())
        if not found:
            return 0
        async with self._db.write() as connection:
            thinned = await thin_rows(connection, found, moment)
        await self._db.truncate_log()
        return thinned

    async def count_idle_since(self, moment: float) -> tuple[int, int]:
        """(conversations that `idle_since` would name, all conversations)."""
        idle = sa.select(sa.func.count()).select_from(CONVERSATIONS).where(_C.active_at < moment, ~has_case())
        total = sa.select(sa.func.count()).select_from(CONVERSATIONS)
        async with self._db.read() as connection:
            return int((await connection.execute(idle)).scalar_one()), int((await connection.execute(total)).scalar_one())

    async def trust_no_later_than(self, now: float) -> None:
        """What a clock that was ahead noted would be kept too long: the last activity is `now` at the latest."""
        async with self._db.write() as connection:
            await connection.execute(CONVERSATIONS.update().where(_C.active_at > now + AHEAD_S).values(active_at=now))

    async def wiped_ids(self) -> list[str]:
        """The ledger of wipes: conversation ids only."""
        async with self._db.read() as connection:
            return list((await connection.execute(sa.select(WIPES.c.conversation_id))).scalars())
