"""While storage or Telegram stumbles danger is answered all the same, and soon. The bot is a stand-in."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from chat_client import wait_for
from made_updates import text_of
from phone import Phone
from small_world import SECRET, SmallWorld

from channels.public import telegram_send
from channels.store import StorageFailed
from channels.store.telegram import TelegramChats
from channels.store.telegram_sent import TelegramSent
from kernel.language import Language

DANGER = "Ik ben blij dat je"
"""How the fixed answer to "gevaarwoord" begins."""


@asynccontextmanager
async def nothing_is_stored(world: SmallWorld) -> AsyncIterator[None]:
    """Somebody else holds the database for writing."""
    lock = sqlite3.connect(str(world.hub.store.db.engine.url.database), isolation_level=None, timeout=20, check_same_thread=False)
    # In a thread of its own: a transaction of the hub's that is open needs this loop to end.
    await asyncio.to_thread(lock.execute, "BEGIN IMMEDIATE")
    try:
        yield
    finally:
        lock.execute("ROLLBACK")
        lock.close()


def deliveries_of(world: SmallWorld) -> telegram_send.Deliveries:
    assert world.hub.telegram is not None
    return world.hub.telegram.deliveries


async def test_danger_does_not_wait_behind_what_could_not_be_noted(world: SmallWorld) -> None:
    phone = await world.phone()
    async with nothing_is_stored(world):
        phone.write("hoi ben je daar")
        await phone.said("Je bericht is niet bewaard")
        other = {"update_id": 5 << 33, "message": text_of(phone.user, 900, "gevaarwoord")}
        assert world.hub.telegram is not None
        assert await world.hub.telegram._take_all([other]) == 0
        await phone.said(DANGER, seconds=2.5)


async def test_danger_does_not_wait_behind_a_stored_reply_that_could_not_be_noted(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await world.phone()
    note, fails = TelegramSent.sent, True

    async def sent(self: TelegramSent, *rest: Any) -> bool:
        if fails and rest[2] > 2:  # behind the greeting
            raise StorageFailed
        return await note(self, *rest)

    monkeypatch.setattr(TelegramSent, "sent", sent)
    phone.write("hoi")
    await phone.said("turn 1: hoi")
    async with nothing_is_stored(world):
        phone.write("gevaarwoord")
        await phone.said(DANGER, seconds=2.5)
    fails = False
    phone.write("en nu?")
    await phone.said(": en nu?", seconds=20)
    assert len([sent for sent in phone.bubbles if sent.text == "turn 1: hoi"]) == 1, "what was sent is not sent again"


async def test_what_is_new_ends_the_pause_after_a_failure(world: SmallWorld) -> None:
    phone = await world.phone()
    world.api.faults.plan("sendMessage", *["500"] * 4)
    phone.write("hoi")
    await wait_for(lambda: world.api.faults.happened["500"] == 4, 15)
    began = time.monotonic()  # the next try would be 2.5 seconds from here, or more
    phone.write("gevaarwoord")
    await phone.said(": gevaarwoord")
    assert time.monotonic() - began < 2.2


async def test_much_news_does_not_make_it_hammer(world: SmallWorld) -> None:
    phone = await world.phone()
    key = next(iter(deliveries_of(world)._chats))
    before = len(world.api.called("sendMessage"))
    world.api.faults.plan("sendMessage", *["500"] * 1000)
    phone.write("hoi")
    for _ in range(100):
        await asyncio.sleep(0.01)
        deliveries_of(world).wake(key)
    assert len(world.api.called("sendMessage")) - before <= 5
    world.api.faults._planned.clear()


async def test_as_long_as_telegram_asks_for_nothing_is_sent(world: SmallWorld) -> None:
    phone = await world.phone()
    world.api.faults.retry_after_s = 2
    world.api.faults.plan("sendMessage", "429")
    phone.write("hoi")
    await wait_for(lambda: world.api.faults.happened["429"])
    before = len(world.api.called("sendMessage"))
    phone.write("gevaarwoord")
    await asyncio.sleep(1.5)
    assert len(world.api.called("sendMessage")) == before
    await phone.said("turn 2")


async def test_children_whose_updates_are_fetched_together_do_not_wait_for_each_other(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = [await world.phone() for _ in range(10)]

    async def arrives(*_: Any) -> Any:
        await asyncio.sleep(0.7)
        raise StorageFailed

    monkeypatch.setattr(TelegramChats, "arrive", arrives)
    batch = [{"update_id": (5 << 33) + n, "message": text_of(one.user, 900, "gevaarwoord")} for n, one in enumerate(phones)]
    assert world.hub.telegram is not None
    taking = asyncio.create_task(world.hub.telegram._take_all(batch))
    began = time.monotonic()
    for phone in phones:
        await phone.said(DANGER, seconds=5)
    assert time.monotonic() - began < 3
    assert await taking == 0


async def test_telegram_is_asked_to_come_again_soon(world: SmallWorld) -> None:
    phone = Phone(world.api)
    world.api.updates.webhook = None
    update = phone.write("gevaarwoord")[1]
    assert update is not None
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    url = f"{world.hub.settings.public_url}/telegram/webhook"
    async with (
        nothing_is_stored(world),
        aiohttp.ClientSession() as session,
        session.post(url, json=update.as_json(), headers=headers) as answer,
    ):
        assert (answer.status, answer.headers.get("Retry-After")) == (503, "1")


async def test_the_same_words_that_wait_are_said_once_whatever_they_answer(world: SmallWorld) -> None:
    phone = await world.phone()
    (chat,) = deliveries_of(world)._chats.values()
    bubble = world.hub.relay.answers.bubble("fallback_none", Language.NL, "childfocus")
    assert chat.conversation_id is not None
    for message_id in (None, "1", "2"):
        world.hub.relay.delivery.show_unstored(chat.conversation_id, message_id, bubble)
    await phone.said(bubble.text[:30])
    await asyncio.sleep(0.3)
    assert len([sent for sent in phone.bubbles if sent.text.startswith(bubble.text[:30])]) == 1
