"""The ledger of wipes, beside the database: ids of wiped conversations only, so that a restored backup is wiped again.

A backup of the database also restores conversations that were wiped after it was made. Every start therefore replays this
file first; it must not be restored together with the database.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from channels.store import Store

_ID = re.compile(r"[0-9a-f]{32}")


class Ledger:
    """One conversation id a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ids(self) -> list[str]:
        """All ids noted, oldest first; a half-written line is skipped."""
        if not self._path.exists():
            return []
        return [line for line in self._path.read_text(encoding="ascii", errors="replace").split() if _ID.fullmatch(line)]

    def note(self, conversation_id: str) -> None:
        """Add an id, on a line of its own whatever stands before it (a full disk leaves half a line), and on the disk when this returns.

        Raises OSError when that is impossible.
        """
        self._path.touch(mode=0o600)
        with self._path.open("a", encoding="ascii") as file:
            file.write(f"\n{conversation_id}\n")
            file.flush()
            os.fsync(file.fileno())

    async def replay(self, store: Store) -> int:
        """Wipe again what a restore brought back; how many conversations that were."""
        noted = self.ids()
        deleted = 0
        for start in range(0, len(noted), 500):
            deleted += await store.conversations.delete(noted[start : start + 500])
        for conversation_id in set(await store.conversations.wiped_ids()) - set(noted):
            self.note(conversation_id)
        return deleted
