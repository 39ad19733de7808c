"""A wipe that does not go as planned: what was brought to Telegram goes all the same."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from phone import Phone
from small_world import SmallWorld, until

from channels.public.telegram_api import Parcel, TelegramApi
from channels.store import StorageFailed
from channels.store.telegram_tables import TELEGRAM_CARDS, TELEGRAM_CHATS, TELEGRAM_MESSAGES
from kernel.conversation import Bubble
from kernel.language import Language


async def test_a_wipe_that_comes_late_takes_away_what_was_brought(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = await world.phone()
    phone.write("papa slaat mij")
    await phone.said("turn 1: papa slaat mij")
    conversations, wipe = world.hub.store.conversations, world.hub.store.conversations.wipe

    async def late(conversation_id: Any) -> None:
        await asyncio.sleep(1.8)
        await wipe(conversation_id)

    monkeypatch.setattr(conversations, "wipe", late)
    update = phone.write("/wis")[1]
    await phone.until(lambda: not any("papa" in sent.text for sent in phone.chat.shown), seconds=15)
    await until(lambda: has_no(world, TELEGRAM_MESSAGES))
    await phone.until(lambda: update is not None and update.is_confirmed)  # Telegram sends it again, and it is late again
    await phone.until(lambda: not world.hub.store.db._left_behind)


async def test_what_telegram_would_not_delete_is_tried_again_by_the_hour(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("papa slaat mij")
    await phone.said("turn 1: papa slaat mij")
    (key,) = [row.id for row in await world.rows(TELEGRAM_CHATS)]
    assert world.hub.telegram is not None
    deliveries = world.hub.telegram.deliveries
    async with world.hub.store.db.write() as connection:  # wiped where no chat listened: by another hub, or as one was linked anew
        await connection.execute(TELEGRAM_MESSAGES.update().where(TELEGRAM_MESSAGES.c.chat_id == key).values(is_doomed=True))
    await deliveries.tidy()
    await phone.until(lambda: not any("papa" in sent.text for sent in phone.chat.shown), seconds=15)


async def test_a_reply_under_way_when_it_was_wiped_is_noted_as_to_be_deleted(world: SmallWorld) -> None:
    phone = await world.phone()
    (row,) = await world.rows(TELEGRAM_CHATS)
    sent = world.hub.store.telegram_sent
    assert await sent.noted(row.id, "another conversation than the chat has", 4711) is False
    assert 4711 in (await sent.doomed(row.id))[1]
    assert phone.chat.shown


@pytest.mark.parametrize(
    ("how", "said"),
    [("/sos", "Hier zijn de lijnen"), ("sos", "Hier zijn de lijnen"), ("/mens", "Dit krijgt een mens"), ("/start", "Fijn dat je er weer bent"),
     ("/taal", "Welke taal"), ("/langue", "on parle français"), ("stop", "ik stop hier"), ("[sticker]", "")],
)  # fmt: skip
async def test_what_is_said_in_between_closes_a_wipe_that_was_asked_before(world: SmallWorld, how: str, said: str) -> None:
    """The yes that follows, to what was said last, must not wipe everything."""
    phone = await world.phone()
    world.bot.need = "wipe_chat"
    phone.write("wis alles")
    asked = await phone.said("turn 1")
    if how == "[sticker]":
        phone.send("sticker")
    else:
        phone.write(how)
    await phone.said(said, after=asked.id)
    phone.write("ja")
    await phone.until(lambda: world.bot.asked[-1]["text"] == "ja")
    assert world.bot.asked[-1]["state"] is None


# ---- what is on its way ------------------------------------------------------------------------------------------------


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram takes its time for each message."""
    send = TelegramApi.send

    async def sends(self: TelegramApi, number: int, parcel: Parcel) -> int:
        await asyncio.sleep(0.4)
        return await send(self, number, parcel)

    monkeypatch.setattr(TelegramApi, "send", sends)


async def says_much(world: SmallWorld, phone: Phone) -> None:
    """The hub says five things; the first of them stands in the chat, the second is on its way."""
    (chat,) = [row for row in await world.rows(TELEGRAM_CHATS) if row.conversation_id is not None]
    await world.hub.relay.delivery.say(chat.conversation_id, [Bubble(f"zin {number}", Language.NL) for number in range(5)])
    await phone.said("zin 0")


def said(world: SmallWorld) -> list[str]:
    """The beginnings of all that was sent, in order, and the deleting among it."""
    calls = [(name, call) for name, call in world.api.state.calls if name in ("sendmessage", "deletemessages")]
    return [str(call["text"])[:12] if name == "sendmessage" else "deleted" for name, call in calls]


@pytest.mark.usefixtures("slowly")
async def test_of_what_was_said_before_a_wipe_the_rest_is_not_sent(world: SmallWorld) -> None:
    phone = await world.phone()
    await says_much(world, phone)
    phone.write("/wis")
    await phone.said("Klaar")
    await phone.until(lambda: [sent.text[:12] for sent in phone.chat.shown] == ["Ik wis dit g", "Klaar: dit g"])
    assert len([text for text in said(world) if text.startswith("zin")]) <= 2, "the one on its way, and nothing after it"


@pytest.mark.usefixtures("slowly")
async def test_while_a_wipe_is_under_way_nothing_said_before_is_sent_and_when_it_fails_the_rest_comes(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await world.phone()
    await says_much(world, phone)

    async def fails(_: str) -> None:
        await asyncio.sleep(1.2)
        raise StorageFailed

    monkeypatch.setattr(world.hub.store.conversations, "wipe", fails)
    (chat,) = [row for row in await world.rows(TELEGRAM_CHATS) if row.conversation_id is not None]
    assert not await world.hub.relay.wipe(chat.conversation_id, Language.NL)
    assert len([text for text in said(world) if text.startswith("zin")]) <= 2
    await phone.said("zin 4", seconds=15)
    assert [text for text in said(world) if text.startswith("zin")] == [f"zin {number}" for number in range(5)]


@pytest.mark.usefixtures("slowly")
async def test_a_card_under_way_when_it_was_wiped_goes_too(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("/mens")
    await phone.until(lambda: len(phone.bubbles) == 3)
    await asyncio.sleep(0.2)
    world.api.faults.plan("deleteMessages", "500", "500")
    phone.write("/wis")
    await phone.said("Klaar")
    await phone.until(lambda: [sent.text[:12] for sent in phone.chat.shown] == ["Ik wis dit g", "Klaar: dit g"], seconds=15)
    assert await world.rows(TELEGRAM_CARDS) == []


async def test_what_was_noted_after_the_chat_was_forgotten_is_deleted_also_when_telegram_stumbles(world: SmallWorld) -> None:
    phone = await world.phone()
    (row,) = await world.rows(TELEGRAM_CHATS)
    phone.write("/wis")
    await phone.said("Klaar")
    await until(lambda: has_no(world, TELEGRAM_CHATS))
    assert world.hub.telegram is not None
    rounds, chat = world.hub.telegram.deliveries._rounds, world.hub.telegram.deliveries._chat(row.id, phone.chat.id)
    world.api.faults.plan("deleteMessages", "500", "500")
    await rounds._send(chat, phone.chat.id, Parcel("papa slaat mij"), rounds._noted(chat, row.conversation_id))
    await phone.until(lambda: [sent.text[:12] for sent in phone.chat.shown] == ["Ik wis dit g", "Klaar: dit g"], seconds=15)


async def test_what_was_wiped_goes_before_anything_is_said(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("/wis")
    await phone.said("Klaar")
    assert said(world)[-3:] == ["Ik wis dit g", "deleted", "Klaar: dit g"]


async def test_what_has_to_be_said_does_not_wait_for_a_deleting_that_fails(world: SmallWorld) -> None:
    phone = await world.phone()
    world.api.faults.plan("deleteMessages", *["500"] * 20)
    phone.write("/wis")
    await phone.said("Klaar", seconds=3)
    world.api.faults._planned.clear()
    await phone.until(lambda: len(phone.chat.shown) == 2, seconds=15)


async def has_no(world: SmallWorld, table: sa.Table) -> bool:
    return not await world.rows(table)
