"""What staff do to an escalation: claim, say, lower the urgency, give back, close; each in one commit, while the state allows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import Gone, fetch_row, higher_of, lower_of
from channels.store.crypto import Box, Keys
from channels.store.desk_tables import ESCALATIONS, OUTBOX
from channels.store.engine import Database
from channels.store.escalations import Escalation, NotPossible, escalation_of, fetch_escalation
from channels.store.replies import Reply, add_replies, open_box, reply_of
from channels.store.tables import CONVERSATIONS, REPLIES
from channels.store.teen_moves import ALARM_AFTER_S, UNHEARD, alarm_rows, end_alarms, move, set_holder
from kernel.conversation import Bubble, Holder
from kernel.escalation import EscalationState
from kernel.urgency import Urgency

_E, _C = ESCALATIONS.c, CONVERSATIONS.c
_S = EscalationState
TYPED_WITHIN_S = 3.0
"""What came so shortly before an answer may not have been read yet."""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What is noted when a case is closed: at most eight fields. `need` is the category; `remark` is text and is sealed."""

    need: str | None = None
    outcome: str | None = None
    referred_to: tuple[str, ...] = ()
    age_group: str | None = None
    who: str | None = None
    channel: str | None = None
    minutes: int | None = None
    remark: str = ""


Settle = Callable[[dict[str, Any]], dict[str, Any]]
"""What becomes of a conversation's memory."""


@dataclass(frozen=True, slots=True)
class Lowering:
    """From which level to which, and the conversation's `urgency_version` that whoever lowers has seen."""

    before: Urgency
    to: Urgency
    version: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An escalation after a move, and the bubbles that were stored with it."""

    escalation: Escalation
    replies: tuple[Reply, ...] = ()


class StaffMoves:
    """Moves of the desk's side. `account` is an account's id. Methods raise Gone, and NotPossible for what the state forbids."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def claim(self, escalation_id: str, account: str, bubbles: Sequence[Bubble]) -> Moved:
        """Take it: of many who try, one gets it. From this commit on nothing of the bot is stored in the conversation.

        `bubbles` are for a teenager who is still there.
        """
        async with self._db.write() as connection:
            found, row = await _both(connection, escalation_id)
            if found.state == _S.CLAIMED and found.claimed_by == account:
                return Moved(escalation_of(found))  # asked again, since the first answer came too late
            if found.state not in (_S.WAITING, _S.LEFT) or found.claimed_by is not None:
                raise NotPossible
            escalation = await move(connection, found, _S.CLAIMED, claimed_by=account, claimed_at=time.time(), returning_at=None)
            await set_holder(connection, row.id, Holder.COUNSELLOR, escalation_id)
            await end_alarms(connection, escalation_id)
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles if found.left_at is None else ())
        return Moved(escalation, tuple(replies))

    async def take_over(self, escalation_id: str, before: str, account: str, bubbles: Sequence[Bubble]) -> Moved:
        """From one counsellor to another: of many who try, one gets it. `bubbles` are for a teenager who is still there."""
        async with self._db.write() as connection:
            found, row = await _held(connection, escalation_id, before)
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(claimed_by=account, returning_at=None))
            escalation = escalation_of(await fetch_escalation(connection, escalation_id))
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles if found.left_at is None else ())
        return Moved(escalation, tuple(replies))

    async def say(self, escalation_id: str, account: str, client_id: str, bubble: Bubble) -> tuple[Moved, bool]:
        """Store what a counsellor says. False: this `client_id` was stored before, and nothing changed."""
        async with self._db.write() as connection:
            found, row = await _held(connection, escalation_id, account)
            box = open_box(row, self._keys)
            known = sa.select(REPLIES).where(REPLIES.c.conversation_id == row.id, REPLIES.c.client_id == client_id)
            if (stored := (await connection.execute(known)).one_or_none()) is not None:
                return Moved(escalation_of(found), (reply_of(stored, box),)), False
            replies = await add_replies(connection, row, box, [bubble], escalation_id, client_id)
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(returning_at=None))
            # Who answers has seen the danger; not what came while they were typing.
            await end_alarms(connection, escalation_id, *_seen_before(time.time() - TYPED_WITHIN_S))
        return Moved(escalation_of(found), tuple(replies)), True

    async def lower(self, escalation_id: str, holder: str | None, lowering: Lowering, settle: Settle) -> Escalation:
        """Lower the urgency of a held case and of its conversation, whose memory `settle` makes fit. `holder` None: a lead does.

        NotPossible when it is not held (by `holder`), not at `lowering.before` or not above `lowering.to`; and when danger was heard
        since `lowering.version`: what commits first wins, and danger that comes after raises it again.
        """
        async with self._db.write() as connection:
            found, row = await _held(connection, escalation_id, holder)
            if found.urgency_rank != lowering.before.rank or lowering.to.rank >= lowering.before.rank:
                raise NotPossible
            # One statement with its condition: neither a lock nor the order in which rows were read has to be trusted.
            unheard = (_C.id == row.id, _C.case_id == escalation_id, _C.urgency_version == lowering.version)
            lowered = {"urgency_rank": lower_of(connection, _C.urgency_rank, lowering.to.rank), "urgency_version": _C.urgency_version + 1}
            values = lowered | _settled(row, open_box(row, self._keys), settle)
            if (await connection.execute(CONVERSATIONS.update().where(*unheard).values(**values))).rowcount != 1:
                raise NotPossible
            first = found.lowered_from if found.lowered_from is not None else found.urgency_rank
            return await _set_rank(connection, escalation_id, lowering.to.rank, lowered_from=first)

    async def undo_lowering(self, escalation_id: str, holder: str | None, settle: Settle) -> Escalation:
        """Back to the level before staff lowered it, or a higher one that came since; `holder` and `settle` as for `lower`."""
        async with self._db.write() as connection:
            found, row = await _held(connection, escalation_id, holder)
            if found.lowered_from is None:
                raise NotPossible
            raised = {"urgency_rank": higher_of(connection, _C.urgency_rank, found.lowered_from), "urgency_version": _C.urgency_version + 1}
            values = raised | _settled(row, open_box(row, self._keys), settle)
            await connection.execute(CONVERSATIONS.update().where(_C.id == row.id).values(**values))
            return await _set_rank(connection, escalation_id, max(found.urgency_rank or 0, found.lowered_from), lowered_from=None)

    async def plan_return(self, escalation_id: str, account: str, at: float | None) -> Escalation:
        """Give back at the moment `at`, until then it can be undone; None undoes it."""
        async with self._db.write() as connection:
            found, _ = await _held(connection, escalation_id, account)
            if found.state != _S.CLAIMED:
                raise NotPossible
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(returning_at=at))
            return escalation_of(await fetch_escalation(connection, escalation_id))

    async def give_back(self, escalation_id: str, now: float, bubbles: Sequence[Bubble]) -> Moved:
        """To the bot, if that is planned up to `now` and was not undone."""
        async with self._db.write() as connection:
            found, row = await _both(connection, escalation_id)
            if found.returning_at is None or found.returning_at > now:
                raise NotPossible
            escalation = await move(connection, found, _S.RETURNED, returned_at=now, returning_at=None)
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles)
            await set_holder(connection, row.id, Holder.BOT)
        return Moved(escalation, tuple(replies))

    async def release(self, escalation_id: str, account: str, bubbles: Sequence[Bubble], ways: Collection[str]) -> Moved:
        """It waits again, for anybody: whoever holds it went away from a teenager who is there. As when it was sent, the second channel
        rings unless somebody claims in time."""
        async with self._db.write() as connection:
            found, row = await _held(connection, escalation_id, account)
            if found.state != _S.CLAIMED:
                raise NotPossible  # the teenager left too
            now = time.time()
            # Not for later, whenever it was sent: they were being talked to.
            values: dict[str, Any] = {
                "claimed_by": None,
                "claimed_at": None,
                "told_at": None,
                "waiting_at": now,
                "returning_at": None,
                "is_after_hours": False,
            }
            escalation = await move(connection, found, _S.WAITING, **values)
            if rows := alarm_rows(escalation_id, "unclaimed", ways, now, now + ALARM_AFTER_S):
                await connection.execute(OUTBOX.insert(), rows)
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles)
            await set_holder(connection, row.id, Holder.WAITING)
        return Moved(escalation, tuple(replies))

    async def close(
        self, escalation_id: str, account: str, record: CaseRecord, bubbles: Sequence[Bubble], version: int | None = None
    ) -> Moved:
        """End the case with its record; `bubbles` are for a teenager who is still there.

        `version`: the conversation's `urgency_version` that whoever closes has seen; NotPossible when danger was heard since, which nobody
        would answer.
        """
        async with self._db.write() as connection:
            found, row = await _held(connection, escalation_id, account)
            if version not in (None, row.urgency_version):
                raise NotPossible
            box = open_box(row, self._keys)
            values = _recorded(record, found) | {"closed_at": time.time(), "returning_at": None}
            values["remark_sealed"] = box.seal(record.remark, f"remark:{escalation_id}") if record.remark else None
            escalation = await move(connection, found, _S.CLOSED, **values)
            await end_alarms(connection, escalation_id)
            replies = await add_replies(connection, row, box, bubbles if found.left_at is None else ())
            await set_holder(connection, row.id, Holder.CLOSED)
        return Moved(escalation, tuple(replies))

    async def invite(self, escalation_id: str, bubbles: Sequence[Bubble]) -> Moved:
        """Ask a teenager in danger once; never after a no, nor after they left."""
        async with self._db.write() as connection:
            found, row = await _both(connection, escalation_id)
            is_open = found.state == _S.OFFERED and found.is_danger
            if not is_open or found.invited_at is not None or found.declined_at is not None:
                raise NotPossible
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(invited_at=time.time()))
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles)
            return Moved(escalation_of(await fetch_escalation(connection, escalation_id)), tuple(replies))

    async def tell(self, escalation_id: str, bubbles: Sequence[Bubble], ways: Collection[str]) -> Moved:
        """Say once that nobody picked up yet, and ring again."""
        async with self._db.write() as connection:
            found, row = await _both(connection, escalation_id)
            if found.state != _S.WAITING or found.told_at is not None:
                raise NotPossible
            now = time.time()
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(told_at=now))
            if rows := alarm_rows(escalation_id, "overdue", ways, now, now):
                await connection.execute(OUTBOX.insert(), rows)
            replies = await add_replies(connection, row, open_box(row, self._keys), bubbles)
            return Moved(escalation_of(await fetch_escalation(connection, escalation_id)), tuple(replies))

    async def danger_seen(self, escalation_id: str) -> None:
        """Staff say that they saw the danger: the second channel need not ring of it."""
        async with self._db.write() as connection:
            await end_alarms(connection, escalation_id, *_seen_before(time.time()))

    async def note(self, escalation_id: str, account: str, text: str) -> None:
        """Add an internal note, by whoever holds or held it."""
        async with self._db.write() as connection:
            found, row = await _both(connection, escalation_id)
            if found.claimed_by != account:
                raise NotPossible
            box, place = open_box(row, self._keys), f"notes:{escalation_id}"
            notes = box.open(found.notes_sealed, place) if found.notes_sealed is not None else []
            sealed = box.seal([*notes, [time.time(), account, text]], place)
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(notes_sealed=sealed))


async def _both(connection: AsyncConnection, escalation_id: str) -> tuple[Any, Any]:
    """The rows of the escalation and of its conversation, locked in the order that all writers keep; raises Gone."""
    conversation_id = (await fetch_escalation(connection, escalation_id)).conversation_id
    if conversation_id is None:
        raise Gone
    row = await fetch_row(connection, conversation_id, lock=True)
    return await fetch_escalation(connection, escalation_id, lock=True), row


async def _held(connection: AsyncConnection, escalation_id: str, account: str | None) -> tuple[Any, Any]:
    """As `_both`; raises NotPossible when `account` (None: anybody) does not hold it now."""
    found, row = await _both(connection, escalation_id)
    is_held = found.claimed_by is not None and found.state in (_S.CLAIMED, _S.LEFT)
    if not is_held or account not in (None, found.claimed_by):
        raise NotPossible
    return found, row


def _seen_before(moment: float) -> tuple[sa.ColumnElement[bool], ...]:
    """The alarms of danger that was said up to `moment`."""
    return OUTBOX.c.alarm == UNHEARD, OUTBOX.c.created_at <= moment


def _settled(row: Any, box: Box, settle: Settle) -> dict[str, Any]:
    """The sealed memory as an update sets it; nothing where there is none (it was too old, or the bot never spoke)."""
    if row.state_sealed is None:
        return {}
    return {"state_sealed": box.seal(settle(box.open(row.state_sealed, "state")), "state")}


async def _set_rank(connection: AsyncConnection, escalation_id: str, rank: int, lowered_from: int | None) -> Escalation:
    values = {"urgency_rank": rank, "lowered_from": lowered_from}
    await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(**values))
    return escalation_of(await fetch_escalation(connection, escalation_id))


def _recorded(record: CaseRecord, found: Any) -> dict[str, Any]:
    return {
        "need": record.need or found.need,
        "outcome": record.outcome,
        "referred_to": ",".join(record.referred_to) or None,
        "age_group": record.age_group or found.age_group,
        "who": record.who or found.who,
        "channel": record.channel or found.channel,
        "minutes": record.minutes,
    }
