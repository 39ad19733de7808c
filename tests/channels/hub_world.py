"""A running hub with what a test needs around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
from chat_client import Chat, wait_for
from standin_bot import StandinBot

from channels.limits import Limiter
from channels.public.app import SOCKETS
from channels.site import Hub
from kernel.settings import Settings
from tests.ports import free_ports

TOKEN = "t" * 40


def environment(var: Path, bot_url: str = "") -> dict[str, str]:
    """Settings on free ports, with run-time files under `var`."""
    names = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
    ports = {name: str(port) for name, port in zip(names, free_ports(len(names)), strict=True)}
    return ports | {"VAR_DIR": str(var), "BOT_TOKEN": TOKEN} | ({"BOT_URLS": bot_url} if bot_url else {})


@dataclass
class World:
    """A running hub, its bot, and clients."""

    hub: Hub
    bot: StandinBot
    session: aiohttp.ClientSession
    settings: Settings

    @property
    def base(self) -> str:
        """The public site."""
        return self.settings.public_url

    async def chat(self) -> Chat:
        """A new socket, without hello."""
        return await Chat(self.session, self.base).connect()

    async def talk(self, lang: str = "nl") -> Chat:
        """A new chat, after the greeting."""
        chat = await self.chat()
        await chat.hello(lang)
        return chat

    async def ready(self, is_ready: bool = True) -> None:
        """Wait until the hub knows that the bot is ready (or not)."""
        await wait_for(lambda: self.hub.bot.is_ready is is_ready)

    def hub_limits_off(self) -> None:
        """No limit on messages and new chats: for tests that write faster than people."""
        app = next(runner.app for runner in self.hub._runners if runner.app is not None and SOCKETS in runner.app)
        app[SOCKETS].per_conversation = app[SOCKETS].per_address = Limiter(1e6, 1e6)

    def metric(self, name: str, **labels: str) -> float:
        """A sample's value, 0 when there is none."""
        return self.hub.metrics.registry.get_sample_value(name, labels) or 0.0
