"""What must not stay, and what must not go: half a line of the ledger, a talk that goes on."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from at_rest import age
from desk_side import Counsellor, hand_off
from hub_world import World

from channels.ledger import Ledger
from channels.retention import delete_idle
from channels.store import Body, Store
from channels.store.tables import CONVERSATIONS
from kernel.language import Language
from kernel.urgency import Urgency

HOUR = 3600.0


async def idle_for(store: Store, key: str, hours: float) -> None:
    async with store.db.write() as connection:
        this = CONVERSATIONS.update().where(CONVERSATIONS.c.id == key)
        await connection.execute(this.values(active_at=time.time() - hours * HOUR))


def test_half_a_line_swallows_no_wipe(tmp_path: Path) -> None:
    path = tmp_path / "wipes.ledger"
    path.write_text("0123456789")  # the disk was full
    ledger = Ledger(path)
    for key in ("a" * 32, "b" * 32):
        ledger.note(key)
    assert ledger.ids() == ["a" * 32, "b" * 32]


async def test_who_writes_while_old_talks_are_deleted_keeps_theirs(store: Store) -> None:
    writes, _, _ = await store.begin(Language.NL, "web", [])
    silent, _, _ = await store.begin(Language.NL, "web", [])
    for key in (writes, silent):
        await idle_for(store, key, 25)
    before = time.time() - 24 * HOUR
    found = await store.conversations.idle_since(before)
    assert set(found) == {writes, silent}
    await store.messages.accept(writes, "m", Body("ik ga het nu doen"), Urgency.EMERGENCY)
    assert await store.conversations.delete(found, unless_since=before) == 1
    assert (await store.conversations.get(writes)).urgency is Urgency.EMERGENCY
    assert await store.conversations.idle_since(before) == []


async def test_deleting_ends_where_a_case_has_lost_its_conversation(world: World) -> None:
    counsellor = Counsellor(world)
    case_id = await hand_off(await world.talk(), "notitiewoord")
    await counsellor.claim()
    await age(world.hub.store, 24 * 31)
    async with world.hub.store.db.write() as connection:
        await connection.execute(CONVERSATIONS.delete())
    await asyncio.wait_for(delete_idle(world.hub.store, 24, 30), 5)
    assert (await counsellor.case(case_id)).note == ""


async def test_a_talk_with_a_counsellor_is_not_cut_off_since_its_case_is_old(world: World) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk()
    case_id = await hand_off(chat, "notitiewoord")
    await counsellor.claim()
    await age(world.hub.store, 24 * 31)
    await chat.say("nu schrijf ik nog eens")
    report = await delete_idle(world.hub.store, 24, 30)
    assert (report.deleted, report.cases) == (0, 0)
    assert [said.text for said in (await counsellor.case(case_id)).talk] == ["nu schrijf ik nog eens"]
    await age(world.hub.store, 25)
    assert (await delete_idle(world.hub.store, 24, 30)).cases == 1, "a day after the last word it is old after all"
