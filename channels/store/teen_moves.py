"""What a teenager (or the danger in their words) does to an escalation: each move in one commit."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.conversations import LEVELS, Gone, fetch_row, raised_to
from channels.store.crypto import Keys, hash_token
from channels.store.desk_tables import ESCALATIONS, OUTBOX
from channels.store.engine import Database
from channels.store.escalations import Escalation, NotPossible, alive_of, escalation_of, fetch_escalation
from channels.store.replies import open_box
from channels.store.tables import CONVERSATIONS
from kernel.conversation import Holder
from kernel.escalation import EscalationState, may_move
from kernel.urgency import Urgency, highest

_E, _C = ESCALATIONS.c, CONVERSATIONS.c
_S = EscalationState
_COLUMN_KINDS = {"need": "need", "language": "language", "age_group": "age_group", "who": "who"}
_SHOWN_IN_DANGER = frozenset({"need", "urgency", "language"})
ALARM_AFTER_S = 60.0
"""So long after sending the second channel rings, unless somebody claimed; and so long after danger that whoever holds did not see."""
DANGER_AGAIN_S = 600.0
"""Danger is news again, at the desk and for the second channel, when none was heard for so long."""
UNHEARD = "danger"
"""The alarm of danger in a case that is held."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Why a person is offered: `reason` is action, button or danger; `is_danger`: the desk may see need, urgency, language.

    `ways`: what the second channel is, for danger that nobody sees.
    """

    reason: str
    need: str | None
    level: Urgency
    is_danger: bool
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """`is_card_due`: the teenager is to be asked. `is_news`: the desk does not know of this danger, or not of its height, or not any more
    (it was given back, or the danger heard before is long past)."""

    escalation: Escalation
    is_card_due: bool
    is_news: bool


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the card. `kind` is need, urgency, language, age_group, who, wants or said; `value` the word for figures."""

    kind: str
    text: str
    value: str | None = None
    id: str = ""


def alarm_rows(escalation_id: str, alarm: str, ways: Collection[str], now: float, due_at: float) -> list[dict[str, Any]]:
    """Rows of the outbox, one for each way out."""
    return [
        {
            "id": secrets.token_hex(16),
            "escalation_id": escalation_id,
            "alarm": alarm,
            "way": way,
            "created_at": now,
            "due_at": due_at,
            "attempts": 0,
        }
        for way in ways
    ]


async def move(connection: AsyncConnection, row: Any, to: EscalationState, **values: Any) -> Escalation:
    """Take the escalation of `row` to another state, if it still is where `row` says; raises NotPossible."""
    if not may_move(EscalationState(row.state), to):
        raise NotPossible
    this = (_E.id == row.id, _E.state == row.state)
    result = await connection.execute(ESCALATIONS.update().where(*this).values(state=to.value, **values))
    if result.rowcount != 1:
        raise NotPossible
    return escalation_of(await fetch_escalation(connection, row.id))


async def set_holder(connection: AsyncConnection, conversation_id: str, holder: Holder, case_id: str | None = None) -> None:
    """Who answers from this commit on; `case_id` when it is a counsellor."""
    values = {"holder": holder.value, "case_id": case_id, "active_at": time.time()}
    await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(**values))


async def offer_in(connection: AsyncConnection, row: Any, offer: Offer) -> Offered:
    """As `TeenMoves.offer`, in the caller's transaction; `row` is the conversation's, locked."""
    if offer.is_danger and row.urgency_rank == Urgency.EMERGENCY.rank:
        offer = replace(offer, level=Urgency.EMERGENCY)  # what was an emergency stays one, whatever was said last
    raised = raised_to(connection, highest(Urgency.HIGH, offer.level), is_danger=offer.is_danger)
    await connection.execute(CONVERSATIONS.update().where(_C.id == row.id).values(**raised))
    found = await alive_of(connection, row.id)
    if found is None:
        return Offered(await _insert(connection, row, offer), is_card_due=True, is_news=offer.is_danger)
    return await _again(connection, row, found, offer)


class TeenMoves:
    """Moves of the teenager's side. Methods raise Gone, and NotPossible for what the state forbids."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def offer(self, conversation_id: str, offer: Offer) -> Offered:
        """Note that a person is offered, and raise the conversation's urgency to high at least."""
        async with self._db.write() as connection:
            return await offer_in(connection, await fetch_row(connection, conversation_id, lock=True), offer)

    async def put_card(self, escalation_id: str, lines: Sequence[CardLine]) -> list[CardLine]:
        """Keep what the card shows, so that nothing else can be sent; the lines with their ids.

        A line that was shown before keeps its id, and what was shown earlier in this offer can still be sent: a decision about
        it may be on its way.
        """
        async with self._db.write() as connection:
            found = await fetch_escalation(connection, escalation_id, lock=True)
            row = await fetch_row(connection, found.conversation_id or "")
            if found.state != _S.OFFERED:
                raise NotPossible
            box, place = open_box(row, self._keys), f"card:{escalation_id}"
            shown = {CardLine(*line[1:]): str(line[0]) for line in box.open(found.card_sealed, place)} if found.card_sealed else {}
            named = [replace(line, id=shown.setdefault(line, f"{len(shown) + 1}")) for line in lines]
            card = [[line_id, line.kind, line.text, line.value] for line, line_id in shown.items()]
            await connection.execute(ESCALATIONS.update().where(_E.id == escalation_id).values(card_sealed=box.seal(card, place)))
        return named

    async def send(
        self, conversation_id: str, escalation_id: str, share: Collection[str], note: str, *, is_after_hours: bool, ways: Collection[str]
    ) -> tuple[Escalation, bool]:
        """Send the card's lines whose ids are in `share`; with the outbox in one commit. False: it was sent before.

        NotPossible also for a card that is no longer kept (it was too old): what was shown cannot be sent any more.
        """
        async with self._db.write() as connection:
            row = await fetch_row(connection, conversation_id, lock=True)
            found = await _own(connection, conversation_id, escalation_id)
            if found.state in (_S.WAITING, _S.CLAIMED):
                return escalation_of(found), False
            if found.card_sealed is None:
                raise NotPossible
            box = open_box(row, self._keys)
            card = box.open(found.card_sealed, f"card:{escalation_id}")
            lines = [CardLine(kind, text, value, line_id) for line_id, kind, text, value in card if line_id in share]
            payload = {"lines": [[line.kind, line.text] for line in lines], "note": note}
            now = time.time()
            values = _columns(lines, found) | {"payload_sealed": box.seal(payload, f"payload:{escalation_id}"), "card_sealed": None}
            values |= {"waiting_at": now, "is_after_hours": is_after_hours, "told_at": None, "claimed_by": None, "left_at": None}
            values["declined_at"] = None  # a yes after a no
            escalation = await move(connection, found, _S.WAITING, **values)
            if rows := alarm_rows(escalation_id, "unclaimed", ways, now, now + ALARM_AFTER_S):
                await connection.execute(OUTBOX.insert(), rows)
            await set_holder(connection, conversation_id, Holder.WAITING)
        return escalation, True

    async def cancel(self, conversation_id: str, escalation_id: str) -> Escalation:
        """The teenager says no, also to one that already waits; what was sent goes."""
        async with self._db.write() as connection:
            await fetch_row(connection, conversation_id, lock=True)
            found = await _own(connection, conversation_id, escalation_id)
            if found.state == _S.CANCELLED:
                return escalation_of(found)
            gone = {"card_sealed": None, "payload_sealed": None, "declined_at": time.time()}
            escalation = await move(connection, found, _S.CANCELLED, **gone)
            await set_holder(connection, conversation_id, Holder.BOT)
            await end_alarms(connection, escalation_id)
        return escalation

    async def leave(self, conversation_id: str) -> Escalation | None:
        """The token opens nothing any more; what waits goes on waiting, marked left; a card not answered is void."""
        async with self._db.write() as connection:
            await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(token_hash=None))
            found = await alive_of(connection, conversation_id)
            if found is None or found.state in (_S.CANCELLED, _S.RETURNED, _S.LEFT):
                return None
            if found.state == _S.OFFERED:
                return await move(connection, found, _S.CANCELLED, left_at=time.time(), card_sealed=None)
            return await move(connection, found, _S.LEFT, left_at=time.time())

    async def come_back(self, conversation_id: str) -> tuple[str, Escalation | None]:
        """A new token (the return code was right); what was left goes on where it was."""
        token = secrets.token_urlsafe(24)
        async with self._db.write() as connection:
            await fetch_row(connection, conversation_id, lock=True)
            values = {"token_hash": hash_token(token), "active_at": time.time(), "thinned_at": None}
            await connection.execute(CONVERSATIONS.update().where(_C.id == conversation_id).values(**values))
            found = await alive_of(connection, conversation_id)
            if found is None or found.left_at is None:
                return token, escalation_of(found) if found is not None else None
            if found.state == _S.LEFT:
                to = _S.WAITING if found.claimed_by is None else _S.CLAIMED
                return token, await move(connection, found, to, left_at=None)
            # Claimed after they had left: the counsellor holds it, and now somebody is there to read.
            await connection.execute(ESCALATIONS.update().where(ESCALATIONS.c.id == found.id).values(left_at=None))
            return token, escalation_of(await fetch_escalation(connection, found.id))


async def end_alarms(connection: AsyncConnection, escalation_id: str, *more: sa.ColumnElement[bool]) -> None:
    """Nobody needs to be called any more; `more` narrows which alarms that is true of."""
    waiting = (OUTBOX.c.escalation_id == escalation_id, OUTBOX.c.ended_at.is_(None))
    await connection.execute(OUTBOX.update().where(*waiting, *more).values(ended_at=time.time(), ending="claimed"))


async def stay_in(connection: AsyncConnection, escalation_id: str) -> Escalation | None:
    """The teenager writes to a counsellor who is giving back: then they stay, or nobody would answer. None where they were staying."""
    returning = (_E.id == escalation_id, _E.returning_at.is_not(None))
    if (await connection.execute(ESCALATIONS.update().where(*returning).values(returning_at=None))).rowcount != 1:
        return None
    return escalation_of(await fetch_escalation(connection, escalation_id))


async def _own(connection: AsyncConnection, conversation_id: str, escalation_id: str) -> Any:
    """The row, if it is this conversation's; raises Gone."""
    found = await fetch_escalation(connection, escalation_id, lock=True)
    if found.conversation_id != conversation_id:
        raise Gone
    return found


async def _insert(connection: AsyncConnection, row: Any, offer: Offer) -> Escalation:
    escalation_id = secrets.token_hex(16)
    values = {"state": _S.OFFERED.value, "reason": offer.reason, "channel": row.channel, "offered_at": time.time()}
    values |= {"is_after_hours": False} | _signal(row, offer, None)
    await connection.execute(ESCALATIONS.insert().values(id=escalation_id, conversation_id=row.id, **values))
    return escalation_of(await fetch_escalation(connection, escalation_id))


async def _again(connection: AsyncConnection, row: Any, found: Any, offer: Offer) -> Offered:
    """An offer where there is a case: a no sticks, unless the teenager asks themselves or the danger has grown."""
    known = LEVELS[found.urgency_rank or 0] if found.is_danger else Urgency.NONE
    has_grown = offer.is_danger and (not found.is_danger or offer.level.rank > known.rank)
    is_news = has_grown or _is_heard_anew(found, offer)
    state = EscalationState(found.state)
    values = (_signal(row, offer, found) if offer.is_danger else {}) | _moments(state, offer, is_news)
    if values:
        await connection.execute(ESCALATIONS.update().where(_E.id == found.id).values(**values))
    if offer.is_danger:
        await _call(connection, found, offer, has_grown=has_grown, is_news=is_news)
    # Who was given back had said yes since their last no: danger asks them again.
    may_ask = offer.reason != "danger" or has_grown or state is _S.RETURNED
    if state in (_S.CANCELLED, _S.RETURNED) and may_ask:
        values = {"reason": offer.reason, "offered_at": time.time()}
        return Offered(await move(connection, found, _S.OFFERED, **values), is_card_due=True, is_news=is_news)
    escalation = escalation_of(await fetch_escalation(connection, found.id))
    is_due = state is _S.OFFERED and (offer.reason != "danger" or has_grown)
    return Offered(escalation, is_due, is_news)


def _is_heard_anew(found: Any, offer: Offer) -> bool:
    """Danger in words, as high as before: news to a desk that gave the teenager back, or last heard or told of it long ago.

    A held case needs no news: there each danger rings. Nor does what is offered anew by a button, whatever the level is (a level that
    staff lowered rings as no danger: ADR 30).
    """
    if offer.reason != "danger":
        return False
    is_signal = found.state in (_S.OFFERED, _S.CANCELLED)
    last = found.offered_at if is_signal else max(found.waiting_at or 0.0, found.told_at or 0.0)
    is_old = time.time() - last > DANGER_AGAIN_S
    return bool(found.state == _S.RETURNED or (is_old and (is_signal or found.state == _S.WAITING)))


def _moments(state: EscalationState, offer: Offer, is_news: bool) -> dict[str, Any]:
    """A signal is as old as the danger last heard; who waits or talks keeps the moment at which a person was first offered.

    Who waits is told anew that nobody came, with lines. Whoever is giving back stays: danger, or a wish for a person, is theirs to hear.
    """
    if state in (_S.OFFERED, _S.CANCELLED):
        return {"offered_at": time.time()} if offer.is_danger else {}
    if state is _S.WAITING and is_news:
        return {"told_at": None}
    return {"returning_at": None} if state is _S.CLAIMED else {}


async def _call(connection: AsyncConnection, found: Any, offer: Offer, *, has_grown: bool, is_news: bool) -> None:
    """The second channel, for danger of who waits (again, though it rang before) or talks (unless whoever holds sees it in time)."""
    is_held = found.claimed_by is not None and found.state in (_S.CLAIMED, _S.LEFT) and offer.reason == "danger"
    if not offer.ways or not (is_held or (found.state == _S.WAITING and is_news)):
        return
    alarm, now = UNHEARD if is_held else "unclaimed", time.time()
    if not has_grown and await _was_called(connection, found.id, alarm, now):
        return
    await connection.execute(OUTBOX.insert(), alarm_rows(found.id, alarm, offer.ways, now, now + ALARM_AFTER_S))


async def _was_called(connection: AsyncConnection, escalation_id: str, alarm: str, now: float) -> bool:
    """True while such an alarm is on its way, and for a while after it was sent: ten messages are not ten calls. One that was seen in
    time called nobody."""
    known = (OUTBOX.c.escalation_id == escalation_id, OUTBOX.c.alarm == alarm, OUTBOX.c.created_at > now - DANGER_AGAIN_S)
    rings = sa.or_(OUTBOX.c.ended_at.is_(None), OUTBOX.c.ending != "claimed")
    return bool((await connection.execute(sa.select(sa.exists().where(*known, rings)))).scalar_one())


def _signal(row: Any, offer: Offer, found: Any) -> dict[str, Any]:
    """The columns that the desk sees before anything is sent: of danger need, urgency and language; else nothing."""
    if not offer.is_danger:
        return {"is_danger": False, "need": None, "urgency_rank": None, "language": None}
    rank = max(offer.level.rank, found.urgency_rank or 0) if found is not None else offer.level.rank
    return {"is_danger": True, "need": offer.need, "urgency_rank": rank, "lowered_from": None, "language": row.language}


def _columns(lines: Sequence[CardLine], found: Any) -> dict[str, Any]:
    """The figures that go with the lines that were sent; what was taken off is not known to staff."""
    shared = {line.kind: line.value for line in lines if line.value is not None}
    kept: dict[str, Any] = {kind: shared.get(kind) for kind in _COLUMN_KINDS}
    kept["urgency_rank"] = Urgency.parse(shared["urgency"]).rank if "urgency" in shared else None
    if found.is_danger:
        for kind in _SHOWN_IN_DANGER:
            column = "urgency_rank" if kind == "urgency" else kind
            kept[column] = kept[column] if kept[column] is not None else getattr(found, column)
    return kept
