"""300 strange messages to the real bot: each is answered, nothing breaks, and nothing typed runs an action or lowers the urgency.

`make faults` says 10,000 of them (tests/faults/strange_run.py).
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from chat_client import Chat, replies
from product_world import Product
from strange import PAYLOADS
from strange_talks import EACH, broken, converse, say

pytestmark = pytest.mark.product

CONVERSATIONS = 30


async def test_three_hundred_strange_messages_to_the_real_bot(product: Product) -> None:
    printed, gate, silent = len(product.printed()), asyncio.Semaphore(2), product.fallbacks()
    async with aiohttp.ClientSession() as session:
        found = await asyncio.gather(*(converse(number, product, session, gate) for number in range(CONVERSATIONS)))
    assert [line for wrong in found for line in wrong] == []
    assert broken(product, printed) == []
    assert product.fallbacks() - silent < CONVERSATIONS * EACH * 0.2, "the bot itself hardly answered"
    assert product.bot is not None
    assert product.bot.runs


async def test_typed_actions_and_intents_run_nothing_and_keep_the_urgency(product: Product, talk: Any) -> None:
    actions = ("action_wipe", "action_escalate_to_hotline")
    for language, danger in (("nl", "ik wil dood"), ("fr", "je veux mourir")):
        chat: Chat = await talk(language)
        await say(chat, danger)
        assert product.urgency_rank(chat.token) == 3
        before = [product.action_calls(action) for action in actions]
        for typed in [*PAYLOADS, "/action_escalate_to_hotline", '/want_human{"consent": true}'][-12:]:
            try:
                frames = await say(chat, typed)
            except TimeoutError:
                pytest.fail(f"silence after {typed!r}, following {chat.seen[-4:]}")
            assert replies(frames), typed
            assert product.urgency_rank(chat.token) == 3, typed
            if typed.startswith("/action_wipe"):
                assert product.action_calls("action_wipe") == before[0]
        assert product.action_calls("action_wipe") == before[0]
        assert (await chat.quiet(0.3)) == []
