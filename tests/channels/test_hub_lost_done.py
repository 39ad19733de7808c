"""A "done" must not be lost (both found by the kills and the strange messages).

The connection breaks between the last reply of a turn and its "done":
resuming brings no "done" of a turn whose replies were all seen: a client that waits for its next one would take it for that.
The message sent again under its id tells that it is done.
"""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from chat_client import kinds, replies
from hub_world import World


async def test_a_lost_done_is_had_by_sending_the_message_again(world: World) -> None:
    chat = await world.talk()
    message_id = str(uuid.uuid4())
    seen = replies(await chat.say("hallo", message_id))[-1]["seq"]
    again = await world.chat()
    assert kinds(await again.hello(None, chat.token, seen)) == ["welcome"]
    assert kinds(await again.say("hallo", message_id)) == ["ack", "done"]
    assert len(world.bot.asked) == 1


async def test_a_turn_that_was_stored_too_late_is_shown_and_done_all_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storing took longer than the hub waits, and then succeeded: the fixed answer comes in time, then the stored one and "done"."""
    chat = await world.talk()
    finish, late = world.hub.store.messages.finish, [1.2]

    async def finish_late(*arguments: Any) -> Any:
        stored = await finish(*arguments)
        if late:
            await asyncio.sleep(late.pop())
        return stored

    monkeypatch.setattr(world.hub.store.messages, "finish", finish_late)
    frames = await chat.say("hallo")
    assert kinds(frames) == ["ack", "typing", "reply", "reply", "done"]
    assert [frame["seq"] for frame in replies(frames)] == [None, 3]
    assert replies(frames)[1]["text"] == "turn 1: hallo"
    assert kinds(await chat.say("nog iets"))[-1] == "done"
    assert len(world.bot.asked) == 2
