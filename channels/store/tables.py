"""The tables. What a teenager said, was told or means by it is always in a sealed column (`*_sealed`, see crypto.py)."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

_ID = sa.String(32)  # 128 random bits in hex

CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("token_hash", sa.String(64), unique=True),  # SHA-256; NULL once the teenager has left
    sa.Column("key_wrapped", sa.LargeBinary, nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("holder", sa.String(16), nullable=False),
    sa.Column("urgency_rank", sa.SmallInteger, nullable=False),  # kernel.urgency.Urgency.rank, so that SQL can take the highest
    # Moves with every danger that is heard and with every lowering by staff; 0: never anything of these.
    sa.Column("urgency_version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("state_sealed", sa.LargeBinary),
    sa.Column("created_at", sa.Double, nullable=False),  # seconds since the epoch, as every *_at
    sa.Column("active_at", sa.Double, nullable=False, index=True),
    sa.Column("case_id", _ID),  # the escalation of the counsellor who holds the conversation
    sa.Column("thinned_at", sa.Double),  # too old: only what a counsellor was sent is left
)

MESSAGES = sa.Table(
    "messages",
    METADATA,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),  # the order in which they came
    sa.Column("conversation_id", _ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("client_id", sa.String(36), nullable=False),
    sa.Column("body_sealed", sa.LargeBinary, nullable=False),
    sa.Column("received_at", sa.Double, nullable=False),
    sa.Column("done_at", sa.Double),
    sa.Column("escalation_id", _ID, index=True),  # written to a counsellor, in this case; NULL: to the bot
    sa.UniqueConstraint("conversation_id", "client_id", name="messages_once"),
)
sa.Index(
    "messages_unfinished", MESSAGES.c.position, sqlite_where=MESSAGES.c.done_at.is_(None), postgresql_where=MESSAGES.c.done_at.is_(None)
)

REPLIES = sa.Table(
    "replies",
    METADATA,
    sa.Column("conversation_id", _ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("in_reply_to", sa.String(36)),
    sa.Column("body_sealed", sa.LargeBinary, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("escalation_id", _ID, index=True),  # said by a counsellor in this case
    sa.Column("client_id", sa.String(36)),  # the desk's own id of what a counsellor said
    sa.Index("replies_once", "conversation_id", "client_id", unique=True),
)

CHOICES = sa.Table(
    "choices",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", _ID, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("payload_sealed", sa.LargeBinary, nullable=False),
)

WIPES = sa.Table(
    "wipes",
    METADATA,
    sa.Column("conversation_id", _ID, primary_key=True),
    sa.Column("wiped_at", sa.Double, nullable=False),
)
