"""What must hold of one Telegram chat: every message answered, in its order, once; and which second copies the protocol cannot rule out."""

from __future__ import annotations

import contextlib
import enum
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot_api_state import Sent

COMMIT_WITHIN_S = 1.0
"""A hub that was killed so soon after Telegram's answer may not have noted it."""


class Window(enum.Enum):
    """Where a reply may come twice, whatever the hub does: sendMessage has no id by which Telegram could know a repeat."""

    ANSWER_LOST = "Telegram had sent it, its answer never reached the hub (time-out, cut connection, 5xx after the work)"
    KILLED = "the hub was killed between Telegram's answer and noting it"


@dataclass
class Found:
    """What one chat gave. `unanswered`: messages that no bubble names."""

    replies: int = 0
    unanswered: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    windows: Counter[str] = field(default_factory=Counter)


def judge(sent: Sequence[Sent], written: Sequence[str], killed: Sequence[float]) -> Found:
    """`sent`: what the bot sent, oldest first; `written`: the teenager's messages, each repeated in its answer; `killed`: moments of kills."""
    found = Found()
    first: list[int] = []
    for text in written:
        copies = [bubble for bubble in sent if text in bubble.text]
        found.replies += len(copies)
        if not copies:
            found.unanswered.append(text)
            continue
        first.append(copies[0].id)
        for earlier in copies[:-1]:
            window = window_of(earlier, killed)
            if window is None:
                found.faults["a reply sent twice"] += 1
            else:
                found.windows[window.value] += 1
    found.faults["replies out of order"] += first != sorted(first)
    found.faults = +found.faults
    return found


def brought_otherwise(database: Path, chat: str, message_ids: Sequence[str]) -> int:
    """How many of these messages have a reply in the store that was brought to this chat: on a busy machine the hub gives the
    fixed answer, which names no message.
    """
    if not message_ids:
        return 0
    query = f"""
        select count(distinct reply.in_reply_to) from telegram_chats chat join replies reply on reply.conversation_id = chat.conversation_id
        where chat.id = ? and reply.seq <= chat.sent_seq and reply.in_reply_to in ({", ".join("?" * len(message_ids))})
    """
    with contextlib.closing(sqlite3.connect(database, timeout=5)) as opened:
        return int(opened.execute(query, (chat, *message_ids)).fetchone()[0])


def window_of(earlier: Sent, killed: Sequence[float]) -> Window | None:
    """Why a copy after `earlier` cannot be ruled out; None when it can."""
    if earlier.answered_at is None:
        return Window.ANSWER_LOST
    if any(earlier.received_at <= moment <= earlier.answered_at + COMMIT_WITHIN_S for moment in killed):
        return Window.KILLED
    return None
