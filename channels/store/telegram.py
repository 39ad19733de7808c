"""Telegram chats as they come in: which conversation a chat is, and each update handled once, also across restarts."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import Conversations, fetch_row
from channels.store.crypto import ChatNumbers, Keys
from channels.store.engine import Database
from channels.store.replies import add_replies, insert_replies, open_box
from channels.store.tables import CONVERSATIONS
from channels.store.telegram_tables import TELEGRAM_CHATS, TELEGRAM_MESSAGES, TELEGRAM_UPDATES
from kernel.conversation import Bubble, Holder
from kernel.language import Language

_T, _C, _U, _M = TELEGRAM_CHATS.c, CONVERSATIONS.c, TELEGRAM_UPDATES.c, TELEGRAM_MESSAGES.c
_CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Linked:
    """The conversation of a chat. `has_ended`: its token is gone (said stop, blocked the bot, or it grew too old)."""

    conversation_id: str
    language: Language
    holder: Holder
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as it stands: handled before, or else the conversation of its chat (None: there is none)."""

    is_known: bool
    linked: Linked | None = None


class TelegramChats:
    """What updates do. `key` is the chat's pseudonym, `at` and `*_at` are seconds since the epoch."""

    def __init__(self, database: Database, keys: Keys, numbers: ChatNumbers, conversations: Conversations) -> None:
        self._db, self._keys, self._conversations = database, keys, conversations
        self.numbers = numbers

    def message_id(self, update_id: int) -> str:
        """The id under which what an update says is stored: the same for the same update."""
        return str(uuid.UUID(self.numbers.pseudonym(update_id, "update")[:32]))

    def choice_message_id(self, choice_id: str) -> str:
        """The id under which a tapped choice is stored: each can be used once."""
        return str(uuid.UUID(self.numbers.pseudonym(0, "choice", choice_id.encode())[:32]))

    async def arrive(self, key: str, update_id: int, message_id: int | None, at: float) -> Arrived:
        """The teenager wrote or tapped at `at`: from here on answers are brought again (after a stop, a block, a neutral notice)."""
        async with self._db.write() as connection:
            if await _is_known(connection, update_id):
                return Arrived(is_known=True)
            values = {"seen_at": at, "is_notified": False, "until_seq": None, "blocked_at": None}
            await connection.execute(TELEGRAM_CHATS.update().where(_T.id == key).values(**values))
            query = sa.select(CONVERSATIONS).join(TELEGRAM_CHATS, _T.conversation_id == _C.id).where(_T.id == key)
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                return Arrived(is_known=False)
            if message_id is not None:
                await put_message(connection, key, message_id, at, is_doomed=False)
        return Arrived(False, Linked(row.id, Language(row.language), Holder(row.holder), row.token_hash is None))

    async def begin(
        self, number: int, language: Language, bubbles: Sequence[Bubble], at: float, *, message_id: int | None, update_id: int | None
    ) -> Linked:
        """A new conversation of this chat with its first words, in one commit; `update_id`: that update is handled with it.

        Its id is the HMAC of the chat's number and of something random, so that a chat that was wiped begins under another one.
        """
        key = self.numbers.pseudonym(number)
        conversation_id = self.numbers.pseudonym(number, "conversation", secrets.token_bytes(16))[:32]
        async with self._db.write() as connection:
            _, _, box = await self._conversations.insert(connection, language, _CHANNEL, conversation_id)
            replies = await insert_replies(connection, await fetch_row(connection, conversation_id), box, None, bubbles)
            await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(last_seq=len(replies)))
            values: dict[str, Any] = {"conversation_id": conversation_id, "sent_seq": 0, "sent_part": 0, "until_seq": None}
            values |= {"seen_at": at, "is_notified": False, "blocked_at": None, "number_sealed": self.numbers.seal(number)}
            if (await connection.execute(TELEGRAM_CHATS.update().where(_T.id == key).values(**values))).rowcount == 0:
                await connection.execute(TELEGRAM_CHATS.insert().values(id=key, **values))
            if message_id is not None:
                await put_message(connection, key, message_id, at, is_doomed=False)
            if update_id is not None:
                await _mark(connection, update_id)
        return Linked(conversation_id, language, Holder.BOT, has_ended=False)

    async def say_once(
        self,
        key: str,
        conversation_id: str,
        update_id: int,
        bubbles: Sequence[Bubble],
        *,
        language: Language | None = None,
        is_last: bool = False,
    ) -> bool:
        """The hub's own answer to an update, stored in one commit with "handled"; False when it was handled before. Raises Gone.

        `language` is what the teenager chose; `is_last`: nothing is brought after it until they write again.
        """
        async with self._db.write() as connection:
            if await _is_known(connection, update_id):
                return False
            row = await fetch_row(connection, conversation_id, lock=True)
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles)
            if language is not None:
                await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(language=language.value))
            if is_last and replies:
                await connection.execute(TELEGRAM_CHATS.update().where(_T.id == key).values(until_seq=replies[-1].seq))
            await _mark(connection, update_id)
        return True

    async def handled(self, update_id: int) -> None:
        """Note that an update was handled; no harm when that is known."""
        async with self._db.write() as connection:
            if not await _is_known(connection, update_id):
                await _mark(connection, update_id)

    async def is_handled(self, update_id: int) -> bool:
        """True when that update was handled before."""
        async with self._db.read() as connection:
            return await _is_known(connection, update_id)

    async def is_seen_since(self, key: str, moment: float) -> bool:
        """True when the teenager wrote or tapped at that moment or later."""
        async with self._db.read() as connection:
            seen_at = (await connection.execute(sa.select(_T.seen_at).where(_T.id == key))).scalar_one_or_none()
        return seen_at is not None and seen_at >= moment

    async def forget(self, before: float) -> int:
        """Delete what was noted of updates before `before`; how many."""
        return await self._db.delete_if_any(TELEGRAM_UPDATES, _U.at < before)


async def put_message(connection: AsyncConnection, key: str, message_id: int, at: float, *, is_doomed: bool) -> None:
    """Note the number of a message, so that it can be deleted in Telegram."""
    this = (_M.chat_id == key, _M.message_id == message_id)
    if (await connection.execute(sa.select(_M.at).where(*this))).one_or_none() is None:
        values = {"chat_id": key, "message_id": message_id, "at": at, "is_doomed": is_doomed}
        await connection.execute(TELEGRAM_MESSAGES.insert().values(**values))


async def _is_known(connection: AsyncConnection, update_id: int) -> bool:
    return (await connection.execute(sa.select(_U.at).where(_U.update_id == update_id))).one_or_none() is not None


async def _mark(connection: AsyncConnection, update_id: int) -> None:
    await connection.execute(TELEGRAM_UPDATES.insert().values(update_id=update_id, at=time.time()))
