"""What a teenager (or the danger in their words) does to an escalation: each move in one commit."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
"""So long after sending the second channel rings, unless somebody claimed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Why a person is offered: `reason` is action, button or danger; `is_danger`: the desk may see need, urgency, language."""

    reason: str
    need: str | None
    level: Urgency
    is_danger: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """`is_card_due`: the teenager is to be asked. `is_news`: the desk does not know of this danger, or not of its height."""

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


async def end_alarms(connection: AsyncConnection, escalation_id: str) -> None:
    """Nobody needs to be called any more."""
    waiting = (OUTBOX.c.escalation_id == escalation_id, OUTBOX.c.ended_at.is_(None))
    await connection.execute(OUTBOX.update().where(*waiting).values(ended_at=time.time(), ending="claimed"))


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
    is_news = offer.is_danger and (not found.is_danger or offer.level.rank > known.rank)
    state = EscalationState(found.state)
    if offer.is_danger:
        # A signal is as old as the danger last heard; who waits or talks keeps the moment at which a person was first offered.
        again = {"offered_at": time.time()} if state in (_S.OFFERED, _S.CANCELLED) else {}
        await connection.execute(ESCALATIONS.update().where(_E.id == found.id).values(**_signal(row, offer, found) | again))
    may_ask = offer.reason != "danger" or is_news or (state is _S.RETURNED and found.declined_at is None)
    if state in (_S.CANCELLED, _S.RETURNED) and may_ask:
        values = {"reason": offer.reason, "offered_at": time.time()}
        return Offered(await move(connection, found, _S.OFFERED, **values), is_card_due=True, is_news=is_news)
    escalation = escalation_of(await fetch_escalation(connection, found.id))
    is_due = state is _S.OFFERED and (offer.reason != "danger" or is_news)
    return Offered(escalation, is_due, is_news)


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
