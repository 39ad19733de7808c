"""Alarms on their way out: each is sent once, tried again while the other side is down, and dropped after a day."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from channels.store.conversations import LEVELS
from channels.store.desk_tables import ESCALATIONS, OUTBOX
from channels.store.engine import Database
from channels.store.teen_moves import UNHEARD
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.urgency import Urgency

_O = OUTBOX.c
_FAR_S = 3600.0
"""No alarm is put off so long (channels/outbox.py): a clock that was ahead noted it, and it is due."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm to send: no word, no id of a person. `waiting_at` in seconds since the epoch."""

    id: str
    alarm: str
    way: str
    created_at: float
    attempts: int
    urgency: Urgency | None
    language: Language | None
    waiting_at: float


class Outbox:
    """The outbox."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def take(self, now: float, lease_s: float, limit: int = 20) -> list[Alarm]:
        """Alarms that are due; nobody else gets them for `lease_s` seconds, by when they are ended or put off."""
        if (first := await self.next_due()) is None or now < first <= now + _FAR_S:
            return []  # looked up without the lock of a writer: this happens every second
        is_due = sa.or_(_O.due_at <= now, _O.due_at > now + _FAR_S)
        due = sa.select(_O.id).where(_O.ended_at.is_(None), is_due).order_by(_O.due_at).limit(limit)
        async with self._db.write() as connection:
            ids = list((await connection.execute(due.with_for_update(skip_locked=True))).scalars())
            if not ids:
                return []
            await connection.execute(OUTBOX.update().where(_O.id.in_(ids)).values(due_at=now + lease_s, attempts=_O.attempts + 1))
            query = sa.select(OUTBOX, ESCALATIONS).join(ESCALATIONS, ESCALATIONS.c.id == _O.escalation_id).where(_O.id.in_(ids))
            rows = (await connection.execute(query.set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL))).all()
        return [
            Alarm(
                row.outbox_id,
                row.outbox_alarm,
                row.outbox_way,
                row.outbox_created_at,
                row.outbox_attempts,
                LEVELS[row.escalations_urgency_rank] if row.escalations_urgency_rank is not None else None,
                Language(row.escalations_language) if row.escalations_language else None,
                row.escalations_waiting_at or row.outbox_created_at,
            )
            for row in rows
        ]

    async def end(self, alarm_id: str, ending: str, now: float) -> None:
        """It is over: sent or expired."""
        async with self._db.write() as connection:
            await connection.execute(OUTBOX.update().where(_O.id == alarm_id, _O.ended_at.is_(None)).values(ended_at=now, ending=ending))

    async def put_off(self, alarm_id: str, until: float) -> None:
        """Try again at `until`."""
        async with self._db.write() as connection:
            await connection.execute(OUTBOX.update().where(_O.id == alarm_id).values(due_at=until))

    async def next_due(self) -> float | None:
        """When the next alarm is due; None when none waits."""
        async with self._db.read() as connection:
            due: float | None = (await connection.execute(sa.select(sa.func.min(_O.due_at)).where(_O.ended_at.is_(None)))).scalar_one()
        return due

    async def forget(self, before: float) -> int:
        """Delete alarms that ended before `before`; how many."""
        return await self._db.delete_if_any(OUTBOX, _O.ended_at < before)

    async def is_still_needed(self, alarm_id: str) -> bool:
        """False once somebody claimed, or the teenager took it back; of danger in a case that is held, once that is over."""
        query = (
            sa.select(ESCALATIONS.c.state, _O.alarm)
            .join(OUTBOX, _O.escalation_id == ESCALATIONS.c.id)
            .where(_O.id == alarm_id, _O.ended_at.is_(None))
        )
        async with self._db.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        needed = (EscalationState.WAITING, EscalationState.LEFT)
        return row is not None and (row.state in needed or (row.alarm == UNHEARD and row.state == EscalationState.CLAIMED))
