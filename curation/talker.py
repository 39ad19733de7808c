"""A conversation with the model of a workspace, as a command (`python -m channels talk`): for trying a draft, and for the smoke
conversation where no hub runs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curation.commands import kill_group, quietly_and_with_parent
from curation.workspace import own_environment
from kernel.language import Language

_READY_WITHIN_S, _ANSWER_WITHIN_S = 300.0, 30.0


class TalkerAway(Exception):
    """It does not answer."""

    reason = "silent"


class Talker:
    """One process that talks. Starts at the first question; `close` ends it."""

    def __init__(self, work: Path, *, more: Mapping[str, str] | None = None) -> None:
        self.work = work
        self.asked_at = time.monotonic()
        self._more = dict(more or {})
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    @property
    def runs(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, and wait until it is ready. Raises TalkerAway."""
        async with self._turn:
            await self._started()

    async def ask(self, chat: str, language: Language, text: str) -> dict[str, Any]:
        """One turn (channels/talk.py says what comes back). Raises TalkerAway."""
        async with self._turn:
            self.asked_at = time.monotonic()
            process = await self._started()
            line = json.dumps({"chat": chat, "lang": language.value, "text": text}) + "\n"
            try:
                if process.stdin is None:
                    raise TalkerAway
                process.stdin.write(line.encode())
                await process.stdin.drain()
                said = await self._read(process, _ANSWER_WITHIN_S)
            except (OSError, TalkerAway) as error:
                await self._end()
                raise TalkerAway from error
            if "error" in said:
                raise TalkerAway
            return said

    async def close(self) -> None:
        """End it."""
        await self._end()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
        environment = own_environment(self.work) | {"BOT_URLS": "", "BOT_PORT": str(port)} | self._more
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "channels", "talk"),
            cwd=self.work,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=quietly_and_with_parent,
            limit=2**20,
        )
        try:
            if not (await self._read(self._process, _READY_WITHIN_S)).get("ready"):
                raise TalkerAway
        except BaseException:
            await self._end()
            raise
        return self._process

    async def _read(self, process: asyncio.subprocess.Process, seconds: float) -> dict[str, Any]:
        try:
            line = await asyncio.wait_for(process.stdout.readline(), seconds) if process.stdout is not None else b""
            said = json.loads(line)
        except (ValueError, TimeoutError) as error:
            raise TalkerAway from error
        if not isinstance(said, dict):
            raise TalkerAway
        return said

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 8)
        kill_group(process.pid)
        await process.wait()
