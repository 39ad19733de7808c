"""Escalations, the outbox, return codes, opening hours; who a message was written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENTS = ("waiting", "claimed", "returned", "closed", "left", "declined", "invited", "told", "returning", "wiped")


def upgrade() -> None:
    """Add the tables of the hand-off."""
    op.add_column("conversations", sa.Column("case_id", sa.String(32)))
    op.add_column("conversations", sa.Column("thinned_at", sa.Double))
    op.add_column("replies", sa.Column("client_id", sa.String(36)))
    for table in ("messages", "replies"):
        op.add_column(table, sa.Column("escalation_id", sa.String(32)))
        op.create_index(f"ix_{table}_escalation_id", table, ["escalation_id"])
    op.create_index("replies_once", "replies", ["conversation_id", "client_id"], unique=True)
    _escalations()
    _outbox()
    op.create_table(
        "return_codes",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(32), nullable=False, index=True),
        sa.Column("expires_at", sa.Double, nullable=False),
    )
    hours = op.create_table(
        "desk_hours",
        sa.Column("day", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("start", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("end", sa.SmallInteger, nullable=False),
    )
    # Day and night until a lead says otherwise: a desk without a counsellor is closed anyway.
    op.bulk_insert(hours, [{"day": day, "start": 0, "end": 24 * 60} for day in range(8)])


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation_id", sa.String(32), index=True),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("is_danger", sa.Boolean, nullable=False),
        sa.Column("need", sa.String(40)),
        sa.Column("urgency_rank", sa.SmallInteger),
        sa.Column("language", sa.String(2)),
        sa.Column("age_group", sa.String(16)),
        sa.Column("who", sa.String(16)),
        sa.Column("offered_at", sa.Double, nullable=False),
        *(sa.Column(f"{name}_at", sa.Double) for name in _MOMENTS),
        sa.Column("is_after_hours", sa.Boolean, nullable=False),
        sa.Column("claimed_by", sa.String(32)),
        *(sa.Column(f"{name}_sealed", sa.LargeBinary) for name in ("card", "payload", "notes", "remark")),
        sa.Column("outcome", sa.String(40)),
        sa.Column("referred_to", sa.String(200)),
        sa.Column("minutes", sa.Integer),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("escalation_id", sa.String(32), nullable=False, index=True),
        sa.Column("alarm", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("due_at", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.Double),
        sa.Column("ending", sa.String(16)),
        sa.UniqueConstraint("escalation_id", "alarm", "way", "created_at", name="outbox_once"),
    )
    where = sa.text("ended_at IS NULL")
    op.create_index("outbox_waiting", "outbox", ["due_at"], sqlite_where=where, postgresql_where=where)
