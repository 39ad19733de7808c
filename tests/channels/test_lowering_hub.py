"""Staff lower the urgency while hub and bot run: the next turn, the desk, danger after it."""

from __future__ import annotations

import asyncio
import uuid

from chat_client import Chat, Frame, lines, replies
from desk_side import Counsellor, hand_off, next_event
from hub_world import World

from channels.desk_events import QueueChanged
from channels.store import Lowering
from kernel.urgency import Urgency

EMERGENCY, HIGH, NORMAL = Urgency.EMERGENCY, Urgency.HIGH, Urgency.NORMAL


async def _lower(desk: Counsellor, case_id: str, to: Urgency = NORMAL) -> None:
    escalation = (await desk.case(case_id)).escalation
    version = (await desk.case(case_id)).urgency_version
    await desk.desk.lower(case_id, desk.account, Lowering(escalation.urgency or NORMAL, to, version))


async def _lowered_and_back(world: World, desk: Counsellor) -> tuple[Chat, str]:
    """Danger was heard, a counsellor lowered it to normal and gave back to the bot; the chat and the case."""
    world.bot.need = "suicidal"
    chat = await world.talk()
    await chat.say("gevaarwoord")
    case_id = await hand_off(chat)
    await desk.claim()
    await _lower(desk, case_id)
    await desk.return_now(case_id)
    await chat.quiet()
    return chat, case_id


def named(frames: list[Frame]) -> list[str]:
    """The helplines of all replies among these, in order."""
    return [line for frame in replies(frames) for line in lines(frame)]


async def test_the_bots_next_turn_has_the_lower_level_and_leaves_its_path_once(world: World, counsellor: Counsellor) -> None:
    chat, _ = await _lowered_and_back(world, counsellor)
    world.bot.need = "off_topic"
    shown = named(await chat.say("ik ging mijn jas ophangen"))
    first = world.bot.asked[-1]
    assert (first["urgency"], first["leaves_path"]) == ("normal", True)
    assert not {"emergency_112", "zelfmoordlijn_1813"} & set(shown)
    for _ in range(5):
        said = replies(await chat.say("en dan"))
        assert said[-1]["text"].startswith("turn"), "nobody asks about the old alarm again"
    assert (world.bot.asked[-1]["urgency"], "leaves_path" in world.bot.asked[-1]) == ("normal", False)


async def test_the_fixed_answer_has_no_emergency_lines_any_more_until_danger_is_heard_again(world: World, counsellor: Counsellor) -> None:
    chat, _ = await _lowered_and_back(world, counsellor)
    world.bot.mode = "error"
    calm = named(await chat.say("hallo?"))
    assert calm and not {"emergency_112", "zelfmoordlijn_1813"} & set(calm)
    assert named(await chat.say("gevaarnu"))[0] == "emergency_112"
    world.bot.mode = "answering"
    await chat.say("ja")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_the_desk_hears_of_it_at_once_and_of_danger_after_it(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    await chat.say("gevaarwoord")
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    with counsellor.desk.subscribe() as desk:
        await _lower(counsellor, case_id)
        told = await next_event(desk, QueueChanged)
        assert (told.cause, told.urgency) == ("lowered", NORMAL)
        assert [one.urgency for one in await counsellor.desk.queue()] == [NORMAL]
        await counsellor.desk.undo_lowering(case_id, counsellor.account)
        told = await next_event(desk, QueueChanged)
        assert (told.cause, told.urgency) == ("restored", EMERGENCY)
        await _lower(counsellor, case_id, HIGH)
        await next_event(desk, QueueChanged)
        await chat.say("gevaarwoord")
        told = await next_event(desk, QueueChanged)
        assert (told.cause, told.urgency) == ("danger", EMERGENCY)
    assert (world.metric("chatmasjien_handoffs_total", step="lowered"), world.metric("chatmasjien_handoffs_total", step="restored")) == (
        2,
        1,
    )


async def test_danger_that_is_sent_again_rings_and_undoes_no_lowering(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    message_id = str(uuid.uuid4())
    await chat.say("gevaarwoord", message_id)
    await _lower(counsellor, case_id)
    before = await world.hub.store.escalations.with_version(case_id)
    with counsellor.desk.subscribe() as desk:
        await chat.say("gevaarwoord", message_id)
        told = await next_event(desk, QueueChanged)
        assert (told.cause, told.held_by) == ("danger", counsellor.account)
        await asyncio.sleep(0.2)
    after = await world.hub.store.escalations.with_version(case_id)
    assert (after, after[0].urgency, after[0].lowered_from) == (before, NORMAL, EMERGENCY)


async def test_who_asks_for_a_person_again_is_no_emergency_by_the_name_of_what_was_lowered(world: World, counsellor: Counsellor) -> None:
    chat, case_id = await _lowered_and_back(world, counsellor)
    world.bot.need = "off_topic"
    await chat.say("toch nog iets")
    assert await hand_off(chat) == case_id
    waiting = await counsellor.waiting()
    assert waiting.urgency is NORMAL
    assert await counsellor.desk.signals() == []
