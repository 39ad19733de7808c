"""Replies: numbered without gaps, sealed, their choices' payloads behind opaque ids."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import Gone, box_of
from channels.store.crypto import Box, Keys, Unreadable
from channels.store.tables import CHOICES, CONVERSATIONS, REPLIES
from kernel.conversation import Bubble, Choice, Speaker
from kernel.language import Language


@dataclass(frozen=True, slots=True)
class Reply:
    """A stored reply; the payloads of its choices are opaque ids. `seq` is None for one that could not be stored."""

    seq: int | None
    in_reply_to: str | None
    bubble: Bubble


def open_box(row: Any, keys: Keys) -> Box:
    """The box of a conversation's row; one that cannot be read under this SECRET_KEY is as good as gone. Raises Gone."""
    try:
        return box_of(row, keys)
    except Unreadable as error:
        raise Gone from error


def without_wipe_question(memory: dict[str, Any]) -> dict[str, Any] | None:
    """What is remembered once something else was said than the answer to "wipe everything?"; None leaves it: that was not asked.

    A yes said to what came in between must not be one to a wipe that was asked before.
    """
    return memory | {"bot": None, "asks_wipe": False} if memory.get("asks_wipe") else None


def no_wipe_question(row: Any, box: Box) -> dict[str, Any]:
    """The sealed memory of the conversation in `row` as an update sets it, once such a question is off; nothing where none was open."""
    if row.state_sealed is None or (memory := without_wipe_question(box.open(row.state_sealed, "state"))) is None:
        return {}
    return {"state_sealed": box.seal(memory, "state")}


async def add_replies(
    connection: AsyncConnection, row: Any, box: Box, bubbles: Sequence[Bubble], case_id: str | None = None, client_id: str | None = None
) -> list[Reply]:
    """As `insert_replies`, for bubbles that answer no message; the conversation's last number moves along, a wipe asked before is off."""
    replies = await insert_replies(connection, row, box, None, bubbles, case_id, client_id)
    values = {"last_seq": row.last_seq + len(replies), "active_at": time.time()} | no_wipe_question(row, box)
    await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == row.id).values(**values))
    return replies


async def insert_replies(
    connection: AsyncConnection,
    row: Any,
    box: Box,
    message_id: str | None,
    bubbles: Sequence[Bubble],
    case_id: str | None = None,
    client_id: str | None = None,
) -> list[Reply]:
    """Number, seal and store the bubbles; each choice gets an opaque random id in place of its payload.

    `case_id` and `client_id` are for what a counsellor says.
    """
    replies, choice_rows, reply_rows = [], [], []  # two statements in all: each costs a way to the database and back
    for seq, bubble in enumerate(bubbles, row.last_seq + 1):
        shown = tuple(Choice(choice.title, secrets.token_urlsafe(16)) for choice in bubble.choices)
        for choice, opaque in zip(bubble.choices, shown, strict=True):
            sealed = box.seal([choice.payload, choice.title], f"choice:{opaque.payload}")
            choice_rows.append({"id": opaque.payload, "conversation_id": row.id, "payload_sealed": sealed})
        stored = Bubble(bubble.text, bubble.language, shown, bubble.helplines, bubble.speaker)
        body = {
            "text": stored.text,
            "language": stored.language.value,
            "choices": [[choice.title, choice.payload] for choice in shown],
            "helplines": list(stored.helplines),
            "speaker": stored.speaker.value,
        }
        reply_rows.append(
            {
                "conversation_id": row.id,
                "seq": seq,
                "in_reply_to": message_id,
                "body_sealed": box.seal(body, f"reply:{seq}"),
                "created_at": time.time(),
                "escalation_id": case_id,
                "client_id": client_id,
            }
        )
        replies.append(Reply(seq, message_id, stored))
    if choice_rows:
        await connection.execute(CHOICES.insert(), choice_rows)
    if reply_rows:
        await connection.execute(REPLIES.insert(), reply_rows)
    return replies


def reply_of(row: Any, box: Box) -> Reply:
    """The reply in a row; raises Unreadable."""
    body = box.open(row.body_sealed, f"reply:{row.seq}")
    bubble = Bubble(
        text=body["text"],
        language=Language(body["language"]),
        choices=tuple(Choice(title, payload) for title, payload in body["choices"]),
        helplines=tuple(body["helplines"]),
        speaker=Speaker(body["speaker"]),
    )
    return Reply(row.seq, row.in_reply_to, bubble)
