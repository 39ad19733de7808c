"""Within two seconds, whatever is down: the bot, the database, the hub's own code."""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from chat_client import Frame, kinds, lines, replies, wait_for
from hub_world import World
from standin_bot import StandinBot

from channels.bot_client import BotClient, Question
from channels.store import StorageFailed
from channels.turn import Turns
from kernel.language import Language


async def healthz(world: World) -> tuple[int, Frame]:
    """Status and body."""
    async with world.session.get(f"{world.base}/healthz") as response:
        return response.status, await response.json()


@asynccontextmanager
async def locked(world: World) -> AsyncIterator[None]:
    """The database, locked by another process' writer."""
    holder = sqlite3.connect(world.settings.var / "chatmasjien.db", isolation_level=None, timeout=20, check_same_thread=False)
    # In a thread of its own: a transaction of the hub's that is open needs this loop to end.
    await asyncio.to_thread(holder.execute, "BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


@pytest.mark.parametrize(
    ("mode", "reason"), [("slow", "deadline"), ("silent", "deadline"), ("empty", "empty"), ("broken", "malformed"), ("error", "status")]
)
async def test_a_failing_bot_is_replaced_in_time(world: World, mode: str, reason: str) -> None:
    chat = await world.talk("fr")
    await chat.say("bonjour")
    state_before = world.bot.asked[-1]["state"]
    world.bot.mode = mode
    start = time.monotonic()
    frames = await chat.say("motdanger je suis là")
    assert time.monotonic() - start < 2
    assert kinds(frames) == ["ack", "typing", "reply", "handoff", "done"]
    shown = replies(frames)[0]
    assert (shown["from"], shown["lang"]) == ("system", "fr")
    assert lines(shown)[0] == "prevention_suicide"
    assert world.metric("chatmasjien_fallbacks_total", reason=reason) == 1
    world.bot.mode = "answering"
    world.bot.release.set()
    again = await chat.say("encore")
    assert replies(again)[0]["text"] == "turn 2: encore"
    assert (state_before, world.bot.asked[-1]["state"]) == (None, {"turns": 1})


async def test_a_late_answer_is_dropped(world: World) -> None:
    world.bot.mode = "slow"
    chat = await world.talk()
    await chat.say("te traag")
    await asyncio.sleep(1)
    assert await chat.quiet() == []
    world.bot.mode = "answering"
    assert replies(await chat.say("nu wel"))[0]["text"] == "turn 1: nu wel"


async def test_waiting_in_the_queue_counts(world: World) -> None:
    world.bot.mode = "silent"
    chat = await world.talk()
    start = time.monotonic()
    for _ in range(5):
        await chat.send(type="say", id=str(uuid.uuid4()), text="hallo")
    done = 0
    while done < 5:
        done += (await chat.read())["type"] == "done"
    assert time.monotonic() - start < 2 * world.settings.bot_deadline_s, "one after the other they would take five times the deadline"


async def test_a_bot_that_is_down_is_not_waited_for(world: World) -> None:
    await world.bot.stop()
    chat = await world.talk()
    await world.ready(False)
    assert await healthz(world) == (503, {"status": "degraded", "reason": "bot"})
    start = time.monotonic()
    frames = await chat.say("hallo, is daar iemand voor mij")
    assert time.monotonic() - start < 0.5
    assert lines(replies(frames)[0]) == ["childfocus"]
    assert replies(frames)[0]["lang"] == "nl"
    port = int(world.bot.url.rsplit(":", 1)[1])
    await world.bot.start(port)
    await world.ready()
    assert await healthz(world) == (200, {"status": "ok"})
    assert replies(await chat.say("en nu?"))[0]["text"] == "turn 1: en nu?"


async def test_a_bot_that_is_not_ready_yet_is_starting(world: World) -> None:
    world.bot.mode = "unready"
    await world.ready(False)
    assert (await healthz(world))[0] == 503
    assert replies(await (await world.talk()).say("hallo"))[0]["from"] == "system"
    assert world.bot.asked == []


async def test_a_locked_database_delays_nobody(world: World) -> None:
    chat = await world.talk()
    await chat.say("eerst")
    message_id = str(uuid.uuid4())
    async with locked(world):
        start = time.monotonic()
        await chat.send(type="say", id=message_id, text="hallo ik ben hier")
        await chat.send(type="say", id=str(uuid.uuid4()), text="gevaarwoord")
        frames = [await chat.read(), await chat.read()]
        assert time.monotonic() - start < 2
        assert kinds(frames) == ["reply", "reply"]
        assert [frame["seq"] for frame in frames] == [None, None]
        assert frames[0]["in_reply_to"] == message_id
        assert lines(frames[0]) == ["childfocus"]
        assert lines(frames[1])[0] == "zelfmoordlijn_1813"
        assert await healthz(world) == (503, {"status": "degraded", "reason": "storage"})
        newcomer = await world.chat()
        await newcomer.send(type="hello", version=1, lang="fr", resume=None, after=None)
        assert kinds([await newcomer.read(), await newcomer.read()]) == ["reply", "error"]
        assert lines(newcomer.seen[0])
        assert newcomer.seen[1]["code"] == "busy"
    again = await chat.say("hallo ik ben hier", message_id)
    assert kinds(again) == ["ack", "typing", "reply", "done"]
    assert (await healthz(world))[0] == 200


async def test_a_database_locked_during_the_turn_still_answers_in_time_and_stores_once_later(world: World) -> None:
    world.bot.delay_s = 0.3
    chat = await world.talk()
    message_id = str(uuid.uuid4())
    start = time.monotonic()
    await chat.send(type="say", id=message_id, text="even wachten")
    await chat.until("typing")
    async with locked(world):
        unstored = await chat.read()
        assert time.monotonic() - start < 2
        assert (unstored["seq"], unstored["in_reply_to"]) == (None, message_id)
    frames = await chat.until("done", 5)
    assert [frame["text"] for frame in replies(frames)] == ["turn 1: even wachten"]
    assert replies(frames)[0]["seq"] == 3


@pytest.mark.parametrize(
    ("text", "need", "mode", "lang", "line"),
    [
        ("gevaarwoord", "suicidal", "answering", "nl", "zelfmoordlijn_1813"),
        ("gevaarnu", "suicidal", "answering", "nl", "emergency_112"),
        ("motdanger je suis là, aide moi", None, "empty", "fr", "prevention_suicide"),
        ("wat de woorden niet zeggen", "suicidal", "answering", "nl", "zelfmoordlijn_1813"),
    ],
)
async def test_the_fixed_answer_is_for_the_danger_of_the_message_that_could_not_be_stored(
    world: World, text: str, need: str | None, mode: str, lang: str, line: str
) -> None:
    world.bot.need = "sextortion"
    chat = await world.talk()
    await chat.say("hij heeft een foto")
    world.bot.delay_s, world.bot.need, world.bot.mode, world.bot.urgency = 0.3, need, mode, "emergency"
    await chat.send(type="say", id=str(uuid.uuid4()), text=text)
    await chat.until("typing")
    async with locked(world):
        unstored = await chat.read()
    assert (unstored["seq"], unstored["lang"], lines(unstored)[0]) == (None, lang, line)


async def test_a_defect_of_ours_is_no_silence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_arguments: object) -> None:
        raise KeyError("geheim")

    monkeypatch.setattr(Turns, "answer", broken)
    frames = await (await world.talk()).say("hallo")
    assert kinds(frames) == ["ack", "typing", "reply", "done"]
    assert lines(replies(frames)[0]) == ["childfocus"]


async def test_a_defect_of_ours_forgets_no_danger(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_arguments: object) -> None:
        raise KeyError("geheim")

    chat = await world.talk()
    with monkeypatch.context() as patch:
        patch.setattr(Turns, "answer", broken)
        shown = replies(await chat.say("gevaarnu"))[0]
        assert lines(shown)[0] == "emergency_112"
        assert shown["text"] == world.hub.answers.fixed.text("fallback_unsafe_home", Language.NL)
        patch.setattr(world.hub.answers, "lines", lambda *_: 1 / 0)
        assert lines(replies(await chat.say("hoogwoord"))[0]) == ["childfocus"], "the defect is in the lines themselves"
        patch.undo()
    assert replies(await chat.say("grapje"))[0]["text"] == world.hub.answers.fixed.text("believed", Language.NL)


async def test_who_types_stop_is_gone_also_when_that_cannot_be_stored_yet(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    finish, tries = world.hub.store.messages.finish, [0]

    async def failing_once(*arguments: Any) -> Any:
        tries[0] += 1
        if tries[0] == 1:
            raise StorageFailed
        return await finish(*arguments)

    chat = await world.talk()
    monkeypatch.setattr(world.hub.store.messages, "finish", failing_once)
    await chat.send(type="say", id=str(uuid.uuid4()), text="stop")
    assert [frame["text"] for frame in replies(await chat.until("done"))] == [world.hub.answers.fixed.text("left", Language.NL)]
    again = await world.chat()
    assert kinds(await again.hello(None, chat.token, 2)) == ["error"], "the token is ended"
    await wait_for(lambda: tries[0] == 2)
    await asyncio.sleep(0.2)
    assert await world.hub.relay.recover() == 0, "the sweep must not end the chat once more, after they came back"


async def test_english_gets_the_fixed_sentence_and_the_old_state_stays(world: World) -> None:
    chat = await world.talk()
    await chat.say("hallo")
    world.bot.mode = "english"
    shown = replies(await chat.say("can you please help me"))[0]
    assert shown["text"] == world.hub.answers.fixed.text("english", Language.NL)
    assert "emergency_112" not in lines(shown)
    assert lines(replies(await chat.say("help me i am in danger he has a knife"))[0])[0] == "emergency_112"
    world.bot.mode = "answering"
    assert replies(await chat.say("ok"))[0]["text"] == "turn 2: ok"


async def test_text_that_nobody_can_read_is_answered_without_the_bot(world: World) -> None:
    chat = await world.talk()
    for text in ("/", "\u200b\u200b", "   "):
        assert lines(replies(await chat.say(text))[0]) == ["childfocus"]
    assert world.bot.asked == []


async def test_several_bots_take_turns_and_one_that_dies_is_left_out(world: World) -> None:

    second = StandinBot(world.bot.token)
    await second.start()
    client = BotClient((world.bot.url, second.url), world.bot.token)
    await client.start()
    question = Question("c", "m", "hoi", None, Language.NL, "none", None)
    for _ in range(4):
        await client.ask(question, 1)
    assert (len(world.bot.asked), len(second.asked)) == (2, 2)
    await second.stop()
    await wait_for(lambda: sum(bot.is_ready for bot in client._bots) == 1)
    for _ in range(4):
        await client.ask(question, 1)
    assert len(world.bot.asked) == 6
    await client.close()
