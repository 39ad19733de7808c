"""The open hand-off card of a Telegram chat: which message shows it, what was taken off, the note. Sealed as the conversation is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from channels.store.conversations import Gone, fetch_row
from channels.store.crypto import Keys, Unreadable
from channels.store.engine import Database
from channels.store.replies import open_box
from channels.store.telegram_tables import TELEGRAM_CARDS, TELEGRAM_CHATS

_K = TELEGRAM_CARDS.c


@dataclass(frozen=True, slots=True)
class OpenCard:
    """`body` is the channel's own (JSON-ready)."""

    handoff_id: str
    message_id: int
    body: dict[str, Any]


class TelegramCards:
    """At most one open card a chat."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db, self._keys = database, keys

    async def get(self, key: str) -> OpenCard | None:
        """The open card; None when there is none or it cannot be read any more."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(TELEGRAM_CARDS).where(_K.chat_id == key))).one_or_none()
            if row is None:
                return None
            try:
                box = open_box(await fetch_row(connection, row.conversation_id), self._keys)
                return OpenCard(row.handoff_id, row.message_id, box.open(row.body_sealed, _place(row.handoff_id)))
            except (Gone, Unreadable):
                return None

    async def put(self, key: str, conversation_id: str, card: OpenCard) -> None:
        """Keep this card in place of any other. Raises Gone, also when the chat has another conversation by now."""
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            linked = sa.select(TELEGRAM_CHATS.c.id).where(TELEGRAM_CHATS.c.id == key, TELEGRAM_CHATS.c.conversation_id == conversation_id)
            if (await connection.execute(linked)).one_or_none() is None:
                raise Gone
            sealed = open_box(row, self._keys).seal(card.body, _place(card.handoff_id))
            await connection.execute(TELEGRAM_CARDS.delete().where(_K.chat_id == key))
            values = {"handoff_id": card.handoff_id, "message_id": card.message_id, "body_sealed": sealed}
            await connection.execute(TELEGRAM_CARDS.insert().values(chat_id=key, conversation_id=conversation_id, **values))

    async def drop(self, key: str) -> None:
        """Decided."""
        async with self._db.write() as connection:
            await connection.execute(TELEGRAM_CARDS.delete().where(_K.chat_id == key))


def _place(handoff_id: str) -> str:
    return f"telegram card:{handoff_id}"
