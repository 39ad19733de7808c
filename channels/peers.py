"""Other hubs. One hub alone has none; several on one database tell each other what happens, and lend out each conversation's queue.

The store is the truth; what is told here only makes it seen at once. Nothing is lost when it is lost: pages read the store again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

Heard = Callable[[Any], None]


class Peers:
    """No other hub."""

    is_shared = False

    async def start(self) -> None:
        """Begin to listen."""

    async def close(self) -> None:
        """Stop."""

    def on(self, topic: str, hear: Heard) -> None:
        """Call `hear` with what other hubs tell under `topic` (JSON-ready)."""

    def on_gap(self, hear: Callable[[], None]) -> None:
        """Call `hear` when something may have been missed."""

    def tell(self, topic: str, value: Any) -> None:
        """Tell all other hubs; never waits, never fails."""

    @asynccontextmanager
    async def lease(self, conversation_id: str, seconds: float) -> AsyncIterator[None]:
        """Alone among the hubs in this conversation's queue; after `seconds` of waiting not alone any more."""
        yield
