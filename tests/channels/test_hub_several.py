"""Two hubs on one PostgreSQL and one Redis (real servers): what happens in one is seen in the other, and nothing is answered twice."""

from __future__ import annotations

import asyncio
import signal
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from chat_client import kinds, replies, wait_for
from desk_side import Counsellor, card_of, next_event, send_card
from hub_world import ROOT, World, environment
from servers import Postgres, RedisServer
from standin_bot import StandinBot

from channels.answers import Answers
from channels.desk.watch import Watch
from channels.desk_events import CaseSaid, QueueChanged
from channels.fanout import Listener
from channels.secrets import StartError, with_secrets
from channels.site import Hub
from kernel.settings import read_settings

KEY = "k" * 40
Make = Callable[[], Awaitable[World]]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@asynccontextmanager
async def hub(bot: StandinBot, answers: Answers, var: Path, **settings: str) -> AsyncIterator[World]:
    """One of several, with a client's session."""
    read = with_secrets(read_settings(environment(var, bot.url) | {"SECRET_KEY": KEY} | settings, ROOT))
    this = Hub(read, ROOT, pages=None, actions=None, answers=answers)
    async with aiohttp.ClientSession() as session:
        try:
            await this.start()
            yield World(this, bot, session, read)
        finally:
            await this.stop()


@pytest.fixture
async def two(bot: StandinBot, answers: Answers, tmp_path: Path, postgres: Postgres, redis: RedisServer) -> AsyncIterator[list[World]]:
    """Two hubs."""
    shared = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
    async with hub(bot, answers, tmp_path / "a", **shared) as first, hub(bot, answers, tmp_path / "b", **shared) as second:
        yield [first, second]


async def test_a_chat_open_at_two_hubs_sees_the_same(two: list[World]) -> None:
    here, there = two
    chat = await here.talk()
    other = await there.chat()
    await other.hello(None, chat.token, 0)
    said = await chat.say("hallo")
    seen = await other.until("done")
    assert [frame["text"] for frame in replies(seen)] == [frame["text"] for frame in replies(said)]
    assert kinds(seen) == ["typing", "reply", "done"]
    answered = await other.say("en nu van hier")
    assert [frame["seq"] for frame in replies(answered)] == [4]
    assert [frame["seq"] for frame in replies(await chat.until("done"))] == [4]


async def test_one_message_at_both_hubs_is_answered_once(two: list[World]) -> None:
    here, there = two
    here.bot.delay_s = 0.2
    chat = await here.talk()
    other = await there.chat()
    await other.hello(None, chat.token, 0)
    for number in range(5):
        message_id = str(uuid.uuid4())
        for each in (chat, other):
            await each.send(type="say", id=message_id, text=f"bericht {number}")
        for each in (chat, other):
            while (await each.until("done"))[-1]["in_reply_to"] != message_id:
                pass  # a hub that came second may say so once more
    asked = [one["message_id"] for one in here.bot.asked]
    assert len(asked) == len(set(asked)) == 5, "a bot was asked twice for one message"
    await asyncio.sleep(0.3)
    again = await here.chat()
    shown = replies(await again.hello(None, chat.token, 0))
    assert [frame["seq"] for frame in shown] == list(range(1, 8))


async def test_turns_of_one_conversation_never_overlap_between_hubs(two: list[World]) -> None:
    here, there = two
    here.bot.delay_s = 0.15
    chat = await here.talk()
    other = await there.chat()
    await other.hello(None, chat.token, 0)
    for number in range(3):
        await chat.send(type="say", id=str(uuid.uuid4()), text=f"hier {number}")
        await other.send(type="say", id=str(uuid.uuid4()), text=f"daar {number}")
    await wait_for(lambda: len(here.bot.asked) == 6, 5)
    await asyncio.sleep(0.3)
    states = [(one["state"] or {}).get("turns", 0) for one in here.bot.asked]
    assert states == [0, 1, 2, 3, 4, 5], "a turn began from a state that another one was changing"


async def test_a_wipe_at_one_hub_ends_the_chat_at_the_other(two: list[World]) -> None:
    here, there = two
    chat = await here.talk()
    other = await there.chat()
    await other.hello(None, chat.token, 0)
    await chat.send(type="wipe")
    assert kinds(await other.until("wiped"))[-1] == "wiped"
    assert (await (await there.chat()).hello(None, chat.token, 0))[0]["code"] == "unknown_token"


async def test_the_desk_at_one_hub_talks_to_a_teenager_at_the_other(two: list[World]) -> None:
    here, there = two
    counsellor = Counsellor(there)
    await wait_for(lambda: here.hub.relay.escalations.hours.present() == [counsellor.account])
    with there.hub.relay.escalations.subscribe() as queue:
        chat = await here.talk()
        card = await card_of(chat)
        await send_card(chat, card, "ik ben bang")
        changed = await next_event(queue, QueueChanged)
        assert changed.escalation_id == card["id"]
    case_id = await counsellor.claim()
    assert (await chat.until("holder"))[-1]["holder"] == "counsellor"
    with there.hub.relay.escalations.subscribe(case_id) as talk:
        await chat.send(type="say", id=str(uuid.uuid4()), text="ben je daar?")
        assert (await next_event(talk, CaseSaid)).said.text == "ben je daar?"
    await counsellor.say(case_id, "ja, ik ben hier")
    shown = await chat.until("reply")
    while shown[-1]["from"] != "counsellor":
        shown = await chat.until("reply")
    assert shown[-1]["text"] == "ja, ik ben hier"


async def test_who_looks_at_a_case_is_known_at_the_other_hub(two: list[World]) -> None:
    here, there = (Watch(world.hub.store, world.hub.relay.escalations) for world in two)
    with here.present("an", "c" * 32, Listener()):
        await wait_for(lambda: there.viewers("c" * 32) == {"an"})
        assert there.colleagues("bo") == {"an"}
        assert not there.is_away("an")
    await wait_for(lambda: there.viewers("c" * 32) == set())
    there.hand("d" * 32, "an")
    await wait_for(lambda: here._handed == {"d" * 32: "an"})


async def test_without_redis_each_hub_goes_on_and_nothing_is_lost(two: list[World], redis: RedisServer) -> None:
    here, there = two
    chat = await here.talk()
    other = await there.chat()
    await other.hello(None, chat.token, 0)
    redis.stop()
    for number in range(3):
        assert replies(await chat.say(f"zonder {number}"))[0]["from"] == "bot"
    assert await other.quiet() == []
    redis.start()
    missed = [await other.read(8)]
    while len(replies(missed)) < 3:
        missed.append(await other.read())
    assert [frame["seq"] for frame in replies(missed)] == [3, 4, 5]
    await wait_for(lambda: all(world.hub.peers.is_connected for world in two), 5)  # type: ignore[attr-defined]
    await other.quiet(0.2)
    await chat.say("weer samen")
    assert replies(await other.until("done"))[-1]["seq"] == 6


async def test_a_frozen_redis_delays_nobody_past_two_seconds(two: list[World], redis: RedisServer) -> None:
    here, _ = two
    chat = await here.talk()
    redis.signal(signal.SIGSTOP)
    try:
        start = asyncio.get_running_loop().time()
        shown = replies(await chat.say("hallo"))
        assert asyncio.get_running_loop().time() - start < 2
        assert shown
    finally:
        redis.signal(signal.SIGCONT)


async def test_what_travels_is_sealed(two: list[World], redis: RedisServer) -> None:
    from redis.asyncio import Redis

    client = Redis.from_url(redis.url)
    async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
        await pubsub.subscribe("chatmasjien:events")
        chat = await two[0].talk()
        await chat.say("een geheim woord")
        heard = [await pubsub.get_message(timeout=0.2) for _ in range(12)]
        travelled = [message["data"] for message in heard if message is not None]
        keys = await client.keys("*")
    await client.aclose()
    assert len(travelled) >= 3, "nothing travelled: nothing was looked at"
    assert not any(b"geheim" in each or b"turn" in each or b"Replied" in each for each in travelled)
    assert keys == [], "a lease was left behind"


async def test_a_second_hub_without_redis_does_not_start(bot: StandinBot, answers: Answers, tmp_path: Path, postgres: Postgres) -> None:
    alone = {"DATABASE_URL": postgres.url}
    async with hub(bot, answers, tmp_path / "a", **alone):
        with pytest.raises(StartError, match="REDIS_URL"):
            async with hub(bot, answers, tmp_path / "b", **alone):
                pass
    async with hub(bot, answers, tmp_path / "c", **alone) as after:
        assert replies(await (await after.talk()).say("hallo"))
