"""Danger that was taken back: believed kindly, asked about once more, and never the same words twice in a row."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from chat_client import Chat, lines, replies
from hub_world import World
from worry_world import FIXED, never_again, press, rank, said, texts, until_recheck

from channels.worry import Worry, is_explained, is_laughing
from kernel.urgency import Urgency


async def test_a_joke_is_believed_and_the_way_stays_open(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    frames = await chat.say("grapje")
    assert texts(frames) == [said("believed"), said("believed_more")]
    assert lines(replies(frames)[0])[0] == "zelfmoordlijn_1813"
    assert rank(world) == 3
    world.bot.need = "deny"
    frames = await press(chat, frames, 1)
    assert texts(frames) == [said("believed_bye")], "the alarm that was taken back is sounded again"
    assert lines(replies(frames)[0]), "the way does not stay open"
    assert world.bot.asked[-1]["urgency"] == "emergency"
    assert world.bot.asked[-1]["state"] is None  # the path was left
    assert rank(world) == 3


async def test_who_wants_to_talk_of_other_things_after_a_joke_is_asked_to_tell(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    frames = await chat.say("grapje")
    world.bot.need = "affirm"
    assert texts(await press(chat, frames, 0)) == [said("believed_tell")]
    world.bot.need = "off_topic"
    assert said("believed_tell") not in texts(await chat.say("over school"))


@pytest.mark.parametrize(
    ("joke", "then", "heard"),
    [
        ("grapje", "ja maar soms denk ik da echt", "affirm"), ("grapje", "eig niet echt een grapje", "deny"), ("grapje", "soms wel", "affirm"),
        ("c'était une blague", "oui mais j'y pense tous les jours", "affirm"), ("c'était une blague", "non parfois si", "deny"),
    ],
)  # fmt: skip
async def test_who_takes_the_joke_back_is_on_that_path_again(world: World, joke: str, then: str, heard: str) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    await chat.say(joke)
    world.bot.need = heard
    await chat.say(then)
    assert world.bot.asked[-1]["payload"] == "/suicidal"


async def test_what_the_bot_hears_as_meant_otherwise_is_believed_too(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    world.bot.takes_back = True
    frames = await chat.say("het gaat over mijn cavia")
    assert texts(frames) == [said("believed"), said("believed_more")]
    assert rank(world) == 3


async def test_a_danger_that_is_denied_on_its_path_goes_on_with_the_bots_words_and_is_asked_about_once_more(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    world.bot.is_denied = True
    frames = await chat.say("er is geen gevaar")
    assert texts(frames) == ["turn 2: er is geen gevaar"], "the talk breaks off"
    world.bot.is_denied = False
    await until_recheck(chat, earliest=1)
    assert rank(world) == 3


async def test_a_figure_of_speech_that_was_explained_is_not_asked_about_again(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    world.bot.is_denied = True
    await chat.say("da was bij wijze van spreken he")
    world.bot.is_denied = False
    await never_again(chat)


def test_only_what_was_told_laughing_is_explained_by_a_joke() -> None:
    earnest, light = Worry("suicidal", Urgency.EMERGENCY), Worry("suicidal", Urgency.EMERGENCY, is_light=True)
    assert not is_explained(FIXED, earnest, "c'était pour rire")
    assert is_explained(FIXED, light, "c'était pour rire")
    assert is_explained(FIXED, earnest, "c'est une façon de parler")
    assert is_laughing(FIXED, "mdr jvais mourir si mon frere continue") and not is_laughing(FIXED, "je vais mourir")


async def test_danger_in_the_words_is_never_taken_back_by_the_bot(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    world.bot.takes_back = True
    frames = await chat.say("nog een gevaarwoord")
    assert said("believed") not in texts(frames)


async def test_a_joke_without_danger_before_is_for_the_bot(world: World) -> None:
    chat = await world.talk()
    assert texts(await chat.say("grapje")) == ["turn 1: grapje"]


async def test_the_gentle_question_comes_inside_a_reply_once_and_survives_a_restart(make_hub: Any) -> None:
    world = await make_hub()
    chat = await world.talk()
    await chat.say("gevaarwoord")
    await chat.say("iets anders")
    token, last = chat.token, replies(chat.seen)[-1]["seq"]
    await world.hub.stop()
    world = await make_hub()
    await world.ready()
    chat = await world.chat()
    await chat.hello(None, token, last)
    await until_recheck(chat)
    assert await chat.quiet(0.3) == []  # never unasked
    await never_again(chat)


@pytest.mark.parametrize("joke", ["grapje", "c'était une blague"])
async def test_lesser_danger_that_was_taken_back_is_asked_about_once_in_words_of_its_own(world: World, joke: str) -> None:
    chat = await world.talk()
    await chat.say("hoogwoord")
    assert texts(await chat.say(joke))[0] == said("believed")
    shown = replies(await until_recheck(chat, "recheck_high", earliest=2))[-1]
    assert [choice["title"] for choice in shown["choices"]] == ["Ja", "Nee"]
    assert lines(shown)[0] == "childfocus"
    assert await chat.quiet(0.3) == []  # never unasked
    await never_again(chat)
    assert rank(world) == 2, "the urgency stays"


async def test_who_says_no_to_it_is_back_on_the_path_of_what_they_told(world: World) -> None:
    chat = await world.talk()
    await chat.say("hoogwoord")
    await chat.say("grapje")
    frames = await until_recheck(chat, "recheck_high", earliest=2)
    world.bot.need = "deny"
    await press(chat, frames, 1)
    assert world.bot.asked[-1]["payload"] == "/sextortion"


async def test_lesser_danger_that_was_not_taken_back_is_not_asked_about(world: World) -> None:
    chat = await world.talk()
    await chat.say("hoogwoord")
    await never_again(chat)


async def test_it_goes_well_and_the_question_that_waited_is_asked(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    frames = await until_recheck(chat)
    state = world.bot.asked[-1]["state"]
    shown = replies(frames)[-1]
    assert [choice["title"] for choice in shown["choices"]] == ["Ja", "Nee"]
    assert lines(shown)[0] == "zelfmoordlijn_1813"
    world.bot.need = "affirm"
    after = await press(chat, frames, 0)
    assert texts(after)[0] == said("recheck_good")
    assert texts(after)[1].startswith("turn ")  # the bot's own question, which waited
    assert world.bot.asked[-1]["state"] == {"turns": state["turns"] + 1}


async def after_the_gentle_question(world: World) -> Chat:
    """A talk in which danger was told, asked about gently, and answered with a yes to being well."""
    world.hub_limits_off()
    chat = await world.talk()
    await chat.say("gevaarwoord")
    frames = await until_recheck(chat)
    world.bot.need = "affirm"
    await press(chat, frames, 0)
    world.bot.need = "off_topic"
    return chat


async def test_danger_told_again_after_the_gentle_question_is_asked_about_again(world: World) -> None:
    chat = await after_the_gentle_question(world)
    await chat.say("gevaarwoord")
    await until_recheck(chat)
    world.bot.need = "deny"
    await chat.say("nee")
    world.bot.need = "off_topic"
    await never_again(chat)


async def test_lesser_danger_after_the_gentle_question_is_asked_about_too(world: World) -> None:
    chat = await after_the_gentle_question(world)
    await chat.say("hoogwoord")
    await chat.say("grapje")
    await until_recheck(chat, "recheck_high", earliest=2)


async def test_what_the_bot_raises_in_a_turn_that_the_hub_answers_stays_raised(world: World) -> None:
    chat = await world.talk()
    await chat.say("hoogwoord")
    await chat.say("grapje")
    world.bot.need, world.bot.urgency = "thanks_bye", "emergency"
    assert texts(await chat.say("ok dan")) == [said("believed_bye")]
    assert rank(world) == 3


async def test_it_does_not_go_well_and_the_path_of_the_danger_begins_again(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    frames = await until_recheck(chat)
    world.bot.need = "deny"
    await press(chat, frames, 1)
    assert world.bot.asked[-1]["payload"] == "/suicidal"
    assert rank(world) == 3


async def test_words_not_understood_after_an_emergency_keep_its_lines(world: World) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    world.bot.need = None
    assert lines(replies(await chat.say("xyz"))[-1])[0] == "zelfmoordlijn_1813"


@pytest.mark.parametrize("mode", ["empty", "english"])
async def test_never_the_same_words_twice_in_a_row(world: World, mode: str) -> None:
    chat = await world.talk("fr")
    await chat.say("motdanger")
    world.bot.mode = mode
    shown = [text for number in range(5) for text in texts(await chat.say(f"encore {number}"))]
    assert len(shown) == 5
    assert all(first != second for first, second in pairwise(shown))
    assert rank(world) == 3


async def test_danger_while_the_bot_is_silent_is_remembered(world: World) -> None:
    world.bot.mode = "empty"
    chat = await world.talk()
    await chat.say("gevaarwoord")
    world.bot.mode = "answering"
    assert texts(await chat.say("mopje"))[0] == said("believed")
