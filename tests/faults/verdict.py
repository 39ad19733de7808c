"""What must hold after any number of kills, checked over what the teenagers saw and what the store holds."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from talker import DANGER, Record

from channels.bubbles import MOST_BUBBLES


def faults_of(record: Record, rank: int, stored: Mapping[str, bool], rung: int) -> list[str]:
    """The kinds of fault in one conversation; `rank` is its stored urgency, `stored` tells of each stored message whether it is done,
    `rung` is the urgency of the danger that the desk sees of it (-1: none).

    An acknowledged message that is in the middle of its turn when the talk ends does not occur: talkers end between turns.
    """
    found = []
    if record.is_stuck:
        found.append("no answer within a minute")
    found += ["acknowledged message lost" for message_id in record.acked if message_id not in stored]
    answered = Counter(message_id for _, message_id in record.replies if message_id is not None)
    found += ["acknowledged message not answered" for message_id in record.acked if not stored.get(message_id) or not answered[message_id]]
    numbers = [seq for seq, _ in record.replies]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        found.append("reply lost or shown twice")
    found += ["message answered twice" for message_id in answered if _is_answered_twice(record.replies, message_id)]
    if rank < record.expected_rank:
        found.append("urgency lowered")
    found += ["danger not at the desk" for message_id in stored if rung < DANGER.get(record.sent.get(message_id, ""), -1)]
    return found


def _is_answered_twice(replies: Sequence[tuple[int, str | None]], message_id: str) -> bool:
    """One turn's replies are stored in one commit: few, and with numbers that follow each other."""
    numbers = sorted(seq for seq, of in replies if of == message_id)
    return len(numbers) > MOST_BUBBLES or any(second - first != 1 for first, second in pairwise(numbers))


def stored_of(database: Path, token: str) -> tuple[int, dict[str, bool], int]:
    """Urgency rank, each stored message with whether it is done, and the rank of what the desk sees (-1: nothing), of the
    conversation with this token.
    """
    with contextlib.closing(sqlite3.connect(database, timeout=5)) as plain:
        digest = sha256(token.encode()).hexdigest()
        found = plain.execute("SELECT id, urgency_rank FROM conversations WHERE token_hash = ?", (digest,)).fetchone()
        if found is None:
            return -1, {}, -1
        rows = plain.execute("SELECT client_id, done_at FROM messages WHERE conversation_id = ?", (found[0],)).fetchall()
        seen = "SELECT coalesce(max(urgency_rank), -1) FROM escalations WHERE conversation_id = ? AND is_danger"
        rung = plain.execute(seen, (found[0],)).fetchone()[0]
    return int(found[1]), {client_id: done_at is not None for client_id, done_at in rows}, int(rung)
