"""The line before opening chats: in order, never too many at once, and whoever would wait too long is told when to come back."""

from __future__ import annotations

import asyncio

import pytest
from chat_client import kinds, lines
from hub_world import World

from channels.line import Line, LineTooLong
from channels.store import StorageFailed


async def test_so_many_at_once_in_order_of_arrival() -> None:
    line, inside, most, order = Line(2, 5.0, 0.02), 0, 0, list[int]()

    async def go(number: int) -> None:
        nonlocal inside, most
        async with line.place():
            inside += 1
            most = max(most, inside)
            order.append(number)
            await asyncio.sleep(0.002)
            inside -= 1

    await asyncio.gather(*(go(number) for number in range(20)))
    assert most == 2
    assert order == list(range(20))


async def test_who_waits_too_long_is_sent_away_and_told_when_to_come_back() -> None:
    line, end = Line(1, 0.05, 0.5), asyncio.Event()

    async def hold() -> None:
        async with line.place():
            await end.wait()

    async def go() -> None:
        async with line.place():
            pass

    holder = asyncio.create_task(hold())
    await asyncio.sleep(0)
    tried = await asyncio.gather(*(go() for _ in range(40)), return_exceptions=True)
    waits = [each.wait_s for each in tried if isinstance(each, LineTooLong)]
    assert len(waits) == 40
    assert all(2.0 <= wait <= 2.0 + 40 * 0.5 for wait in waits)
    assert max(waits) - min(waits) > 5, "all would come back at the same moment"
    assert issubclass(LineTooLong, StorageFailed)
    end.set()
    await holder
    await go()


async def test_a_place_is_given_back_when_what_was_done_in_it_failed_or_was_given_up() -> None:
    line = Line(1, 0.05, 0.5)
    with pytest.raises(ValueError, match="broken"):
        async with line.place():
            raise ValueError("broken")

    async def stay() -> None:
        async with line.place():
            await asyncio.sleep(60)

    task = asyncio.create_task(stay())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with line.place():
        pass


async def test_a_newcomer_who_is_sent_away_has_lines_and_a_time_and_is_welcome_then(world: World) -> None:
    world.hub.relay._chats._line = full = Line(1, 0.05, 0.02)
    async with full.place():
        chat = await world.chat()
        await chat.send(type="hello", version=1, lang="nl", resume=None, after=None)
        frames = [await chat.read(), await chat.read()]
        assert kinds(frames) == ["reply", "error"]
        assert lines(frames[0])
        assert frames[1]["code"] == "busy"
        assert frames[1]["retry_after"] >= 2
    assert kinds(await chat.hello("nl"))[0] == "welcome"
