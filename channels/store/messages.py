"""Messages and replies: each message accepted once, each turn finished once, replies numbered without gaps."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import Gone, box_of, fetch_row, highest_rank
from channels.store.crypto import Box, Keys, Unreadable
from channels.store.engine import Database
from channels.store.tables import CHOICES, CONVERSATIONS, MESSAGES, REPLIES
from kernel.conversation import Bubble, Choice, Speaker
from kernel.language import Language
from kernel.urgency import Urgency

_M = MESSAGES.c


class AlreadyDone(Exception):
    """The message was answered before: this second answer must not be shown."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a teenager sent: free text, or the payload that a chosen button stands for (then `text` is empty)."""

    text: str
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message; `id` is the client's."""

    conversation_id: str
    id: str
    body: Body


@dataclass(frozen=True, slots=True)
class Accepted:
    """`is_new`: stored now; else it was known, and `is_done` says whether its turn is complete."""

    is_new: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A stored reply; the payloads of its choices are opaque ids. `seq` is None for one that could not be stored."""

    seq: int | None
    in_reply_to: str | None
    bubble: Bubble


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished turn changes besides its replies; None leaves a thing as it is."""

    urgency: Urgency = Urgency.NONE
    language: Language | None = None
    memory: dict[str, Any] | None = None


class Messages:
    """What is done inside a conversation. Methods raise Gone when the conversation is missing."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def accept(self, conversation_id: str, message_id: str, body: Body, urgency: Urgency) -> Accepted:
        """Store a message, and raise the urgency to at least `urgency`, in one commit. A known id changes nothing."""
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            known = sa.select(_M.done_at).where(_M.conversation_id == conversation_id, _M.client_id == message_id)
            found = (await connection.execute(known)).one_or_none()
            if found is not None:
                return Accepted(is_new=False, is_done=found.done_at is not None)
            sealed = _box(row, self._keys).seal({"text": body.text, "payload": body.payload}, f"message:{message_id}")
            now = time.time()
            await connection.execute(
                MESSAGES.insert().values(conversation_id=conversation_id, client_id=message_id, body_sealed=sealed, received_at=now)
            )
            raised = highest_rank(connection, urgency)
            await connection.execute(
                CONVERSATIONS.update().where(CONVERSATIONS.c.id == conversation_id).values(urgency_rank=raised, active_at=now)
            )
        return Accepted(is_new=True, is_done=False)

    async def finish(self, conversation_id: str, message_id: str | None, bubbles: Sequence[Bubble], outcome: Outcome) -> list[Reply]:
        """Store the replies, the new state and "done" in one commit; gives the replies with their numbers.

        `message_id` None is for replies that answer no message (greeting, `human`, `sos`). Raises AlreadyDone for a message
        that was answered before.
        """
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            box = _box(row, self._keys)
            if message_id is not None:
                await _mark_done(connection, conversation_id, message_id)
            replies = await insert_replies(connection, row, box, message_id, bubbles)
            values: dict[str, Any] = {
                "last_seq": row.last_seq + len(replies),
                "urgency_rank": highest_rank(connection, outcome.urgency),
                "active_at": time.time(),
            }
            if outcome.language is not None:
                values["language"] = outcome.language.value
            if outcome.memory is not None:
                values["state_sealed"] = box.seal(outcome.memory, "state")
            await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == conversation_id).values(**values))
            return replies

    async def replies_after(self, conversation_id: str, seq: int) -> tuple[list[Reply], frozenset[str]]:
        """Replies with a higher number than `seq`, in order; and the ids of the messages among `in_reply_to` that are done."""
        query = sa.select(REPLIES).where(REPLIES.c.conversation_id == conversation_id, REPLIES.c.seq > seq).order_by(REPLIES.c.seq)
        async with self._db.read() as connection:
            box = _box(await fetch_row(connection, conversation_id), self._keys)
            rows = (await connection.execute(query)).all()
            answered = [row.in_reply_to for row in rows if row.in_reply_to is not None]
            done = sa.select(_M.client_id).where(_M.conversation_id == conversation_id, _M.client_id.in_(answered), _M.done_at.is_not(None))
            finished = frozenset((await connection.execute(done)).scalars())
        return [_reply_of(row, box) for row in rows], finished

    async def resolve_choice(self, conversation_id: str, choice_id: str) -> str | None:
        """The payload behind a choice of this conversation; None when it has no such choice."""
        query = sa.select(CHOICES.c.payload_sealed).where(CHOICES.c.id == choice_id, CHOICES.c.conversation_id == conversation_id)
        async with self._db.read() as connection:
            row = await fetch_row(connection, conversation_id)
            sealed = (await connection.execute(query)).scalar_one_or_none()
        return str(_box(row, self._keys).open(sealed, f"choice:{choice_id}")) if sealed is not None else None

    async def unfinished(self, conversation_id: str | None = None, *, before: float | None = None) -> list[Message]:
        """Stored messages without a finished turn, oldest first: of one conversation, or of all; received at or before `before`."""
        query = (
            sa.select(MESSAGES, CONVERSATIONS.c.key_wrapped, CONVERSATIONS.c.id)
            .join(CONVERSATIONS, CONVERSATIONS.c.id == _M.conversation_id)
            .where(_M.done_at.is_(None))
            .order_by(_M.position)
        )
        if conversation_id is not None:
            query = query.where(_M.conversation_id == conversation_id)
        if before is not None:
            query = query.where(_M.received_at <= before)
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        found = []
        for row in rows:
            try:
                body = box_of(row, self._keys).open(row.body_sealed, f"message:{row.client_id}")
            except Unreadable:
                continue  # sealed under another SECRET_KEY: nobody can answer it
            found.append(Message(row.conversation_id, row.client_id, Body(body["text"], body["payload"])))
        return found


def _box(row: Any, keys: Keys) -> Box:
    try:
        return box_of(row, keys)
    except Unreadable as error:
        raise Gone from error


async def _mark_done(connection: AsyncConnection, conversation_id: str, message_id: str) -> None:
    this = (_M.conversation_id == conversation_id, _M.client_id == message_id, _M.done_at.is_(None))
    result = await connection.execute(MESSAGES.update().where(*this).values(done_at=time.time()))
    if result.rowcount != 1:
        raise AlreadyDone


async def insert_replies(connection: AsyncConnection, row: Any, box: Box, message_id: str | None, bubbles: Sequence[Bubble]) -> list[Reply]:
    """Number, seal and store the bubbles; each choice gets an opaque random id in place of its payload."""
    replies = []
    for seq, bubble in enumerate(bubbles, row.last_seq + 1):
        shown = tuple(Choice(choice.title, secrets.token_urlsafe(16)) for choice in bubble.choices)
        for choice, opaque in zip(bubble.choices, shown, strict=True):
            sealed = box.seal(choice.payload, f"choice:{opaque.payload}")
            await connection.execute(CHOICES.insert().values(id=opaque.payload, conversation_id=row.id, payload_sealed=sealed))
        stored = Bubble(bubble.text, bubble.language, shown, bubble.helplines, bubble.speaker)
        body = {
            "text": stored.text,
            "language": stored.language.value,
            "choices": [[choice.title, choice.payload] for choice in shown],
            "helplines": list(stored.helplines),
            "speaker": stored.speaker.value,
        }
        await connection.execute(
            REPLIES.insert().values(
                conversation_id=row.id, seq=seq, in_reply_to=message_id, body_sealed=box.seal(body, f"reply:{seq}"), created_at=time.time()
            )
        )
        replies.append(Reply(seq, message_id, stored))
    return replies


def _reply_of(row: Any, box: Box) -> Reply:
    body = box.open(row.body_sealed, f"reply:{row.seq}")
    bubble = Bubble(
        text=body["text"],
        language=Language(body["language"]),
        choices=tuple(Choice(title, payload) for title, payload in body["choices"]),
        helplines=tuple(body["helplines"]),
        speaker=Speaker(body["speaker"]),
    )
    return Reply(row.seq, row.in_reply_to, bubble)
