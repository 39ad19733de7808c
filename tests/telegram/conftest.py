"""A Bot API server per test."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "channels"), str(_HERE.parent / "product")]

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the client warns at every 429

from bot_api import BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server that answers, paces and checks."""
    server = BotApi()
    await server.start()
    yield server
    await server.stop()
