"""Every need, as the one it happens to, as a friend and as an adult, walked over the chat protocol to its end by its first buttons and by its
last ones: no dead end, no bubble twice in a row, no wrong language, at most three services of which one is open."""

from __future__ import annotations

import asyncio
import uuid
from itertools import pairwise
from pathlib import Path

import pytest
from chat_client import Chat, Frame, replies
from reply_texts import fixed, texts
from ruamel.yaml import YAML
from talking import Talk, is_fixed

from kernel.need import NEEDS

pytestmark = pytest.mark.product

_OPENINGS = YAML(typ="safe").load((Path(__file__).parent / "openings.yml").read_text(encoding="utf-8"))
_MOST_TURNS, _AT_ONCE, _PATIENCE_S = 24, 10, 20.0
_TRIES = 5
_BETWEEN_S = 0.21  # five messages a second are allowed (contract.md)
_FEWEST_WAYS = 200
_PRESSES = {"first": 0, "last": -1}
_ENDS = ("utter_ask_topic",)
"""Where a path leads on to another topic."""


def ways() -> list[tuple[str, str, str, str, int]]:
    """Need, language, who, opening, which button is pressed."""
    return [
        (need, language, who, opening, which)
        for need, languages in _OPENINGS.items()
        for language, roles in languages.items()
        for who, opening in roles.items()
        for which in _PRESSES.values()
    ]


def faults(found: list[Frame], before: str | None, language: str) -> list[str]:
    """What is wrong with one answer."""
    wrong = [] if found else ["silence"]
    bubbles = [frame["text"] for frame in found]
    wrong += [f"twice in a row: {one[:40]}" for one, other in pairwise([before, *bubbles]) if one and one == other]
    wrong += [f"not {language}: {bubble[:40]}" for bubble in bubbles if texts().language_of(bubble) not in (language, "both")]
    cards = [card for frame in found for card in frame["helplines"]]
    if len(cards) > 3:
        wrong.append(f"{len(cards)} services")
    if cards and not any(card["open"] for card in cards):
        wrong.append(f"none open: {[card['id'] for card in cards]}")
    return wrong


class WithoutBot(Exception):
    """The hub answered in its place at this turn, or could not store it in time: no way that can be judged."""


async def walk(chat: Chat, language: str, opening: str, which: int) -> list[str]:
    """Say the opening, then press buttons until the way ends in another topic, in a card for a person or in a farewell.

    Raises WithoutBot.
    """
    before, found = None, replies(await chat.say(opening, seconds=_PATIENCE_S))
    for turn in range(_MOST_TURNS):
        if is_fixed(found) or any(frame["seq"] is None for frame in found):
            raise WithoutBot(turn)
        wrong = [f"turn {turn}: {one}" for one in faults(found, before, language)]
        if wrong or ended(chat, found, language):
            return wrong
        choices = [choice for frame in found for choice in frame["choices"]]
        if not choices:
            return [f"turn {turn}: a dead end: {found[-1]['text'][:60]}"]
        if any(choice["title"] == fixed("scenario_pause", language) for choice in choices):
            return []  # a scenario: tests/product/test_scenario_walks.py walks those
        before = found[-1]["text"]
        await asyncio.sleep(_BETWEEN_S)
        await chat.send(type="choose", id=str(uuid.uuid4()), payload=choices[which]["payload"])
        try:
            found = replies(await chat.until("done", _PATIENCE_S))
        except TimeoutError:
            if chat.seen[-1]["type"] == "reply" and chat.seen[-1]["seq"] is None:
                raise WithoutBot(turn) from None
            return [f"turn {turn}: no answer to {choices[which]['payload']}, but {chat.seen[-1]}"]
    return [f"no end after {_MOST_TURNS} turns: {found[-1]['text'][:60]}"]


def ended(chat: Chat, found: list[Frame], language: str) -> bool:
    """Another topic is offered, or the card for a person was shown, or what came last says goodbye."""
    last = found[-1]["text"]
    if any(frame["type"] == "handoff" for frame in chat.seen) or any(last in texts().replies[name][language] for name in _ENDS):
        return True
    return any(last in said[language] for name, said in texts().replies.items() if name.startswith(("utter_thanks_bye", "utter_goodbye")))


async def walk_with_bot(talk: Talk, language: str, opening: str, which: int) -> list[str]:
    """What is wrong with a way; from its begin again where the machine was so busy (or a bot so new) that the fixed answer came."""
    for _ in range(_TRIES):
        chat = await talk(language)
        try:
            return await walk(chat, language, opening, which)
        except WithoutBot as missed:
            at = missed
        finally:
            await chat.close()
    return [f"turn {at}: answered without the bot, {_TRIES} times"]


async def test_each_need_in_each_role_is_led_to_its_end(talk: Talk) -> None:
    assert set(_OPENINGS) == {name for name, need in NEEDS.items() if not need.is_conversation}
    all_ways = ways()
    assert len(all_ways) >= _FEWEST_WAYS
    gate = asyncio.Semaphore(_AT_ONCE)
    wrong: list[str] = []

    async def go(need: str, language: str, who: str, opening: str, which: int) -> None:
        async with gate:
            found = await walk_with_bot(talk, language, opening, which)
            wrong.extend(f"{need} {language} {who} {'first' if which == 0 else 'last'} buttons, {one}" for one in found)

    await asyncio.gather(*(go(*way) for way in all_ways))
    assert wrong == [], f"{len(wrong)} of {len(all_ways)}:\n" + "\n".join(sorted(wrong))
