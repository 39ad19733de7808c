"""Several bots behind one hub: the least busy is asked, and one that dies, hangs or fails is replaced within the turn's deadline."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from chat_client import wait_for
from standin_bot import StandinBot

from channels.bot_client import BotClient, BotSilent, Question
from kernel.language import Language

TOKEN = "b" * 40
DEADLINE_S = 1.8


def question(number: int = 0) -> Question:
    """A message of a conversation of its own."""
    return Question(f"c{number}", f"m{number}", "hallo", None, Language.NL, "none", None)


@pytest.fixture
async def bots() -> AsyncIterator[list[StandinBot]]:
    """Two that answer."""
    two = [StandinBot(TOKEN), StandinBot(TOKEN)]
    for bot in two:
        await bot.start()
    yield two
    for bot in two:
        await bot.stop()


@pytest.fixture
async def client(bots: list[StandinBot]) -> AsyncIterator[BotClient]:
    """A client that knows both."""
    client = BotClient(tuple(bot.url for bot in bots), TOKEN)
    await client.start()
    yield client
    await client.close()


async def test_turns_are_shared_out(bots: list[StandinBot], client: BotClient) -> None:
    for bot in bots:
        bot.delay_s = 0.05
    await asyncio.gather(*(client.ask(question(number), DEADLINE_S) for number in range(20)))
    assert [len(bot.asked) for bot in bots] == [10, 10]


async def test_the_least_busy_is_asked(bots: list[StandinBot], client: BotClient) -> None:
    slow, quick = bots
    slow.delay_s = 0.5
    asked = [asyncio.create_task(client.ask(question(0), DEADLINE_S)), asyncio.create_task(client.ask(question(1), DEADLINE_S))]
    await wait_for(lambda: len(slow.asked) == 1 and len(quick.asked) == 1)
    for number in range(2, 8):
        await client.ask(question(number), DEADLINE_S)
    assert (len(slow.asked), len(quick.asked)) == (1, 7), "the one that still works at an answer was given more"
    await asyncio.gather(*asked)


@pytest.mark.parametrize("trouble", ["gone", "error"])
async def test_a_failing_bot_is_replaced_within_the_turn(bots: list[StandinBot], client: BotClient, trouble: str) -> None:
    failing, well = bots
    if trouble == "gone":
        await failing.stop()
    else:
        failing.mode = "error"
    start = time.monotonic()
    turns = [await client.ask(question(number), DEADLINE_S) for number in range(4)]
    assert all(turn.bubbles for turn in turns)
    assert time.monotonic() - start < 1
    assert len(well.asked) == 4


async def test_a_frozen_bot_is_replaced_within_the_turn(bots: list[StandinBot], client: BotClient) -> None:
    frozen, well = bots
    frozen.mode = "frozen"
    start = time.monotonic()
    turns = await asyncio.gather(*(client.ask(question(number), DEADLINE_S) for number in range(6)))
    assert all(turn.bubbles for turn in turns)
    assert time.monotonic() - start < DEADLINE_S
    assert len(well.asked) == 6
    assert frozen.asked, "the frozen one was never asked: nothing was tried"


async def test_a_busy_bot_is_not_taken_for_frozen(bots: list[StandinBot], client: BotClient) -> None:
    """Else load would be doubled just when there is too much of it."""
    for bot in bots:
        bot.delay_s = 0.9

    async def steadily() -> None:
        for number in range(10, 20):
            later = asyncio.create_task(client.ask(question(number), DEADLINE_S))
            waiting.append(later)
            await asyncio.sleep(0.15)

    waiting: list[asyncio.Task[object]] = []
    await steadily()
    before = [asyncio.create_task(client.ask(question(1), DEADLINE_S)), asyncio.create_task(client.ask(question(2), DEADLINE_S))]
    await asyncio.gather(*before, *waiting)
    asked = [one["message_id"] for bot in bots for one in bot.asked]
    assert asked.count("m1") == asked.count("m2") == 1


async def test_when_all_are_down_it_is_said_at_once(bots: list[StandinBot], client: BotClient) -> None:
    for bot in bots:
        await bot.stop()
    start = time.monotonic()
    with pytest.raises(BotSilent) as silent:
        await client.ask(question(), DEADLINE_S)
    assert silent.value.reason == "down"
    assert time.monotonic() - start < 1


async def test_an_empty_answer_is_not_asked_again(bots: list[StandinBot], client: BotClient) -> None:
    """The other bot has the same model: it would say the same."""
    for bot in bots:
        bot.mode = "empty"
    with pytest.raises(BotSilent) as silent:
        await client.ask(question(), DEADLINE_S)
    assert silent.value.reason == "empty"
    assert sum(len(bot.asked) for bot in bots) == 1
