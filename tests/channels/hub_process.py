"""A hub in a process of its own, for tests that end it the hard way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from pathlib import Path

import aiohttp

from tests import warm

COMMAND = [sys.executable, "-m", "channels", "hub"]
_PATIENCE_S = 120
"""On a machine that is busy with other things a start takes long."""


class Process:
    """A hub in a process of its own."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings
        self.process: warm.Started | None = None
        self.base = f"http://127.0.0.1:{settings['PUBLIC_PORT']}"
        self._log = Path(tempfile.mkstemp(prefix="hub-", suffix=".log")[1])

    async def start(self, session: aiohttp.ClientSession, status: int = 200) -> None:
        """Start it; returns once healthz answers with `status`."""
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.process = await asyncio.to_thread(warm.start, COMMAND, plain | self.settings, self._log, self._log)
        for _ in range(_PATIENCE_S * 10):
            try:
                async with session.get(f"{self.base}/healthz") as response:
                    if response.status == status:
                        return
            except aiohttp.ClientError:
                assert self.process.poll() is None, self.output
            await asyncio.sleep(0.1)
        raise AssertionError("the hub did not start")

    async def end(self, number: signal.Signals) -> int:
        """End it with this signal; its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return await asyncio.to_thread(self.process.wait, 10)

    @property
    def output(self) -> bytes:
        """All that it printed, through all its starts."""
        return self._log.read_bytes()
