"""The bots that this hub runs itself: usually one; for a moment two, while a newly published model warms up beside the old one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from channels.bot_client import BotClient, BotSilent, Question
from channels.bot_process import BotProcess, bot_command, bot_environment
from channels.logs import log_of
from channels.ports import free_ports
from kernel.conversation import BotTurn
from kernel.language import Language
from kernel.settings import Settings

_LOG = log_of("bots")
READY_WITHIN_S = 240.0
_LOOK_S, _TALK_S, _SETTLED_READY = 0.2, 10.0, 3
_NEEDED_MEMORY = 1_500_000_000


class NotReady(Exception):
    """The new bot cannot take over; `reason` is one of: memory, not_started, other_model, silent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bots:
    """Keeps the bot running, and changes to one with a new model without a turn being lost.

    `command` tells how a bot is started in a folder, `environment` what it gets to know.
    """

    def __init__(
        self,
        settings: Settings,
        root: Path,
        client: BotClient,
        *,
        command: Callable[[Path], list[str]] = bot_command,
    ) -> None:
        self._settings, self._root, self._client, self._command = settings, root, client, command
        self._main, self._main_port = self._process(root, settings.bot_port), settings.bot_port
        self._spare: BotProcess | None = None
        self._spare_port = 0

    @property
    def can_change(self) -> bool:
        """Whether the hub asks this bot and no other: only then a new model can take over while it runs."""
        return self._settings.bot_urls == (_url(self._settings.bot_port),)

    @property
    def pid(self) -> int | None:
        """The process that answers people."""
        return self._main.pid

    async def start(self) -> None:
        """Start the bot and keep it running."""
        await self._main.start()

    async def stop(self) -> None:
        """End all."""
        await self.drop()
        await self._main.stop()

    def _process(self, root: Path, port: int, model: Path | None = None) -> BotProcess:
        return BotProcess(self._command(root), root, self._environment(port, model), lambda: self._client.seconds_silent(_url(port)))

    def _environment(self, port: int, model: Path | None = None) -> dict[str, str]:
        chosen = {"BOT_MODEL": str(model)} if model is not None else {}
        return bot_environment(self._settings) | {"BOT_PORT": str(port)} | chosen

    # ---- a new model -----------------------------------------------------------------------------------------------

    async def warm_up(self, work: Path, model: Path, wanted: str) -> None:
        """Start a second bot in the workspace `work` with `model`, at low priority, and wait until it would answer.

        `wanted` is the hash that it must say it runs. Raises NotReady; then nothing is left of it.
        """
        await self.drop()
        if _free_memory() < _NEEDED_MEMORY:
            raise NotReady("memory")
        (port,) = free_ports(1)
        self._spare, self._spare_port = self._process(work, port, model), port
        self._spare.is_quiet = True
        self._client.add_spare(_url(port))
        await self._spare.start()
        try:
            await self._until_ready(_url(port))
            if self._client.model_at(_url(port)) != wanted:
                raise NotReady("other_model")
        except BaseException:
            await self.drop()
            raise
        _LOG.info("new model is ready", extra={"model": wanted[:12]})

    async def _until_ready(self, url: str) -> None:
        start = time.monotonic()
        while not self._client.is_ready_at(url):
            if time.monotonic() - start > READY_WITHIN_S or (self._spare is not None and self._spare.starts >= _SETTLED_READY):
                raise NotReady("not_started")
            await asyncio.sleep(_LOOK_S)

    async def converse(self, language: Language, lines: list[str]) -> list[BotTurn]:
        """A conversation with the new bot: its answers. Raises NotReady when it is silent."""
        conversation, answers, state = f"smoke-{uuid4().hex}", [], None
        for line in lines:
            question = Question(conversation, uuid4().hex, line, None, language, "none", state)
            try:
                answers.append(await self._client.ask_at(_url(self._spare_port), question, _TALK_S))
            except BotSilent as error:
                raise NotReady("silent") from error
            state = answers[-1].state
        return answers

    def lead_over(self) -> None:
        """From this moment on every turn is the new bot's. Raises NotReady when it fell silent meanwhile; then nothing changed."""
        try:
            self._client.ask_only(_url(self._spare_port))
        except BotSilent as error:
            raise NotReady("silent") from error
        _LOG.info("turns go to the new model", extra={"model": self._client.model_at(_url(self._spare_port))[:12]})

    async def end_old(self) -> None:
        """After `lead_over`, when the turns of the old bot are over: end it; the new one is the bot from now on."""
        old, old_port = self._main, self._main_port
        if self._spare is None:
            return
        self._main, self._main_port, self._spare = self._spare, self._spare_port, None
        self._main.settle(self._command(self._root), self._root, self._environment(self._main_port))
        await self._client.drop(_url(old_port))
        await old.stop()
        _LOG.info("old model ended")

    async def drop(self) -> None:
        """End a second bot that shall not take over; nothing when there is none."""
        spare, self._spare = self._spare, None
        if spare is not None:
            await self._client.drop(_url(self._spare_port))
            await spare.stop()


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _free_memory() -> int:
    """Bytes that processes may still take (Linux; plenty where it cannot be read)."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 2**62
    return 2**62
