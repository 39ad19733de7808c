"""The channel with its edges: secret, repeats, restarts, late answers, groups, blocks, a store that fails. The bot is a stand-in."""

from __future__ import annotations

import asyncio
import io
import json
import time

import aiohttp
import pytest
import sqlalchemy as sa
from chat_client import wait_for
from phone import Phone
from small_world import SECRET, SmallWorld, until

from channels.escalation import Escalations
from channels.limits import Limiter
from channels.public import telegram_round
from channels.store.desk_tables import ESCALATIONS
from channels.store.tables import CONVERSATIONS, MESSAGES
from channels.store.telegram_tables import TELEGRAM_CHATS, TELEGRAM_MESSAGES, TELEGRAM_UPDATES
from kernel.escalation import EscalationState

LATE = "Er is een antwoord voor je."


# ---- the secret ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [None, "", "een-geheim", SECRET + "x", SECRET.upper(), "geheïm"])
async def test_without_the_secret_nothing_is_taken(world: SmallWorld, given: str | None) -> None:
    phone = Phone(world.api)
    world.api.updates.webhook = None
    update = phone.write("/start")[1]
    assert update is not None
    headers = {} if given is None else {"X-Telegram-Bot-Api-Secret-Token": given}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{world.hub.settings.public_url}/telegram/webhook", json=update.as_json(), headers=headers) as answer,
    ):
        assert answer.status == 403
    await asyncio.sleep(0.1)
    assert phone.bubbles == []
    assert await world.rows(CONVERSATIONS) == await world.rows(TELEGRAM_CHATS) == await world.rows(TELEGRAM_UPDATES) == []


async def test_a_strange_body_with_the_secret_is_taken_and_forgotten(world: SmallWorld) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with aiohttp.ClientSession() as session:
        for body in (b"", b"\xff", b"[]", b'{"update_id": 1}', io.BytesIO(b"x" * 2_000_000)):
            async with session.post(f"{world.hub.settings.public_url}/telegram/webhook", data=body, headers=headers) as answer:
                assert answer.status == 200
        async with session.get(f"{world.hub.settings.public_url}/telegram/webhook", headers=headers) as answer:
            assert answer.status == 405
    assert await world.rows(TELEGRAM_UPDATES) == []


async def test_the_first_words_are_honest(world: SmallWorld) -> None:
    for language, bot, keeps in (
        ("nl", "Ik ben een bot, geen mens", "Telegram ziet en bewaart"),
        ("fr", "Je suis un bot", "Telegram voit et garde"),
    ):
        first, question = (await world.phone(language)).bubbles
        assert all(part in first.text for part in (bot, keeps, f"{world.hub.settings.public_url}/", "116000"))
        assert [button["text"] for button in question.buttons] == (["Ja", "Nee"] if language == "nl" else ["Oui", "Non"])


async def test_danger_in_the_first_message_is_answered_right_after_the_first_words(world: SmallWorld) -> None:
    phone = Phone(world.api)
    phone.write("gevaarwoord")
    await phone.said("turn 1: gevaarwoord")
    assert [sent.text[:20] for sent in phone.bubbles[:2]] == ["Hoi! Ik ben een bot,", "Ik ben blij dat je d"]


# ---- once each, in order -------------------------------------------------------------------------------------------


async def test_the_same_update_is_handled_once_also_after_a_restart(world: SmallWorld) -> None:
    phone = await world.phone()
    said = phone.write("hoi")[1]
    sos = phone.write("/sos")[1]
    await phone.said("turn 1")
    await phone.said("Hier zijn de lijnen")
    assert said is not None
    assert sos is not None
    before = [sent.id for sent in phone.bubbles]
    for _ in range(2):
        world.api.updates.again(said)
        world.api.updates.again(sos)
        await wait_for(lambda: said.is_confirmed and sos.is_confirmed)
        await world.stop()
        await world.start()
    await asyncio.sleep(0.3)
    assert [sent.id for sent in phone.bubbles] == before
    assert len(await world.rows(MESSAGES)) == 1


async def test_a_button_works_once(world: SmallWorld) -> None:
    phone = await world.phone()
    asked = phone.bubbles[-1]
    data = asked.buttons[0]["callback_data"]
    queries = [phone.press_data(asked, data)[0] for _ in range(3)]
    await phone.said("turn 1: /affirm")
    await phone.until(lambda: all(query.answers for query in queries))
    await asyncio.sleep(0.2)
    assert len(await world.rows(MESSAGES)) == 1
    assert not any("callback_data" in button for button in asked.buttons)


async def test_a_button_of_another_chat_means_nothing(world: SmallWorld) -> None:
    one, other = await world.phone(), await world.phone()
    query, _ = other.press_data(other.bubbles[-1], one.bubbles[-1].buttons[0]["callback_data"])
    await other.until(lambda: query.answers)
    assert "werkt niet meer" in str(query.answers)
    assert await world.rows(MESSAGES) == []


async def test_answers_keep_their_order_while_telegram_stumbles(world: SmallWorld) -> None:
    phone = await world.phone()
    world.api.faults.plan("sendMessage", "500", "429", "502", "ok", "cut_before", "ok", "429")
    for number in range(4):
        phone.write(f"bericht {number}")
        await asyncio.sleep(0.05)
    await phone.said("turn 4", seconds=15)
    found = [sent.text for sent in phone.bubbles if sent.text.startswith("turn")]
    assert found == [f"turn {number + 1}: bericht {number}" for number in range(4)]


# ---- late ----------------------------------------------------------------------------------------------------------


async def test_a_late_answer_is_announced_neutrally_once(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = await world.phone()
    phone.write("/mens")
    card = await phone.said("Dit krijgt een mens te lezen")
    phone.press("Stuur dit")
    await phone.said("bewaard")
    (case,) = await world.rows(ESCALATIONS)
    monkeypatch.setattr(telegram_round, "LATE_AFTER_S", 0.0)
    desk: Escalations = world.hub.relay.escalations
    await desk.claim(case.id, "counsellor")
    await desk.say(case.id, "counsellor", "a", "Dag, ik ben er voor jou.")
    notice = await phone.said(LATE)
    await desk.say(case.id, "counsellor", "b", "Neem je tijd.")
    await asyncio.sleep(0.3)
    assert phone.bubbles[-1] is notice
    assert [sent.text for sent in phone.bubbles].count(LATE) == 1
    monkeypatch.setattr(telegram_round, "LATE_AFTER_S", 300.0)
    phone.press("Lees het")
    await phone.said("Neem je tijd.")
    texts = [sent.text for sent in phone.bubbles]
    assert texts[-2:] == ["Mens van het team:\nDag, ik ben er voor jou.", "Mens van het team:\nNeem je tijd."]
    assert notice.buttons == []
    assert "Dag" not in notice.text
    await phone.until(lambda: not card.buttons)  # somebody came: nothing to take back any more


async def test_an_update_that_was_long_on_its_way_is_answered_neutrally(world: SmallWorld) -> None:
    phone = await world.phone()
    old = {"message_id": 900, "date": int(time.time()) - 3600, "from": phone.user, "chat": {"id": phone.chat.id, "type": "private"}}
    phone.raw("message", old | {"text": "gevaarwoord"})
    await phone.said(LATE)
    phone.write("hallo?")
    await phone.said("turn 1")


# ---- stop, wipe, block ---------------------------------------------------------------------------------------------


async def test_after_stop_nothing_comes_until_they_write_again(world: SmallWorld) -> None:
    phone = await world.phone()
    phone.write("/mens")
    await phone.said("Dit krijgt een mens te lezen")
    phone.press("Stuur dit")
    await phone.said("bewaard")
    phone.write("stop")
    stopped = await phone.said("ik stop hier")
    (case,) = await world.rows(ESCALATIONS)
    assert case.state == EscalationState.LEFT
    desk: Escalations = world.hub.relay.escalations
    await desk.claim(case.id, "counsellor")
    await desk.say(case.id, "counsellor", "a", "Ben je er nog?")
    await world.stop()
    await world.start()
    await asyncio.sleep(0.3)
    assert phone.bubbles[-1] is stopped
    phone.write("ik ben er weer")
    await phone.said("Ben je er nog?")
    (case,) = await world.rows(ESCALATIONS)
    assert case.state == EscalationState.CLAIMED


async def _has_no(world: SmallWorld, table: sa.Table) -> bool:
    return await world.rows(table) == []


async def test_a_wipe_takes_everything_in_telegram_too(world: SmallWorld) -> None:
    phone = await world.phone()
    assert world.hub.telegram is not None
    world.hub.telegram._incoming._limits = Limiter(1e6, 1e6)
    for number in range(60):
        phone.write(f"bericht {number}")
        await phone.said(f"bericht {number}", after=len(phone.chat.messages) - 1)
    phone.write("/wis")
    # On a slow machine storing may fail at first; what is said then belongs to no conversation and stays.
    left = lambda: [sent.text for sent in phone.chat.shown if not sent.text.startswith("Je bericht is niet bewaard")]  # noqa: E731
    await phone.until(lambda: [text[:12] for text in left()] == ["Ik wis dit g", "Klaar: dit g"], seconds=15)
    assert "116000" in left()[0]
    assert max(len(json.loads(str(call["message_ids"]))) for call in world.api.called("deleteMessages")) <= 100
    for table in (CONVERSATIONS, TELEGRAM_CHATS, TELEGRAM_MESSAGES, MESSAGES):
        await until(lambda table=table: _has_no(world, table))
    phone.write("hoi")
    await phone.said("turn 1: hoi")  # a new conversation, which no replayed ledger takes away
    await world.stop()
    await world.start()
    assert len(await world.rows(CONVERSATIONS)) == 1


async def test_a_wipe_is_finished_after_a_restart(world: SmallWorld) -> None:
    phone = await world.phone()
    world.api.faults.plan("deleteMessages", *["500"] * 50)
    phone.write("/wis")
    await phone.said("Klaar")
    await world.stop()
    assert len(phone.chat.shown) > 2
    world.api.faults._planned.clear()
    await world.start()
    await phone.until(lambda: len(phone.chat.shown) == 2)
    await until(lambda: _has_no(world, TELEGRAM_CHATS))


@pytest.mark.parametrize("claimed", ["before", "after"])
async def test_who_blocks_the_bot_has_left(world: SmallWorld, claimed: str) -> None:
    phone = await world.phone()
    phone.write("/mens")
    await phone.said("Dit krijgt een mens te lezen")
    phone.press("Stuur dit")
    await phone.said("bewaard")
    (case,) = await world.rows(ESCALATIONS)
    desk: Escalations = world.hub.relay.escalations

    async def has_left() -> bool:
        return (await world.rows(ESCALATIONS))[0].left_at is not None

    if claimed == "before":
        phone.chat.is_blocked = True  # heard of by what is sent next; the update comes late
        await desk.claim(case.id, "counsellor")
        await until(has_left)
    else:
        phone.block()
        await until(has_left)
        await desk.claim(case.id, "counsellor")
    calls = len(world.api.called("sendMessage"))
    await desk.say(case.id, "counsellor", "a", "Ben je er?")
    await asyncio.sleep(0.5)
    assert len(world.api.called("sendMessage")) == calls
    phone.chat.is_blocked = False
    phone.write("toch nog")
    await phone.said("Ben je er?")
    (case,) = await world.rows(ESCALATIONS)
    assert (case.state, case.left_at) == (EscalationState.CLAIMED, None), "the desk would still show that nobody is there"
