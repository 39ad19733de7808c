"""The inbox of the studio: sentences that the bot did not understand, masked and cut loose from the conversation they came from.

A row knows no conversation, no account and no hour: only the day, so that it cannot be laid beside a chat. Each sentence has a key of
its own, which goes with its text.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.crypto import Keys, Unreadable
from channels.store.engine import Database
from channels.store.studio_proposals import NotNow
from channels.store.tables import METADATA
from kernel.language import Language

DAY_S = 86400.0
SECOND_LOOK = 5
"""One sentence in so many is judged by a second person too, who does not see what the first said."""
_UNDO_S = 3600.0


class InboxState(StrEnum):
    """Where a sentence stands: with the counsellors, with the volunteers, with a second volunteer, or decided."""

    NEW = "new"
    OPEN = "open"
    SECOND = "second"
    DONE = "done"


class Verdict(StrEnum):
    """What a volunteer said of a sentence. A skipped one waits for somebody else."""

    ACCEPT = "accept"
    RELABEL = "relabel"
    REJECT = "reject"
    SKIP = "skip"


INBOX = sa.Table(
    "inbox",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("origin", sa.String(16), nullable=False),  # "teenager" agreed, or a "counsellor" flagged it
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("suggested", sa.String(48)),  # what the model took it for; counts for nothing
    sa.Column("confidence", sa.Float, nullable=False),  # the model's, 0 to 1
    sa.Column("key_wrapped", sa.LargeBinary),
    sa.Column("text_sealed", sa.LargeBinary),  # NULL once it is decided and cannot be taken back any more
    sa.Column("added_day", sa.Double, nullable=False, index=True),  # midnight (UTC) before it came, seconds since the epoch
    sa.Column("decided_at", sa.Double),
    sqlite_with_rowid=False,  # a row number would tell in which order they came
)
INBOX_VERDICTS = sa.Table(
    "inbox_verdicts",
    METADATA,
    sa.Column("item_id", sa.String(32), sa.ForeignKey("inbox.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("need", sa.String(48)),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("is_second", sa.Boolean, nullable=False),
    sa.Column("change_ids", sa.String(64), nullable=False),  # of the change in a draft that came of it
)
_I, _V = INBOX.c, INBOX_VERDICTS.c


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One sentence. `confidence` 0 to 1 is the model's."""

    id: str
    language: Language
    text: str
    origin: str
    state: InboxState
    suggested: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class NewItem:
    """A masked sentence on its way in."""

    language: Language
    text: str
    suggested: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict of the past: for progress and agreement. `need` of an accepted or relabelled one."""

    item_id: str
    account_id: str
    verdict: Verdict
    need: str | None
    is_second: bool


class Inbox:
    """What is done with the sentences."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def add(self, items: Sequence[NewItem], origin: str) -> None:
        """Take masked sentences in; they wait for a counsellor."""
        if not items:
            return
        day = time.time() // DAY_S * DAY_S
        async with self._db.write() as connection:
            for item in items:
                item_id = secrets.token_hex(16)
                wrapped, box = self._keys.new(item_id)
                await connection.execute(
                    INBOX.insert().values(
                        id=item_id, language=item.language.value, origin=origin, state=InboxState.NEW.value,
                        suggested=item.suggested, confidence=item.confidence, key_wrapped=wrapped,
                        text_sealed=box.seal(item.text, "inbox"), added_day=day,
                    )
                )  # fmt: skip

    async def new(self) -> list[InboxItem]:
        """What waits for a counsellor, the oldest day first."""
        return await self._items(sa.select(INBOX).where(_I.state == InboxState.NEW.value).order_by(_I.added_day, _I.id))

    async def pass_on(self, item_id: str, text: str) -> None:
        """A counsellor read it and lets volunteers see it, in these words. Raises NotNow when it does not wait any more."""
        wrapped, box = self._keys.new(item_id)
        values = {"state": InboxState.OPEN.value, "key_wrapped": wrapped, "text_sealed": box.seal(text, "inbox")}
        async with self._db.write() as connection:
            await _move(connection, item_id, InboxState.NEW, values)

    async def drop(self, item_id: str) -> None:
        """A counsellor keeps it from the volunteers: it is gone. Raises NotNow."""
        async with self._db.write() as connection:
            done = await connection.execute(INBOX.delete().where(_I.id == item_id, _I.state == InboxState.NEW.value))
            if done.rowcount != 1:
                raise NotNow

    async def open_for(self, account_id: str) -> list[InboxItem]:
        """What this volunteer can judge: nothing they judged or skipped before. The least sure first."""
        mine = sa.exists().where(_V.item_id == _I.id, _V.account_id == account_id)
        states = (InboxState.OPEN.value, InboxState.SECOND.value)
        return await self._items(sa.select(INBOX).where(_I.state.in_(states), ~mine).order_by(_I.confidence, _I.id))

    async def get(self, item_id: str) -> InboxItem | None:
        """One sentence with its text; None when it has none (any more)."""
        found = await self._items(sa.select(INBOX).where(_I.id == item_id))
        return found[0] if found else None

    async def judge(self, item: InboxItem, account_id: str, verdict: Verdict, need: str | None, change_ids: Iterable[str] = ()) -> None:
        """Note a verdict. Skipping leaves the sentence to others. Raises NotNow when somebody was first."""
        is_second = item.state is InboxState.SECOND
        async with self._db.write() as connection:
            if verdict is not Verdict.SKIP:
                looked_twice = not is_second and int(item.id[:4], 16) % SECOND_LOOK == 0
                state = InboxState.SECOND if looked_twice else InboxState.DONE
                await _move(connection, item.id, item.state, {"state": state.value, "decided_at": time.time()})
            known = sa.select(_V.item_id).where(_V.item_id == item.id, _V.account_id == account_id)
            if (await connection.execute(known)).one_or_none() is not None:
                raise NotNow
            row = {"verdict": verdict.value, "need": need, "at": time.time(), "is_second": is_second}
            await connection.execute(
                INBOX_VERDICTS.insert().values(item_id=item.id, account_id=account_id, change_ids=",".join(change_ids)[:64], **row)
            )

    async def take_back(self, item_id: str, account_id: str) -> str:
        """Undo one's own verdict while the text is there; gives the ids of the changes that came of it. Raises NotNow."""
        async with self._db.write() as connection:
            query = sa.select(INBOX_VERDICTS).where(_V.item_id == item_id, _V.account_id == account_id)
            row = (await connection.execute(query)).one_or_none()
            others = sa.select(_V.item_id).where(
                _V.item_id == item_id, _V.account_id != account_id, _V.is_second.is_(True), _V.verdict != Verdict.SKIP.value
            )
            if row is None or (not row.is_second and (await connection.execute(others)).first() is not None):
                raise NotNow
            if row.verdict != Verdict.SKIP.value:  # a skipped one waited for others, and one of them may have judged it
                back = InboxState.SECOND if row.is_second else InboxState.OPEN
                values = {"state": back.value, "decided_at": None}
                done = await connection.execute(INBOX.update().where(_I.id == item_id, _I.text_sealed.is_not(None)).values(**values))
                if done.rowcount != 1:
                    raise NotNow
            await connection.execute(INBOX_VERDICTS.delete().where(_V.item_id == item_id, _V.account_id == account_id))
        return str(row.change_ids)

    async def judged(self) -> list[Judged]:
        """Every verdict that is still kept."""
        async with self._db.read() as connection:
            rows = (await connection.execute(sa.select(INBOX_VERDICTS))).all()
        return [Judged(row.item_id, row.account_id, Verdict(row.verdict), row.need, row.is_second) for row in rows]

    async def counts(self) -> dict[InboxState, int]:
        """How many sentences stand where."""
        async with self._db.read() as connection:
            rows = (await connection.execute(sa.select(_I.state, sa.func.count()).group_by(_I.state))).all()
        return dict.fromkeys(InboxState, 0) | {InboxState(row[0]): int(row[1]) for row in rows}

    async def forget(self, before: float, now: float) -> int:
        """Delete sentences that came before `before`, decided or not, and the text of those decided an hour ago; how many rows."""
        old = _I.added_day < before
        items = sa.select(_I.id).where(old)
        decided = sa.and_(_I.state == InboxState.DONE.value, _I.decided_at < now - _UNDO_S, _I.text_sealed.is_not(None))
        async with self._db.read() as connection:
            if not (await connection.execute(sa.select(sa.exists().select_from(INBOX).where(sa.or_(old, decided))))).scalar_one():
                return 0
        async with self._db.write() as connection:
            await connection.execute(INBOX_VERDICTS.delete().where(_V.item_id.in_(items)))
            gone = await connection.execute(INBOX.delete().where(old))
            await connection.execute(INBOX.update().where(decided).values(text_sealed=None, key_wrapped=None))
        await self._db.truncate_log()
        return int(gone.rowcount)

    async def _items(self, query: sa.Select[Any]) -> list[InboxItem]:
        async with self._db.read() as connection:
            rows = (await connection.execute(query.where(_I.text_sealed.is_not(None)))).all()
        found = []
        for row in rows:
            try:
                text = self._keys.unwrap(row.key_wrapped, row.id).open(row.text_sealed, "inbox")
            except Unreadable:
                continue  # sealed under another SECRET_KEY: nobody can read it
            language, state = Language(row.language), InboxState(row.state)
            found.append(InboxItem(row.id, language, str(text), row.origin, state, row.suggested, row.confidence))
        return found


async def _move(connection: AsyncConnection, item_id: str, state: InboxState, values: dict[str, Any]) -> None:
    """Compare and set. Raises NotNow."""
    done = await connection.execute(INBOX.update().where(_I.id == item_id, _I.state == state.value).values(**values))
    if done.rowcount != 1:
        raise NotNow
