"""Telegram: chats, the numbers of their messages (to delete them), open hand-off cards, updates already handled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of Telegram."""
    op.create_table(
        "telegram_chats",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("number_sealed", sa.LargeBinary, nullable=False),
        sa.Column("conversation_id", sa.String(32), unique=True),
        sa.Column("sent_seq", sa.Integer, nullable=False),
        sa.Column("sent_part", sa.Integer, nullable=False),
        sa.Column("until_seq", sa.Integer),
        sa.Column("seen_at", sa.Double, nullable=False),
        sa.Column("is_notified", sa.Boolean, nullable=False),
        sa.Column("blocked_at", sa.Double),
    )
    op.create_table(
        "telegram_messages",
        sa.Column("chat_id", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("is_doomed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "telegram_cards",
        sa.Column("chat_id", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("handoff_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("body_sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "telegram_updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False, index=True),
    )
