"""A counsellor for tests: what the desk site does, by the hub's own interface for it."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import Any

from chat_client import Chat, Frame, wait_for
from hub_world import World

from channels.escalation import Escalations
from channels.store import Case, CaseRecord, Escalation
from channels.waiting import Waiting
from kernel.language import Language


@dataclass
class Counsellor:
    """One account at the desk of a running hub."""

    world: World
    account: str = "a" * 32

    def __post_init__(self) -> None:
        self.desk.hours.seen(self.account)

    @property
    def desk(self) -> Escalations:
        """The desk's interface."""
        return self.world.hub.relay.escalations

    async def waiting(self) -> Escalation:
        """The only one that waits."""
        found = await self.desk.queue()
        assert len(found) == 1, found
        return found[0]

    async def claim(self) -> str:
        """Claim the only one that waits; its id."""
        return (await self.desk.claim((await self.waiting()).id, self.account)).id

    async def say(self, case_id: str, text: str) -> None:
        """Say something new."""
        await self.desk.say(case_id, self.account, str(uuid.uuid4()), text)

    async def heard(self, case_id: str) -> list[str]:
        """The texts of the talk, oldest first."""
        return [said.text for said in (await self.desk.case(case_id)).talk]

    async def case(self, case_id: str) -> Case:
        """What the desk may see."""
        return await self.desk.case(case_id)

    async def return_now(self, case_id: str) -> None:
        """Give back, and let the time to undo pass."""
        await self.desk.give_back(case_id, self.account)
        await self.desk.return_now(await self.world.hub.store.staff_moves.plan_return(case_id, self.account, 1.0))

    async def close(self, case_id: str, **record: Any) -> Escalation:
        """Close with a record."""
        return await self.desk.close(case_id, self.account, CaseRecord(**record))


async def card_of(chat: Chat) -> Frame:
    """Press the button, give the card."""
    await chat.send(type="human")
    return (await chat.until("handoff"))[-1]


async def send_card(chat: Chat, card: Frame, note: str | None = None, share: list[str] | None = None) -> list[Frame]:
    """Send it with all lines (or those in `share`); the frames up to the bubble that says so."""
    ids = [line["id"] for line in card["lines"]] if share is None else share
    await chat.send(type="handoff", id=card["id"], decision="send", note=note, share=ids)
    return await chat.until("reply")


async def hand_off(chat: Chat, note: str | None = None) -> str:
    """Button, card, sent: the id."""
    card = await card_of(chat)
    await send_card(chat, card, note)
    return str(card["id"])


async def held(world: World, counsellor: Counsellor) -> tuple[Chat, str]:
    """A case that this counsellor holds, after what the teenager reads of it."""
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    return chat, case_id


async def look(world: World, seconds_later: float = 0.0) -> None:
    """What the hub's look does that much later."""
    await Waiting(world.hub.store, world.hub.relay.escalations, lambda: time.time() + seconds_later).look()


def text_of(world: World, name: str, language: Language = Language.NL) -> str:
    """A sentence around a hand-off."""
    return world.hub.relay.handoff_texts.text(name, language)


async def next_event(listener: Any, kind: type, seconds: float = 2.0) -> Any:
    """The next event of this kind at the desk."""
    async with asyncio.timeout(seconds):
        while not isinstance(event := await listener.get(), kind):
            pass
    return event


__all__ = ["Counsellor", "card_of", "hand_off", "held", "look", "next_event", "send_card", "text_of", "wait_for"]
