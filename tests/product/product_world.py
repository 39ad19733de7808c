"""The whole product under test: one real bot with the trained model, and one hub at a time, each a process of its own.

Processes are found again by the ids they were started with; nothing is ever ended by name.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest

from channels.bot_process import bot_command, bot_environment
from kernel.settings import read_settings
from tests import warm
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "p" * 40
KEY = "k" * 40
HUB_COMMAND = [str(ROOT / ".venv/bin/python"), "-m", "channels", "hub"]
_PORTS = ("PUBLIC_PORT", "DESK_PORT", "METRICS_PORT", "BOT_PORT", "ACTIONS_PORT")
_BOT_READY_S, _HUB_READY_S = 120.0, 30.0


def missing() -> str | None:
    """What of the product is not there, in one line, or None."""
    model = Path(os.environ.get("BOT_MODEL") or ROOT / "models/current.tar.gz")
    if not Path(bot_command(ROOT)[0]).exists():
        return "no environment for the bot: scripts/setup.sh bot makes it"
    return None if model.exists() else f"no trained model ({model}): scripts/train.sh makes it"


def wait_until(check: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until `check()` is true; fails naming `what` when it is not in time."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            pytest.fail(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.05)


def get(url: str, token: str = "", seconds: float = 3.0) -> tuple[int, str]:
    """Status and body; status 0 when nobody answers."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except (OSError, TimeoutError):
        return 0, ""


class Child:
    """A process of ours, with its output in a file."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        self.process = warm.start(command, environment, log, log)

    @property
    def runs(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        if self.runs:
            self.process.send_signal(number)

    def kill(self) -> None:
        """SIGKILL, and wait for the end."""
        self.signal(signal.SIGKILL)
        self.process.wait(10)

    def end(self) -> None:
        """SIGTERM; SIGKILL when that is not enough within 10 s."""
        self.signal(signal.SIGTERM)
        self.signal(signal.SIGCONT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


class Product:
    """Bot and hub. `folder` holds var/ and what both printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = dict(zip(_PORTS, map(str, free_ports(len(_PORTS))), strict=True))
        self.bot: Child | None = None
        self.hub: Child | None = None
        self._hub_settings: dict[str, str] = {}

    # ---- addresses -----------------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        """The public site."""
        return f"http://127.0.0.1:{self.ports['PUBLIC_PORT']}"

    @property
    def bot_url(self) -> str:
        """The bot."""
        return f"http://127.0.0.1:{self.ports['BOT_PORT']}"

    @property
    def settings(self) -> dict[str, str]:
        """The settings both processes share."""
        return self.ports | {"VAR_DIR": str(self.folder / "var"), "BOT_TOKEN": TOKEN, "SECRET_KEY": KEY, "BOT_URLS": self.bot_url}

    # ---- the bot -------------------------------------------------------------------------------------------------

    def start_bot(self) -> None:
        """Start the bot; it is ready some seconds later (`wait_for_bot`)."""
        environment = bot_environment(read_settings(self.settings, ROOT))
        self.bot = Child(bot_command(ROOT), environment, self.folder / "bot.log")

    def wait_for_bot(self) -> None:
        """Until the bot itself says that it is ready."""

        def is_ready() -> bool:
            if self.bot is not None and not self.bot.runs:
                self._fail("the bot ended while starting", self.bot.log)
            return get(f"{self.bot_url}/webhooks/hub/ready", TOKEN)[0] == 200

        wait_until(is_ready, _BOT_READY_S, "the bot is ready")

    def freeze_bot(self) -> None:
        """SIGSTOP: it holds its port and says nothing."""
        self._running(self.bot).signal(signal.SIGSTOP)

    def thaw_bot(self) -> None:
        """SIGCONT."""
        self._running(self.bot).signal(signal.SIGCONT)

    def kill_bot(self) -> None:
        """SIGKILL."""
        self._running(self.bot).kill()

    def restart_bot(self) -> None:
        """Start it again and wait until the hub knows that it is ready."""
        self.start_bot()
        self.wait_for_bot()
        self.wait_healthy()

    # ---- the hub -------------------------------------------------------------------------------------------------

    def start_hub(self, **settings: str) -> None:
        """Start the hub on the same var/ as before, with other settings if given, and wait until its port answers."""
        self._hub_settings = settings
        passed = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        hub = self.hub = Child(HUB_COMMAND, passed | self.settings | settings, self.folder / "hub.log")

        def is_open() -> bool:
            if not hub.runs:
                self._fail("the hub ended while starting", hub.log)
            return self.healthz()[0] != 0

        wait_until(is_open, _HUB_READY_S, "the hub answers")

    def stop_hub(self) -> None:
        """End it cleanly."""
        self._running(self.hub).end()

    def kill_hub(self) -> None:
        """SIGKILL."""
        self._running(self.hub).kill()

    def healthz(self) -> tuple[int, dict[str, str]]:
        """Status and JSON of healthz; status 0 when nobody answers."""
        status, body = get(f"{self.base_url}/healthz")
        return status, json.loads(body) if body else {}

    def wait_healthy(self) -> None:
        """Until a message would be answered by the bot."""
        try:
            wait_until(lambda: self.healthz()[0] == 200, _HUB_READY_S, "healthz is 200")
        except pytest.fail.Exception as failure:
            bot = self.bot.process.poll() if self.bot is not None else "never started"
            pytest.fail(f"{failure}; it is {self.healthz()}, the bot's exit code {bot}", pytrace=False)

    def metrics(self) -> dict[str, float]:
        """All samples: `name{label="value"}` → value."""
        _, body = get(f"http://127.0.0.1:{self.ports['METRICS_PORT']}/metrics")
        samples = (line.rsplit(" ", 1) for line in body.splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, value in samples}

    def action_calls(self, action: str) -> float:
        """How often a custom action was called since the hub started."""
        return self.metrics().get(f'chatmasjien_action_calls_total{{action="{action}"}}', 0.0)

    def fallbacks(self) -> float:
        """How many turns the fixed answer had to answer since the hub started."""
        return sum(value for name, value in self.metrics().items() if name.startswith("chatmasjien_fallbacks_total"))

    def urgency_rank(self, token: str) -> int:
        """The stored urgency of a conversation, 0 (none) to 3 (emergency)."""
        with contextlib.closing(sqlite3.connect(self.folder / "var/chatmasjien.db", timeout=5)) as database:
            digest = sha256(token.encode()).hexdigest()
            found = database.execute("select urgency_rank from conversations where token_hash = ?", (digest,)).fetchone()
        assert found is not None, "no conversation has this token"
        return int(found[0])

    # ---- all of it -----------------------------------------------------------------------------------------------

    def make_whole(self) -> None:
        """Whatever the last test broke: bot running and ready, hub running with its own settings, healthz 200."""
        if self.bot is None or not self.bot.runs:
            self.start_bot()
        self.thaw_bot()
        if self.hub is not None and self.hub.runs and self._hub_settings:
            self.stop_hub()
        if self.hub is None or not self.hub.runs:
            self.start_hub()
        self.wait_for_bot()
        self.wait_healthy()

    def end(self) -> None:
        """End both."""
        for child in (self.hub, self.bot):
            if child is not None:
                child.end()

    def printed(self) -> str:
        """Everything that bot and hub ever printed."""
        logs = (self.folder / "bot.log", self.folder / "hub.log")
        return "".join(log.read_text(encoding="utf-8", errors="replace") for log in logs if log.exists())

    @staticmethod
    def _running(child: Child | None) -> Child:
        assert child is not None, "never started"
        return child

    @staticmethod
    def _fail(what: str, log: Path) -> NoReturn:
        pytest.fail(f"{what}; the end of its log:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}", pytrace=False)
