"""How text goes: whole conversations, or all but what staff were sent. Records of cases stay, without text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.store.desk_tables import ESCALATIONS, OUTBOX, RETURN_CODES
from channels.store.tables import CHOICES, CONVERSATIONS, MESSAGES, REPLIES
from channels.store.telegram_tables import TELEGRAM_CARDS, TELEGRAM_CHATS, TELEGRAM_MESSAGES, is_forgettable
from kernel.escalation import EscalationState

_E, _C = ESCALATIONS.c, CONVERSATIONS.c
_OVER = EscalationState.CLOSED.value
_ENDED = (_OVER, EscalationState.CANCELLED.value)
_SENT = (EscalationState.WAITING.value, EscalationState.CLAIMED.value, EscalationState.LEFT.value)
"""What the teenager decided on went to staff; in Telegram its card takes it back."""


def has_case() -> sa.ColumnElement[bool]:
    """SQL: staff were sent something of this conversation, and it is still there."""
    return sa.exists().where(_E.conversation_id == _C.id, _E.payload_sealed.is_not(None))


async def delete_rows(connection: AsyncConnection, conversation_ids: Sequence[str], ending: str) -> int:
    """Delete all rows of these conversations, children first (not relying on the cascade alone); how many conversations.

    Their cases lose all text; those that were not over end with the outcome `ending` (wiped, expired).
    """
    await connection.execute(_locked(_C.id.in_(conversation_ids)))
    here = _E.conversation_id.in_(conversation_ids)
    now = time.time()
    await connection.execute(OUTBOX.update().where(_unneeded(here)).values(ended_at=now, ending=ending))
    await connection.execute(RETURN_CODES.delete().where(RETURN_CODES.c.conversation_id.in_(conversation_ids)))
    await connection.execute(ESCALATIONS.update().where(here, _E.state.not_in(_ENDED)).values(state=_OVER, closed_at=now, outcome=ending))
    gone: dict[str, Any] = dict.fromkeys(("card_sealed", "payload_sealed", "notes_sealed", "remark_sealed", "conversation_id"))
    await connection.execute(ESCALATIONS.update().where(here).values(**gone, wiped_at=now))
    await _unlink_chats(connection, conversation_ids, is_wipe=ending == "wiped")
    for table in (CHOICES, REPLIES, MESSAGES):
        await connection.execute(table.delete().where(table.c.conversation_id.in_(conversation_ids)))
    result = await connection.execute(CONVERSATIONS.delete().where(_C.id.in_(conversation_ids)))
    return int(result.rowcount)


async def _unlink_chats(connection: AsyncConnection, conversation_ids: Sequence[str], *, is_wipe: bool) -> None:
    """Telegram chats of these conversations go; after a wipe only once their messages are deleted in Telegram too."""
    chats, messages = TELEGRAM_CHATS.c, TELEGRAM_MESSAGES.c
    await connection.execute(TELEGRAM_CARDS.delete().where(TELEGRAM_CARDS.c.conversation_id.in_(conversation_ids)))
    of_these = messages.chat_id.in_(sa.select(chats.id).where(chats.conversation_id.in_(conversation_ids)))
    if is_wipe:
        await connection.execute(TELEGRAM_MESSAGES.update().where(of_these).values(is_doomed=True))
    else:
        await connection.execute(TELEGRAM_MESSAGES.delete().where(of_these, ~messages.is_doomed))
    await connection.execute(TELEGRAM_CHATS.update().where(chats.conversation_id.in_(conversation_ids)).values(conversation_id=None))
    await connection.execute(TELEGRAM_CHATS.delete().where(is_forgettable()))


async def thin_rows(connection: AsyncConnection, idle_ids: Sequence[str], moment: float) -> int:
    """Delete what was said to and by the bot, the bot's state, the token, and cards that were not sent (their lines are what was said
    to the bot); what staff were sent and said stays. Only where nobody was active since `moment`, as looked at again here; how many.
    """
    still_idle = _locked(_C.id.in_(idle_ids), _C.active_at < moment)
    conversation_ids = list((await connection.execute(still_idle)).scalars())
    here = _E.conversation_id.in_(conversation_ids)
    await connection.execute(ESCALATIONS.update().where(here).values(card_sealed=None))  # sending moves it to the payload
    sent, cards = sa.select(_E.id).where(here, _E.state.in_(_SENT)), TELEGRAM_CARDS.c
    unsent = (cards.conversation_id.in_(conversation_ids), cards.handoff_id.not_in(sent))
    await connection.execute(TELEGRAM_CARDS.delete().where(*unsent))
    for table in (REPLIES, MESSAGES):
        await connection.execute(table.delete().where(table.c.conversation_id.in_(conversation_ids), table.c.escalation_id.is_(None)))
    await connection.execute(CHOICES.delete().where(CHOICES.c.conversation_id.in_(conversation_ids)))
    values = {"state_sealed": None, "token_hash": None, "thinned_at": time.time()}
    await connection.execute(CONVERSATIONS.update().where(_C.id.in_(conversation_ids)).values(**values))
    return len(conversation_ids)


def _locked(*where: sa.ColumnElement[bool]) -> sa.Select[tuple[str]]:
    """The ids of these conversations, locked before their cases as all writers do, and in one order (PostgreSQL: no deadlock)."""
    return sa.select(_C.id).where(*where).order_by(_C.id).with_for_update()


def _unneeded(here: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.and_(OUTBOX.c.ended_at.is_(None), OUTBOX.c.escalation_id.in_(sa.select(_E.id).where(here)))
