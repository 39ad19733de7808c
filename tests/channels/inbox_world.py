"""A hub with its inbox on, a masker that is quick, and teenagers who say goodbye."""

from __future__ import annotations

import uuid
from typing import Any

from chat_client import Chat, Frame, replies
from hub_world import World

from channels.inbox_masking import InboxMasker
from channels.inbox_question import InboxQuestion
from channels.store import InboxItem
from kernel.language import Language
from safety.masking import MASKED


class QuickWorker:
    """What the masking worker promises, at once: hides the name lotte; fails on demand."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_away = False
        self.closed = 0

    async def start(self) -> bool:
        return not self.is_away

    async def mask(self, text: str, language: Language) -> str:
        self.asked.append(text)
        return MASKED if "kapot" in text else text.replace("lotte", "[name]")

    async def close(self) -> None:
        self.closed += 1


def quick_masker(worker: QuickWorker, idle_s: float = 60.0) -> InboxMasker:
    """The inbox's masker with that worker."""
    return InboxMasker(lambda: worker, idle_s)  # type: ignore[arg-type, return-value]


async def chat_that_ends(world: World, *unclear: str, bye: str = "bedankt he", lang: str = "nl", **bot: Any) -> tuple[Chat, list[Frame]]:
    """A chat in which the bot did not understand these sentences, up to the goodbye; and the replies to the goodbye."""
    world.bot.has_choices = False
    chat = await world.talk(lang)
    for text in unclear:
        world.bot.need, world.bot.confidence = None, 0.12
        for name, value in bot.items():
            setattr(world.bot, name, value)
        await chat.say(text)
    world.bot.need, world.bot.confidence = "thanks_bye", 0.97
    return chat, replies(await chat.say(bye))


def question_in(frames: list[Frame], question: InboxQuestion) -> Frame | None:
    """The question among these replies."""
    asked = {question._texts.text("inbox_question", language) for language in Language}
    return next((frame for frame in frames if frame.get("text") in asked), None)


async def press(chat: Chat, frame: Frame, place: int) -> list[Frame]:
    """Press the first or second button."""
    await chat.send(type="choose", id=str(uuid.uuid4()), payload=frame["choices"][place]["payload"])
    return replies(await chat.until("done"))


async def in_inbox(world: World) -> list[InboxItem]:
    """What stands in the inbox once all is masked."""
    await world.hub.inbox.settled()
    return await world.hub.store.inbox.new()
