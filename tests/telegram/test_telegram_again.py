"""What comes late or again: news of a block, an update from before a wipe, a chat that begins while old ones are forgotten. The bot is a stand-in."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from chat_client import wait_for
from made_updates import member, private
from phone import Phone
from small_world import SmallWorld, until

from channels.public.telegram_wiped import BeforeWipes
from channels.store import StorageFailed
from channels.store.desk_tables import ESCALATIONS
from channels.store.messages import Messages
from channels.store.tables import CONVERSATIONS, MESSAGES
from channels.store.telegram_sent import TelegramSent
from channels.store.telegram_tables import TELEGRAM_CHATS
from kernel.escalation import EscalationState
from kernel.language import Language

# ---- a block that is told late -----------------------------------------------------------------------------------------


async def who_waits(world: SmallWorld) -> Phone:
    """A teenager who waits for a person."""
    phone = await world.phone()
    phone.write("/mens")
    await phone.said("Dit krijgt een mens")
    phone.press("Stuur dit")
    await phone.said("bewaard")
    return phone


async def test_news_of_a_block_that_comes_late_does_not_close_the_chat_of_who_is_back(world: SmallWorld) -> None:
    phone = await who_waits(world)
    blocked = member(phone.user, private(phone.user), "member", "kicked")
    blocked["date"] -= 30
    update = phone.raw("my_chat_member", blocked)
    await wait_for(lambda: update is not None and update.is_confirmed)
    (chat,) = await world.rows(TELEGRAM_CHATS)
    (case,) = await world.rows(ESCALATIONS)
    assert (chat.blocked_at, case.left_at) == (None, None)
    await world.hub.relay.escalations.claim(case.id, "counsellor")
    await world.hub.relay.escalations.say(case.id, "counsellor", "a", "Ik ben er voor jou.")
    await phone.said("Ik ben er voor jou.")


async def test_a_block_since_they_last_wrote_counts(world: SmallWorld) -> None:
    phone = await who_waits(world)
    await world.change(TELEGRAM_CHATS.update().values(seen_at=time.time() - 60))
    phone.chat.is_blocked = True
    blocked = member(phone.user, private(phone.user), "member", "kicked")
    blocked["date"] -= 30
    phone.raw("my_chat_member", blocked)

    async def has_left() -> bool:
        return [row.state for row in await world.rows(ESCALATIONS)] == [EscalationState.LEFT]

    await until(has_left)


# ---- an update that comes again after a wipe ---------------------------------------------------------------------------


@pytest.mark.parametrize("is_stored", [True, False], ids=["stored before", "never stored"])
@pytest.mark.parametrize("how", ["/wis", "ja"])
async def test_an_update_from_before_a_wipe_does_not_begin_a_new_conversation(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, *, is_stored: bool, how: str
) -> None:
    phone = await world.phone()
    accept = Messages.accept

    async def accepts(self: Messages, conversation_id: str, message_id: str, body: Any, *rest: Any, **more: Any) -> Any:
        if not is_stored and "papa" in body.text:
            raise StorageFailed
        return await accept(self, conversation_id, message_id, body, *rest, **more)

    monkeypatch.setattr(Messages, "accept", accepts)
    update = phone.write("papa slaat mij")[1]
    assert update is not None
    await phone.said("turn 1" if is_stored else "niet bewaard")
    update.is_confirmed = True  # it does not come again before the wipe
    world.api.updates._queues[update.queue].clear()
    if how == "ja":  # the bot asked whether they are sure
        phone.write("ja")
        await phone.said(": ja")
        (conversation,) = await world.rows(CONVERSATIONS)
        await world.hub.relay.wipe(conversation.id, Language.NL)
    else:
        phone.write("/wis")
    await phone.said("Klaar")
    monkeypatch.setattr(Messages, "accept", accept)
    world.api.updates.again(update)
    await wait_for(lambda: update.is_confirmed)
    await asyncio.sleep(0.3)
    assert await world.rows(CONVERSATIONS) == await world.rows(MESSAGES) == []
    phone.write("hoi")
    await phone.said("turn 1: hoi")
    assert len(await world.rows(CONVERSATIONS)) == 1


def test_only_what_came_before_the_wipe_of_the_same_chat_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = BeforeWipes()
    assert not before.has("a", 1)
    for update_id in (7, 5):
        before.took("a", update_id)
    before.wiped("a")
    assert [update_id for update_id in range(4, 10) if before.has("a", update_id)] == [4, 5, 6, 7]
    assert not before.has("b", 5)
    later = time.monotonic() + 27 * 3600
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert not before.has("a", 5), "after a quiet week Telegram's numbers may begin anywhere"


# ---- chats that are forgotten ------------------------------------------------------------------------------------------


async def test_a_chat_that_begins_while_old_ones_are_forgotten_is_listened_to(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.hub.telegram is not None
    deliveries, links = world.hub.telegram.deliveries, TelegramSent.links

    async def slowly(self: TelegramSent) -> Any:
        found = await links(self)
        await asyncio.sleep(0.7)
        return found

    monkeypatch.setattr(TelegramSent, "links", slowly)
    tidying = asyncio.create_task(deliveries.tidy())
    await asyncio.sleep(0.05)
    phone = Phone(world.api)
    phone.write("/start")
    await tidying
    await phone.until(lambda: len(phone.bubbles) == 2)
    (chat,) = await world.rows(TELEGRAM_CHATS)
    assert list(deliveries._taps) == [chat.id], "what is said there would not be brought"
