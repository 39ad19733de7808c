"""Danger that is stored rings at the desk: also when it was stored late, when the hub is killed right after, when storing fails."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chat_client import Chat, kinds, replies
from desk_side import Counsellor, hand_off, next_event
from hub_world import ROOT, World

from channels.desk.watch import Watch
from channels.desk_events import CaseSaid, QueueChanged
from channels.site_texts import load_page_texts
from channels.store import StorageFailed
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.urgency import Urgency

LATE_S = 1.0
"""Longer than storing may take before the fixed answer goes out."""
MakeHub = Callable[[], Awaitable[World]]


def next_is_stored(world: World, monkeypatch: pytest.MonkeyPatch, *, after_s: float = 0.0, heard_after_s: float = 0.0) -> None:
    """The next message is committed after `after_s`, and the hub hears of that `heard_after_s` later."""
    messages, accept = world.hub.store.messages, world.hub.store.messages.accept

    async def slowly(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(messages, "accept", accept)
        await asyncio.sleep(after_s)
        accepted = await accept(*args, **kwargs)
        await asyncio.sleep(heard_after_s)
        return accepted

    monkeypatch.setattr(messages, "accept", slowly)


async def say_unheard(chat: Chat, text: str) -> str:
    """Say something that cannot be stored in time; its id."""
    message_id = str(uuid.uuid4())
    await chat.send(type="say", id=message_id, text=text)
    frames = await chat.until("reply")
    assert (kinds(frames), frames[-1]["seq"]) == (["reply"], None)
    return message_id


def dangers(events: list[Any]) -> list[QueueChanged]:
    """What rings among the desk's events."""
    return [event for event in events if isinstance(event, QueueChanged) and event.cause == "danger"]


async def shown_at_desk(world: World, account: str) -> dict[str, Any]:
    """What a page of the desk shows that is opened now."""
    watch = Watch(world.hub.store, world.hub.relay.escalations)
    names = load_page_texts(ROOT / "data/desk/texts", "desk")[Language.NL]
    return watch.shown(await watch.snapshot(time.monotonic()), names, account)  # type: ignore[arg-type]


async def test_danger_that_is_stored_late_rings_once_and_so_does_the_card(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await world.talk()
    next_is_stored(world, monkeypatch, after_s=LATE_S)
    with counsellor.desk.subscribe() as desk:
        message_id = await say_unheard(chat, "gevaarwoord")
        assert (await next_event(desk, QueueChanged)).cause == "danger", "who is not stored in time is not heard of"
        frames = [*await chat.say("gevaarwoord", message_id), *await chat.quiet()]
        assert dangers(desk.drain()) == []
    assert kinds(frames) == ["ack", "typing", "reply", "reply", "handoff", "done"]
    assert [signal.urgency for signal in await counsellor.desk.signals()] == [Urgency.EMERGENCY]


async def test_what_is_stored_late_is_heard_by_the_counsellor_who_holds_and_stands_there_once(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    next_is_stored(world, monkeypatch, after_s=LATE_S)
    with counsellor.desk.subscribe(case_id) as desk:
        message_id = await say_unheard(chat, "gevaarwoord")
        events = [await next_event(desk, QueueChanged), await next_event(desk, CaseSaid)]
        assert (dangers(events)[0].held_by, events[1].said.id) == (counsellor.account, message_id)
        await chat.say("gevaarwoord", message_id)
        await asyncio.sleep(0.2)
        assert [event for event in desk.drain() if isinstance(event, CaseSaid)] == []
    assert await counsellor.heard(case_id) == ["gevaarwoord"]


async def test_a_chat_that_is_reopened_late_says_so(world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await counsellor.close(case_id)
    await chat.quiet()
    next_is_stored(world, monkeypatch, after_s=LATE_S)
    await say_unheard(chat, "nog iets")
    assert (await chat.until("holder"))[-1]["holder"] == "bot"


async def test_after_a_kill_between_the_commit_and_the_bell_it_rings(make_hub: MakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await make_hub()
    chat = await first.talk()
    next_is_stored(first, monkeypatch, heard_after_s=60.0)
    message_id = await say_unheard(chat, "gevaarwoord")
    await first.hub.stop()
    second = await make_hub()
    counsellor = Counsellor(second)
    shown = await shown_at_desk(second, counsellor.account)
    assert (shown["ring"], shown["danger"], len(shown["signals"])) == ("emergency", True, 1)
    again = await second.chat()
    frames = [*await again.hello("nl", chat.token), *await again.say("gevaarwoord", message_id), *await again.quiet()]
    assert kinds(frames).count("handoff") == 1, "the teenager is asked"
    assert {frame["in_reply_to"] for frame in replies(frames)} == {message_id, None}
    assert len(await counsellor.desk.signals()) == 1


async def test_after_a_kill_what_is_sent_again_rings_for_the_counsellor_who_holds(
    make_hub: MakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await make_hub()
    chat = await first.talk()
    case_id = await hand_off(chat)
    await Counsellor(first).claim()
    await chat.quiet()
    next_is_stored(first, monkeypatch, heard_after_s=60.0)
    message_id = await say_unheard(chat, "gevaarwoord")
    await first.hub.stop()
    second = await make_hub()
    counsellor = Counsellor(second)
    again = await second.chat()
    await again.hello("nl", chat.token)
    with counsellor.desk.subscribe(case_id) as desk:
        assert kinds(await again.say("gevaarwoord", message_id)) == ["ack", "done"]
        event = await next_event(desk, QueueChanged)
    assert (event.cause, event.held_by) == ("danger", counsellor.account)
    assert await counsellor.heard(case_id) == ["gevaarwoord"]
    await counsellor.close(case_id)
    await again.say("gevaarwoord", message_id)
    await asyncio.sleep(0.2)
    assert await counsellor.desk.signals() == [], "what a counsellor heard and closed is no new danger"


async def test_danger_in_a_message_that_is_too_long_rings_once_the_store_takes_it(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves, offer, tries = world.hub.store.teen_moves, world.hub.store.teen_moves.offer, []

    async def failing_twice(*args: Any) -> Any:
        tries.append(args)
        if len(tries) <= 2:
            raise StorageFailed
        return await offer(*args)

    monkeypatch.setattr(moves, "offer", failing_twice)
    monkeypatch.setattr("channels.doors._RETRY_S", (0.05, 0.05, 0.05))
    chat = await world.talk()
    with counsellor.desk.subscribe() as desk:
        await chat.send(type="say", id=str(uuid.uuid4()), text="la " * 1400 + "gevaarwoord")
        assert (await next_event(desk, QueueChanged)).cause == "danger"
    assert len(tries) == 3
    assert len(await counsellor.desk.signals()) == 1


async def test_what_the_bot_alone_heard_is_at_the_desk_before_its_turn_is_done(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.bot.urgency = "emergency"
    chat = await world.talk()
    finish, at_the_desk = world.hub.store.messages.finish, []

    async def looking(*args: Any) -> Any:
        at_the_desk.append([signal.state for signal in await counsellor.desk.signals()])
        return await finish(*args)

    monkeypatch.setattr(world.hub.store.messages, "finish", looking)
    await chat.say("wat de woorden niet zeggen")
    assert at_the_desk == [[EscalationState.OFFERED]], "a kill after the turn would lose it"


async def closed_after_danger(world: World, counsellor: Counsellor) -> Chat:
    """A chat whose emergency a counsellor heard and closed: its level stays."""
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("gevaarnu")
    await hand_off(chat)
    await counsellor.close(await counsellor.claim())
    await chat.quiet()
    assert await counsellor.desk.signals() == []
    return chat


@pytest.mark.parametrize("heard", ["by circumstances", "by the bot as now", "by the bot as its need"])
async def test_a_new_emergency_after_a_closed_case_is_at_the_desk_also_when_no_term_heard_it(
    world: World, counsellor: Counsellor, heard: str
) -> None:
    chat = await closed_after_danger(world, counsellor)
    world.bot.says_now = heard == "by the bot as now"
    world.bot.need = "suicidal" if heard == "by the bot as its need" else "unsafe_home"
    text = "hij komt naar boven" if heard == "by circumstances" else "wat de woorden niet zeggen"
    with counsellor.desk.subscribe() as desk:
        frames = await chat.say(text)
        assert len(dangers(desk.drain())) == 1
        assert [(signal.need, signal.urgency) for signal in await counsellor.desk.signals()] == [(world.bot.need, Urgency.EMERGENCY)]
        assert "handoff" in kinds(frames), "the teenager is asked"
        frames = await chat.say(text)
        assert dangers(desk.drain()) == [], "a case that is known is not announced again"
    assert "handoff" not in kinds(frames)


async def test_talk_of_lesser_things_after_a_closed_case_does_not_ring(world: World, counsellor: Counsellor) -> None:
    chat = await closed_after_danger(world, counsellor)
    with counsellor.desk.subscribe() as desk:
        await chat.say("ik ben nog altijd verdrietig")
        assert dangers(desk.drain()) == []
    assert await counsellor.desk.signals() == []


async def test_an_emergency_in_the_words_rings_once_also_when_the_bot_hears_it_too(world: World, counsellor: Counsellor) -> None:
    world.bot.need, world.bot.urgency, world.bot.says_now = "suicidal", "emergency", True
    chat = await world.talk()
    with counsellor.desk.subscribe() as desk:
        await chat.say("gevaarwoord")
        assert len(dangers(desk.drain())) == 1
    assert world.metric("chatmasjien_escalations_offered_total", reason="danger") == 1
    await chat.say("hoogwoord en het is nu")
    assert world.metric("chatmasjien_escalations_offered_total", reason="danger") == 3, "what the bot adds to the words"
