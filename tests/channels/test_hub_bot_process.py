"""The bot as a child: restarted when it dies, hangs or grows; gone when the hub is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from chat_client import wait_for
from hub_world import ROOT, environment

from channels import bot_process
from channels.bot_process import BotProcess, bot_environment, resident_bytes
from channels.secrets import with_secrets
from kernel.settings import read_settings

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
GROWER = [sys.executable, "-c", "import time; held = bytearray(120_000_000); time.sleep(600)"]
DEAF = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_process, "_WATCH_S", 0.05)
    monkeypatch.setattr(bot_process, "_BACK_OFF", (0.05,))
    monkeypatch.setattr(bot_process, "_END_S", 0.5)


async def test_a_dead_bot_is_started_again_and_ended_with_the_hub() -> None:
    bot = BotProcess(SLEEPER, ROOT, dict(os.environ), lambda: 0.0)
    await bot.start()
    await wait_for(lambda: bot.pid is not None)
    first = bot.pid
    assert first is not None
    assert resident_bytes(first) > 0
    os.kill(first, signal.SIGKILL)
    await wait_for(lambda: bot.starts == 2 and bot.pid is not None)
    second = bot.pid
    assert second is not None
    assert second != first
    await bot.stop()
    assert not is_alive(second)


async def test_a_frozen_or_deaf_bot_is_ended_too() -> None:
    for command, number in ((SLEEPER, signal.SIGSTOP), (DEAF, signal.SIGCONT)):
        bot = BotProcess(command, ROOT, dict(os.environ), lambda: 0.0)
        await bot.start()
        await wait_for(lambda bot=bot: bot.pid is not None)
        await asyncio.sleep(0.2)
        pid = bot.pid
        assert pid is not None
        os.kill(pid, number)
        await bot.stop()
        assert not is_alive(pid)


async def test_a_bot_that_grows_is_restarted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_process, "MOST_RESIDENT", 100_000_000)
    bot = BotProcess(GROWER, ROOT, dict(os.environ), lambda: 0.0)
    await bot.start()
    await wait_for(lambda: bot.starts >= 2, 10)
    await bot.stop()


async def test_a_silent_bot_is_restarted_and_a_loading_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = 0.0
    bot = BotProcess(SLEEPER, ROOT, dict(os.environ), lambda: silent)
    await bot.start()
    await wait_for(lambda: bot.pid is not None)
    silent = 10_000.0  # never ready yet: it loads
    await asyncio.sleep(0.3)
    assert bot.starts == 1
    monkeypatch.setattr(bot_process, "UNRESPONSIVE_S", 0.1)
    silent = 0.2  # was ready 0.2 s ago, since its start
    await wait_for(lambda: bot.starts >= 2)
    await bot.stop()


async def test_a_command_that_cannot_start_is_tried_again() -> None:
    bot = BotProcess(["/no/such/program"], ROOT, {}, lambda: 0.0)
    await bot.start()
    await asyncio.sleep(0.3)
    await bot.stop()
    assert bot.starts == 0


def test_the_bot_gets_no_secret_but_its_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.setenv("TELEGRAM_TOKEN", "telegram")
    settings = with_secrets(read_settings(environment(tmp_path) | {"SECRET_KEY": "k" * 40}, ROOT))
    given = bot_environment(settings)
    assert given["BOT_TOKEN"] == settings.bot_token
    assert given["RASA_TELEMETRY_ENABLED"] == "false"
    assert "k" * 40 not in given.values()
    assert "telegram" not in given.values()
