"""The inbox of the studio, and what volunteers said of its sentences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("suggested", sa.String(48)),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("key_wrapped", sa.LargeBinary),
        sa.Column("text_sealed", sa.LargeBinary),
        sa.Column("added_day", sa.Double, nullable=False, index=True),
        sa.Column("decided_at", sa.Double),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox_verdicts",
        sa.Column("item_id", sa.String(32), sa.ForeignKey("inbox.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("need", sa.String(48)),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("is_second", sa.Boolean, nullable=False),
        sa.Column("change_ids", sa.String(64), nullable=False),
    )
