"""Background work of the studio, one job at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of jobs; at most one of them runs."""
    op.create_table(
        "studio_jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.Column("account_id", sa.String(32)),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("percent", sa.SmallInteger, nullable=False),
        sa.Column("starts", sa.SmallInteger, nullable=False),
        sa.Column("is_stopping", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String(64)),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("started_at", sa.Double),
        sa.Column("ended_at", sa.Double),
    )
    running = sa.text("state = 'running'")
    op.create_index("studio_jobs_one", "studio_jobs", ["state"], unique=True, sqlite_where=running, postgresql_where=running)
