"""A hub in this process that speaks Telegram with the tests' Bot API server; the bot is a stand-in, and nothing is paced."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from bot_api import TOKEN, BotApi
from chat_client import wait_for
from hub_world import ROOT, environment
from phone import Phone
from standin_bot import StandinBot

from channels.answers import Answers
from channels.secrets import with_secrets
from channels.site import Hub
from channels.store.tables import MESSAGES
from channels.wiring import telegram
from kernel.settings import read_settings

SECRET = "een-geheim_van-de-test"


class AnyPace:
    """Lets every message through."""

    def wait(self, _chat_id: int) -> float:
        return 0.0


@dataclass
class SmallWorld:
    """Hubs on one database, one after the other."""

    api: BotApi
    bot: StandinBot
    var: Path
    answers: Answers
    mode: str = "webhook"
    ports: dict[str, str] = field(default_factory=dict)
    hub: Hub = field(init=False)

    async def start(self) -> None:
        """Start a hub and wait until Telegram knows how updates come."""
        self.ports = self.ports or environment(self.var, self.bot.url)
        token = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET, "TELEGRAM_MODE": self.mode, "TELEGRAM_API_URL": self.api.url}
        settings = with_secrets(read_settings(self.ports | token, ROOT))
        self.hub = Hub(settings, ROOT, pages=None, actions=None, answers=self.answers, telegram=telegram(settings))
        await self.hub.start()
        await wait_for(lambda: self.api.updates.webhook if self.mode == "webhook" else self.api.called("getUpdates"), 15.0)
        await wait_for(lambda: self.hub.bot.is_ready, 15.0)

    async def stop(self) -> None:
        """Stop the hub."""
        await self.hub.stop()

    async def phone(self, language: str = "nl") -> Phone:
        """A phone whose chat has begun."""
        phone = Phone(self.api, language)
        phone.write("/start")
        await phone.until(lambda: len(phone.bubbles) == 2, what="greeting")
        return phone

    async def rows(self, table: sa.Table = MESSAGES) -> list[Any]:
        """All rows of a table."""
        async with self.hub.store.db.read() as connection:
            return list((await connection.execute(sa.select(table))).all())

    async def change(self, statement: Any) -> None:
        """Change the database behind the hub's back."""
        async with self.hub.store.db.write() as connection:
            await connection.execute(statement)


async def until(check: Callable[[], Awaitable[object]], seconds: float = 15.0) -> None:
    """Wait until what `check()` gives holds."""
    end = time.monotonic() + seconds
    while not await check():
        assert time.monotonic() < end, "did not happen in time"
        await asyncio.sleep(0.05)
