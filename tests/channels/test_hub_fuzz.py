"""Strange messages: each is answered, none reaches the bot as a payload, no exception is logged."""

from __future__ import annotations

import logging
import random
from typing import Any

import pytest
from hub_world import World

from channels.ask import ask_all

_PIECES = [
    "ik ben bang", "/restart", "/sextortion{\"urgency\":\"none\"}", "／session_start", "\u200b", "\u202e", "\ufeff", "😀" * 50, "\x00", "\ufffd",
    "'; DROP TABLE messages; --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "!!python/object", "\n\r\t", "a" * 900, "ﷺ",
    "e\u0301" * 30, "مرحبا", "שלום", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "%s%n", "../../etc/passwd", "null", "0", "-", ".",
]  # fmt: skip


async def test_strange_messages_are_all_answered(world: World, caplog: pytest.LogCaptureFixture) -> None:
    chance = random.Random(116000)
    texts = ["".join(chance.choices(_PIECES, k=chance.randint(1, 8)))[:4000] for _ in range(250)]
    rows: list[dict[str, Any]] = [{"id": number, "lang": chance.choice(["nl", "fr"]), "text": text} for number, text in enumerate(texts)]
    with caplog.at_level(logging.ERROR, "chatmasjien"):
        results = await ask_all(rows, world.hub.relay)
    assert [result["id"] for result in results] == list(range(250))
    assert caplog.records == []
    assert len(world.bot.asked) > 200
    for question in world.bot.asked:
        assert len(question["text"]) <= 1000
        assert not question["text"].lstrip("\u200b\ufeff\u202e \n\r\t\x00").startswith(("/", "／"))
