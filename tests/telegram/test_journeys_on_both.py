"""The acceptance journeys, the same scripts on the web and on Telegram (webhook and polling), in both languages, with the real bot.

Telegram is the Bot API server of these tests; between it and the hub stands the real python-telegram-bot client.
"""

from __future__ import annotations

import asyncio
import html
import uuid
from functools import cache
from typing import Any

import pytest
from chat_client import Frame
from lines import CHANNELS, Line
from playing import SCENARIOS
from product_world import ROOT
from reply_texts import texts, words
from ruamel.yaml import YAML
from talking import line_ids, only_belgian
from teen_scripts import COMMANDS, DOORS, HANDOFF, JOURNEYS, STORY, SWITCH, Step
from two_channels import OnTelegram, TeenChat

from kernel.language import Language
from kernel.need import NEEDS
from safety.scenarios import BEFORE

pytestmark = [pytest.mark.product, pytest.mark.asyncio(loop_scope="session")]
_TRIES = 5
_AT_ONCE = 8


async def take(chat: TeenChat, step: Step) -> list[Frame]:
    """A step of a script."""
    return await (chat.choose(step.words) if step.is_button else chat.turn(step.words))


def names_of(found: list[Frame], language: str) -> set[str]:
    """The replies of data/responses that are among these bubbles."""
    said = {frame["text"] for frame in found}
    return {name for name, of in texts().replies.items() if said & of.get(language, set())}


def hold(found: list[Frame], step: Step, language: str) -> None:
    """What an answer must hold on every channel."""
    missing = set(step.replies) - names_of(found, language)
    assert not missing, f"{step.words!r} was answered without {missing}: {[frame['text'] for frame in found]}"
    assert 1 <= len(only_belgian(found)) <= 2, found
    assert sum(words(frame["text"]) for frame in found) <= 60
    assert all(texts().language_of(frame["text"]) == language for frame in found), found
    assert line_ids(found)[: len(step.lines)] == list(step.lines)
    assert len(line_ids(found)) <= 3


# ---- whole conversations -------------------------------------------------------------------------------------------------


async def test_conversations_scenarios_and_commands(line: Line) -> None:
    """All beside each other: nearly all of it is waiting, for a second between two messages of a chat."""
    await asyncio.gather(
        *(_whole(line, language, steps) for language, steps in JOURNEYS),
        _language_changes(line),
        *(_scenario(line, language) for language in Language),
        *(_sos_wipe_and_stop(line, language) for language in COMMANDS),
    )


async def _whole(line: Line, language: str, steps: tuple[Step, ...]) -> None:
    chat = await line.begin(language)
    for step in steps:
        found = await take(chat, step)
        hold(found, step, language)
        assert step is steps[-1] or found[-1]["choices"], f"no buttons after {step.words!r}"


async def _language_changes(line: Line) -> None:
    """In mid-conversation, and back."""
    chat = await line.begin("nl")
    for language, step in SWITCH:
        hold(await take(chat, step), step, language)


async def _scenario(line: Line, language: Language) -> None:
    scenario, (ask, button) = SCENARIOS["crush"], STORY[language.value]
    chat = await line.begin(language.value)
    await chat.turn(ask)
    await chat.choose(button)
    scene, found = BEFORE, await chat.choose(scenario.title[language])
    for _ in range(4):
        assert found[-1]["text"] == scenario.scenes[scene].says[language]
        option = scenario.scenes[scene].options[0]
        assert option.title[language] in [choice["title"] for choice in found[-1]["choices"]]
        found, scene = await chat.choose(option.title[language]), option.goes_to
    assert found[-1]["text"] == scenario.scenes[scene].says[language]


# ---- the same lines ------------------------------------------------------------------------------------------------------


@cache
def fixed_answers() -> frozenset[str]:
    """What the hub says in the bot's place when the machine is too busy: nothing to compare."""
    content = YAML(typ="safe").load((ROOT / "data/safety/fixed.yml").read_text(encoding="utf-8"))["fixed"]
    return frozenset(text for name, of in content.items() if name.startswith("fallback_") for text in of.values())


def openings() -> list[tuple[str, str, str]]:
    """(language, need, what somebody says who has it): the first held-out sentence of each need that leads to help."""
    found = []
    for language in ("nl", "fr"):
        for need in [need.name for need in NEEDS.values() if not need.is_conversation]:
            content = YAML(typ="safe").load((ROOT / f"tests/nlu/{language}/{need}.yml").read_text(encoding="utf-8"))
            first = content["nlu"][0]["examples"].splitlines()[0].removeprefix("- ").strip()
            found.append((language, need, first))
    assert len(found) == 2 * 26
    return found


@pytest.mark.parametrize("running_line", CHANNELS[1:2], indirect=True)
async def test_every_need_opens_with_the_same_lines_as_on_the_web(line: Line) -> None:
    """With a webhook alone: what is shown knows nothing of how an update came, which the other journeys here try both ways."""
    free = asyncio.Semaphore(_AT_ONCE)

    async def opened(channel: str, language: str, text: str) -> dict[str, Any]:
        for _ in range(_TRIES):
            async with free:
                found = await (await line.begin(language, channel)).turn(text)
            if not any(frame["text"] in fixed_answers() for frame in found):
                break
        return {
            "lines": line_ids(found),
            "titles": [choice["title"] for frame in found for choice in frame["choices"]],
            "replies": sorted(names_of(found, language)),
            "bubbles": len(found),
        }

    every = openings()
    on = {"web": [await opened("web", language, text) for language, _, text in every]}
    on[line.channel] = await asyncio.gather(*(opened(line.channel, language, text) for language, _, text in every))
    wanted = {(language, need): found for (language, need, _), found in zip(every, on["web"], strict=True)}
    shown = {(language, need): found for (language, need, _), found in zip(every, on[line.channel], strict=True)}
    assert sum(bool(found["lines"]) for found in wanted.values()) > 40, "hardly any lines were named: nothing was compared"
    assert {key: shown[key] for key in wanted if shown[key] != wanted[key]} == {}


# ---- a person ------------------------------------------------------------------------------------------------------------


async def test_there_and_back_and_again(line: Line) -> None:
    counsellor = await line.counsellor()
    await asyncio.gather(*(_hand_off(line, counsellor, door, language) for door in DOORS for language in HANDOFF))
    await counsellor.leave()


async def _hand_off(line: Line, counsellor: Any, door: str, language: str) -> None:
    said, note, second = HANDOFF[language], *(f"noot-{uuid.uuid4().hex[:8]}" for _ in range(2))
    chat = await line.begin(language)
    await chat.turn(said["before"])
    found = await (chat.ask_person() if door == "button" else chat.turn(said[door]))
    assert line_ids(found), "the lines come first"
    lines = await chat.card()
    kept = await chat.send_card(f"{said['note']} {note}")
    assert kept == lines[1:]
    case = await counsellor.take(note)
    shown = await counsellor.page(case)
    assert [text for text in kept if html.unescape(text) not in shown] == []
    assert f"{said['note']} {note}" in shown
    mark = chat.mark()
    await counsellor.say(case, said["hello"])
    assert (await chat.hear(said["hello"]))["from"] == "counsellor"
    await chat.tell(said["answer"])
    await counsellor.reads(case, said["answer"])
    await counsellor.say(case, said["more"])
    await chat.hear(said["more"])
    assert [frame for frame in chat.since(mark) if names_of([frame], language)] == [], "the bot is silent while a counsellor holds"
    await counsellor.give_back(case)
    await asyncio.sleep(1.5)
    assert names_of(await chat.turn(said["neutral"]), language), "the bot listens again"
    await chat.ask_person()
    await chat.send_card(second)
    assert await counsellor.take(second) == case, "the case is the same one, taken again"
    await counsellor.say(case, said["bye"])
    await chat.hear(said["bye"])
    await counsellor.close(case)
    await asyncio.sleep(2.5)
    assert names_of(await chat.turn(said["before"]), language), "the bot answers in a closed conversation"


# ---- the three commands --------------------------------------------------------------------------------------------------


async def _sos_wipe_and_stop(line: Line, language: str) -> None:
    chat, named = await line.begin(language), COMMANDS[language]
    await chat.turn(HANDOFF[language]["before"])
    assert line_ids(await chat.command(named["sos"]))[0] == "childfocus"
    before = [sent.id for sent in chat.phone.chat.shown] if isinstance(chat, OnTelegram) else []
    assert line_ids(await chat.command(named["wipe"])) == ["childfocus"]
    if isinstance(chat, OnTelegram):
        await chat.phone.until(lambda: not {sent.id for sent in chat.phone.chat.shown} & set(before), what="the messages are deleted")
        assert names_of(await chat.turn(HANDOFF[language]["before"]), language), "one may begin again"
    other = await line.begin(language)
    assert await other.command(named["stop"])
