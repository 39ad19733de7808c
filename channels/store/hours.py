"""The desk's opening hours as a lead edits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from channels.store.desk_tables import DESK_HOURS
from channels.store.engine import Database

HOLIDAY = 7
"""The "day" of Belgian public holidays."""


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Open on `day` (0 Monday to 6 Sunday, 7 public holidays) from `start` to `end`: minutes after midnight in Brussels."""

    day: int
    start: int
    end: int


class Hours:
    """The shifts."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def get(self) -> tuple[Shift, ...]:
        """All shifts, in order."""
        async with self._db.read() as connection:
            rows = (await connection.execute(sa.select(DESK_HOURS).order_by(DESK_HOURS.c.day, DESK_HOURS.c.start))).all()
        return tuple(Shift(row.day, row.start, row.end) for row in rows)

    async def put(self, shifts: Sequence[Shift]) -> None:
        """Replace all shifts. The caller has checked them (channels/desk_hours.py)."""
        async with self._db.write() as connection:
            await connection.execute(DESK_HOURS.delete())
            if shifts:
                rows = [{"day": shift.day, "start": shift.start, "end": shift.end} for shift in sorted(shifts)]
                await connection.execute(DESK_HOURS.insert(), rows)
