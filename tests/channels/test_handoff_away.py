"""Nobody at the desk: between two pages, within hours with nobody there, gone home with a case; the ten seconds of giving back."""

from __future__ import annotations

import time
import uuid

import pytest
from chat_client import kinds, lines, replies
from desk_side import Counsellor, card_of, hand_off, held, look, next_event, send_card, text_of
from hub_world import World
from sqlalchemy import select

from channels.desk.rows import may_ring
from channels.desk_events import CaseSaid, QueueChanged
from channels.desk_hours import BETWEEN_PAGES_S, SEEN_S, DeskHours
from channels.store import CaseRecord, NotPossible
from channels.store.desk_tables import OUTBOX
from channels.store.tables import CONVERSATIONS
from channels.waiting import DESERTED_S, RELEASE_AFTER_S
from kernel.conversation import Holder
from kernel.escalation import EscalationState
from kernel.role import Role
from kernel.urgency import Urgency


def desk_clock_ahead(world: World, seconds: float) -> None:
    """Nobody said that they are at the desk for so long."""
    later = time.monotonic() + seconds
    world.hub.relay.escalations.hours._clock = lambda: later


async def quiet_since(world: World, seconds: float) -> None:
    """The teenager did nothing for so long."""
    async with world.hub.store.db.write() as connection:
        await connection.execute(CONVERSATIONS.update().values(active_at=time.time() - seconds))


# ---- the desk between two pages, and with nobody there -------------------------------------------------------------------


async def test_who_goes_to_another_page_is_off_the_list_and_does_not_close_the_desk(world: World) -> None:
    clock = [0.0]
    hours = DeskHours(world.hub.store, lambda: clock[0])
    hours.seen("a")
    clock[0] = 5.0
    hours.gone("a")
    assert hours.present() == []
    assert (await hours.state()).is_open
    clock[0] += BETWEEN_PAGES_S + 1
    assert not (await hours.state()).is_open
    hours.seen("a")
    assert hours.present() == ["a"]
    assert (await hours.state()).is_open
    assert hours.away_for("a") == 0.0


async def test_a_card_sent_between_two_pages_of_the_only_counsellor_waits_and_rings(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = await card_of(chat)
    assert card["desk"] == "open"
    counsellor.desk.hours.gone(counsellor.account)
    await send_card(chat, card)
    waiting = await counsellor.waiting()
    assert (waiting.is_after_hours, may_ring(waiting)) == (False, True)


async def test_within_hours_with_nobody_there_it_waits_rings_and_is_told_after_a_minute(world: World) -> None:
    chat = await world.talk()
    card = await card_of(chat)
    assert card["desk"] == "closed"
    frames = await send_card(chat, card)
    assert any(each["open"] for each in replies(frames)[0]["helplines"]), "nobody is there: other lines are"
    (waiting,) = await world.hub.relay.escalations.queue()
    assert (waiting.is_after_hours, may_ring(waiting)) == (False, True)
    await look(world, DESERTED_S + 1)
    assert await chat.quiet() == [], "a hub that began a moment ago does not know who is there"
    desk_clock_ahead(world, SEEN_S + 1)
    await look(world, DESERTED_S - 5)
    assert await chat.quiet() == []
    await look(world, DESERTED_S + 1)
    assert replies(await chat.answer())[0]["text"] == text_of(world, "not_claimed")


async def test_a_message_for_the_next_opening_rings_once_it_is_an_emergency(world: World) -> None:
    desk = world.hub.relay.escalations
    await desk.hours.put([])
    chat = await world.talk()
    await hand_off(chat)
    (waiting,) = await desk.queue()
    assert (waiting.is_after_hours, may_ring(waiting)) == (True, False)
    await chat.say("gevaarwoord")
    (waiting,) = await desk.queue()
    assert (waiting.urgency, may_ring(waiting)) == (Urgency.EMERGENCY, True)


# ---- gone home with a case -----------------------------------------------------------------------------------------------


async def test_who_writes_to_a_counsellor_that_went_away_waits_again_and_is_told_with_open_lines(
    world: World, counsellor: Counsellor
) -> None:
    world.hub.relay.handoffs.ways = ("webhook",)
    chat, case_id = await held(world, counsellor)
    await chat.say("wat ik aan jou vertelde")
    await counsellor.say(case_id, "ik lees het")
    await chat.quiet()
    await quiet_since(world, 3600)
    desk_clock_ahead(world, RELEASE_AFTER_S + 1)
    await look(world)
    assert await chat.quiet() == [], "who says nothing is not left in the middle of anything"
    with counsellor.desk.subscribe() as desk:
        assert kinds(await chat.say("ben je daar nog?"))[:1] == ["ack"]
        await look(world)
        frames = [*await chat.answer()]
        events = [await next_event(desk, QueueChanged)]
    assert [frame["holder"] for frame in chat.seen if frame["type"] == "holder"][-1] == "waiting"
    (told,) = replies(frames)
    assert (told["from"], told["text"]) == ("system", text_of(world, "released"))
    assert any(card["open"] for card in told["helplines"])
    assert events[0].cause == "released"
    waiting = await counsellor.waiting()
    assert (waiting.state, waiting.claimed_by, waiting.told_at) == (EscalationState.WAITING, None, None)
    assert (may_ring(waiting), waiting.is_after_hours) == (True, False)
    async with world.hub.store.db.read() as connection:
        alarms = (await connection.execute(select(OUTBOX.c.alarm, OUTBOX.c.ended_at))).all()
    assert [tuple(each) for each in alarms if each.ended_at is None] == [("unclaimed", None)]
    assert (await world.hub.store.conversations.get(waiting.conversation_id or "")).holder is Holder.WAITING
    assert "reply" in kinds(await chat.say("en nu?")), "the bot answers meanwhile"
    other = Counsellor(world, "b" * 32)
    with pytest.raises(NotPossible):
        await counsellor.say(case_id, "ik ben terug")
    assert await other.claim() == case_id
    assert await other.heard(case_id) == ["wat ik aan jou vertelde", "ik lees het", "ben je daar nog?"]


async def test_danger_that_nobody_answered_is_reason_enough(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    await chat.say("gevaarwoord")
    await quiet_since(world, 3600)
    desk_clock_ahead(world, RELEASE_AFTER_S - 5)
    await look(world)
    assert (await world.hub.store.escalations.get(case_id)).claimed_by == counsellor.account, "not away for long enough"
    desk_clock_ahead(world, RELEASE_AFTER_S + 1)
    await look(world)
    assert (await counsellor.waiting()).claimed_by is None
    assert lines(replies(await chat.answer())[0]), "with lines"


async def test_who_is_at_the_desk_or_acts_without_a_page_keeps_the_case(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    desk_clock_ahead(world, RELEASE_AFTER_S + 1)
    await counsellor.say(case_id, "ik ben er, zonder script")
    await chat.say("gevaarwoord")
    await look(world)
    assert (await world.hub.store.escalations.get(case_id)).claimed_by == counsellor.account


async def test_who_has_a_page_open_at_a_hub_that_cannot_tell_keeps_the_case(world: World, counsellor: Counsellor) -> None:
    account, _ = await world.hub.store.accounts.create("An", Role.COUNSELLOR)
    an = Counsellor(world, account)
    await world.hub.store.sessions.begin(account)
    chat, case_id = await held(world, an)
    desk_clock_ahead(world, RELEASE_AFTER_S + 1)
    await chat.say("gevaarwoord")
    await look(world)
    assert (await world.hub.store.escalations.get(case_id)).claimed_by == account


async def test_who_asks_for_a_person_in_the_ten_seconds_keeps_the_counsellor(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    await counsellor.desk.give_back(case_id, counsellor.account)
    with counsellor.desk.subscribe() as desk:
        await chat.send(type="human")
        await chat.until("handoff")
        assert (await next_event(desk, QueueChanged)).cause == "claimed"
    assert (await world.hub.store.escalations.get(case_id)).returning_at is None


async def test_a_child_who_left_is_not_made_to_wait(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    await chat.send(type="leave")
    await chat.answer()
    with pytest.raises(NotPossible):
        await counsellor.desk.release(await world.hub.store.escalations.get(case_id))


async def test_the_button_does_not_say_that_somebody_is_there_who_went_home(world: World, counsellor: Counsellor) -> None:
    chat, _ = await held(world, counsellor)
    await chat.send(type="human")
    assert replies(await chat.until("handoff"))[0]["text"] == text_of(world, "human_here")
    desk_clock_ahead(world, SEEN_S + 5)
    await chat.send(type="human")
    shown = replies(await chat.until("handoff"))[0]
    assert shown["text"] == text_of(world, "human_waiting")
    assert any(card["open"] for card in shown["helplines"])


# ---- the ten seconds of giving back, and closing --------------------------------------------------------------------------


async def test_what_is_said_in_the_ten_seconds_of_giving_back_keeps_the_counsellor(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    await counsellor.desk.give_back(case_id, counsellor.account)
    with counsellor.desk.subscribe(case_id) as desk:
        await chat.say("gevaarwoord nu")
        events = [await next_event(desk, QueueChanged), await next_event(desk, QueueChanged), await next_event(desk, CaseSaid)]
    assert [each.cause for each in events[:2]] == ["claimed", "danger"]
    escalation = await world.hub.store.escalations.get(case_id)
    assert (escalation.state, escalation.returning_at) == (EscalationState.CLAIMED, None)
    await look(world, 15)
    assert (await world.hub.store.escalations.get(case_id)).state is EscalationState.CLAIMED
    assert await counsellor.heard(case_id) == ["gevaarwoord nu"]


async def test_danger_in_a_message_that_is_too_long_keeps_them_too(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    await counsellor.desk.give_back(case_id, counsellor.account)
    with counsellor.desk.subscribe(case_id) as desk:
        await chat.send(type="say", id=str(uuid.uuid4()), text="la " * 1400 + "gevaarwoord")
        assert (await next_event(desk, QueueChanged)).cause == "danger"
    assert (await world.hub.store.escalations.get(case_id)).returning_at is None


async def test_a_case_is_not_closed_over_danger_that_nobody_read(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await held(world, counsellor)
    _, version = await world.hub.store.escalations.with_version(case_id)
    await chat.say("gevaarwoord")
    with pytest.raises(NotPossible):
        await counsellor.desk.close(case_id, counsellor.account, CaseRecord(outcome="step"), version)
    _, version = await world.hub.store.escalations.with_version(case_id)
    closed = await counsellor.desk.close(case_id, counsellor.account, CaseRecord(outcome="step"), version)
    assert closed.state is EscalationState.CLOSED
