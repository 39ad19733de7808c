"""The tables of Telegram: which chat is which conversation, and how far its replies were brought.

A chat is known by a keyed hash of its number; the number itself is sealed (crypto.ChatNumbers) and only used for sending. No
column holds a name. Numbers of updates and messages count within the bot or the chat and say nothing about a person.
"""

from __future__ import annotations

import sqlalchemy as sa

from channels.store.tables import METADATA

_CHAT = sa.String(64)
_MOMENT = sa.Double  # seconds since the epoch

TELEGRAM_CHATS = sa.Table(
    "telegram_chats",
    METADATA,
    sa.Column("id", _CHAT, primary_key=True),  # HMAC-SHA256 of the chat's number
    sa.Column("number_sealed", sa.LargeBinary, nullable=False),
    sa.Column("conversation_id", sa.String(32), unique=True),  # NULL: wiped, and what was said is being deleted in Telegram
    sa.Column("sent_seq", sa.Integer, nullable=False),  # the last reply that was brought whole
    sa.Column("sent_part", sa.Integer, nullable=False),  # messages of the next one that were brought
    sa.Column("until_seq", sa.Integer),  # said stop: nothing is brought beyond this reply
    sa.Column("seen_at", _MOMENT, nullable=False),  # the teenager last wrote or tapped
    sa.Column("is_notified", sa.Boolean, nullable=False),  # told neutrally that there is an answer
    sa.Column("blocked_at", _MOMENT),  # the teenager blocked the bot
)

TELEGRAM_MESSAGES = sa.Table(
    "telegram_messages",
    METADATA,
    sa.Column("chat_id", _CHAT, primary_key=True),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("is_doomed", sa.Boolean, nullable=False),  # its conversation was wiped: to be deleted in Telegram
)

TELEGRAM_CARDS = sa.Table(
    "telegram_cards",
    METADATA,
    sa.Column("chat_id", _CHAT, primary_key=True),
    sa.Column("conversation_id", sa.String(32), nullable=False),
    sa.Column("handoff_id", sa.String(32), nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
    sa.Column("body_sealed", sa.LargeBinary, nullable=False),  # the lines shown, those taken off, the note
)

TELEGRAM_UPDATES = sa.Table(
    "telegram_updates",
    METADATA,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", _MOMENT, nullable=False, index=True),
)


def is_forgettable() -> sa.ColumnElement[bool]:
    """SQL: a chat without a conversation, of which nothing is left to delete in Telegram."""
    chats, messages = TELEGRAM_CHATS.c, TELEGRAM_MESSAGES.c
    return sa.and_(chats.conversation_id.is_(None), ~sa.exists().where(messages.chat_id == chats.id, messages.is_doomed))
