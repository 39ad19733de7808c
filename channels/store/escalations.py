"""Escalations as the desk lists them: what is stored of each, without a word of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import LEVELS, Gone
from channels.store.desk_tables import ESCALATIONS
from channels.store.engine import AHEAD_S, Database
from channels.store.tables import CONVERSATIONS, MESSAGES, REPLIES
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.urgency import Urgency

_E = ESCALATIONS.c
_S = EscalationState
ALIVE = (_S.OFFERED, _S.CANCELLED, _S.WAITING, _S.CLAIMED, _S.RETURNED, _S.LEFT)
"""States of a case that is not over; a conversation has at most one such case."""


class NotPossible(Exception):
    """The escalation is not in a state for this, or somebody else holds it."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """One escalation. `*_at` in seconds since the epoch; None where it did not happen, or was taken off the card."""

    id: str
    conversation_id: str | None
    state: EscalationState
    reason: str
    channel: str
    is_danger: bool
    need: str | None
    urgency: Urgency | None
    language: Language | None
    age_group: str | None
    who: str | None
    offered_at: float
    waiting_at: float | None
    claimed_at: float | None
    returned_at: float | None
    closed_at: float | None
    left_at: float | None
    declined_at: float | None
    invited_at: float | None
    told_at: float | None
    returning_at: float | None
    wiped_at: float | None
    is_after_hours: bool
    claimed_by: str | None
    outcome: str | None
    referred_to: tuple[str, ...]
    minutes: int | None
    lowered_from: Urgency | None = None
    """The level before staff lowered it; None: they did not, or danger was heard again since."""

    @property
    def is_held(self) -> bool:
        """True while a counsellor holds it, also after the teenager left."""
        return self.claimed_by is not None and self.state in (_S.CLAIMED, _S.LEFT)


def escalation_of(row: Any) -> Escalation:
    """The escalation in a row."""
    plain = {name: getattr(row, name) for name in Escalation.__slots__ if name in row._fields}
    return Escalation(
        **plain
        | {
            "state": EscalationState(row.state),
            "urgency": _level(row.urgency_rank),
            "lowered_from": _level(row.lowered_from),
            "language": Language(row.language) if row.language else None,
            "referred_to": tuple(row.referred_to.split(",")) if row.referred_to else (),
        }
    )


def _level(rank: int | None) -> Urgency | None:
    return LEVELS[rank] if rank is not None else None


async def fetch_escalation(connection: AsyncConnection, escalation_id: str, *, lock: bool = False) -> Any:
    """The row; raises Gone. `lock` as in fetch_row."""
    query = sa.select(ESCALATIONS).where(_E.id == escalation_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        raise Gone
    return row


async def alive_of(connection: AsyncConnection, conversation_id: str) -> Any:
    """The row of the conversation's case that is not over, or None."""
    query = sa.select(ESCALATIONS).where(_E.conversation_id == conversation_id, _E.state.in_(ALIVE)).with_for_update()
    return (await connection.execute(query)).one_or_none()


def waits_longer_than(moment: float, now: float) -> sa.ColumnElement[bool]:
    """Waiting since before `moment`, or since a time still to come (a clock was ahead); and the teenager was not told yet."""
    is_long = sa.or_(_E.waiting_at <= moment, _E.waiting_at > now + AHEAD_S)
    return sa.and_(_E.state == _S.WAITING, is_long, _E.told_at.is_(None), _E.is_after_hours.is_(False))


class Escalations:
    """Reads. What changes an escalation is in `moves.py`, what it says in `cases.py`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def get(self, escalation_id: str) -> Escalation:
        """One; raises Gone."""
        async with self._db.read() as connection:
            return escalation_of(await fetch_escalation(connection, escalation_id))

    async def with_version(self, escalation_id: str) -> tuple[Escalation, int]:
        """One, and the `urgency_version` of its conversation at the same moment (0 once that is gone); raises Gone."""
        this = sa.select(ESCALATIONS, CONVERSATIONS.c.urgency_version).outerjoin(CONVERSATIONS, CONVERSATIONS.c.id == _E.conversation_id)
        async with self._db.read() as connection:
            row = (await connection.execute(this.where(_E.id == escalation_id))).one_or_none()
        if row is None:
            raise Gone
        return escalation_of(row), row.urgency_version or 0

    async def alive(self, conversation_id: str) -> Escalation | None:
        """The conversation's case that is not over."""
        query = sa.select(ESCALATIONS).where(_E.conversation_id == conversation_id, _E.state.in_(ALIVE))
        async with self._db.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return escalation_of(row) if row is not None else None

    async def queue(self) -> list[Escalation]:
        """Who waits (also who left meanwhile) and who is talked to, most urgent first, then longest waiting.

        An unknown urgency (taken off the card) counts as normal.
        """
        rank = sa.func.coalesce(_E.urgency_rank, Urgency.NORMAL.rank)
        query = (
            sa.select(ESCALATIONS)
            .where(_E.state.in_((_S.WAITING, _S.LEFT, _S.CLAIMED)))
            .order_by(_E.state == _S.CLAIMED, rank.desc(), _E.waiting_at)
        )
        return await self._many(query)

    async def signals(self, since: float) -> list[Escalation]:
        """Danger seen since `since` where nothing was sent: need, urgency and language only. Not where staff lowered it to normal."""
        is_open = _E.state.in_((_S.OFFERED, _S.CANCELLED))
        wanted = (_E.is_danger.is_(True), _E.urgency_rank >= Urgency.HIGH.rank, is_open, _E.offered_at >= since)
        return await self._many(sa.select(ESCALATIONS).where(*wanted).order_by(_E.urgency_rank.desc(), _E.offered_at))

    async def of_account(self, account: str) -> list[Escalation]:
        """What an account holds now."""
        held = sa.select(ESCALATIONS).where(_E.claimed_by == account, _E.state.in_((_S.CLAIMED, _S.LEFT))).order_by(_E.claimed_at)
        return await self._many(held)

    async def between(self, start: float, end: float) -> list[Escalation]:
        """All that were offered from `start` up to `end`: for the numbers."""
        return await self._many(sa.select(ESCALATIONS).where(_E.offered_at >= start, _E.offered_at < end).order_by(_E.offered_at))

    async def unclaimed(self, normal_before: float, emergency_before: float, now: float) -> list[Escalation]:
        """Who waits longer than promised and was not told so: sent before the one moment, or in an emergency the other."""
        emergency = sa.and_(_E.urgency_rank == Urgency.EMERGENCY.rank, waits_longer_than(emergency_before, now))
        return await self._many(sa.select(ESCALATIONS).where(sa.or_(waits_longer_than(normal_before, now), emergency)))

    async def returning(self, now: float) -> list[Escalation]:
        """Held ones whose time to undo giving back is over, or was noted by a clock that was ahead."""
        is_over = sa.or_(_E.returning_at <= now, _E.returning_at > now + AHEAD_S)
        return await self._many(sa.select(ESCALATIONS).where(_E.state == _S.CLAIMED, is_over))

    async def held(self) -> list[Escalation]:
        """Those that a counsellor talks in now, with who is there to read."""
        return await self._many(sa.select(ESCALATIONS).where(_E.state == _S.CLAIMED, _E.claimed_by.is_not(None)))

    async def is_unheard(self, escalation: Escalation, since: float) -> bool:
        """True when the teenager of a held case did something since `since`, or wrote last and is in danger."""
        said = sa.select(sa.func.max(MESSAGES.c.received_at)).where(MESSAGES.c.escalation_id == escalation.id).scalar_subquery()
        told = sa.select(sa.func.max(REPLIES.c.created_at)).where(REPLIES.c.escalation_id == escalation.id).scalar_subquery()
        query = sa.select(CONVERSATIONS.c.active_at, said.label("said"), told.label("told"))
        async with self._db.read() as connection:
            row = (await connection.execute(query.where(CONVERSATIONS.c.id == escalation.conversation_id))).one_or_none()
        if row is None:
            return False
        is_unanswered = row.said is not None and row.said > (row.told or 0.0)
        is_danger = escalation.urgency is not None and escalation.urgency.is_danger
        return bool(row.active_at > since or (is_danger and is_unanswered))

    async def older_than(self, moment: float, silent_since: float, limit: int = 500) -> list[str]:
        """Conversations whose case was last sent, given back or closed before `moment`: its text has been kept long enough.

        Not one in which something was said since `silent_since`: a talk, perhaps with a counsellor, is not cut off in the middle.
        """
        last = (sa.func.coalesce(column, 0.0) for column in (_E.waiting_at, _E.returned_at, _E.closed_at))
        is_old = sa.and_(*(moment_of <= moment for moment_of in last))
        goes_on = sa.exists().where(CONVERSATIONS.c.id == _E.conversation_id, CONVERSATIONS.c.active_at >= silent_since)
        query = sa.select(_E.conversation_id).where(_E.payload_sealed.is_not(None), is_old, ~goes_on).limit(limit)
        async with self._db.read() as connection:
            return [str(key) for key in (await connection.execute(query)).scalars()]

    async def _many(self, query: sa.Select[Any]) -> list[Escalation]:
        async with self._db.read() as connection:
            return [escalation_of(row) for row in (await connection.execute(query)).all()]
