"""The three doors to a person, and the moment at which each shows its card: never before the lines, never in mid-turn."""

from __future__ import annotations

import asyncio

from channels.handoff import Handoffs
from channels.limits import Limiter
from channels.logs import log_of
from channels.store import Gone, NotPossible, StorageFailed
from kernel.language import Language
from kernel.urgency import Urgency

_LOG = log_of("doors")
_FLOOD_S = 5.0
_CARD_WITHIN_S, _NOTED_WITHIN_S = 0.5, 0.1
"""How long a turn's end, and what must not be done before it, wait for an offer that is under way; the card is shown later else."""
_RETRY_S = (0.5, 1.0, 2.0, 4.0, 8.0)


class Doors:
    """Action, button and danger lead to one offer (channels/handoff.py)."""

    def __init__(self, handoffs: Handoffs) -> None:
        self._handoffs = handoffs
        self._turning: set[str] = set()
        self._offering: dict[str, asyncio.Task[None]] = {}
        self._floods = Limiter(1 / _FLOOD_S, 1)

    def turn_begins(self, conversation_id: str) -> None:
        """Until the turn ends, cards wait."""
        self._turning.add(conversation_id)

    async def turn_ends(self, conversation_id: str) -> None:
        """After the replies of a turn, before its "done": the card, if one is offered."""
        await self._offered(conversation_id, _CARD_WITHIN_S)
        self._turning.discard(conversation_id)
        await self._show(conversation_id)

    async def stored_late(self, conversation_id: str) -> None:
        """A turn was stored beside: a card that could not be shown at its end is shown now, or at the end of the one that runs."""
        await self._show(conversation_id)

    async def button(self, conversation_id: str, language: Language) -> None:
        """The button "a person". Raises StorageFailed and Gone."""
        await self._handoffs.button(conversation_id, language)

    async def action(self, conversation_id: str, reason: str) -> None:
        """The dialogue model, in a turn or (the turn having run out of time) after it. Raises StorageFailed and Gone."""
        await self._handoffs.offer(conversation_id, reason)
        await self._show(conversation_id)

    def offered_elsewhere(self, conversation_id: str) -> None:
        """The dialogue model offered a person through another hub: the card is shown at the end of this turn as well."""
        self._handoffs.make_due(conversation_id)

    def danger(self, conversation_id: str, need: str | None, level: Urgency) -> None:
        """Danger was heard where it was not stored with a message: the desk sees it at once; the teenager is asked after the lines."""
        before = self._offering.get(conversation_id)
        task = asyncio.create_task(self._danger(conversation_id, need, level, before))
        self._offering[conversation_id] = task
        task.add_done_callback(lambda done: self._forget(conversation_id, done))

    async def danger_before_done(self, conversation_id: str, need: str | None, level: Urgency) -> None:
        """As `danger`, for what the bot alone heard: given a moment to be stored, since a turn that is done is not run again."""
        self.danger(conversation_id, need, level)
        await self._offered(conversation_id, _NOTED_WITHIN_S)

    async def _offered(self, conversation_id: str, within_s: float) -> None:
        if (task := self._offering.get(conversation_id)) is not None:
            await asyncio.wait({task}, timeout=within_s)

    def danger_in_flood(self, conversation_id: str, need: str | None, level: Urgency) -> None:
        """As `danger`, for messages that are refused because there are too many: a flood must not become one of writes."""
        if not self._floods.take(conversation_id):
            self.danger(conversation_id, need, level)

    async def _danger(self, conversation_id: str, need: str | None, level: Urgency, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            await self._offer_patiently(conversation_id, need, level)
            await self._show(conversation_id)
        except (StorageFailed, Gone):
            _LOG.error("danger not offered")
        except Exception:
            _LOG.exception("danger not offered")

    async def _offer_patiently(self, conversation_id: str, need: str | None, level: Urgency) -> None:
        """Try for some seconds; an offer that was only late is found, and offered once. Raises StorageFailed and Gone."""
        for pause in _RETRY_S:
            try:
                await self._handoffs.offer(conversation_id, "danger", need, level)
                return
            except StorageFailed:
                await asyncio.sleep(pause)
        await self._handoffs.offer(conversation_id, "danger", need, level)

    def _forget(self, conversation_id: str, task: asyncio.Task[None]) -> None:
        if self._offering.get(conversation_id) is task:
            del self._offering[conversation_id]

    async def _show(self, conversation_id: str) -> None:
        if conversation_id in self._turning or not self._handoffs.is_due(conversation_id):
            return
        try:
            await self._handoffs.show_card(conversation_id)
        except StorageFailed:
            _LOG.error("card not shown")
            self._handoffs.make_due(conversation_id)  # the next turn's end, resuming, or asking for a person, shows it
        except (Gone, NotPossible):
            _LOG.error("card not shown")

    async def close(self) -> None:
        """End what is under way."""
        for task in tuple(self._offering.values()):
            task.cancel()
        await asyncio.gather(*self._offering.values(), return_exceptions=True)
