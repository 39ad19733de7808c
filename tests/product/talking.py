"""Talking with the running product, and what every answer must hold."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable

from chat_client import Chat, Frame, replies
from reply_texts import texts, words

from curation.foreign import find_foreign

PATIENCE_S = 5.0
Talk = Callable[..., Awaitable[Chat]]
"""Begins a chat: `await talk("fr")` gives one after its greeting."""


async def say(chat: Chat, text: str, seconds: float = PATIENCE_S) -> list[Frame]:
    """Say something; gives the replies."""
    return only_belgian(replies(await chat.say(text, seconds=seconds)))


async def press(chat: Chat, title: str, seconds: float = PATIENCE_S) -> list[Frame]:
    """Press the newest button with this title; gives the replies. Fails when there is no such button."""
    offered = [choice for frame in replies(chat.seen) for choice in frame["choices"] if choice["title"] == title]
    assert offered, f"no button {title!r}"
    await chat.send(type="choose", id=str(uuid.uuid4()), payload=offered[-1]["payload"])
    return only_belgian(replies(await chat.until("done", seconds)))


def only_belgian(found: list[Frame]) -> list[Frame]:
    """The same frames; fails when anything a teenager sees of them names a help line of another country."""
    for frame in found:
        seen = [frame["text"], *(choice["title"] for choice in frame["choices"])]
        seen += [str(part) for card in frame["helplines"] for part in card.values()]
        assert not any(map(find_foreign, seen)), seen
    return found


def check(found: list[Frame], language: str, most_words: int = 60) -> None:
    """An answer of the bot: there is one, in this language throughout, short, with at most three lines, all of them of this country."""
    assert 1 <= len(found) <= 2, found
    for frame in only_belgian(found):
        assert frame["lang"] == language, frame
        assert texts().language_of(frame["text"]) == language, frame["text"]
        assert len(frame["helplines"]) <= 3
        assert all(choice["title"] in texts().titles[language] for choice in frame["choices"]), frame["choices"]
    assert sum(words(frame["text"]) for frame in found) <= most_words, found


def is_fixed(found: list[Frame]) -> bool:
    """Whether the hub answered with its fixed sentence in place of the bot."""
    return len(found) == 1 and found[0]["from"] == "system"


def says(found: list[Frame], name: str) -> bool:
    """Whether the last bubble is a variation of this reply (see data/responses), or asks it once more behind other words."""
    variations = texts().replies[name]
    return any(found[-1]["text"] in said for said in variations.values()) or texts().asks_again(found[-1]["text"], name)


def line_ids(found: list[Frame]) -> list[str]:
    """Helpline ids in order."""
    return [card["id"] for frame in found for card in frame["helplines"]]
