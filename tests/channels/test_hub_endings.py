"""How a conversation ends for those who listen to it: a wipe that fails, leaving by a word, and the twin of a page."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chat_client import Chat, kinds, replies
from hub_world import World

from channels import endings
from channels.store import StorageFailed
from kernel.language import Language


def words(world: World, name: str, language: str) -> str:
    """A fixed sentence."""
    return world.hub.relay.answers.text(name, Language(language))


def failing(world: World, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """So many wipes fail; those after them do not."""
    conversations = world.hub.store.conversations
    wipe: Callable[[str], Awaitable[None]] = conversations.wipe
    left = [None] * times

    async def fail_at_first(conversation_id: str) -> None:
        if left:
            left.pop()
            raise StorageFailed
        await wipe(conversation_id)

    monkeypatch.setattr(conversations, "wipe", fail_at_first)


async def twin_of(world: World, chat: Chat) -> Chat:
    """A second page with the same token."""
    twin = await world.chat()
    await twin.hello(None, chat.token, 2)
    return twin


# ---- leaving -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leaving", [{"type": "leave"}, {"type": "say", "text": "STOP!!!"}], ids=["tap", "word"])
async def test_a_twin_of_the_page_hears_that_the_talk_was_left(world: World, leaving: dict[str, Any]) -> None:
    chat = await world.talk("fr")
    twin = await twin_of(world, chat)
    await chat.send(**leaving | {"id": str(uuid.uuid4())})
    heard = (await twin.until("error"))[-1]
    assert (heard["code"], heard["left"]) == ("unknown_token", True)
    assert replies(twin.seen)[-1]["text"] == words(world, "left", "fr"), "the farewell comes first"
    await twin.send(type="say", id=str(uuid.uuid4()), text="hallo")
    assert (await twin.read())["code"] == "bad_frame"
    assert kinds(await twin.hello("nl")) == ["welcome", "reply", "reply"], "as the contract has it for this error"


async def test_who_typed_it_hears_so_as_well_and_who_tapped_knows(world: World) -> None:
    typed, tapped = await world.talk(), await world.talk()
    await typed.send(type="say", id=str(uuid.uuid4()), text="stop \U0001f62d")
    frames = await typed.until("error")
    assert kinds(frames) == ["ack", "reply", "done", "error"]
    assert frames[-1]["left"] is True
    await tapped.send(type="leave")
    assert kinds(await tapped.answer()) == ["reply"]


async def test_other_errors_say_nothing_about_leaving(world: World) -> None:
    chat = await world.chat()
    assert "left" not in (await chat.hello(None, "x" * 32))[0]


# ---- a wipe that fails ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_a_wipe_that_fails_has_words_of_its_own_and_can_be_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    chat = await world.talk(language)
    failing(world, monkeypatch, 1)
    await chat.send(type="wipe")
    frames = await chat.until("error")
    assert [frame["text"] for frame in replies(frames)] == [words(world, name, language) for name in ("before_wipe", "wipe_failed")]
    assert (frames[-1]["code"], frames[-1]["retry_after"]) == ("busy", 2.0)
    assert frames[-1]["text"] == words(world, "wipe_failed", language)
    await chat.send(type="wipe")
    assert kinds(await chat.until("wiped")) == ["reply", "reply", "wiped"]
    assert len(await world.hub.store.conversations.wiped_ids()) == 1


async def test_a_wipe_that_the_bot_was_asked_for_is_tried_again_by_the_hub(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "_RETRY_S", (0.1, 0.1, 0.1))
    failing(world, monkeypatch, 2)
    world.bot.delay_s = 0.2
    chat = await world.talk()
    await chat.send(type="say", id=str(uuid.uuid4()), text="wis alles aub")
    await chat.until("typing")
    while not world.bot.asked:
        await chat.quiet(0.02)
    world.hub.relay.request_wipe(world.bot.asked[0]["conversation"])
    frames = await chat.until("wiped", 5)
    assert [frame["text"] for frame in replies(frames)][1:] == [
        words(world, name, "nl") for name in ("before_wipe", "wipe_failed", "wiped")
    ]
    assert len(await world.hub.store.conversations.wiped_ids()) == 1
