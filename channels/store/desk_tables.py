"""The tables of the hand-off: escalations, alarms on their way out, return codes, opening hours.

An escalation outlives its conversation: when that is wiped or too old, every `*_sealed` column here becomes NULL and the
record (need, times, outcome) stays. Hence no foreign key. What is sealed is sealed with the conversation's key.
"""

from __future__ import annotations

import sqlalchemy as sa

from channels.store.tables import METADATA

_ID = sa.String(32)
_SEALED = sa.LargeBinary
_MOMENT = sa.Double  # seconds since the epoch

ESCALATIONS = sa.Table(
    "escalations",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("conversation_id", _ID, index=True),  # NULL once the conversation was wiped or deleted
    sa.Column("state", sa.String(16), nullable=False, index=True),  # kernel.escalation.EscalationState
    sa.Column("reason", sa.String(16), nullable=False),  # action, button, danger
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("is_danger", sa.Boolean, nullable=False),  # then need, urgency and language show before anything is sent
    sa.Column("need", sa.String(40)),  # NULL: not known, or taken off the card
    sa.Column("urgency_rank", sa.SmallInteger),
    sa.Column("lowered_from", sa.SmallInteger),  # the rank before staff lowered it; NULL: not lowered, or danger was heard again
    sa.Column("language", sa.String(2)),
    sa.Column("age_group", sa.String(16)),
    sa.Column("who", sa.String(16)),
    sa.Column("offered_at", _MOMENT, nullable=False),
    sa.Column("waiting_at", _MOMENT),
    sa.Column("claimed_at", _MOMENT),
    sa.Column("returned_at", _MOMENT),
    sa.Column("closed_at", _MOMENT),
    sa.Column("left_at", _MOMENT),
    sa.Column("declined_at", _MOMENT),  # the teenager said no to the card
    sa.Column("invited_at", _MOMENT),  # staff asked once
    sa.Column("told_at", _MOMENT),  # the teenager was told that nobody picked up
    sa.Column("returning_at", _MOMENT),  # the counsellor gives back at this moment, unless that is undone
    sa.Column("wiped_at", _MOMENT),  # the text went, the record stayed
    sa.Column("is_after_hours", sa.Boolean, nullable=False, default=False),  # sent to a closed desk
    sa.Column("claimed_by", _ID),  # the account
    sa.Column("card_sealed", _SEALED),  # what the card shows, for the teenager alone until it is sent
    sa.Column("payload_sealed", _SEALED),  # the lines and the note that were sent
    sa.Column("notes_sealed", _SEALED),  # staff's own
    sa.Column("outcome", sa.String(40)),
    sa.Column("referred_to", sa.String(200)),  # helpline ids, with commas between
    sa.Column("minutes", sa.Integer),
    sa.Column("remark_sealed", _SEALED),
)

OUTBOX = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("escalation_id", _ID, nullable=False, index=True),
    sa.Column("alarm", sa.String(16), nullable=False),  # unclaimed, overdue, danger (in a held case, not seen)
    sa.Column("way", sa.String(16), nullable=False),  # email, webhook
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("due_at", _MOMENT, nullable=False),  # not before; moves with every retry
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("ended_at", _MOMENT),
    sa.Column("ending", sa.String(16)),  # sent, claimed (not needed any more), expired
    sa.UniqueConstraint("escalation_id", "alarm", "way", "created_at", name="outbox_once"),
)
sa.Index("outbox_waiting", OUTBOX.c.due_at, sqlite_where=OUTBOX.c.ended_at.is_(None), postgresql_where=OUTBOX.c.ended_at.is_(None))

RETURN_CODES = sa.Table(
    "return_codes",
    METADATA,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("conversation_id", _ID, nullable=False, index=True),
    sa.Column("expires_at", _MOMENT, nullable=False),
)

DESK_HOURS = sa.Table(
    "desk_hours",
    METADATA,
    sa.Column("day", sa.SmallInteger, primary_key=True, autoincrement=False),  # 0 Monday to 6 Sunday, 7 public holidays
    sa.Column("start", sa.SmallInteger, primary_key=True, autoincrement=False),  # minutes after midnight in Brussels
    sa.Column("end", sa.SmallInteger, nullable=False),
)
