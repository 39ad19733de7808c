"""Danger said again: after giving back, long after it was seen, while waiting, and to a counsellor who does not see it."""

from __future__ import annotations

import time

from chat_client import kinds, replies
from desk_side import Counsellor, hand_off, held, look, next_event, text_of
from hub_world import World
from sqlalchemy import select

from channels.desk_events import QueueChanged
from channels.store.desk_tables import ESCALATIONS, OUTBOX
from kernel.urgency import Urgency


async def test_danger_said_again_after_giving_back_is_news(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    await chat.say("gevaarwoord")
    await counsellor.return_now(case_id)
    await chat.quiet()
    with counsellor.desk.subscribe() as desk:
        frames = await chat.say("gevaarwoord")
        event = await next_event(desk, QueueChanged)
    assert (event.cause, event.escalation_id, event.held_by) == ("danger", case_id, None)
    assert "handoff" in kinds(frames), "they are asked"
    (signal,) = await counsellor.desk.signals()
    assert signal.id == case_id


async def test_danger_said_again_is_news_after_ten_minutes_and_asks_nobody_who_said_no(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = next(frame for frame in await chat.say("gevaarwoord") if frame["type"] == "handoff")
    await chat.send(type="handoff", id=card["id"], decision="cancel", note=None, share=[])
    await chat.answer()
    for minutes, is_news in ((9, False), (11, True)):
        async with world.hub.store.db.write() as connection:
            await connection.execute(ESCALATIONS.update().values(offered_at=time.time() - 60 * minutes))
        with counsellor.desk.subscribe() as desk:
            assert "handoff" not in kinds(await chat.say("gevaarwoord")), "a no sticks"
            causes = [event.cause for event in desk.drain() if isinstance(event, QueueChanged)]
        assert causes == (["danger"] if is_news else []), minutes


async def rows(world: World) -> list[tuple[str, str | None]]:
    async with world.hub.store.db.read() as connection:
        found = (await connection.execute(select(OUTBOX.c.alarm, OUTBOX.c.ending).order_by(OUTBOX.c.created_at))).all()
    return [tuple(each) for each in found]


async def test_danger_of_who_waits_calls_the_second_channel_again_and_they_are_told_again(world: World, counsellor: Counsellor) -> None:
    world.hub.relay.handoffs.ways = ("webhook",)
    chat = await world.talk()
    await hand_off(chat)
    await look(world, 700)
    await chat.quiet()
    assert [alarm for alarm, _ in await rows(world)] == ["unclaimed", "overdue"]
    for _ in range(2):
        await chat.say("gevaarwoord")
    assert [alarm for alarm, _ in await rows(world)] == ["unclaimed", "overdue", "unclaimed"], "the height is news once"
    assert (await counsellor.waiting()).told_at is None
    await look(world, 130)
    assert text_of(world, "not_claimed") in [frame["text"] for frame in replies(await chat.quiet())]


async def test_danger_that_whoever_holds_does_not_see_calls_the_second_channel(world: World, counsellor: Counsellor) -> None:
    world.hub.relay.handoffs.ways = ("webhook",)
    chat, case_id = await held(world, counsellor)
    for _ in range(3):
        await chat.say("gevaarwoord")
    assert [each for each in await rows(world) if each[0] == "danger"] == [("danger", None)], "three messages are one call"
    outbox = world.hub.store.outbox
    (alarm,) = await outbox.take(time.time() + 61, 60)
    assert (alarm.alarm, alarm.urgency) == ("danger", Urgency.EMERGENCY)
    assert await outbox.is_still_needed(alarm.id)
    await counsellor.desk.danger_seen(case_id)
    assert not await outbox.is_still_needed(alarm.id)
    await chat.say("gevaarwoord")
    assert [ending for kind, ending in await rows(world) if kind == "danger"] == ["claimed", None], "what was seen called nobody"


async def test_an_answer_ends_the_call_of_danger_said_before_it_was_typed(world: World, counsellor: Counsellor) -> None:
    world.hub.relay.handoffs.ways = ("webhook",)
    chat, case_id = await held(world, counsellor)
    await chat.say("gevaarwoord")
    await counsellor.say(case_id, "dag, ik was net aan het typen")
    assert [each for each in await rows(world) if each[0] == "danger"] == [("danger", None)]
    async with world.hub.store.db.write() as connection:
        await connection.execute(OUTBOX.update().values(created_at=OUTBOX.c.created_at - 10))
    await counsellor.say(case_id, "ik lees het: waar ben je nu?")
    assert [each for each in await rows(world) if each[0] == "danger"] == [("danger", "claimed")]
