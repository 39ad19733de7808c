"""Messages and replies: each message accepted once, each turn finished once, replies numbered without gaps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import LEVELS, box_of, fetch_row, raised_to
from channels.store.crypto import Keys, Unreadable
from channels.store.engine import AHEAD_S, Database
from channels.store.escalations import Escalation
from channels.store.replies import Reply, insert_replies, no_wipe_question, open_box, reply_of
from channels.store.tables import CHOICES, CONVERSATIONS, MESSAGES, REPLIES
from channels.store.teen_moves import Offer, Offered, offer_in, stay_in
from kernel.conversation import Bubble, Holder
from kernel.language import Language
from kernel.urgency import Urgency

_M = MESSAGES.c


class AlreadyDone(Exception):
    """The message was answered before: this second answer must not be shown."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a teenager sent: free text, or the payload that a chosen button stands for (then `text` is empty) and its title."""

    text: str
    payload: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message; `id` is the client's."""

    conversation_id: str
    id: str
    body: Body


@dataclass(frozen=True, slots=True)
class Accepted:
    """`is_new`: stored now; else it was known, and `is_done` says whether its turn is complete.

    `case_id`: a counsellor holds, and the message went to them. `has_reopened`: the conversation was closed until now.
    `offered`: what the danger in it led to. `kept`: the case, whose counsellor was giving back and now stays.
    """

    is_new: bool
    is_done: bool
    case_id: str | None = None
    has_reopened: bool = False
    offered: Offered | None = None
    kept: Escalation | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished turn changes besides its replies; None leaves a thing as it is.

    `is_command`: the answer to sos, wis, stop: it comes whoever holds the conversation.
    """

    urgency: Urgency = Urgency.NONE
    language: Language | None = None
    memory: dict[str, Any] | None = None
    is_command: bool = False


class Messages:
    """What is done inside a conversation. Methods raise Gone when the conversation is missing."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def accept(
        self,
        conversation_id: str,
        message_id: str,
        body: Body,
        urgency: Urgency,
        *,
        is_command: bool = False,
        danger: Offer | None = None,
        waits: bool = False,
    ) -> Accepted:
        """Store a message, raise the urgency to at least `urgency`, and offer a person for `danger`, in one commit: danger that is
        stored is at the desk, whatever happens after. A known id changes nothing.

        `waits`: the bot's answer decides whether it is danger at all (safety/light_words.py); not in a conversation in danger, nor while
        somebody holds it.

        While a counsellor holds, it is theirs from this commit on, and done; a command never is. Giving back is undone by it: once that
        were over, nobody would answer.
        """
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            this = (_M.conversation_id == conversation_id, _M.client_id == message_id)
            found = (await connection.execute(sa.select(_M.done_at, _M.escalation_id).where(*this))).one_or_none()
            if found is not None:
                is_theirs = found.escalation_id is not None and found.escalation_id == row.case_id
                return Accepted(is_new=False, is_done=found.done_at is not None, case_id=row.case_id if is_theirs else None)
            sealed = open_box(row, self._keys).seal(asdict(body), f"message:{message_id}")
            now, case_id = time.time(), None if is_command else row.case_id
            await connection.execute(
                MESSAGES.insert().values(
                    conversation_id=conversation_id,
                    client_id=message_id,
                    body_sealed=sealed,
                    received_at=now,
                    escalation_id=case_id,
                    done_at=now if case_id is not None else None,
                )
            )
            if waits and row.case_id is None and not LEVELS[row.urgency_rank].is_danger:
                urgency, danger = Urgency.NONE, None
            reopens = row.holder == Holder.CLOSED.value
            values: dict[str, Any] = raised_to(connection, urgency) | {"active_at": now}
            values |= {"holder": Holder.BOT.value} if reopens else {}
            await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == conversation_id).values(**values))
            kept = await stay_in(connection, case_id) if case_id is not None else None
            offered = await offer_in(connection, row, danger) if danger is not None else None
        return Accepted(is_new=True, is_done=case_id is not None, case_id=case_id, has_reopened=reopens, offered=offered, kept=kept)

    async def finish(self, conversation_id: str, message_id: str | None, bubbles: Sequence[Bubble], outcome: Outcome) -> list[Reply]:
        """Store the replies, the new state and "done" in one commit; gives the replies with their numbers.

        `message_id` None is for replies that answer no message (`human`, `sos`): a wipe asked before is off. Raises AlreadyDone for a
        message that was answered before. When a counsellor took over meanwhile, nothing is stored but that the message is theirs:
        then there are no replies.
        """
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            box = open_box(row, self._keys)
            if message_id is not None:
                taken_over = None if outcome.is_command else row.case_id
                await _mark_done(connection, conversation_id, message_id, taken_over)
                if taken_over is not None:
                    return []
            replies = await insert_replies(connection, row, box, message_id, bubbles)
            values: dict[str, Any] = raised_to(connection, outcome.urgency)
            values |= {"last_seq": row.last_seq + len(replies), "active_at": time.time()}
            if outcome.language is not None:
                values["language"] = outcome.language.value
            if outcome.memory is not None:
                values["state_sealed"] = box.seal(outcome.memory, "state")
            elif message_id is None:
                values |= no_wipe_question(row, box)
            await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == conversation_id).values(**values))
            return replies

    async def is_done(self, conversation_id: str, message_id: str) -> bool:
        """Whether the turn of a message is complete; False for one that is not stored."""
        done = sa.select(_M.done_at).where(_M.conversation_id == conversation_id, _M.client_id == message_id)
        async with self._db.read() as connection:
            return (await connection.execute(done)).scalar_one_or_none() is not None

    async def hand_over(self, conversation_id: str, message_id: str) -> bool:
        """Give a message that waited for the bot to the counsellor who holds now; False when none does. Raises AlreadyDone."""
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            if row.case_id is None:
                return False
            await _mark_done(connection, conversation_id, message_id, row.case_id)
        return True

    async def replies_after(self, conversation_id: str, seq: int) -> tuple[list[Reply], frozenset[str]]:
        """Replies with a higher number than `seq`, in order; and the ids of the messages among `in_reply_to` that are done."""
        query = sa.select(REPLIES).where(REPLIES.c.conversation_id == conversation_id, REPLIES.c.seq > seq).order_by(REPLIES.c.seq)
        async with self._db.read() as connection:
            box = open_box(await fetch_row(connection, conversation_id), self._keys)
            rows = (await connection.execute(query)).all()
            answered = [row.in_reply_to for row in rows if row.in_reply_to is not None]
            done = sa.select(_M.client_id).where(_M.conversation_id == conversation_id, _M.client_id.in_(answered), _M.done_at.is_not(None))
            finished = frozenset((await connection.execute(done)).scalars())
        return [reply_of(row, box) for row in rows], finished

    async def resolve_choice(self, conversation_id: str, choice_id: str) -> tuple[str, str] | None:
        """Payload and title of a choice of this conversation; None when it has no such choice."""
        query = sa.select(CHOICES.c.payload_sealed).where(CHOICES.c.id == choice_id, CHOICES.c.conversation_id == conversation_id)
        async with self._db.read() as connection:
            row = await fetch_row(connection, conversation_id)
            sealed = (await connection.execute(query)).scalar_one_or_none()
        if sealed is None:
            return None
        opened = open_box(row, self._keys).open(sealed, f"choice:{choice_id}")
        # Rows of before the desk hold the payload alone.
        return (opened, "") if isinstance(opened, str) else (opened[0], opened[1])

    async def said_to_bot(self, conversation_id: str, most: int = 20) -> list[str]:
        """The last typed messages (not buttons, not what went to a counsellor), oldest first."""
        query = sa.select(MESSAGES).where(_M.conversation_id == conversation_id, _M.escalation_id.is_(None))
        async with self._db.read() as connection:
            box = open_box(await fetch_row(connection, conversation_id), self._keys)
            rows = (await connection.execute(query.order_by(_M.position.desc()).limit(most))).all()
        bodies = [box.open(row.body_sealed, f"message:{row.client_id}") for row in reversed(rows)]
        return [body["text"] for body in bodies if body["text"]]

    async def texts_of(self, conversation_id: str, message_ids: Sequence[str]) -> dict[str, str]:
        """The words of these typed messages to the bot, by the client's id; those that went to a counsellor are left out."""
        query = sa.select(MESSAGES).where(_M.conversation_id == conversation_id, _M.client_id.in_(message_ids), _M.escalation_id.is_(None))
        async with self._db.read() as connection:
            box = open_box(await fetch_row(connection, conversation_id), self._keys)
            rows = (await connection.execute(query)).all()
        bodies = {row.client_id: box.open(row.body_sealed, f"message:{row.client_id}") for row in rows}
        return {message_id: str(body["text"]) for message_id, body in bodies.items() if body["text"]}

    async def unfinished(self, conversation_id: str | None = None, *, before: float | None = None) -> list[Message]:
        """Stored messages without a finished turn, oldest first: of one conversation, or of all.

        With `before` those received at or before it, and those that a clock which was ahead noted: they would wait until then.
        """
        query = (
            sa.select(MESSAGES, CONVERSATIONS.c.key_wrapped, CONVERSATIONS.c.id)
            .join(CONVERSATIONS, CONVERSATIONS.c.id == _M.conversation_id)
            .where(_M.done_at.is_(None))
            .order_by(_M.position)
        )
        if conversation_id is not None:
            query = query.where(_M.conversation_id == conversation_id)
        if before is not None:
            query = query.where(sa.or_(_M.received_at <= before, _M.received_at > before + AHEAD_S))
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        found = []
        for row in rows:
            try:
                body = box_of(row, self._keys).open(row.body_sealed, f"message:{row.client_id}")
            except Unreadable:
                continue  # sealed under another SECRET_KEY: nobody can answer it
            found.append(Message(row.conversation_id, row.client_id, Body(**body)))
        return found


async def _mark_done(connection: AsyncConnection, conversation_id: str, message_id: str, case_id: str | None) -> None:
    this = (_M.conversation_id == conversation_id, _M.client_id == message_id, _M.done_at.is_(None))
    result = await connection.execute(MESSAGES.update().where(*this).values(done_at=time.time(), escalation_id=case_id))
    if result.rowcount != 1:
        raise AlreadyDone
