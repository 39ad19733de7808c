"""A channel into the running product: the web, or Telegram with one of the two ways in which updates come."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from bot_api import BotApi
from chat_client import Chat
from desk_person import Counsellor
from product_world import KEY, Product
from two_channels import OnTelegram, OnWeb, TeenChat

from channels.store.crypto import ChatNumbers

SECRET = "geheim_van_de_test-1"
CHANNELS = ("web", "telegram-webhook", "telegram-polling")
_BEGIN = asyncio.Semaphore(3)
"""So many chats begin at once: fifty a second from one address are allowed."""

_BROUGHT = """
    select chat.sent_seq = talk.last_seq and not exists (select 1 from messages where conversation_id = talk.id and done_at is null)
    from telegram_chats chat join conversations talk on talk.id = chat.conversation_id where chat.id = ?
"""


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
            return await OnTelegram.begin(self.api, language, self._is_brought)
        async with _BEGIN:
            chat = await Chat(self.session, self.product.base_url).connect()
            self._sockets.append(chat)
            began = await chat.hello(language)
            assert began[0]["type"] == "welcome", began
        return OnWeb(chat, language)

    @property
    def _database(self) -> Path:
        return self.product.folder / "var/chatmasjien.db"

    def _is_brought(self, number: int) -> bool:
        """Whether all that was said in this person's conversation stands in their chat."""
        with contextlib.closing(sqlite3.connect(self._database, timeout=5)) as database:
            found = database.execute(_BROUGHT, (ChatNumbers(KEY).pseudonym(number),)).fetchone()
        return found is not None and bool(found[0])

    async def counsellor(self) -> Counsellor:
        """Somebody at the desk."""
        base = f"http://127.0.0.1:{self.product.ports['DESK_PORT']}"
        return await Counsellor.at(base, self._database, KEY, self.session)

    async def hang_up(self) -> None:
        """Close all sockets."""
        for chat in self._sockets:
            await chat.close()
        self._sockets.clear()
