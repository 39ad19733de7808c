"""Staff may lower the urgency: from what, and whether danger was heard meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
_HIGH = 2


def upgrade() -> None:
    """Add both columns; a conversation that is urgent now was so at some time."""
    op.add_column("conversations", sa.Column("urgency_version", sa.Integer, nullable=False, server_default="0"))
    conversations = sa.table("conversations", sa.column("urgency_rank"), sa.column("urgency_version"))
    op.execute(conversations.update().where(conversations.c.urgency_rank >= _HIGH).values(urgency_version=1))
    op.add_column("escalations", sa.Column("lowered_from", sa.SmallInteger))
