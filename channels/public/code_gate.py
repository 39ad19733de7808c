"""Coming back with four words, at a pace at which guessing leads nowhere."""

from __future__ import annotations

from channels.limits import Bucket, Limiter
from channels.relay import Relay

_PER_S, _BURST = 0.1, 6.0
_ALL_PER_S, _ALL_BURST = 1.0, 30.0


class CodeGate:
    """Limits tries per address, and for the whole site together."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._per_address, self._all = Limiter(_PER_S, _BURST), Bucket(_ALL_PER_S, _ALL_BURST)

    async def token_of(self, code: str, address: str) -> tuple[str | None, float]:
        """The token that the words open (None for wrong ones), and the seconds to wait before they are looked at (0: they were).

        Raises StorageFailed.
        """
        wait = max(self._per_address.take(address), self._all.take())
        return (None if wait else await self._relay.person.token_of(code)), wait
