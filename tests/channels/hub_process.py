"""A hub in a process of its own, for tests that end it the hard way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import aiohttp
from hub_world import ROOT

COMMAND = [sys.executable, "-m", "channels", "hub"]
_PATIENCE_S = 120
"""On a machine that is busy with other things a start takes long."""


class Process:
    """A hub in a process of its own."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings
        self.process: asyncio.subprocess.Process | None = None
        self.base = f"http://127.0.0.1:{settings['PUBLIC_PORT']}"
        self.output = b""

    async def start(self, session: aiohttp.ClientSession, status: int = 200) -> None:
        """Start it; returns once healthz answers with `status`."""
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.process = await asyncio.create_subprocess_exec(
            *COMMAND, cwd=ROOT, env=plain | self.settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        for _ in range(_PATIENCE_S * 10):
            try:
                async with session.get(f"{self.base}/healthz") as response:
                    if response.status == status:
                        return
            except aiohttp.ClientError:
                assert self.process.returncode is None, (await self.process.communicate())[0]
            await asyncio.sleep(0.1)
        raise AssertionError("the hub did not start")

    async def end(self, number: signal.Signals) -> int:
        """End it with this signal; its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        self.output += (await asyncio.wait_for(self.process.communicate(), 10))[0]
        assert self.process.returncode is not None
        return self.process.returncode
