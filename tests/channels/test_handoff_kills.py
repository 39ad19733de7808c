"""The hub is killed at random points of hand-offs: every escalation that was promised is in the store, once."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import uuid
from pathlib import Path

import aiohttp
import pytest
from chat_client import Chat, Frame, replies
from hub_process import Process
from hub_world import environment
from standin_bot import StandinBot

KILLS = 5


async def hand_off_through_kills(hub: Process, session: aiohttp.ClientSession, chance: random.Random, token: str) -> tuple[str, str]:
    """What the page does until it is told "stored": asks, sends, and after every lost line does it again. (handoff id, token)"""
    card: Frame | None = None
    while True:
        try:
            chat = await Chat(session, hub.base).connect()
            frames = await chat.hello(None if token else "nl", token or None)
            token = token or chat.token
            card = next((frame for frame in frames if frame["type"] == "handoff"), card)
            if card is None:
                await chat.send(type="say", id=str(uuid.uuid4()), text="ik durf dit niet alleen")
                await chat.send(type="human")
                card = (await chat.until("handoff"))[-1]
            await asyncio.sleep(chance.uniform(0, 0.05))
            await chat.send(type="handoff", id=card["id"], decision="send", note="met dank", share=[line["id"] for line in card["lines"]])
            await chat.until("handoff_stored")
            await chat.close()
            return card["id"], token
        except (aiohttp.ClientError, AssertionError, TimeoutError, OSError):
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("mode", ["answering", "dead"])
async def test_after_kills_in_hand_offs_every_promised_escalation_is_there_once(tmp_path: Path, bot: StandinBot, mode: str) -> None:
    if mode == "dead":
        await bot.stop()
    chance, hub, promised = random.Random(mode), Process(environment(tmp_path, bot.url)), {}
    status = 200 if mode == "answering" else 503
    async with aiohttp.ClientSession() as session:
        await hub.start(session, status)
        for _ in range(KILLS):
            talks = [asyncio.create_task(hand_off_through_kills(hub, session, chance, "")) for _ in range(4)]
            await asyncio.sleep(chance.uniform(0.05, 1.2))
            await hub.end(signal.SIGKILL)
            await hub.start(session, status)
            for handoff_id, token in await asyncio.wait_for(asyncio.gather(*talks), 60):
                promised[handoff_id] = token
        assert len(promised) == 4 * KILLS
        for token in promised.values():
            chat = await Chat(session, hub.base).connect()
            frames = await chat.hello(None, token)
            assert frames[0]["holder"] == "waiting"
            numbers = [frame["seq"] for frame in replies(frames)]
            assert numbers == list(range(1, len(numbers) + 1))
            await chat.close()
        await hub.end(signal.SIGTERM)
    database = sqlite3.connect(tmp_path / "chatmasjien.db")
    stored = database.execute("SELECT id, conversation_id FROM escalations WHERE state = 'waiting'").fetchall()
    database.close()
    assert {row[0] for row in stored} == set(promised)
    assert len({row[1] for row in stored}) == len(stored) == len(promised)
