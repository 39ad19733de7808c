"""What the store holds of words, opened: a test that looks for words in sealed bytes would never find any."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from channels.store import Store
from channels.store.conversations import box_of
from channels.store.crypto import Box, Keys
from channels.store.desk_tables import ESCALATIONS
from channels.store.tables import CHOICES, CONVERSATIONS, MESSAGES, REPLIES
from channels.store.telegram_tables import TELEGRAM_CARDS

_OF_CASES = ("card", "payload", "notes", "remark")


@dataclass(frozen=True, slots=True)
class Kept:
    """One sealed value: where it stands, what it says, and its bytes."""

    place: str
    text: str
    sealed: bytes


async def kept(store: Store, secret_key: str) -> list[Kept]:
    """Every sealed value of every conversation."""
    keys, found = Keys(secret_key), list[Kept]()
    async with store.db.read() as connection:

        async def rows(table: sa.Table, conversation_id: str) -> Any:
            return (await connection.execute(sa.select(table).where(table.c.conversation_id == conversation_id))).all()

        for row in (await connection.execute(sa.select(CONVERSATIONS))).all():
            box = box_of(row, keys)
            sealed: list[tuple[str, bytes | None]] = [("state", row.state_sealed)]
            sealed += [(f"message:{each.client_id}", each.body_sealed) for each in await rows(MESSAGES, row.id)]
            sealed += [(f"reply:{each.seq}", each.body_sealed) for each in await rows(REPLIES, row.id)]
            sealed += [(f"choice:{each.id}", each.payload_sealed) for each in await rows(CHOICES, row.id)]
            sealed += [(f"telegram card:{each.handoff_id}", each.body_sealed) for each in await rows(TELEGRAM_CARDS, row.id)]
            for case in await rows(ESCALATIONS, row.id):
                sealed += [(f"{kind}:{case.id}", getattr(case, f"{kind}_sealed")) for kind in _OF_CASES]
            found += [_opened(box, place, value) for place, value in sealed if value is not None]
    return found


def _opened(box: Box, place: str, sealed: bytes) -> Kept:
    return Kept(place, json.dumps(box.open(sealed, place), ensure_ascii=False), sealed)


def places_of(word: str, found: list[Kept]) -> set[str]:
    """The kinds of places (message, card, payload, …) in which a word stands."""
    return {each.place.partition(":")[0] for each in found if word in each.text}


def bytes_under(folder: Path) -> bytes:
    """All files below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def age(store: Store, hours: float) -> None:
    """Make all that was said and all cases that many hours older."""
    moments = [column for column in ESCALATIONS.c if column.name.endswith("_at")]
    async with store.db.write() as connection:
        await connection.execute(CONVERSATIONS.update().values(active_at=CONVERSATIONS.c.active_at - hours * 3600))
        await connection.execute(ESCALATIONS.update().values({column: column - hours * 3600 for column in moments}))
