"""After danger: taken back kindly, asked about once more, and never the same words twice in a row."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from itertools import pairwise
from typing import Any

import pytest
from chat_client import Frame, lines, replies
from hub_world import ROOT, World

from channels.worry import Worry, is_coming, is_explained, is_laughing, is_meant_after_all, takes_back
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import Finding
from safety.fallback import FixedAnswers

FIXED = FixedAnswers.load(ROOT / "data/safety/fixed.yml")
FINDING = Finding("suicidal", Urgency.EMERGENCY, False, Language.NL, "test")


def said(name: str, language: Language = Language.NL) -> str:
    return FIXED.text(name, language)


def texts(frames: list[Frame]) -> list[str]:
    return [frame["text"] for frame in replies(frames)]


def rank(world: World) -> int:
    with sqlite3.connect(world.settings.var / "chatmasjien.db") as plain:
        found = plain.execute("SELECT max(urgency_rank) FROM conversations").fetchone()[0]
    plain.close()
    return int(found)


async def press(chat: Any, frames: list[Frame], number: int) -> list[Frame]:
    """Press a button of the last bubble that has some."""
    choices = [frame["choices"] for frame in replies(frames) if frame["choices"]][-1]
    await chat.send(type="choose", id=str(uuid.uuid4()), payload=choices[number]["payload"])
    return list(await chat.until("done"))


# ---- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_denial"),
    [
        ("grapje", True), ("GRAPJE!!!", True), ("was ma een mopje he", True), ("ik meende het niet", True), ("dat was niet serieus", True),
        ("c'était une blague", True), ("jrigole tkt", True), ("c'etait pas serieux", True), ("jk", True), ("je m'as mal compris", True),
        ("geen grapje", False), ("dit is echt geen mop", False), ("c'est pas une blague", False), ("je rigole pas", False),
        ("vertel een mop", False), ("raconte une blague", False), ("nee", False), ("", False), ("ik wil dood", False),
        ("nee ik wil niet dood", False), ("het is een boekbespreking voor nederlands", True), ("mdr c un exposé pr l'école", True),
        ("en wat als hij een grapje maakt en ik bel", False), ("oui mais si jappelle et que c'est une blague?", False),
        ("mn juf zegt da t maar n grapje is", False), ("il a dit que c'était pour rire", False), ("ik zei het als grapje", True),
        ("ik wil niet dood maar ik kan niet meer", False), ("jveux pas mourir mais jen peux plus", False),
        ("ze maken grapjes over mij op school en in de bus en thuis en iedereen lacht mij altijd uit", False),
    ],
)  # fmt: skip
def test_what_takes_a_worry_back(text: str, is_denial: bool) -> None:
    assert takes_back(FIXED, text) is is_denial


@pytest.mark.parametrize(
    ("text", "need", "comes"),
    [
        ("hij komt naar boven", "unsafe_home", True), ("il revient", "teen_pimp", True), ("kben er nu", "grooming", True),
        ("ik ben er nu", "grooming", True), ("ok on est ds la voiture", "parental_abduction", True),
        ("on est dans la voiture", "parental_abduction", True), ("hij komt niet", "unsafe_home", False), ("hij komt morgen", "unsafe_home", False),
        ("il arrive demain", "grooming", False), ("il rentre a 18h", "unsafe_home", False), ("il rentre", "unsafe_home", True),
        ("mijn oma komt mij halen", "unsafe_home", False), ("hij komt mij halen", "unsafe_home", True),
        ("il revient avec un autre compte", "grooming", False), ("hij komt dan op mijn bed zitten", "unsafe_home", False),
        ("ik heb de politie gebeld, hij komt naar boven", "unsafe_home", True), ("hij komt naar boven, mama is pas om 6 uur thuis", "unsafe_home", True),
        ("il monte, ma mere rentre a 18h", "unsafe_home", True), ("hij komt naar boven", "sexting_question", True), ("hij komt", None, True), ("il est la", None, True), ("mama hij komt", None, False), ("we vertrekken", None, False),
        ("hij is hier", "nude_spread", False),
        ("de politie? hij is hier", "sexual_abuse", True), ("nee", "unsafe_home", False), ("", "unsafe_home", False),
    ],
)  # fmt: skip
def test_what_says_that_it_is_now_on_the_path_of_a_danger(text: str, need: str | None, comes: bool) -> None:
    assert is_coming(FIXED, need, text) is comes


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("eigenlijk ni grapje", True), ("nee serieus wa moek doen", True), ("nee echt", True), ("en vrai si j'y pense encore", True),
        ("je rigole pas", True), ("nee ik meende het niet", False), ("nee echt niet", False), ("c'est pas vrai", False), ("grapje", False),
    ],
)  # fmt: skip
def test_what_says_that_a_worry_is_meant_after_all(text: str, is_meant: bool) -> None:
    taken_back = Worry("suicidal", Urgency.EMERGENCY, since_turned=1)
    assert is_meant_after_all(FIXED, taken_back, text) is is_meant
    assert not is_meant_after_all(FIXED, Worry("suicidal", Urgency.EMERGENCY), text)


async def test_who_means_it_after_all_is_taken_back_to_the_worry(world: World) -> None:
    world.bot.need = "suicidal"
    chat = await world.talk()
    await chat.say("gevaarwoord")
    await chat.say("grapje")
    world.bot.need = "off_topic"
    await chat.say("nee")
    await chat.say("eigenlijk ni grapje")
    assert world.bot.asked[-1]["payload"] == "/suicidal"


async def test_danger_that_comes_near_on_a_path_is_answered_with_112(world: World) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    said = replies(await chat.say("hij komt naar boven"))
    assert "112" in said[0]["text"]
    assert said[0]["helplines"][0]["id"] == "emergency_112"
    again = replies(await chat.say("hij is hier"))
    assert "112" in again[0]["text"]
    assert again[0]["text"] != said[0]["text"]


async def test_danger_now_that_the_bot_alone_hears_on_a_path_is_an_emergency_with_112(world: World) -> None:
    world.bot.need = "sextortion"
    chat = await world.talk()
    await chat.say("hij heeft een foto van mij")
    world.bot.need, world.bot.says_now = "affirm", True
    said = replies(await chat.say("ja en ik zit in zijn auto"))
    assert "112" in said[0]["text"]
    assert said[0]["helplines"][0]["id"] == "emergency_112"
    await chat.say("ja")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_what_says_112_already_is_left_as_it_is(world: World) -> None:
    world.bot.need = "sextortion"
    chat = await world.talk()
    await chat.say("hij heeft een foto van mij")
    world.bot.says_now = True
    assert "turn 2: bel 112" in replies(await chat.say("bel 112 zei hij"))[0]["text"]


async def test_the_bot_is_told_that_the_hub_heard_danger_now(world: World) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    await chat.say("hij komt naar boven")
    await chat.say("ok")
    assert [question.get("now") for question in world.bot.asked] == [None, True, None]


@pytest.mark.parametrize(("text", "is_help"), [("ze zijn hier", True), ("hij is hier", False), ("ils reviennent", False)])
async def test_once_help_was_called_who_comes_is_the_help(world: World, text: str, is_help: bool) -> None:
    world.bot.need, world.bot.helped = "unsafe_home", True
    chat = await world.talk()
    await chat.say("papa slaat mij, ik heb 112 gebeld")
    await chat.say(text)
    assert world.bot.asked[-1].get("now") is (None if is_help else True)


@pytest.mark.parametrize(
    ("text", "is_now"), [("heb 112 gebeld ze komen", None), ("g appelé ils arrivent", None), ("hij belt zijn maten ze komen", True)]
)
async def test_help_that_was_called_in_the_same_words_is_no_danger(world: World, text: str, is_now: bool | None) -> None:
    world.bot.need = "unsafe_home"
    chat = await world.talk()
    await chat.say("papa slaat mij")
    await chat.say(text)
    assert world.bot.asked[-1].get("now") is is_now


async def test_danger_now_at_the_start_opens_its_path_once(world: World) -> None:
    world.bot.need, world.bot.says_now = "grooming", True
    chat = await world.talk()
    said = replies(await chat.say("ik zit in zijn auto"))
    assert len(world.bot.asked) == 1
    assert said[0]["helplines"][0]["id"] == "emergency_112"


async def test_what_comes_near_in_a_story_is_no_danger(world: World) -> None:
    world.bot.need, world.bot.scenario = "unsafe_home", "leaving_home/door"
    chat = await world.talk()
    await chat.say("een verhaal over thuis")
    assert "112" not in replies(await chat.say("hij komt naar boven"))[0]["text"]


# ---- in the hub --------------------------------------------------------------------------------------------------


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


async def until_recheck(chat: Any, name: str = "recheck", language: Language = Language.NL, earliest: int = 3) -> list[Frame]:
    for number in range(1, 7):
        frames = list(await chat.say(f"iets anders {number}"))
        if said(name, language) in texts(frames):
            assert earliest <= number <= 5
            return frames
    raise AssertionError("the gentle question did not come")


async def never_again(chat: Any) -> None:
    later: list[str] = []
    for number in range(8):
        await asyncio.sleep(0.25)  # no faster than five messages a second, which is the limit on a quick machine
        later += texts(await chat.say(f"nog iets {number}"))
    assert len(later) >= 8
    assert not {said("recheck"), said("recheck_high")} & set(later)


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
