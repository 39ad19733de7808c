"""Background work of the studio: training and measuring, publishing, the way back. One at a time; the database itself sees to that.

A row holds numbers, states and words from our own lists: no sentence of a volunteer and no name.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from channels.store.engine import Database
from channels.store.tables import METADATA

MOST_STARTS = 3
"""A job whose process ended this often without a word is not started again."""


class JobKind(StrEnum):
    """What a job does."""

    DRAFT = "draft"
    GATE = "gate"
    PUBLISH = "publish"
    BACK = "back"


class JobState(StrEnum):
    """Where a job stands. The last three are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDS = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

STUDIO_JOBS = sa.Table(
    "studio_jobs",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("subject", sa.String(64)),  # a proposal's id, or for `back` the release to go back to; NULL: the files as they lie
    sa.Column("account_id", sa.String(32)),  # who asked; NULL: the command line
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("step", sa.String(24), nullable=False),  # a word from our own list
    sa.Column("percent", sa.SmallInteger, nullable=False),
    sa.Column("starts", sa.SmallInteger, nullable=False),
    sa.Column("is_stopping", sa.Boolean, nullable=False),  # somebody asked to cancel it
    sa.Column("outcome", sa.String(64)),  # passed, refused, a release; or why it failed
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("started_at", sa.Double),
    sa.Column("ended_at", sa.Double),
)
_RUNNING = STUDIO_JOBS.c.state == sa.literal_column("'running'")
sa.Index("studio_jobs_one", STUDIO_JOBS.c.state, unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING)
_J = STUDIO_JOBS.c


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Moments in seconds since the epoch; `percent` 0 to 100."""

    id: str
    kind: JobKind
    subject: str | None
    account_id: str | None
    state: JobState
    step: str
    percent: int
    starts: int
    is_stopping: bool
    outcome: str | None
    created_at: float
    started_at: float | None
    ended_at: float | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.state in ENDS


def _job_of(row: Any) -> Job:
    values = dict(row._mapping)
    return Job(**values | {"kind": JobKind(values["kind"]), "state": JobState(values["state"])})


class StudioJobs:
    """What is done with jobs."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add(self, kind: JobKind, subject: str | None, account_id: str | None) -> tuple[Job, bool]:
        """A job that waits for its turn, and True; or the one for the same subject that is not over yet, and False."""
        async with self._db.write() as connection:
            same = _J.subject == subject if subject is not None else _J.subject.is_(None)
            found = (
                await connection.execute(sa.select(STUDIO_JOBS).where(_J.kind == kind.value, same, _J.state.not_in(ENDS)))
            ).one_or_none()
            if found is not None:
                return _job_of(found), False
            job = Job(
                secrets.token_hex(16), kind, subject, account_id, JobState.WAITING, "waiting", 0, 0, False, None, time.time(), None, None
            )
            values = {name: getattr(job, name) for name in Job.__slots__}
            await connection.execute(STUDIO_JOBS.insert().values(**values))
        return job, True

    async def get(self, job_id: str) -> Job | None:
        """The job with this id."""
        async with self._db.read() as connection:
            row = (await connection.execute(sa.select(STUDIO_JOBS).where(_J.id == job_id))).one_or_none()
        return _job_of(row) if row is not None else None

    async def latest(self, most: int = 50) -> list[Job]:
        """The newest jobs first."""
        async with self._db.read() as connection:
            query = sa.select(STUDIO_JOBS).order_by(_J.created_at.desc()).limit(most)
            return [_job_of(row) for row in (await connection.execute(query)).all()]

    async def latest_of(self, kind: JobKind, subject: str | None) -> Job | None:
        """The newest job of a kind for a subject."""
        same = _J.subject == subject if subject is not None else _J.subject.is_(None)
        async with self._db.read() as connection:
            query = sa.select(STUDIO_JOBS).where(_J.kind == kind.value, same).order_by(_J.created_at.desc()).limit(1)
            row = (await connection.execute(query)).one_or_none()
        return _job_of(row) if row is not None else None

    async def take(self) -> Job | None:
        """The job whose turn it is, now running; None when none waits or one runs."""
        query = sa.select(STUDIO_JOBS).where(_J.state == JobState.WAITING).order_by(_J.created_at, _J.id).limit(1)
        async with self._db.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        fresh = {"state": JobState.RUNNING.value, "starts": row.starts + 1, "started_at": row.started_at or time.time(), "step": "starting"}
        try:
            async with self._db.write() as connection:
                where = sa.and_(_J.id == row.id, _J.state == JobState.WAITING)
                done = await connection.execute(STUDIO_JOBS.update().where(where).values(**fresh))
        except IntegrityError:  # studio_jobs_one: another runs
            return None
        return await self.get(row.id) if done.rowcount else None

    async def tell(self, job_id: str, step: str, percent: int) -> bool:
        """Where a running job is; True when somebody asked to stop it."""
        async with self._db.write() as connection:
            where = sa.and_(_J.id == job_id, _J.state == JobState.RUNNING)
            await connection.execute(STUDIO_JOBS.update().where(where).values(step=step[:24], percent=max(0, min(100, percent))))
            return bool((await connection.execute(sa.select(_J.is_stopping).where(_J.id == job_id))).scalar_one_or_none())

    async def end(self, job_id: str, state: JobState, outcome: str | None) -> bool:
        """Over; False when it was already (an end is not changed any more)."""
        state = JobState(state)
        values: dict[str, Any] = {"state": state.value, "outcome": outcome and outcome[:64], "ended_at": time.time()}
        if state is JobState.DONE:
            values |= {"percent": 100}
        async with self._db.write() as connection:
            where = sa.and_(_J.id == job_id, _J.state.not_in(ENDS))
            return bool((await connection.execute(STUDIO_JOBS.update().where(where).values(**values))).rowcount)

    async def cancel(self, job_id: str) -> bool:
        """A waiting job is over; a running one is asked to stop. False when it was over already."""
        async with self._db.write() as connection:
            waiting = sa.and_(_J.id == job_id, _J.state == JobState.WAITING)
            over = {"state": JobState.CANCELLED.value, "is_stopping": True, "ended_at": time.time()}
            if (await connection.execute(STUDIO_JOBS.update().where(waiting).values(**over))).rowcount:
                return True
            running = sa.and_(_J.id == job_id, _J.state == JobState.RUNNING)
            return bool((await connection.execute(STUDIO_JOBS.update().where(running).values(is_stopping=True))).rowcount)

    async def give_back(self) -> list[Job]:
        """At the start, by the only runner: what ran when the last one ended waits again, or is over (asked to stop, or started too
        often). Gives what was found running."""
        async with self._db.write() as connection:
            rows = (await connection.execute(sa.select(STUDIO_JOBS).where(_J.state == JobState.RUNNING))).all()
            for row in rows:
                if row.is_stopping:
                    values: dict[str, Any] = {"state": JobState.CANCELLED.value, "ended_at": time.time()}
                elif row.starts >= MOST_STARTS:
                    values = {"state": JobState.FAILED.value, "outcome": "ended_often", "ended_at": time.time()}
                else:
                    values = {"state": JobState.WAITING.value, "step": "waiting"}
                await connection.execute(STUDIO_JOBS.update().where(_J.id == row.id).values(**values))
        return [_job_of(row) for row in rows]
