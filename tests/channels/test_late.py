"""An answer that cannot be stored in time: stored beside, so that nobody waits behind it, and the fixed answer is said once."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from chat_client import Chat, Frame, kinds, lines, replies, wait_for
from hub_world import World
from worry_world import said, texts

from channels.late import LateTurn, LateTurns, as_left
from channels.queues import Pending
from channels.store import Body, Conversation, Message, Outcome, StorageFailed
from channels.turn import Answer
from kernel.conversation import Holder
from kernel.language import Language
from kernel.urgency import Urgency

Refuse = Callable[[set[str] | None], None]


@pytest.fixture
def refuse(world: World, monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """The store refuses the answers to these messages (None: to all), until told otherwise."""
    finish = world.hub.store.messages.finish
    refused: list[set[str] | None] = [set()]

    async def refusing(conversation_id: str, message_id: str | None, *rest: Any) -> Any:
        if refused[0] is None or message_id in refused[0]:
            raise StorageFailed
        return await finish(conversation_id, message_id, *rest)

    monkeypatch.setattr(world.hub.store.messages, "finish", refusing)
    return lambda ids: refused.__setitem__(0, ids)


async def unstored(chat: Chat, text: str, message_id: str) -> Frame:
    """Say something whose answer is refused; the fixed answer."""
    await chat.send(type="say", id=message_id, text=text)
    shown = (await chat.until("reply"))[-1]
    assert (shown["seq"], shown["in_reply_to"]) == (None, message_id)
    return shown


def retry_after(monkeypatch: pytest.MonkeyPatch, *pauses: float) -> None:
    monkeypatch.setattr("channels.late._RETRY_S", pauses)


async def test_danger_does_not_wait_behind_an_answer_that_cannot_be_stored(
    world: World, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    retry_after(monkeypatch, 30.0)
    chat, first = await world.talk(), str(uuid.uuid4())
    refuse({first})
    await unstored(chat, "hallo", first)
    start = time.monotonic()
    shown = replies(await chat.say("gevaarnu"))
    assert time.monotonic() - start < 2
    assert lines(shown[0])[0] == "emergency_112"
    assert shown[0]["seq"] == 3


async def test_what_was_said_meanwhile_goes_on_from_the_late_answer_and_is_not_undone_by_it(
    world: World, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    retry_after(monkeypatch, 0.6, 0.6)
    chat, first = await world.talk(), str(uuid.uuid4())
    refuse({first})
    assert lines(await unstored(chat, "gevaarwoord", first))[0] == "zelfmoordlijn_1813"
    assert texts(await chat.say("iets anders")) == ["turn 2: iets anders"]
    refuse(set())
    late = await chat.until("done")
    assert {frame["in_reply_to"] for frame in replies(late)} == {first}
    assert late[-1]["in_reply_to"] == first
    memory = (await world.hub.store.conversations.get(world.bot.asked[0]["conversation"])).memory
    assert (memory["bot"], memory["worry"]["need"]) == ({"turns": 2}, "suicidal")
    assert memory["worry"]["age"] == 1
    assert texts(await chat.say("grapje"))[0] == said("believed")


async def test_an_answer_that_is_being_stored_is_not_made_again(world: World, refuse: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    retry_after(monkeypatch, 1.0, 1.0, 1.0)
    chat, first = await world.talk(), str(uuid.uuid4())
    refuse({first})
    await unstored(chat, "hallo", first)
    await asyncio.sleep(0.2)  # the turn itself is over
    assert await world.hub.relay.recover() == 0
    again = await world.chat()
    await again.hello(None, chat.token, 2)
    await again.send(type="say", id=first, text="hallo")
    refuse(set())
    assert texts(await again.until("done")) == ["turn 1: hallo"]
    assert len(world.bot.asked) == 1


async def test_the_fixed_answer_to_a_message_is_said_once_however_often_it_is_tried(
    world: World, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    retry_after(monkeypatch, 0.01)
    chat = await world.talk()
    refuse(None)
    await unstored(chat, "gevaarwoord", str(uuid.uuid4()))
    for tries in (2, 3):
        await asyncio.sleep(0.3)
        assert await world.hub.relay.recover() == 1
        await wait_for(lambda tries=tries: len(world.bot.asked) == tries)  # type: ignore[misc]
    shown = await chat.quiet()
    assert replies(shown) == []
    assert "typing" not in kinds(shown), "nothing follows"
    refuse(set())
    assert await world.hub.relay.recover() == 1
    assert replies(await chat.until("done"))[0]["seq"] == 3


async def test_a_card_that_could_not_be_shown_comes_once_storing_works(
    world: World, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    retry_after(monkeypatch, 0.5)
    moves, put_card, tries = world.hub.store.teen_moves, world.hub.store.teen_moves.put_card, [0]

    async def failing_once(*arguments: Any) -> Any:
        tries[0] += 1
        if tries[0] == 1:
            raise StorageFailed
        return await put_card(*arguments)

    monkeypatch.setattr(moves, "put_card", failing_once)
    chat, first = await world.talk(), str(uuid.uuid4())
    refuse({first})
    await unstored(chat, "gevaarwoord", first)
    await wait_for(lambda: tries[0])
    refuse(set())
    assert kinds(await chat.until("done"))[-2:] == ["handoff", "done"]


async def test_who_is_kept_waiting_for_their_turn_to_store_is_answered_in_time(world: World) -> None:
    chat = await world.talk()
    await chat.say("hallo")
    async with world.hub.relay.delivery.order.of(world.bot.asked[0]["conversation"]):
        start = time.monotonic()
        assert lines(await unstored(chat, "gevaarnu", str(uuid.uuid4())))[0] == "emergency_112"
        assert time.monotonic() - start < 2
    assert replies(await chat.until("done"))[0]["seq"] == 4


# ---- alone -------------------------------------------------------------------------------------------------------


def pending(number: int) -> Pending:
    return Pending(Message("c", f"m{number}", Body("hallo")))


def answer(number: int, urgency: Urgency = Urgency.NONE) -> Answer:
    return Answer((), Outcome(urgency, memory={"turn": number}))


async def test_late_answers_are_stored_in_their_order_and_an_older_one_forgets_nothing_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    retry_after(monkeypatch, 0.01, 0.01, 0.01)
    stored: list[Any] = []

    async def store(turn: LateTurn) -> None:
        if turn.tries < 2:
            raise StorageFailed
        stored.append(turn.outcome.memory)

    late = LateTurns(store)
    late.put(pending(1), answer(1))
    late.put(pending(2), answer(2))
    assert late.holds(pending(2).message)
    late.overtaken("c", late.of("c")[1])
    await wait_for(lambda: not late.of("c"))
    assert stored == [None, {"turn": 2}]
    late.put(pending(3), answer(3))
    await asyncio.wait_for(late.close(), 1)
    assert not late.holds(pending(3).message)


def test_the_next_turn_sees_what_the_late_ones_leave() -> None:
    conversation = Conversation("c", Language.NL, Holder.BOT, Urgency.NONE, 2, {"turn": 0})
    late = tuple(LateTurn(pending(n), answer(n, level)) for n, level in enumerate((Urgency.EMERGENCY, Urgency.HIGH), 1))
    left = as_left(conversation, late)
    assert (left.memory, left.urgency, left.language) == ({"turn": 2}, Urgency.EMERGENCY, Language.NL)
    assert as_left(conversation, ()) == conversation
