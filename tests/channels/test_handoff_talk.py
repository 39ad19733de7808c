"""The talk of a teenager with a counsellor, after the hand-off: both ways, danger in it, back to the bot, its end."""

from __future__ import annotations

import uuid

import pytest
from chat_client import kinds, lines, replies
from desk_side import Counsellor, hand_off, next_event
from hub_world import World

from channels.desk_events import CaseSaid, CaseTyping, QueueChanged
from channels.store import NotPossible
from kernel.conversation import Speaker
from kernel.escalation import EscalationState


async def test_the_talk_goes_both_ways_and_nothing_goes_to_the_bot(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    with counsellor.desk.subscribe(case_id) as desk:
        assert await counsellor.claim() == case_id
        assert kinds(await chat.answer())[-2:] == ["holder", "reply"]
        asked = len(world.bot.asked)
        assert kinds(await chat.say("hallo, ben je echt?")) == ["ack", "done"]
        assert (await next_event(desk, CaseSaid)).said.text == "hallo, ben je echt?"
        await chat.send(type="typing")
        assert (await next_event(desk, CaseTyping)).speaker is Speaker.TEENAGER
    await counsellor.desk.typing(case_id, counsellor.account)
    assert await chat.read() == {"type": "typing", "from": "counsellor"}
    await counsellor.say(case_id, "ja, ik ben een mens <b>")
    frame = await chat.read()
    assert (frame["from"], frame["text"], frame["in_reply_to"]) == ("counsellor", "ja, ik ben een mens <b>", None)
    assert len(world.bot.asked) == asked
    again = await world.chat()
    resumed = await again.hello("nl", chat.token, frame["seq"] - 1)
    assert resumed[0]["holder"] == "counsellor"
    assert [each["text"] for each in replies(resumed)] == ["ja, ik ben een mens <b>"]
    assert await counsellor.heard(case_id) == ["hallo, ben je echt?", "ja, ik ben een mens <b>"]


async def test_a_cry_for_help_to_a_counsellor_is_theirs_to_hear(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    assert kinds(await chat.say("bel 112!")) == ["ack", "done"]
    assert await counsellor.heard(case_id) == ["bel 112!"]


async def test_what_a_counsellor_says_twice_under_one_id_is_said_once(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    same = str(uuid.uuid4())
    for _ in range(3):
        await counsellor.desk.say(case_id, counsellor.account, same, "hallo")
    assert len(replies(await chat.answer())) == 1


async def test_only_who_holds_may_speak(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    with pytest.raises(NotPossible):
        await counsellor.say(case_id, "te vroeg")
    await counsellor.claim()
    other = Counsellor(world, "b" * 32)
    for act in (other.say(case_id, "ik ook"), other.desk.typing(case_id, other.account), other.desk.give_back(case_id, other.account),
                other.close(case_id), other.desk.note(case_id, other.account, "x"), other.desk.claim(case_id, other.account)):  # fmt: skip
        with pytest.raises(NotPossible):
            await act


async def test_danger_while_a_counsellor_holds_rings_each_time(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    with counsellor.desk.subscribe() as desk:
        for _ in range(2):
            assert kinds(await chat.say("gevaarwoord")) == ["ack", "done"]
            event = await next_event(desk, QueueChanged)
            assert (event.cause, event.escalation_id, event.held_by) == ("danger", case_id, counsellor.account)


async def test_giving_back_can_be_undone_and_then_comes_with_kind_words(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    await counsellor.desk.give_back(case_id, counsellor.account)
    await counsellor.desk.undo_give_back(case_id, counsellor.account)
    assert kinds(await chat.say("nog hier?")) == ["ack", "done"]
    await counsellor.return_now(case_id)
    frames = await chat.answer()
    assert kinds(frames) == ["holder", "reply"]
    assert frames[0]["holder"] == "bot"
    assert kinds(await chat.say("en nu de bot")) == ["ack", "typing", "reply", "done"]
    assert await counsellor.heard(case_id) == ["nog hier?"]
    assert await hand_off(chat) == case_id
    assert await counsellor.claim() == case_id


async def test_a_talk_with_a_person_closes_a_wipe_that_was_asked_before(world: World, counsellor: Counsellor) -> None:
    """The yes that follows, to what was said last, must not wipe everything."""
    chat = await world.talk()
    case_id = await hand_off(chat)
    world.bot.need = "wipe_chat"
    await chat.say("wis alles")
    await counsellor.claim()
    await counsellor.return_now(case_id)
    await chat.quiet()
    await chat.say("ja")
    assert world.bot.asked[-1]["text"] == "ja"
    assert world.bot.asked[-1]["state"] is None


async def test_closing_keeps_the_record_and_the_next_message_opens_again_with_the_bot(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    await counsellor.desk.note(case_id, counsellor.account, "wil teruggebeld worden")
    closed = await counsellor.close(case_id, need="grooming", outcome="helped", referred_to=("childfocus", "awel"), minutes=12, remark="ok")
    assert (closed.state, closed.need, closed.referred_to, closed.minutes) == (
        EscalationState.CLOSED,
        "grooming",
        ("childfocus", "awel"),
        12,
    )
    case = await counsellor.case(case_id)
    assert (case.remark, case.notes[0].text) == ("ok", "wil teruggebeld worden")
    frames = await chat.answer()
    assert frames[0] == {"type": "holder", "holder": "closed"}
    frames = await chat.say("toch nog iets")
    assert kinds(frames) == ["holder", "ack", "typing", "reply", "done"]
    assert await hand_off(chat) != case_id


async def test_commands_work_while_a_counsellor_holds(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    assert lines(replies(await chat.say("sos"))[0])[0] == "childfocus"
    with counsellor.desk.subscribe() as desk:
        await chat.say("stop")
        assert (await next_event(desk, QueueChanged)).cause == "left"
    assert (await world.hub.store.escalations.get(case_id)).state is EscalationState.LEFT
    await counsellor.say(case_id, "dag")
    await counsellor.close(case_id)
    assert await counsellor.heard(case_id) == ["dag"]
