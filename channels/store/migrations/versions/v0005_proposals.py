"""Proposals of the studio: what the database itself keeps about approvals stands in studio_tables.CHECKS."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHECKS = {
    "proposal_state": "state IN ('draft', 'proposed', 'approved', 'published', 'refused')",
    "proposal_approvals": "approvals_needed IN (1, 2)",
    "proposal_first_is_another": "first_approver_id IS NULL OR first_approver_id <> author_id",
    "proposal_second_is_another": (
        "second_approver_id IS NULL OR (first_approver_id IS NOT NULL AND second_approver_id <> author_id"
        " AND second_approver_id <> first_approver_id)"
    ),
    "proposal_is_approved": (
        "state NOT IN ('approved', 'published') OR (first_approver_id IS NOT NULL"
        " AND (approvals_needed = 1 OR second_approver_id IS NOT NULL))"
    ),
    "proposal_draft_is_open": "state <> 'draft' OR first_approver_id IS NULL",
}
_FROZEN = "what was approved is not changed any more"
_CHANGED = (
    "NEW.changes <> OLD.changes OR NEW.author_id <> OLD.author_id OR NEW.approvals_needed < OLD.approvals_needed"
    " OR NEW.is_guarded <> OLD.is_guarded"
)


def _account(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), sa.ForeignKey("accounts.id"), nullable=nullable, index=True)


def _of_proposal() -> sa.Column[str]:
    return sa.Column("proposal_id", sa.String(32), sa.ForeignKey("proposals.id"), nullable=False, index=True)


def upgrade() -> None:
    """Add the tables of the studio, and freeze what somebody approved."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("why", sa.String(2000), nullable=False),
        _account("author_id"),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("approvals_needed", sa.SmallInteger, nullable=False),
        sa.Column("is_guarded", sa.Boolean, nullable=False),
        _account("first_approver_id", nullable=True),
        _account("second_approver_id", nullable=True),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("changed_at", sa.Double, nullable=False, index=True),
        *(sa.CheckConstraint(rule, name=name) for name, rule in _CHECKS.items()),
    )
    op.create_table(
        "proposal_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _of_proposal(),
        sa.Column("at", sa.Double, nullable=False),
        _account("account_id", nullable=True),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("detail", sa.String(2000), nullable=False),
    )
    op.create_table(
        "proposal_comments",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_proposal(),
        sa.Column("change_id", sa.String(16), nullable=False),
        _account("account_id"),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("done_at", sa.Double),
    )
    _freeze()


def _freeze() -> None:
    """Only a draft's changes can be changed."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE FUNCTION proposal_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_FROZEN}'; END $$")
        op.execute(
            "CREATE TRIGGER proposal_frozen BEFORE UPDATE ON proposals FOR EACH ROW"
            f" WHEN ((OLD.state <> 'draft' OR NEW.state <> 'draft') AND ({_CHANGED})) EXECUTE FUNCTION proposal_frozen()"
        )
        return
    op.execute(
        "CREATE TRIGGER proposal_frozen BEFORE UPDATE ON proposals"
        f" WHEN (OLD.state <> 'draft' OR NEW.state <> 'draft') AND ({_CHANGED}) BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END"
    )
