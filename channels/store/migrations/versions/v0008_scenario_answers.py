"""Counts of the answers to the scenarios' questions, per month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the counts."""
    op.create_table(
        "scenario_answers",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("scenario", sa.String(64), primary_key=True),
        sa.Column("moment", sa.String(8), primary_key=True),
        sa.Column("answer", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
