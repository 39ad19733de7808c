"""Conversations, messages, replies, choices, and the ledger of wipes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _of_conversation(**options: bool) -> sa.Column[str]:
    return sa.Column(
        "conversation_id",
        sa.String(32),
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        **options,  # type: ignore[arg-type]
    )


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), unique=True),
        sa.Column("key_wrapped", sa.LargeBinary, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("holder", sa.String(16), nullable=False),
        sa.Column("urgency_rank", sa.SmallInteger, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("state_sealed", sa.LargeBinary),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("active_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "messages",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
        _of_conversation(),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.Double, nullable=False),
        sa.Column("done_at", sa.Double),
        sa.UniqueConstraint("conversation_id", "client_id", name="messages_once"),
    )
    where = sa.text("done_at IS NULL")
    op.create_index("messages_unfinished", "messages", ["position"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "replies",
        _of_conversation(primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("in_reply_to", sa.String(36)),
        sa.Column("body_sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_table(
        "choices",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_conversation(index=True),
        sa.Column("payload_sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "wipes",
        sa.Column("conversation_id", sa.String(32), primary_key=True),
        sa.Column("wiped_at", sa.Double, nullable=False),
    )
