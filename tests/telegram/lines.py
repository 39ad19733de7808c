"""A channel into the running product: the web, or Telegram with one of the two ways in which updates come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import aiohttp
from bot_api import BotApi
from chat_client import Chat
from desk_person import Counsellor
from product_world import Product
from two_channels import OnTelegram, OnWeb, TeenChat

SECRET = "geheim_van_de_test-1"
CHANNELS = ("web", "telegram-webhook", "telegram-polling")
_BEGIN = asyncio.Semaphore(3)
"""So many chats begin at once: fifty a second from one address are allowed."""


@dataclass
class Line:
    """One channel into the running product. Chats that were begun are closed at the end of the test."""

    channel: str
    product: Product
    api: BotApi
    session: aiohttp.ClientSession
    _sockets: list[Chat] = field(default_factory=list)

    async def begin(self, language: str, channel: str | None = None) -> TeenChat:
        """A new chat after its greeting; `channel` is for tests that compare two."""
        if (channel or self.channel) != "web":
            return await OnTelegram.begin(self.api, language)
        async with _BEGIN:
            chat = await Chat(self.session, self.product.base_url).connect()
            self._sockets.append(chat)
            assert (await chat.hello(language))[0]["type"] == "welcome"
        return OnWeb(chat, language)

    async def counsellor(self) -> Counsellor:
        """Somebody at the desk."""
        return await Counsellor.at(self.product, self.session)

    async def hang_up(self) -> None:
        """Close all sockets."""
        for chat in self._sockets:
            await chat.close()
        self._sockets.clear()
