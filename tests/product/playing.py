"""Playing an interactive scenario over the chat protocol: into it as a teenager would, and on to a scene."""

from __future__ import annotations

import asyncio

from chat_client import Chat, Frame
from product_world import ROOT
from talking import Talk, check, press, say
from teen_scripts import STORY

from kernel.language import Language
from safety.scenarios import BEFORE, Scenario, Scenarios

SCENARIOS = {scenario.name: scenario for scenario in Scenarios.load(ROOT / "data/scenarios")}
LANGUAGES = ("nl", "fr")
ASK = {language: words for language, (words, _) in STORY.items()}
MENU = {language: button for language, (_, button) in STORY.items()}
PAUSE_S = 0.21
"""Five messages a second are allowed."""


def titles(found: list[Frame]) -> list[str]:
    """The buttons of the last bubble."""
    return [choice["title"] for choice in found[-1]["choices"]]


async def begin(talk: Talk, language: str, scenario: Scenario) -> Chat:
    """A chat at the first question of a story, found as a teenager would: asked what the bot can do, then two buttons."""
    chat = await talk(language)
    found = await say(chat, ASK[language])
    assert MENU[language] in titles(found), found
    found = await press(chat, MENU[language])
    check(found, language)
    assert [one.title[Language(language)] for one in SCENARIOS.values()] == titles(found)
    found = await press(chat, scenario.title[Language(language)])
    check(found, language)
    assert found[-1]["text"] == scenario.scenes[BEFORE].says[Language(language)]
    return chat


async def at_scene(talk: Talk, language: str, name: str = "crush", choices: int = 3) -> tuple[Chat, list[Frame]]:
    """A chat some choices into a story, the first choice each time."""
    chat = await begin(talk, language, SCENARIOS[name])
    found: list[Frame] = []
    scene = BEFORE
    for _ in range(choices):
        option = SCENARIOS[name].scenes[scene].options[0]
        found, scene = await press(chat, option.title[Language(language)]), option.goes_to
        await asyncio.sleep(PAUSE_S)
    return chat, found


async def go_to(chat: Chat, language: str, name: str, wanted: str) -> None:
    """Press the way to a scene."""
    way: dict[str, list[int]] = {BEFORE: []}
    waiting = [BEFORE]
    while wanted not in way:
        here = waiting.pop(0)
        for number, option in enumerate(SCENARIOS[name].scenes[here].options):
            if option.goes_to and option.goes_to not in way:
                way[option.goes_to] = [*way[here], number]
                waiting.append(option.goes_to)
    scene = BEFORE
    for number in way[wanted]:
        option = SCENARIOS[name].scenes[scene].options[number]
        await press(chat, option.title[Language(language)])
        await asyncio.sleep(PAUSE_S)
        scene = option.goes_to
