"""What was brought to Telegram: a cursor per chat, moved after each message, and the numbers of messages to delete after a wipe."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.crypto import ChatNumbers, Unreadable
from channels.store.desk_tables import ESCALATIONS
from channels.store.engine import Database
from channels.store.tables import CONVERSATIONS
from channels.store.telegram import put_message
from channels.store.telegram_tables import TELEGRAM_CHATS, TELEGRAM_MESSAGES, is_forgettable
from kernel.conversation import Holder
from kernel.escalation import EscalationState
from kernel.language import Language

_T, _C, _M = TELEGRAM_CHATS.c, CONVERSATIONS.c, TELEGRAM_MESSAGES.c
DELETABLE_S = 47.5 * 3600
"""Telegram lets a bot delete messages younger than 48 hours."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Where bringing stands. `until_seq`: not beyond this reply; `last_seq`: the conversation's last one."""

    number: int
    conversation_id: str
    language: Language
    holder: Holder
    sent_seq: int
    sent_part: int
    until_seq: int | None
    last_seq: int
    seen_at: float
    is_notified: bool


class TelegramSent:
    """`key` is the chat's pseudonym."""

    def __init__(self, database: Database, numbers: ChatNumbers) -> None:
        self._db, self._numbers = database, numbers

    async def links(self) -> list[tuple[str, str]]:
        """Every chat that has a conversation, with its id."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(_T.id, _T.conversation_id).where(_T.conversation_id.is_not(None)))
            return [(row.id, row.conversation_id) for row in rows]

    async def unfinished(self) -> set[str]:
        """The chats in which something is left to do: replies, a card, or deleting."""
        offered = sa.select(ESCALATIONS.c.conversation_id).where(ESCALATIONS.c.state == EscalationState.OFFERED.value)
        behind = sa.or_(_C.last_seq > _T.sent_seq, _C.id.in_(offered))
        chats = sa.select(_T.id).join(CONVERSATIONS, _C.id == _T.conversation_id).where(_T.blocked_at.is_(None), behind)
        async with self._db.read() as connection:
            behind_or_offered = set((await connection.execute(chats)).scalars())
        return behind_or_offered | await self.with_doomed()

    async def with_doomed(self) -> set[str]:
        """The chats in which something wiped is still to be deleted."""
        async with self._db.read() as connection:
            return set((await connection.execute(sa.select(_M.chat_id).where(_M.is_doomed).distinct())).scalars())

    async def undelivered(self, key: str) -> Undelivered | None:
        """Where the chat stands; None when it has no conversation, blocked the bot, or cannot be read under this SECRET_KEY."""
        query = sa.select(TELEGRAM_CHATS, _C.language, _C.holder, _C.last_seq).join(CONVERSATIONS, _C.id == _T.conversation_id)
        async with self._db.read() as connection:
            row = (await connection.execute(query.where(_T.id == key, _T.blocked_at.is_(None)))).one_or_none()
        number = self._number(row, key)
        if row is None or number is None:
            return None
        cursor = (row.sent_seq, row.sent_part, row.until_seq, row.last_seq)
        return Undelivered(number, row.conversation_id, Language(row.language), Holder(row.holder), *cursor, row.seen_at, row.is_notified)

    async def sent(self, key: str, conversation_id: str, seq: int, part: int | None, message_id: int | None) -> bool:
        """A message was brought: `part` messages of reply `seq` are there now, None: all of it. False: wiped meanwhile."""
        cursor = {"sent_seq": seq, "sent_part": 0} if part is None else {"sent_seq": seq - 1, "sent_part": part}
        async with self._db.write() as connection:
            this = (_T.id == key, _T.conversation_id == conversation_id, _T.sent_seq < seq)
            await connection.execute(TELEGRAM_CHATS.update().where(*this).values(**cursor))
            return message_id is None or await self._note(connection, key, conversation_id, message_id)

    async def noted(self, key: str, conversation_id: str, message_id: int, *, is_notice: bool = False) -> bool:
        """A message that is no stored reply was brought; `is_notice`: it said that there is an answer. False: wiped meanwhile."""
        async with self._db.write() as connection:
            if is_notice:
                await connection.execute(TELEGRAM_CHATS.update().where(_T.id == key).values(is_notified=True))
            return await self._note(connection, key, conversation_id, message_id)

    async def _note(self, connection: AsyncConnection, key: str, conversation_id: str, message_id: int) -> bool:
        chat = (await connection.execute(sa.select(_T.conversation_id).where(_T.id == key))).one_or_none()
        is_wiped = chat is None or chat.conversation_id != conversation_id
        if chat is not None:
            await put_message(connection, key, message_id, time.time(), is_doomed=is_wiped)
        return not is_wiped

    async def blocked(self, key: str) -> None:
        """The teenager blocked the bot: nothing is brought until they write again."""
        async with self._db.write() as connection:
            await connection.execute(TELEGRAM_CHATS.update().where(_T.id == key).values(blocked_at=time.time()))

    async def doomed(self, key: str) -> tuple[int | None, list[int]]:
        """The chat's number, and the numbers of messages that are to be deleted, oldest first."""
        young = _M.at > time.time() - DELETABLE_S
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(TELEGRAM_CHATS).where(_T.id == key))).one_or_none()
            query = sa.select(_M.message_id).where(_M.chat_id == key, _M.is_doomed, young).order_by(_M.message_id)
            return self._number(row, key), list((await connection.execute(query)).scalars())

    async def deleted(self, key: str, message_ids: Collection[int]) -> None:
        """These are gone in Telegram (or cannot go); a chat of which nothing is left is forgotten."""
        async with self._db.write() as connection:
            this = (_M.chat_id == key, _M.message_id.in_(message_ids))
            await connection.execute(TELEGRAM_MESSAGES.delete().where(*this))
            await connection.execute(TELEGRAM_CHATS.delete().where(_T.id == key, is_forgettable()))

    async def forget(self, now: float) -> int:
        """Delete the numbers of messages that are too old to be deleted in Telegram; how many."""
        found = await self._db.delete_if_any(TELEGRAM_MESSAGES, _M.at < now - DELETABLE_S)
        return found + await self._db.delete_if_any(TELEGRAM_CHATS, is_forgettable())

    def _number(self, row: Any, key: str) -> int | None:
        try:
            return self._numbers.open(row.number_sealed, key) if row is not None else None
        except Unreadable:
            return None
