"""Danger in the words that the rest may take back waits for the bot's answer, and for nothing else (safety/light_words.py)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable

import pytest
from chat_client import kinds, lines, replies
from desk_side import Counsellor, hand_off, next_event
from hub_world import World

from channels.desk_events import QueueChanged
from kernel.conversation import Bubble
from kernel.language import Language
from kernel.urgency import Urgency

MakeHub = Callable[[], Awaitable[World]]
MANY = "het hoogwoord staat hier tussen heel wat andere woorden"
"""The stand-in terms find sextortion in it, of level high."""
NOW = "het gevaarnu staat hier tussen heel wat andere woorden"


async def urgency_of(world: World) -> Urgency:
    """The level of the conversation that the bot was asked about last."""
    return (await world.hub.store.conversations.get(world.bot.asked[-1]["conversation"])).urgency


@pytest.mark.parametrize("has_choices", [True, False])
async def test_what_the_rest_takes_back_is_asked_about_gently_and_raises_nothing(
    world: World, counsellor: Counsellor, has_choices: bool
) -> None:
    world.bot.said_lightly, world.bot.has_choices = ["sextortion"], has_choices
    chat = await world.talk()
    shown = replies(await chat.say(MANY))
    own = shown[0 if has_choices else 1]
    assert own["text"] == world.hub.relay.answers.text("said_lightly", Language.NL)
    assert (lines(own), len(shown)) == (["childfocus"], 2)
    assert shown[-1]["choices"] if has_choices else not shown[-1]["choices"], "buttons stand last"
    assert world.bot.asked[0]["urgency"] == "none"
    assert await urgency_of(world) is Urgency.NONE
    assert await counsellor.desk.signals() == []
    again = replies(await chat.say(MANY))
    assert [lines(bubble) for bubble in again] == [["childfocus"]], "not the same question twice in a row; the number stays"


@pytest.mark.parametrize(("text", "level"), [(MANY, Urgency.HIGH), (NOW, Urgency.EMERGENCY)])
async def test_what_the_bot_does_not_take_back_is_danger_before_its_turn_is_done(
    world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch, text: str, level: Urgency
) -> None:
    world.bot.said_lightly = ["grooming"]  # another need than that of the words
    chat = await world.talk()
    finish, at_the_desk = world.hub.store.messages.finish, []

    async def looking(*args: object) -> object:
        at_the_desk.append([signal.urgency for signal in await counsellor.desk.signals()])
        return await finish(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(world.hub.store.messages, "finish", looking)
    shown = replies(await chat.say(text))
    assert lines(shown[0])
    assert await urgency_of(world) is level
    assert at_the_desk == [[level]]


@pytest.mark.parametrize("mode", ["silent", "broken", "error", "empty"])
async def test_a_bot_without_an_answer_takes_nothing_back(world: World, counsellor: Counsellor, mode: str) -> None:
    world.bot.said_lightly, world.bot.mode = ["sextortion"], mode
    chat = await world.talk()
    shown = replies(await chat.say(MANY))
    assert "childfocus" in lines(shown[0])
    assert await urgency_of(world) is Urgency.HIGH
    assert [signal.urgency for signal in await counsellor.desk.signals()] == [Urgency.HIGH]


@pytest.mark.parametrize(
    "text",
    ["hoogwoord", "gevaarwoord staat hier tussen heel wat andere woorden", f"{MANY}{' en nog meer' * 80}"],
    ids=["few words", "a wish to die", "more than the bot reads"],
)
async def test_few_words_a_wish_to_die_and_what_the_bot_reads_a_part_of_wait_for_nobody(world: World, text: str) -> None:
    world.bot.said_lightly = ["sextortion", "suicidal"]
    chat = await world.talk()
    await chat.say(text)
    assert world.bot.asked[0]["urgency"] != "none"
    assert (await urgency_of(world)).is_danger


async def test_nothing_is_taken_back_in_a_conversation_in_danger(world: World) -> None:
    chat = await world.talk()
    await chat.say("hoogwoord")
    world.bot.said_lightly = ["unsafe_home"]
    shown = replies(await chat.say(NOW))
    assert lines(shown[0])[0] == "emergency_112"
    assert world.bot.asked[-1]["urgency"] == "emergency"
    assert await urgency_of(world) is Urgency.EMERGENCY


async def test_while_a_counsellor_holds_it_rings_at_once(world: World, counsellor: Counsellor) -> None:
    world.bot.said_lightly = ["unsafe_home"]
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    with counsellor.desk.subscribe(case_id) as desk:
        await chat.say(NOW)
        assert (await next_event(desk, QueueChanged)).cause == "danger"


async def test_what_waited_when_a_counsellor_took_over_rings_for_them(world: World, counsellor: Counsellor) -> None:
    world.bot.said_lightly = ["unsafe_home"]
    chat = await world.talk()
    world.bot.delay_s = 1.5
    await chat.send(type="say", id=str(uuid.uuid4()), text="hallo")
    await chat.until("ack")
    await chat.send(type="say", id=str(uuid.uuid4()), text=NOW)
    await chat.until("ack")
    case_id = await hand_off(chat)
    with counsellor.desk.subscribe(case_id) as desk:
        await counsellor.claim()
        while (await next_event(desk, QueueChanged)).cause != "danger":
            pass
    assert NOW in await counsellor.heard(case_id)


async def test_a_defect_takes_nothing_back(world: World, counsellor: Counsellor, monkeypatch: pytest.MonkeyPatch) -> None:
    world.bot.said_lightly = ["sextortion"]
    chat = await world.talk()

    def failing(*_: object) -> tuple[Bubble, ...]:
        raise RuntimeError("a defect")

    monkeypatch.setattr("channels.turn.asked_gently", failing)
    shown = replies(await chat.say(MANY))
    assert lines(shown[0])
    assert [signal.urgency for signal in await counsellor.desk.signals()] == [Urgency.HIGH]


async def test_killed_while_it_waits_it_is_danger_when_the_message_is_answered(make_hub: MakeHub) -> None:
    first = await make_hub()
    first.bot.mode = "silent"
    chat = await first.talk()
    message_id = str(uuid.uuid4())
    await chat.send(type="say", id=message_id, text=NOW)
    await chat.until("ack")
    await asyncio.sleep(0.2)
    await first.hub.stop()
    second = await make_hub()
    again = await second.chat()
    frames = [*await again.hello("nl", chat.token), *await again.say(NOW, message_id), *await again.quiet()]
    assert kinds(frames).count("handoff") == 1, "the teenager is asked"
    assert [signal.urgency for signal in await Counsellor(second).desk.signals()] == [Urgency.EMERGENCY]
