"""Publishing while people talk: what the studio is handed to change the model of the running hub."""

from __future__ import annotations

from pathlib import Path

from channels.bots import Bots, NotReady
from channels.logs import log_of
from channels.site import Hub
from kernel.conversation import BotTurn
from kernel.language import Language

__all__ = ["LiveSwitch", "NotReady"]
_LOG = log_of("live_switch")


class LiveSwitch:
    """The running hub and its bots."""

    def __init__(self, hub: Hub, bots: Bots) -> None:
        self._hub, self._bots = hub, bots

    async def warm_up(self, work: Path, model: Path, wanted: str) -> None:
        """A second bot with `model` (its hash: `wanted`), warm and ready, in the workspace `work`. Raises NotReady."""
        await self._bots.warm_up(work, model, wanted)

    async def converse(self, language: Language, lines: list[str]) -> list[BotTurn]:
        """A conversation with it, its answers. Raises NotReady."""
        return await self._bots.converse(language, lines)

    async def lead_over(self) -> None:
        """Conversations move over between turns. When this returns, no answer of the old model comes any more, and it has ended.

        The content files must be the new ones already: what the hub itself says (lines, danger terms) is read anew at the same
        moment. Raises NotReady when the new bot fell silent; then the old one goes on.
        """
        renew = await self._hub.read_anew()
        self._bots.lead_over()
        renew()
        await self._hub.relay.those_under_way()
        _LOG.info("model switched")
        await self._bots.end_old()

    async def drop(self) -> None:
        """The second bot shall not take over."""
        await self._bots.drop()
