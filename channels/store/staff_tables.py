"""The tables of staff: accounts, their sessions and recovery codes, and the audit. No word of a teenager stands here."""

from __future__ import annotations

import sqlalchemy as sa

from channels.store.tables import METADATA

_ID = sa.String(32)
_HASH = sa.String(64)  # SHA-256 in hex, of something random with 80 bits or more

ACCOUNTS = sa.Table(
    "accounts",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("name_key", sa.String(240), nullable=False, unique=True),  # folded, so that "An" and "an " are one account
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),  # of the desk's pages
    sa.Column("speaks", sa.String(8), nullable=False),  # languages this person talks in: "nl", "fr" or "fr,nl"
    sa.Column("password_hash", sa.String(200)),  # argon2id; NULL until enrolled
    sa.Column("totp_sealed", sa.LargeBinary, nullable=False),
    sa.Column("totp_step", sa.BigInteger, nullable=False),  # the last time step used: a code opens once
    sa.Column("enrol_hash", _HASH, unique=True),  # NULL once used
    sa.Column("enrol_until", sa.Double, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),  # since the last success
    sa.Column("locked_until", sa.Double, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("ended_at", sa.Double),
)

SESSIONS = sa.Table(
    "account_sessions",
    METADATA,
    sa.Column("token_hash", _HASH, primary_key=True),
    sa.Column("handle", sa.String(16), nullable=False, unique=True),  # what a page names it by
    sa.Column("account_id", _ID, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("started_at", sa.Double, nullable=False),
    sa.Column("seen_at", sa.Double, nullable=False),
)

RECOVERY_CODES = sa.Table(
    "recovery_codes",
    METADATA,
    sa.Column("code_hash", _HASH, primary_key=True),
    sa.Column("account_id", _ID, sa.ForeignKey("accounts.id"), nullable=False, index=True),
)

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Double, nullable=False, index=True),
    sa.Column("account_id", _ID, index=True),  # NULL: the command line, or nobody who is known
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(32)),  # the id of a case or an account
    sa.Column("detail", sa.String(80), nullable=False),  # one word from our own lists, never free text
)
