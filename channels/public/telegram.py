"""Telegram: the same bot in a private chat. Updates come to a route of the public site, or are fetched; both are taken alike."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from channels.delivery import STORE_WITHIN_S
from channels.logs import log_of
from channels.periodic import keep_doing
from channels.public.telegram_api import Blocked, Later, Refused, TelegramApi
from channels.public.telegram_cards import CardView
from channels.public.telegram_elsewhere import Elsewhere
from channels.public.telegram_incoming import Incoming
from channels.public.telegram_send import Deliveries
from channels.public.telegram_texts import TelegramTexts
from channels.public.telegram_updates import ALLOWED, Private, parse, read
from channels.public.telegram_updates import Blocked as WasBlocked
from channels.public.telegram_updates import Elsewhere as FromElsewhere
from channels.public.telegram_updates import Incoming as Update
from channels.public.telegram_view import View
from channels.relay import Relay
from channels.store import StorageFailed
from kernel.language import Language
from kernel.settings import Settings

_LOG = log_of("telegram")
ROUTE = "/telegram/webhook"
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of the header
_LARGEST_UPDATE = 1024 * 1024
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 60.0
_AGAIN_S = "1"
_AT_ONCE = 40
"""So many chats of those that are fetched together are taken at the same time: as many as Telegram itself posts at once."""
_CLOSE_WITHIN_S = 3.0
_TIDY_S = 3600.0
_OF_A_CHAT = (Private, WasBlocked, FromElsewhere)


class Telegram:
    """The channel: started and stopped with the hub. Raises safety's DataError when its texts are malformed."""

    def __init__(self, settings: Settings, relay: Relay, data: Path) -> None:
        """`data` is the project's folder of content."""
        self._settings, self._relay, self._store = settings, relay, relay.store
        self._texts = TelegramTexts(data, f"{settings.public_url}/")
        self.api = TelegramApi(settings.telegram_token, settings.telegram_api_url, relay.metrics)
        self.deliveries = Deliveries(relay, self.api, View(self._texts), CardView(self._texts))
        self._incoming = Incoming(relay, self.deliveries, self._texts)
        self._elsewhere = Elsewhere(self.api, self._texts)
        self._tasks: list[asyncio.Task[None]] = []
        self._taking: asyncio.Task[int] | None = None

    def add_routes(self, app: web.Application) -> None:
        """The webhook, in webhook mode."""
        if self._settings.telegram_mode == "webhook":
            app.router.add_post(ROUTE, self._webhook)

    async def start(self) -> None:
        """Go on where the last process ended. Telegram itself is told in the background: the hub does not wait for it."""
        await self.deliveries.start()
        self._tasks.append(asyncio.create_task(self._introduce()))
        self._tasks.append(asyncio.create_task(keep_doing("telegram", self.deliveries.tidy, _TIDY_S)))

    async def stop(self) -> None:
        """End: what is under way arrives, the rest waits in the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._taking is not None:
            await asyncio.wait({self._taking}, timeout=_CLOSE_WITHIN_S)
        await self._elsewhere.close()
        await self.deliveries.close()
        await self.api.close()

    # ---- updates that come to us ---------------------------------------------------------------------------------

    async def _webhook(self, request: web.Request) -> web.Response:
        """POST /telegram/webhook: 403 without the secret; 200 once stored; 503 when storing failed, so that Telegram comes again."""
        given = request.headers.get(_SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._settings.telegram_secret.encode()):
            self._count("refused")
            raise web.HTTPForbidden(text="forbidden")
        body = await _body(request)
        update = parse(body, time.time()) if body is not None else None
        try:
            await self._take(update)
        except StorageFailed:
            return web.Response(status=503, headers={"Retry-After": _AGAIN_S})
        return web.Response()

    async def _take(self, update: Update | None) -> None:
        """Raises StorageFailed when it must come again; a defect of ours does not make it come again, but is answered."""
        self._count(type(update).__name__.lower() if update is not None else "ignored")
        try:
            if isinstance(update, Private):
                await self._incoming.take(update)
            elif update is not None:
                await self._turn_away(update)
        except StorageFailed:
            raise
        except Exception:
            _LOG.exception("update failed")
            if isinstance(update, Private):
                self._incoming.fail(update)

    async def _turn_away(self, update: Any) -> None:
        """What is no private message: handled once too."""
        within, store = self._store.db.within, self._store.telegram
        if isinstance(update, WasBlocked):
            await self._incoming.blocked(update)
            return
        if await within(STORE_WITHIN_S, store.is_handled(update.update_id)):
            return
        if isinstance(update, FromElsewhere):
            self._elsewhere.group(update.number)
        else:
            self._elsewhere.inline(update.query_id)
        await within(STORE_WITHIN_S, store.handled(update.update_id))

    def _count(self, kind: str) -> None:
        self._relay.metrics.telegram_updates.labels(kind=kind).inc()

    # ---- telling Telegram ----------------------------------------------------------------------------------------

    async def _introduce(self) -> None:
        """Tell Telegram how updates come to us and which commands there are, until it has taken that; fetch updates in polling mode."""
        await self._until_done("telegram reached", self.api.start)
        if self._settings.telegram_mode == "webhook":
            url, secret = f"{self._settings.public_url}{ROUTE}", self._settings.telegram_secret
            await self._until_done("webhook set", partial(self.api.set_webhook, url, secret, ALLOWED))
            await self._name_commands()
            return
        await self._until_done("webhook removed", self.api.delete_webhook)
        polling = asyncio.create_task(self._poll())
        self._tasks.append(polling)
        await self._name_commands()

    async def _name_commands(self) -> None:
        for language in (None, *Language):
            commands = self._texts.commands(language)
            await self._until_done("commands set", partial(self.api.set_commands, commands, language))
            long, short = (self._texts.text(name, language or Language.NL) for name in ("description", "short_description"))
            await self._until_done("description set", partial(self.api.set_descriptions, long, short, language))

    async def _until_done(self, event: str, step: Callable[[], Awaitable[None]]) -> None:
        wait = _FIRST_WAIT_S
        while True:
            try:
                await step()
                _LOG.info(event)
                return
            except Later as later:
                _LOG.warning("telegram not reached", extra={"step": event})
                await asyncio.sleep(later.seconds or wait)
                wait = min(2 * wait, _LONGEST_WAIT_S)
            except (Refused, Blocked):
                _LOG.error("telegram refused", extra={"step": event})
                return

    # ---- updates that we fetch -----------------------------------------------------------------------------------

    async def _poll(self) -> None:
        """Fetch updates; one is behind us only once it is stored. While storing fails each is answered, and fetched again."""
        offset, wait = 0, _FIRST_WAIT_S
        while True:
            try:
                found = await self.api.updates(offset, ALLOWED)
                wait = _FIRST_WAIT_S
            except (Later, Refused, Blocked) as error:
                await asyncio.sleep((error.seconds if isinstance(error, Later) else None) or wait)
                wait = min(2 * wait, _LONGEST_WAIT_S)
                continue
            self._taking = asyncio.create_task(self._take_all(found))
            taken = await asyncio.shield(self._taking)
            offset = max(offset, taken)
            if found and taken == 0:
                await asyncio.sleep(_FIRST_WAIT_S)  # the first of them could not be stored

    async def _take_all(self, found: list[Any]) -> int:
        """Take updates, those of a chat in their order, the chats beside each other: while storing fails no child waits for another.

        Gives the number after the last of those before which none has to come again (0: none).
        """
        updates = [read(raw, time.time()) for raw in found]
        chats: dict[int, list[int]] = {}
        for place, update in enumerate(updates):
            chats.setdefault(update.number if isinstance(update, _OF_A_CHAT) else 0, []).append(place)
        some = asyncio.Semaphore(_AT_ONCE)

        async def of_one_chat(places: list[int]) -> int:
            async with some:
                return await self._take_in_order([updates[place] for place in places])

        taken = await asyncio.gather(*(of_one_chat(places) for places in chats.values()))
        again = {place for places, number in zip(chats.values(), taken, strict=True) for place in places[number:]}
        after = 0
        for raw in found[: min(again, default=len(found))]:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            after = number + 1 if type(number) is int else after
        return after

    async def _take_in_order(self, updates: list[Update | None]) -> int:
        """How many were taken: where one could not be stored, those behind it wait with it (they would be stored before it)."""
        for number, update in enumerate(updates):
            try:
                await self._take(update)
            except StorageFailed:
                for later in updates[number + 1 :]:
                    if isinstance(later, Private):
                        self._incoming.put_off(later)
                return number
        return len(updates)


async def _body(request: web.Request) -> bytes | None:
    """The body; None for one that no update of Telegram needs."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > _LARGEST_UPDATE:
            return None
    return bytes(body)
