"""A cry ("au secours"): the lines in its own language, 112 first where it is now; and it is not forgotten."""

from __future__ import annotations

import pytest
from chat_client import lines, replies
from hub_world import ROOT, World
from worry_world import rank, said, texts, until_recheck

from kernel.language import Language
from safety.crisis import CrisisDetector


@pytest.fixture(autouse=True)
def real_terms(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cries are words of data/safety, not the stand-in's."""
    monkeypatch.setattr(world.hub.answers, "detector", CrisisDetector.load(ROOT / "data/safety"))


@pytest.mark.parametrize(
    ("page", "cry", "lang", "first"),
    [
        ("nl", "au secours", "fr", "emergency_112"),
        ("nl", "appelle la police", "fr", "emergency_112"),
        ("fr", "in gevaar", "nl", "emergency_112"),
        ("nl", "à l'aide", "fr", "childfocus"),
        ("fr", "sos", "fr", "childfocus"),
    ],
)
async def test_a_cry_is_answered_in_its_own_language_and_with_112_first_where_it_is_now(
    world: World, page: str, cry: str, lang: str, first: str
) -> None:
    shown = replies(await (await world.talk(page)).say(cry))[0]
    assert (shown["lang"], lines(shown)[0], len(lines(shown))) == (lang, first, 3)
    assert {"prevention_suicide": "fr", "zelfmoordlijn_1813": "nl"}[lines(shown)[2]] == lang
    assert world.bot.asked == []


async def test_a_cry_is_asked_about_later(world: World) -> None:
    chat = await world.talk()
    await chat.say("in gevaar")
    world.bot.need = "off_topic"
    await until_recheck(chat)
    assert rank(world) == 3


async def test_a_cry_that_is_taken_back_is_believed(world: World) -> None:
    chat = await world.talk("fr")
    await chat.say("au secours")
    assert texts(await chat.say("c'était une blague"))[0] == said("believed", Language.FR)


async def test_a_cry_is_of_the_danger_that_was_told_before(world: World) -> None:
    world.bot.need = "sexual_abuse"
    chat = await world.talk()
    await chat.say("het is vroeger gebeurd")
    await chat.say("bel 112")
    memory = (await world.hub.store.conversations.get(world.bot.asked[0]["conversation"])).memory
    assert (memory["need"], memory["worry"]["need"], memory["worry"]["level"]) == ("sexual_abuse", "sexual_abuse", "emergency")
    assert memory["bot"] == {"turns": 1}, "the bot goes on where it was"
