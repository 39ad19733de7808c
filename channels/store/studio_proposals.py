"""Proposals: kept, proposed, approved by others, published or refused. Every move is one compare-and-set with its line in the history."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.engine import Database
from channels.store.staff_tables import ACCOUNTS
from channels.store.studio_tables import PROPOSAL_COMMENTS, PROPOSAL_EVENTS, PROPOSALS

LONGEST_TITLE, LONGEST_WORDS = 120, 2000
_P = PROPOSALS.c


class NotNow(Exception):
    """The move is not possible: somebody was first, or the state is another."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as stored; `changes` is JSON. Times in seconds since the epoch; approvers as (account id, name)."""

    id: str
    title: str
    why: str
    author_id: str
    author: str
    state: str
    changes: str
    version: int
    approvals_needed: int
    is_guarded: bool
    approvers: tuple[tuple[str, str], ...]
    created_at: float
    changed_at: float


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history; `who` None for the machine."""

    at: float
    who: str | None
    act: str
    detail: str
    proposal_id: str
    account_id: str | None


@dataclass(frozen=True, slots=True)
class Comment:
    """Something said about a change (`change_id`), or about the whole."""

    id: str
    proposal_id: str
    change_id: str
    account_id: str
    who: str
    at: float
    text: str
    is_done: bool


class Proposals:
    """What is done with proposals. Ids of accounts must exist."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ---- reading ---------------------------------------------------------------------------------------------------

    async def get(self, proposal_id: str) -> ProposalRow | None:
        """One, or None."""
        rows = await self._rows(_P.id == proposal_id)
        return rows[0] if rows else None

    async def all(self, *states: str, author_id: str | None = None, limit: int = 200) -> list[ProposalRow]:
        """Those in one of `states` (all without), the last changed first."""
        where: list[sa.ColumnElement[bool]] = [_P.state.in_(states)] if states else []
        where += [_P.author_id == author_id] if author_id is not None else []
        return await self._rows(*where, limit=limit)

    async def history(self, proposal_id: str | None = None, limit: int = 500) -> list[Event]:
        """What happened, the oldest first for one proposal, the newest first for all."""
        event = PROPOSAL_EVENTS.c
        query = sa.select(PROPOSAL_EVENTS, ACCOUNTS.c.name).select_from(
            PROPOSAL_EVENTS.outerjoin(ACCOUNTS, ACCOUNTS.c.id == event.account_id)
        )
        query = query.where(event.proposal_id == proposal_id).order_by(event.id) if proposal_id else query.order_by(event.id.desc())
        async with self._db.read() as connection:
            rows = (await connection.execute(query.limit(limit))).all()
        return [Event(row.at, row.name, row.act, row.detail, row.proposal_id, row.account_id) for row in rows]

    async def comments(self, proposal_id: str) -> list[Comment]:
        """Everything said about it, the oldest first."""
        comment = PROPOSAL_COMMENTS.c
        joined = PROPOSAL_COMMENTS.join(ACCOUNTS, ACCOUNTS.c.id == comment.account_id)
        query = sa.select(PROPOSAL_COMMENTS, ACCOUNTS.c.name).select_from(joined)
        query = query.where(comment.proposal_id == proposal_id).order_by(comment.at, comment.id)
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        return [
            Comment(row.id, row.proposal_id, row.change_id, row.account_id, row.name, row.at, row.text, row.done_at is not None)
            for row in rows
        ]

    # ---- the author ------------------------------------------------------------------------------------------------

    async def create(self, author_id: str, title: str, why: str = "", changes: str = "[]") -> str:
        """A new draft; its id."""
        proposal_id, now = secrets.token_hex(16), time.time()
        values = {
            "id": proposal_id, "title": title[:LONGEST_TITLE], "why": why[:LONGEST_WORDS], "author_id": author_id, "state": "draft",
            "changes": changes, "version": 1, "approvals_needed": 1, "is_guarded": False, "created_at": now, "changed_at": now,
        }  # fmt: skip
        async with self._db.write() as connection:
            await connection.execute(PROPOSALS.insert().values(**values))
            await _note(connection, proposal_id, author_id, "created")
        return proposal_id

    async def save(self, proposal_id: str, author_id: str, version: int, *, said: str = "changed", detail: str = "", **values: Any) -> int:
        """Set fields of the author's own draft (title, why, changes, approvals_needed, is_guarded); the new version. Raises NotNow."""
        mine = sa.and_(_P.author_id == author_id, _P.state == "draft", _P.version == version)
        async with self._db.write() as connection:
            await _move(connection, proposal_id, mine, version=version + 1, **values)
            await _note(connection, proposal_id, author_id, said, detail)
        return version + 1

    async def propose(self, proposal_id: str, author_id: str, version: int) -> None:
        """The draft, exactly as it was looked at, is for others to read now. Raises NotNow."""
        mine = sa.and_(_P.author_id == author_id, _P.state == "draft", _P.version == version)
        async with self._db.write() as connection:
            await _move(connection, proposal_id, mine, state="proposed")
            await _note(connection, proposal_id, author_id, "proposed")

    async def withdraw(self, proposal_id: str, author_id: str) -> None:
        """Back to a draft: approvals are gone, since what they were given for may change. Raises NotNow."""
        mine = sa.and_(_P.author_id == author_id, _P.state.in_(("proposed", "approved", "refused")))
        async with self._db.write() as connection:
            await _move(connection, proposal_id, mine, state="draft", first_approver_id=None, second_approver_id=None)
            await _note(connection, proposal_id, author_id, "withdrawn")

    # ---- the others ------------------------------------------------------------------------------------------------

    async def approve(self, proposal_id: str, account_id: str, version: int) -> bool:
        """One more approval; True when that was the last one needed. Raises NotNow: own work, approved before, another version."""
        free = sa.and_(_P.state == "proposed", _P.version == version)
        async with self._db.write() as connection:
            # Locked until the end, so that two who approve at once come one after the other.
            row = (await connection.execute(sa.select(PROPOSALS).where(_P.id == proposal_id, free).with_for_update())).one_or_none()
            if row is None or account_id in (row.author_id, row.first_approver_id):
                raise NotNow
            is_last = bool(row.first_approver_id) or row.approvals_needed == 1
            column = "second_approver_id" if row.first_approver_id else "first_approver_id"
            await _move(connection, proposal_id, free, **{column: account_id, "state": "approved" if is_last else "proposed"})
            await _note(connection, proposal_id, account_id, "approved")
        return is_last

    async def refuse(self, proposal_id: str, account_id: str | None, why: str) -> None:
        """Not this way; `account_id` None for the gate. The author may take it back as a draft. Raises NotNow."""
        async with self._db.write() as connection:
            await _move(connection, proposal_id, _P.state.in_(("proposed", "approved")), state="refused")
            await _note(connection, proposal_id, account_id, "refused", why)

    async def published(self, proposal_id: str, account_id: str | None = None, detail: str = "") -> bool:
        """Approved → published: it is in the content. True when it is published afterwards, also when it was before."""
        return await self._ends_as("published", "approved", proposal_id, account_id, detail)

    async def taken_back(self, proposal_id: str, account_id: str | None = None, detail: str = "") -> bool:
        """Published → approved, on the way back to an older model. True when it is approved afterwards."""
        return await self._ends_as("approved", "published", proposal_id, account_id, detail)

    async def _ends_as(self, state: str, before: str, proposal_id: str, account_id: str | None, detail: str) -> bool:
        async with self._db.write() as connection:
            row = (await connection.execute(sa.select(_P.state).where(_P.id == proposal_id))).one_or_none()
            if row is None or row.state not in (state, before):
                return False
            if row.state == before:
                await _move(connection, proposal_id, _P.state == before, state=state)
                await _note(connection, proposal_id, account_id, "published" if state == "published" else "taken_back", detail)
        return True

    async def note(self, proposal_id: str, account_id: str | None, act: str, detail: str = "") -> None:
        """A line in the history for what is no move (a job began, a report is there)."""
        async with self._db.write() as connection:
            await _note(connection, proposal_id, account_id, act, detail)

    async def comment(self, proposal_id: str, account_id: str, change_id: str, text: str) -> str:
        """Say something about a change; the comment's id."""
        comment_id = secrets.token_hex(16)
        values = {"id": comment_id, "proposal_id": proposal_id, "change_id": change_id, "account_id": account_id, "at": time.time()}
        async with self._db.write() as connection:
            await connection.execute(PROPOSAL_COMMENTS.insert().values(text=text[:LONGEST_WORDS], **values))
            await _note(connection, proposal_id, account_id, "commented")
        return comment_id

    async def comment_done(self, proposal_id: str, comment_id: str) -> None:
        """It was seen to. Raises NotNow for one that is not there."""
        comment = PROPOSAL_COMMENTS.c
        where = sa.and_(comment.id == comment_id, comment.proposal_id == proposal_id)
        async with self._db.write() as connection:
            if not (await connection.execute(PROPOSAL_COMMENTS.update().where(where).values(done_at=time.time()))).rowcount:
                raise NotNow

    # ---- helpers ---------------------------------------------------------------------------------------------------

    async def _rows(self, *where: sa.ColumnElement[bool], limit: int = 200) -> list[ProposalRow]:
        author, first, second = (ACCOUNTS.alias(name) for name in ("author", "first", "second"))
        joined = (
            PROPOSALS.join(author, author.c.id == _P.author_id)
            .outerjoin(first, first.c.id == _P.first_approver_id)
            .outerjoin(second, second.c.id == _P.second_approver_id)
        )
        names = (author.c.name.label("author"), first.c.name.label("first"), second.c.name.label("second"))
        query = sa.select(PROPOSALS, *names).select_from(joined).where(*where).order_by(_P.changed_at.desc()).limit(limit)
        async with self._db.read() as connection:
            return [_row(row) for row in (await connection.execute(query)).all()]


def _row(row: Any) -> ProposalRow:
    approvers: Sequence[tuple[str | None, str]] = ((row.first_approver_id, row.first), (row.second_approver_id, row.second))
    given = tuple((approver, name) for approver, name in approvers if approver is not None)
    return ProposalRow(
        row.id, row.title, row.why, row.author_id, row.author, row.state, row.changes, row.version, row.approvals_needed,
        row.is_guarded, given, row.created_at, row.changed_at,
    )  # fmt: skip


async def _move(connection: AsyncConnection, proposal_id: str, allowed: sa.ColumnElement[bool], **values: Any) -> None:
    done = await connection.execute(PROPOSALS.update().where(_P.id == proposal_id, allowed).values(changed_at=time.time(), **values))
    if not done.rowcount:
        raise NotNow


async def _note(connection: AsyncConnection, proposal_id: str, account_id: str | None, act: str, detail: str = "") -> None:
    values = {"proposal_id": proposal_id, "account_id": account_id, "act": act, "detail": detail[:LONGEST_WORDS], "at": time.time()}
    await connection.execute(PROPOSAL_EVENTS.insert().values(**values))
