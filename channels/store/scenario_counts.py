"""How often each answer to a scenario's question was chosen: a number per month and answer, and nothing about anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from channels.store.engine import Database
from channels.store.tables import METADATA

SCENARIO_ANSWERS = sa.Table(
    "scenario_answers",
    METADATA,
    sa.Column("month", sa.String(7), primary_key=True),  # "2026-11", in Brussels
    sa.Column("scenario", sa.String(64), primary_key=True),
    sa.Column("moment", sa.String(8), primary_key=True),  # before or after the story
    sa.Column("answer", sa.SmallInteger, primary_key=True, autoincrement=False),  # 1 is the first of the file
    sa.Column("count", sa.Integer, nullable=False),
)

type Answered = tuple[str, str, int]
"""Scenario, moment, answer."""


class ScenarioCounts:
    """The counts."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add(self, month: str, counted: Mapping[Answered, int]) -> None:
        """Add to the counts of `month`, all or nothing."""
        if not counted:
            return
        rows = [
            {"month": month, "scenario": scenario, "moment": moment, "answer": answer, "count": count}
            for (scenario, moment, answer), count in sorted(counted.items())
        ]
        insert = sqlite.insert if self._db.is_sqlite else postgresql.insert
        new = insert(SCENARIO_ANSWERS)
        keys = [column.name for column in SCENARIO_ANSWERS.primary_key]
        added = new.on_conflict_do_update(index_elements=keys, set_={"count": SCENARIO_ANSWERS.c.count + new.excluded.count})
        async with self._db.write() as connection:
            await connection.execute(added, rows)

    async def of(self, month: str) -> Counter[Answered]:
        """All counts of `month`."""
        async with self._db.read() as connection:
            rows = (await connection.execute(sa.select(SCENARIO_ANSWERS).where(SCENARIO_ANSWERS.c.month == month))).all()
        return Counter({(row.scenario, row.moment, row.answer): row.count for row in rows})
