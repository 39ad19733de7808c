"""Danger: heard in the whole text, answered with its line, never lowered."""

from __future__ import annotations

import asyncio

import pytest
from chat_client import lines, replies
from hub_world import World

from kernel.urgency import Urgency


async def test_danger_the_bot_missed_is_answered_with_words_and_lines(world: World) -> None:
    chat = await world.talk()
    shown = replies(await chat.say("gevaarwoord"))
    assert lines(shown[0])[0] == "zelfmoordlijn_1813"
    assert shown[0]["text"] != "turn 1: gevaarwoord"
    assert shown[1]["text"] == "turn 1: gevaarwoord"
    assert world.bot.asked[0]["urgency"] == "emergency"


async def test_danger_the_bot_heard_otherwise_gets_the_right_line_first(world: World) -> None:
    world.bot.mode = "danger"
    chat = await world.talk()
    shown = replies(await chat.say("gevaarwoord"))
    assert len(shown) == 1
    assert lines(shown[0])[0] == "zelfmoordlijn_1813"
    assert "childfocus" in lines(shown[0])
    assert len(lines(shown[0])) <= 3


async def test_when_the_words_say_now_112_comes_first(world: World) -> None:
    for mode in ("danger", "answering", "silent"):
        world.bot.mode = mode
        assert lines(replies(await (await world.talk()).say("gevaarnu"))[0])[0] == "emergency_112"


async def test_danger_at_the_end_of_a_long_text_reaches_the_bot(world: World) -> None:
    chat = await world.talk()
    await chat.say("la " * 1200 + "hoogwoord")
    assert "hoogwoord" in world.bot.asked[0]["text"]
    assert len(world.bot.asked[0]["text"]) <= 1000


@pytest.mark.parametrize("after", ["grapje", "/restart", "/start", "opnieuw beginnen", "/session_start"])
async def test_urgency_survives_denial_and_restart_words(world: World, after: str) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    await chat.say(after)
    assert world.bot.asked[-1]["urgency"] == "emergency"
    assert not world.bot.asked[-1]["text"].startswith("/")
    again = await world.chat()
    await again.hello("fr", chat.token, 99)
    await again.say("ok")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_the_bot_can_raise_and_not_lower(world: World) -> None:
    chat = await world.talk()
    world.bot.mode = "danger"
    await chat.say("hij dreigt")
    world.bot.mode = "answering"
    await chat.say("ok")
    assert world.bot.asked[-1]["urgency"] == "high"
    await chat.say("gevaarwoord")
    world.bot.mode = "danger"
    await chat.say("nog iets")
    await chat.say("en nog iets")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_raising_from_many_sides_at_once_keeps_the_highest(world: World) -> None:
    chat = await world.talk()
    await chat.say("hallo")
    key = world.bot.asked[0]["conversation"]
    levels = [Urgency.HIGH, Urgency.EMERGENCY, Urgency.NORMAL, Urgency.NONE] * 5
    await asyncio.gather(*(world.hub.store.conversations.raise_urgency(key, level) for level in levels))
    assert (await world.hub.store.conversations.get(key)).urgency is Urgency.EMERGENCY


async def test_an_action_offers_a_person_during_the_turn_without_waiting_for_it(world: World) -> None:
    world.bot.delay_s = 0.5
    chat = await world.talk()
    turn = asyncio.create_task(chat.say("ik word bedreigd"))
    await asyncio.sleep(0.2)
    await asyncio.wait_for(world.hub.relay.doors.action(world.bot.asked[0]["conversation"], "action"), 0.2)
    await turn
    assert world.metric("chatmasjien_escalations_offered_total", reason="action") == 1
    world.bot.delay_s = 0
    await chat.say("ok")
    assert world.bot.asked[-1]["urgency"] == "high"


async def test_the_fallback_remembers_what_the_talk_was_about(world: World) -> None:
    world.bot.mode = "danger"
    chat = await world.talk("fr")
    await chat.say("il menace")
    world.bot.mode = "empty"
    shown = replies(await chat.say("ok"))[0]
    assert shown["lang"] == "fr"
    assert lines(shown)[0] == "childfocus"
    assert "take_it_down" in lines(shown)
