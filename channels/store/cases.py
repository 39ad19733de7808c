"""What a case says: the lines that were sent, staff's notes, the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from channels.store.conversations import fetch_row
from channels.store.crypto import Box, Keys
from channels.store.engine import Database
from channels.store.escalations import Escalation, escalation_of, fetch_escalation
from channels.store.replies import open_box, reply_of
from channels.store.tables import MESSAGES, REPLIES
from kernel.conversation import Speaker

_M, _R = MESSAGES.c, REPLIES.c


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the talk. `at` in seconds since the epoch; `id` tells it from all others of the case."""

    id: str
    speaker: Speaker
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note."""

    at: float
    account: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything staff may see of an escalation: nothing that the teenager did not send. `lines` are (kind, text).

    `urgency_version`: as of the conversation; whoever lowers the urgency says which one they saw.
    """

    escalation: Escalation
    lines: tuple[tuple[str, str], ...] = ()
    note: str = ""
    notes: tuple[Note, ...] = ()
    remark: str = ""
    talk: tuple[Said, ...] = ()
    urgency_version: int = 0


class Cases:
    """Reads cases."""

    def __init__(self, database: Database, keys: Keys) -> None:
        self._db = database
        self._keys = keys

    async def get(self, escalation_id: str) -> Case:
        """The case; without text once that was wiped. Raises Gone when there never was one."""
        async with self._db.read() as connection:
            found = await fetch_escalation(connection, escalation_id)
            if found.conversation_id is None:
                return Case(escalation_of(found))
            row = await fetch_row(connection, found.conversation_id)
            box = open_box(row, self._keys)
            messages = (await connection.execute(sa.select(MESSAGES).where(_M.escalation_id == escalation_id))).all()
            replies = (await connection.execute(sa.select(REPLIES).where(_R.escalation_id == escalation_id))).all()

        def opened(column: str, nothing: Any) -> Any:
            sealed = getattr(found, f"{column}_sealed")
            return box.open(sealed, f"{column}:{escalation_id}") if sealed is not None else nothing

        payload = opened("payload", {"lines": [], "note": ""})
        said = [_of_teenager(message, box) for message in messages] + [_of_counsellor(reply, box) for reply in replies]
        return Case(
            escalation_of(found),
            tuple((kind, text) for kind, text in payload["lines"]),
            payload["note"],
            tuple(Note(*note) for note in opened("notes", [])),
            opened("remark", ""),
            tuple(sorted(said, key=lambda one: one.at)),
            row.urgency_version,
        )


def _of_teenager(row: Any, box: Box) -> Said:
    """For a button its title."""
    body = box.open(row.body_sealed, f"message:{row.client_id}")
    return Said(row.client_id, Speaker.TEENAGER, str(body["text"] or body.get("title") or body["payload"]), row.received_at)


def _of_counsellor(row: Any, box: Box) -> Said:
    return Said(row.client_id, Speaker.COUNSELLOR, reply_of(row, box).bubble.text, row.created_at)
