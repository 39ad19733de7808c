"""The channel elsewhere than in a plain talk: groups, pictures, languages, a store that fails, and nobody can be told. The bot is a stand-in."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest
from chat_client import wait_for
from made_updates import member
from phone import Phone
from prometheus_client import generate_latest
from small_world import SmallWorld

from channels.store import StorageFailed
from channels.store.tables import CONVERSATIONS, MESSAGES
from channels.store.telegram import TelegramChats
from channels.store.telegram_tables import TELEGRAM_CHATS


async def test_a_group_hears_one_kind_sentence(world: SmallWorld) -> None:
    group = {"id": -100_555, "type": "supergroup", "title": "De klas"}
    phone = Phone(world.api)
    world.api.state.chats[group["id"]] = type(phone.chat)(group["id"], kind="supergroup")
    for _ in range(3):
        phone.raw("my_chat_member", member(phone.user, group, "left", "member"), group["id"])
        phone.raw("message", {"message_id": 5, "date": int(time.time()), "from": phone.user, "chat": group, "text": "hoi"}, group["id"])
    await wait_for(lambda: world.api.called("leaveChat"))
    await asyncio.sleep(0.2)
    said = [call for call in world.api.called("sendMessage") if str(call["chat_id"]) == str(group["id"])]
    assert len(said) == 1
    assert "onder vier ogen" in said[0]["text"]
    assert "en privé" in said[0]["text"]
    assert await world.rows(CONVERSATIONS) == []


async def test_media_is_refused_once_for_an_album_and_words_beneath_it_are_heard(world: SmallWorld) -> None:
    phone = await world.phone("fr")
    for kind in ("photo", "photo", "voice"):
        phone.send(kind)
    await phone.said("116000", after=phone.bubbles[-1].id)
    await asyncio.sleep(0.3)
    assert sum("Je ne peux pas ouvrir" in sent.text for sent in phone.bubbles) == 1
    assert not any("getFile" in name for name, _ in world.api.state.calls)


async def test_the_language_is_switched_by_command_and_by_button(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("/taal")
    await phone.said("Welke taal?")
    phone.press("Français")
    await phone.said("on parle français")
    phone.write("/sos")
    await phone.said("Voici les lignes")
    phone.write("/taal")
    await phone.said("we praten Nederlands")
    assert world.bot.asked == []


# ---- a store that fails --------------------------------------------------------------------------------------------


async def test_while_storing_fails_danger_is_answered_and_nothing_is_lost(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = await world.phone()

    async def fail(*_args: object, **_more: object) -> None:
        raise StorageFailed

    with monkeypatch.context() as broken:
        broken.setattr(TelegramChats, "arrive", fail)
        update = phone.write("gevaarwoord")[1]
        assert update is not None
        await phone.said("Bel 1813", seconds=2.0)
        await wait_for(lambda: update.statuses.count(503) >= 2)
        assert sum("Bel 1813: dag en nacht" in sent.text for sent in phone.bubbles) == 1
    await phone.said("turn 1: gevaarwoord")
    assert len(await world.rows(MESSAGES)) == 1


# ---- nobody can tell who -------------------------------------------------------------------------------------------


async def test_no_number_and_no_name_is_kept_or_said_in_clear(world: SmallWorld, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    phone = await world.phone()
    phone.write("kanarie-woord")
    await phone.said("kanarie-woord")
    phone.write("/mens")
    await phone.said("Dit krijgt een mens te lezen")
    metrics = generate_latest(world.hub.metrics.registry).decode()
    await world.stop()
    canaries = [str(phone.chat.id), "kanarie-woord", *(str(phone.user[key]) for key in ("first_name", "username") if key in phone.user)]
    assert len(canaries) == 4
    files = b"".join(path.read_bytes() for path in world.var.rglob("*") if path.is_file())
    own = " ".join(record.getMessage() + str(vars(record)) for record in caplog.records if record.name.startswith("chatmasjien"))
    for canary in canaries:
        assert canary.encode() not in files
        assert canary not in metrics
        assert canary not in own
    await world.start()
    (chat,) = await world.rows(TELEGRAM_CHATS)
    assert len(chat.id) == 64
