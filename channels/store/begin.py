"""A conversation and its greeting begin in one commit, so that none exists without its first words."""

from __future__ import annotations

from collections.abc import Sequence

from channels.store.conversations import Conversations, fetch_row
from channels.store.engine import Database
from channels.store.replies import Reply, insert_replies
from channels.store.tables import CONVERSATIONS
from kernel.conversation import Bubble
from kernel.language import Language


async def begin(
    database: Database, conversations: Conversations, language: Language, channel: str, greeting: Sequence[Bubble]
) -> tuple[str, str, list[Reply]]:
    """The new conversation's id, its token (shown once), and its greeting as stored."""
    async with database.write() as connection:
        conversation_id, token, box = await conversations.insert(connection, language, channel)
        row = await fetch_row(connection, conversation_id)
        replies = await insert_replies(connection, row, box, None, greeting)
        await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == conversation_id).values(last_seq=len(replies)))
    return conversation_id, token, replies
