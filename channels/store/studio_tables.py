"""The tables of the studio: proposals, what was said about them and what happened to them. No word of a teenager stands here."""

from __future__ import annotations

import sqlalchemy as sa

from channels.store.tables import METADATA

_ID = sa.String(32)


def _account(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey("accounts.id"), nullable=nullable, index=True)


CHECKS = {
    # Approved by somebody else than the author, and by two different ones where two are needed: the database says so itself.
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

PROPOSALS = sa.Table(
    "proposals",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("title", sa.String(120), nullable=False),
    sa.Column("why", sa.String(2000), nullable=False),
    _account("author_id"),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("changes", sa.Text, nullable=False),  # JSON of curation.changes
    sa.Column("version", sa.Integer, nullable=False),  # rises with every save, so that two browsers cannot overwrite each other
    sa.Column("approvals_needed", sa.SmallInteger, nullable=False),
    sa.Column("is_guarded", sa.Boolean, nullable=False),
    _account("first_approver_id", nullable=True),
    _account("second_approver_id", nullable=True),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("changed_at", sa.Double, nullable=False, index=True),
    *(sa.CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
)

PROPOSAL_EVENTS = sa.Table(
    "proposal_events",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("proposal_id", _ID, sa.ForeignKey("proposals.id"), nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False),
    _account("account_id", nullable=True),  # NULL: the machine (the gate)
    sa.Column("act", sa.String(24), nullable=False),
    sa.Column("detail", sa.String(2000), nullable=False),
)

PROPOSAL_COMMENTS = sa.Table(
    "proposal_comments",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("proposal_id", _ID, sa.ForeignKey("proposals.id"), nullable=False, index=True),
    sa.Column("change_id", sa.String(16), nullable=False),  # the change it is about; empty for the whole
    _account("account_id"),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("text", sa.String(2000), nullable=False),
    sa.Column("done_at", sa.Double),
)
