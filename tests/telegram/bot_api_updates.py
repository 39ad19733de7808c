"""How updates reach the bot: by webhook, again and again until it says 200, one at a time per chat; or fetched with getUpdates."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from dataclasses import dataclass, field

import aiohttp
from bot_api_state import Json

UNASKED = ("chat_member", "message_reaction", "message_reaction_count")
"""Sent only to who names them in allowed_updates."""
_FIRST_RETRY_S, _LONGEST_RETRY_S, _WITHIN_S = 0.1, 1.0, 10.0


@dataclass
class Webhook:
    """Where updates are posted."""

    url: str
    secret: str


@dataclass
class Update:
    """One update. `queue` is the chat it belongs to; `statuses` what the webhook answered, 0 for nothing."""

    id: int
    kind: str
    payload: Json
    queue: int
    statuses: list[int] = field(default_factory=list)
    is_confirmed: bool = False

    def as_json(self) -> Json:
        """The update as the API shows it."""
        return {"update_id": self.id, self.kind: self.payload}


class Conflict(Exception):
    """A 409 of getUpdates."""


class Updates:
    """Every update of the run, and the two ways to deliver."""

    def __init__(self, first_id: int = 500_000) -> None:
        self.all: list[Update] = []
        self.webhook: Webhook | None = None
        self.allowed: tuple[str, ...] = ()
        self.replies_to_webhook: list[bytes] = []
        self._next_id = first_id
        self._queues: defaultdict[int, deque[Update]] = defaultdict(deque)
        self._deliverers: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._poll = 0
        self._session: aiohttp.ClientSession | None = None

    @property
    def pending(self) -> list[Update]:
        """What the bot has not confirmed, oldest first."""
        return [update for update in self.all if not update.is_confirmed]

    def add(self, kind: str, payload: Json, queue: int) -> Update | None:
        """A new update; None when the bot does not want this kind."""
        if (self.allowed and kind not in self.allowed) or (not self.allowed and kind in UNASKED):
            return None
        update = Update(self._next_id, kind, payload, queue)
        self._next_id += 1
        self.all.append(update)
        self._offer(update)
        return update

    def again(self, update: Update) -> None:
        """Deliver once more what the bot has confirmed already, as after an answer that was lost."""
        update.is_confirmed = False
        self._offer(update)

    def set_webhook(self, url: str, secret: str, allowed: tuple[str, ...] | None, *, drop_pending: bool) -> None:
        """Post updates there from now on; an empty `url` ends it."""
        self._drop(drop_pending)
        if allowed is not None:
            self.allowed = allowed
        self.webhook = Webhook(url, secret) if url else None
        self._poll += 1
        self._news.set()
        for update in self.pending:
            self._offer(update)

    def _drop(self, drop_pending: bool) -> None:
        if drop_pending:
            for update in self.pending:
                update.is_confirmed = True
        for queue in self._queues.values():
            queue.clear()

    def _offer(self, update: Update) -> None:
        self._news.set()
        if self.webhook is None:
            return
        self._queues[update.queue].append(update)
        task = self._deliverers.get(update.queue)
        if task is None or task.done():
            self._deliverers[update.queue] = asyncio.create_task(self._deliver(update.queue))

    async def _deliver(self, key: int) -> None:
        queue = self._queues[key]
        while queue and self.webhook is not None:
            update, pause = queue[0], _FIRST_RETRY_S
            while self.webhook is not None and not update.is_confirmed and queue and queue[0] is update:
                update.statuses.append(await self._post(self.webhook, update))
                update.is_confirmed = 200 <= update.statuses[-1] < 300
                if not update.is_confirmed:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_RETRY_S)
            if queue and queue[0] is update:
                queue.popleft()

    async def _post(self, webhook: Webhook, update: Update) -> int:
        self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_WITHIN_S))
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with self._session.post(webhook.url, json=update.as_json(), headers=headers) as answer:
                body = await answer.read()
                if body.strip().startswith(b"{"):
                    self.replies_to_webhook.append(body)
                return answer.status
        return 0

    async def fetch(self, offset: int, limit: int, timeout_s: float, allowed: tuple[str, ...] | None) -> list[Json]:
        """getUpdates. Raises Conflict while a webhook is set, or when a newer call came meanwhile."""
        if self.webhook is not None:
            raise Conflict("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        self._poll += 1
        mine = self._poll
        self._news.set()  # an older call hears that it is superseded
        if allowed is not None:
            self.allowed = allowed
        self._confirm(offset)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while not self.pending and mine == self._poll:
                    self._news.clear()
                    await self._news.wait()
        if mine != self._poll:
            raise Conflict("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
        return [update.as_json() for update in self.pending[: max(1, min(limit, 100))]]

    def _confirm(self, offset: int) -> None:
        pending = self.pending
        if offset < 0:
            offset = pending[offset].id if len(pending) >= -offset else 0
        for update in pending:
            update.is_confirmed = update.id < offset

    async def close(self) -> None:
        """End deliveries."""
        self.webhook = None
        self._poll += 1
        self._news.set()
        for task in self._deliverers.values():
            task.cancel()
        await asyncio.gather(*self._deliverers.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()
