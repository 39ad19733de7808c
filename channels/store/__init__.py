"""The store: the hub's record of conversations, messages, replies, states, choices and wipes, encrypted at rest."""

from __future__ import annotations

from collections.abc import Sequence

from channels.store.begin import begin
from channels.store.conversations import Conversation, Conversations, Gone
from channels.store.crypto import Keys
from channels.store.engine import Database, StorageFailed
from channels.store.messages import Accepted, AlreadyDone, Body, Message, Messages, Outcome, Reply
from kernel.conversation import Bubble
from kernel.language import Language

__all__ = [
    "Accepted",
    "AlreadyDone",
    "Body",
    "Conversation",
    "Gone",
    "Message",
    "Outcome",
    "Reply",
    "StorageFailed",
    "Store",
]


class Store:
    """Everything stored, by noun: `conversations`, `messages`; `db` for transactions and time limits."""

    def __init__(self, database_url: str, secret_key: str) -> None:
        """`database_url` as in settings (sqlite:///PATH or postgresql://…); opens nothing yet."""
        keys = Keys(secret_key)
        self.db = Database(database_url)
        self.conversations = Conversations(self.db, keys)
        self.messages = Messages(self.db, keys)

    async def open(self) -> None:
        """Bring the tables to the newest form."""
        await self.db.migrate()

    async def close(self) -> None:
        """Close all connections."""
        await self.db.close()

    async def begin(self, language: Language, channel: str, greeting: Sequence[Bubble]) -> tuple[str, str, list[Reply]]:
        """A new conversation with its greeting, in one commit: its id, its token, the greeting as stored."""
        return await begin(self.db, self.conversations, language, channel, greeting)
