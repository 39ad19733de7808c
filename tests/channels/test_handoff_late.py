"""Staff moves that commit too late for whoever made them: the teenager and the desk see them all the same."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from chat_client import replies
from desk_side import Counsellor, hand_off, held, look, next_event, text_of
from hub_world import World

from channels.desk_events import CaseSaid, QueueChanged
from channels.store import StorageFailed

LATE_S = 1.0
"""Longer than whoever asks waits for the store."""


def next_is_late(world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The next staff move of this name is committed, and answered too late."""
    moves = world.hub.store.staff_moves
    move = getattr(moves, name)

    async def slowly(*args: Any) -> Any:
        monkeypatch.setattr(moves, name, move)
        moved = await move(*args)
        await asyncio.sleep(LATE_S)
        return moved

    monkeypatch.setattr(moves, name, slowly)


async def test_what_a_counsellor_says_is_shown_also_when_it_is_stored_late(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, case_id = await held(world, counsellor)
    next_is_late(world, monkeypatch, "say")
    said_id = str(uuid.uuid4())
    with counsellor.desk.subscribe(case_id) as desk:
        with pytest.raises(StorageFailed):
            await counsellor.desk.say(case_id, counsellor.account, said_id, "ben je veilig?")
        assert [frame["text"] for frame in replies(await chat.answer())] == ["ben je veilig?"]
        assert (await next_event(desk, CaseSaid)).said.id == said_id
    await counsellor.desk.say(case_id, counsellor.account, said_id, "ben je veilig?")
    assert replies(await chat.quiet()) == [], "once"


async def test_a_claim_and_its_end_are_shown_also_when_they_are_stored_late(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await chat.quiet()
    next_is_late(world, monkeypatch, "claim")
    with counsellor.desk.subscribe() as desk:
        with pytest.raises(StorageFailed):
            await counsellor.claim()
        assert (await chat.until("holder"))[-1]["holder"] == "counsellor"
        assert (await next_event(desk, QueueChanged)).cause == "claimed"
        next_is_late(world, monkeypatch, "close")
        with pytest.raises(StorageFailed):
            await counsellor.close(case_id, outcome="step")
        assert (await chat.until("holder"))[-1]["holder"] == "closed"
        assert (await next_event(desk, QueueChanged)).cause == "closed"


async def test_that_nobody_came_is_shown_also_when_it_is_stored_late(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await chat.quiet()
    next_is_late(world, monkeypatch, "tell")
    await look(world, 700)
    assert [frame["text"] for frame in replies(await chat.answer())] == [text_of(world, "not_claimed")]
    assert (await world.hub.store.escalations.get(case_id)).told_at is not None


async def test_an_invitation_comes_with_its_card_also_when_it_is_stored_late(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    await chat.quiet()
    (signal,) = await counsellor.desk.signals()
    next_is_late(world, monkeypatch, "invite")
    with pytest.raises(StorageFailed):
        await counsellor.desk.invite(signal.id)
    frames = await chat.until("handoff")
    assert text_of(world, "invite") in [frame["text"] for frame in replies(frames)]
