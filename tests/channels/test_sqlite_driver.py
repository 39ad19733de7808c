"""The driver with one way per statement gives what SQLAlchemy's own gives, errors included."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from channels.store.sqlite_driver import NAME

META = sa.MetaData()
THINGS = sa.Table("things", META, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, unique=True))


@pytest.fixture(params=["sqlite+aiosqlite", NAME])
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(f"{request.param}:///{tmp_path / 'x.db'}", connect_args={"timeout": 0.1})
    async with made.begin() as connection:
        await connection.run_sync(META.create_all)
    yield made
    await made.dispose()


async def test_rows_counts_and_keys(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        added = await connection.execute(THINGS.insert().values(name="één"))
        assert added.inserted_primary_key == (1,)
        await connection.execute(THINGS.insert(), [{"name": name} for name in ("twee", "drie", "vier")])
        given = await connection.execute(THINGS.insert().values(name="vijf").returning(THINGS.c.id, THINGS.c.name))
        assert given.all() == [(5, "vijf")]
        changed = await connection.execute(THINGS.update().where(THINGS.c.id > 2).values(name=THINGS.c.name + "!"))
        assert changed.rowcount == 3
        assert (await connection.execute(THINGS.delete().where(THINGS.c.id == 99))).rowcount == 0
        found = await connection.execute(sa.select(THINGS).order_by(THINGS.c.id))
        assert list(found.keys()) == ["id", "name"]
        assert [row.name for row in found] == ["één", "twee", "drie!", "vier!", "vijf!"]
        assert (await connection.execute(sa.select(THINGS).where(THINGS.c.id == 99))).one_or_none() is None
        assert (await connection.execute(sa.text("PRAGMA user_version"))).scalar_one() == 0
        streamed = [row.id async for row in await connection.stream(sa.select(THINGS.c.id))]
        assert sorted(streamed) == [1, 2, 3, 4, 5]


async def test_errors_and_what_a_broken_transaction_leaves(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(THINGS.insert().values(name="een"))
    async with engine.connect() as connection:
        await connection.execute(THINGS.insert().values(name="twee"))
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(THINGS.insert().values(name="een"))
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(sa.text("SELECT 1 FROM nowhere"))
        await connection.rollback()
    assert isinstance(caught.value.orig, sqlite3.IntegrityError)
    async with engine.connect() as connection:
        assert (await connection.execute(sa.select(sa.func.count()).select_from(THINGS))).scalar_one() == 1


async def test_a_lock_is_waited_for_and_then_said(engine: AsyncEngine) -> None:
    with sqlite3.connect(str(engine.url.database), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        async with engine.connect() as connection:
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(THINGS.insert().values(name="een"))
        other.execute("ROLLBACK")
    async with engine.begin() as connection:
        await connection.execute(THINGS.insert().values(name="een"))


async def test_statements_of_many_tasks_do_not_mix(engine: AsyncEngine) -> None:
    async def one(number: int) -> Any:
        async with engine.connect() as connection:
            return (await connection.execute(sa.select(sa.literal(number)))).scalar_one()

    assert await asyncio.gather(*(one(number) for number in range(40))) == list(range(40))


async def test_a_statement_takes_one_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[str] = []
    own = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, call: Any, *args: Any, **kwargs: Any) -> Any:
        ways.append(call.__name__)
        return await own(self, call, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    engine = create_async_engine(f"{NAME}:///{tmp_path / 'x.db'}")
    async with engine.connect() as connection:
        ways.clear()
        assert (await connection.execute(sa.text("SELECT 7"))).scalar_one() == 7
        assert len(ways) == 1
    await engine.dispose()
