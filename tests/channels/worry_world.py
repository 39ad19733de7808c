"""What tests of danger that was said share: the hub's fixed words, the level in the store, a button, and the gentle question."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from typing import Any

from chat_client import Frame, replies
from hub_world import ROOT, World

from kernel.language import Language
from safety.fallback import FixedAnswers

FIXED = FixedAnswers.load(ROOT / "data/safety/fixed.yml")


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
