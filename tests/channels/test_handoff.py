"""The hand-off on the teenager's side: three doors, the card, the decision, waiting, the talk, leaving, wiping."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import pytest
from chat_client import kinds, lines, replies
from desk_side import Counsellor, card_of, hand_off, next_event, send_card
from hub_world import World
from sqlalchemy import select

from channels.desk_events import QueueChanged
from channels.store import Gone, NotPossible
from channels.store.desk_tables import ESCALATIONS
from channels.store.tables import CONVERSATIONS, MESSAGES, REPLIES
from kernel.escalation import EscalationState
from kernel.urgency import Urgency


async def test_the_button_shows_the_card_and_staff_see_nothing_yet(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    await chat.say("hij wil een foto van mij")
    card = await card_of(chat)
    assert (card["desk"], card["opens_at"]) == ("open", None)
    texts = [line["text"] for line in card["lines"]]
    assert "Ik wil met een mens praten." in texts
    assert any("hij wil een foto van mij" in text for text in texts)
    assert "30 dagen" in card["who_gets_to_know"]
    assert [line["text"] for line in card["lines"] if line.get("own")] == [text for text in texts if "hij wil een foto van mij" in text]
    assert await counsellor.desk.queue() == []
    case = await counsellor.case(card["id"])
    assert (case.lines, case.talk, case.escalation.need, case.escalation.urgency) == ((), (), None, None)


async def test_the_card_says_which_language_it_is_in(world: World) -> None:
    chat = await world.talk("nl")
    await chat.hello("fr", chat.token, 2)
    card = await card_of(chat)
    assert card["lang"] == "fr"
    assert "Je parle français." in [line["text"] for line in card["lines"]]


async def test_only_what_is_ticked_is_sent_with_the_note_and_stored_before_anything_is_said(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    await chat.say("ik ben bang van hem")
    card = await card_of(chat)
    kept = [line for line in card["lines"] if "bang" not in line["text"]]
    frames = await send_card(chat, card, "  liefst een vrouw ", [line["id"] for line in kept] + ["x"])
    assert kinds(frames) == ["handoff_stored", "holder", "reply"]
    assert frames[1]["holder"] == "waiting"
    assert len(frames[0]["return_code"].split()) == 4, "who is away from the page for half an hour needs a way back"
    case = await counsellor.case(card["id"])
    assert [text for _, text in case.lines] == [line["text"] for line in kept]
    assert case.note == "liefst een vrouw"
    assert "bang" not in repr(case)
    assert (await counsellor.waiting()).id == card["id"]


async def test_a_line_taken_off_is_unknown_to_the_desk_also_as_a_figure(world: World, counsellor: Counsellor) -> None:
    world.bot.need = "pressured_to_send"
    chat = await world.talk()
    await chat.say("hij blijft vragen om een foto")
    card = await card_of(chat)
    await send_card(chat, card, None, [])
    waiting = await counsellor.waiting()
    assert (waiting.need, waiting.urgency, waiting.language, waiting.age_group) == (None, None, None, None)


async def test_danger_in_the_note_gets_the_lines_and_rises_as_in_a_message(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = await card_of(chat)
    frames = await send_card(chat, card, "gevaarwoord", [])
    said = [frame for frame in [*frames, *await chat.quiet()] if frame["type"] == "reply"]
    assert "zelfmoordlijn_1813" in {line["id"] for frame in said for line in frame["helplines"]}
    assert (await counsellor.waiting()).urgency is Urgency.EMERGENCY


async def test_a_card_that_changed_sends_what_was_seen_when_it_was_decided(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    await chat.say("het eerste dat ik zei")
    old = await card_of(chat)
    for number in range(3):
        await chat.say(f"iets heel anders dan dat {number}")
    new = await card_of(chat)
    assert new["id"] == old["id"]
    assert not any("het eerste" in line["text"] for line in new["lines"])
    before = {line["text"]: line["id"] for line in old["lines"]}
    assert all(before.get(line["text"], line["id"]) == line["id"] for line in new["lines"])
    assert len({line["id"] for line in [*old["lines"], *new["lines"]]}) == len(old["lines"]) + 3
    await send_card(chat, old)
    assert [text for _, text in (await counsellor.case(old["id"])).lines] == [line["text"] for line in old["lines"]]


async def test_sending_twice_is_one_escalation(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = await card_of(chat)
    await send_card(chat, card, "een")
    await chat.send(type="handoff", id=card["id"], decision="send", note="twee", share=[])
    assert kinds(await chat.answer()) == ["handoff_stored", "holder"]
    assert (await counsellor.case(card["id"])).note == "een"
    assert len(await counsellor.desk.queue()) == 1


async def test_a_no_sticks_for_danger_and_for_staff_but_not_for_the_teenager(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = next(frame for frame in await chat.say("gevaarwoord") if frame["type"] == "handoff")
    await chat.send(type="handoff", id=card["id"], decision="cancel", note=None, share=[])
    assert kinds(await chat.answer()) == ["holder"]
    assert "handoff" not in kinds(await chat.say("gevaarwoord nog eens"))
    with pytest.raises(NotPossible):
        await counsellor.desk.invite(card["id"])
    assert (await card_of(chat))["id"] == card["id"]


@pytest.mark.parametrize(
    "frame", [{"decision": "send"}, {"decision": "send", "share": [1]}, {"decision": "maybe", "share": []}, {"decision": "cancel"}]
)
async def test_a_decision_about_somebody_elses_card_is_refused(world: World, counsellor: Counsellor, frame: dict[str, object]) -> None:
    card = await card_of(await world.talk())
    other = await world.talk()
    await other.send(type="handoff", id=card["id"], **({"note": None} | frame))
    assert (await other.read())["code"] == "bad_frame"
    assert await counsellor.desk.queue() == []


async def test_danger_shows_at_the_desk_without_text_and_the_card_stands_beside_the_lines(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk("fr")
    with counsellor.desk.subscribe() as desk:
        frames = await chat.say("motdanger à l'aide")
        event = await next_event(desk, QueueChanged)
    assert (event.cause, event.need, event.urgency, event.language) == ("danger", "suicidal", Urgency.EMERGENCY, "fr")
    assert kinds(frames)[-3:] == ["reply", "handoff", "done"]
    assert lines(replies(frames)[0])[0] == "prevention_suicide"
    signal = (await counsellor.desk.signals())[0]
    assert signal.id == event.escalation_id
    with pytest.raises(NotPossible):
        await counsellor.desk.claim(signal.id, counsellor.account)
    case = await counsellor.case(signal.id)
    assert (case.lines, case.talk, case.note) == ((), (), "")


async def test_danger_in_a_flood_reaches_the_desk_and_is_not_written_for_each_message(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    with counsellor.desk.subscribe() as desk:
        for number in range(60):
            await chat.send(type="say", id=str(uuid.uuid4()), text="rustig" if number < 12 else f"gevaarwoord {number}")
        assert (await next_event(desk, QueueChanged)).cause == "danger"
    await chat.quiet(0.6)
    offers = world.metric("chatmasjien_escalations_offered_total", reason="danger")
    assert 1 <= offers < 6
    assert len(await counsellor.desk.signals()) == 1


async def test_danger_is_offered_also_when_the_bot_is_dead(world: World, counsellor: Counsellor) -> None:
    await world.bot.stop()
    chat = await world.talk()
    frames = await chat.say("gevaarwoord", seconds=4)
    assert "handoff" in kinds(frames)
    await hand_off(chat)
    assert (await counsellor.waiting()).urgency is Urgency.EMERGENCY


async def test_an_emergency_that_the_bot_alone_heard_is_offered_too(world: World, counsellor: Counsellor) -> None:
    world.bot.urgency = "emergency"
    chat = await world.talk()
    assert kinds(await chat.say("wat de woorden niet zeggen"))[-2:] == ["handoff", "done"]
    assert len(await counsellor.desk.signals()) == 1
    assert "handoff" not in kinds(await chat.say("en nog iets"))


async def test_an_action_in_a_turn_shows_its_card_after_the_replies(world: World) -> None:
    world.bot.delay_s = 0.3
    chat = await world.talk()
    turn = asyncio.create_task(chat.say("ik wil een mens"))
    await asyncio.sleep(0.15)
    await world.hub.relay.doors.action(world.bot.asked[0]["conversation"], "action")
    assert kinds(await turn) == ["ack", "typing", "reply", "handoff", "done"]


async def test_staff_invite_once_with_a_neutral_bubble(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = next(frame for frame in await chat.say("gevaarwoord") if frame["type"] == "handoff")
    await counsellor.desk.invite(card["id"])
    frames = await chat.answer()
    assert kinds(frames) == ["reply", "handoff"]
    assert not frames[0]["helplines"]
    with pytest.raises(NotPossible):
        await counsellor.desk.invite(card["id"])


async def test_while_waiting_the_bot_answers_and_the_desk_sees_none_of_it(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    assert kinds(await chat.say("alleen voor de bot")) == ["ack", "typing", "reply", "done"]
    await counsellor.claim()
    assert await counsellor.heard(case_id) == []


async def test_leaving_keeps_who_waits_marked_left_and_voids_a_card(world: World, counsellor: Counsellor) -> None:
    chat, other = await world.talk(), await world.talk()
    case_id = await hand_off(chat)
    card = await card_of(other)
    for each in (chat, other):
        await each.send(type="leave")
        await each.answer()
    assert (await counsellor.waiting()).state is EscalationState.LEFT
    assert (await world.hub.store.escalations.get(card["id"])).state is EscalationState.CANCELLED
    assert await counsellor.claim() == case_id


async def test_wiping_takes_the_text_of_the_case_and_keeps_the_record(world: World, counsellor: Counsellor, tmp_path: Path) -> None:
    chat = await world.talk()
    await chat.say("kanariewoord is wat ik zei")
    case_id = await hand_off(chat, "kanariewoord in de noot")
    await counsellor.claim()
    await chat.say("kanariewoord voor de mens")
    await counsellor.say(case_id, "kanariewoord terug")
    await counsellor.desk.note(case_id, counsellor.account, "kanariewoord")
    sealed = await sealed_of(world, case_id)
    assert all(each in at_rest(tmp_path) for each in sealed)
    with counsellor.desk.subscribe() as desk:
        await chat.send(type="wipe")
        await chat.until("wiped")
        assert (await next_event(desk, QueueChanged)).cause == "wiped"
    assert not any(each in at_rest(tmp_path) for each in [*sealed, b"kanariewoord"])
    case = await counsellor.case(case_id)
    assert (case.lines, case.note, case.notes, case.talk, case.remark) == ((), "", (), (), "")
    assert case.escalation.wiped_at is not None
    assert (case.escalation.state, case.escalation.outcome) == (EscalationState.CLOSED, "wiped")
    with pytest.raises(Gone):
        await counsellor.say(case_id, "te laat")


async def sealed_of(world: World, case_id: str) -> list[bytes]:
    """What the store keeps of a case's text: what was sent, notes, the talk; and the key of it all."""
    queries = [
        select(ESCALATIONS.c.payload_sealed, ESCALATIONS.c.notes_sealed).where(ESCALATIONS.c.id == case_id),
        select(MESSAGES.c.body_sealed).where(MESSAGES.c.escalation_id == case_id),
        select(REPLIES.c.body_sealed).where(REPLIES.c.escalation_id == case_id),
        select(CONVERSATIONS.c.key_wrapped),
    ]
    async with world.hub.store.db.read() as connection:
        found = [bytes(value) for query in queries for row in (await connection.execute(query)).all() for value in row]
    assert len(found) == 5
    return found


def at_rest(folder: Path) -> bytes:
    """Everything in files: the database and its write-ahead log."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_card_survives_a_reload(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    card = await card_of(chat)
    again = await world.chat()
    shown = [frame for frame in await again.hello("nl", chat.token) if frame["type"] == "handoff"]
    assert [frame["id"] for frame in shown] == [card["id"]]
    await send_card(again, shown[0])
    assert (await counsellor.waiting()).id == card["id"]


async def test_pressing_the_button_while_waiting_says_where_things_stand(world: World, counsellor: Counsellor) -> None:
    chat = await world.talk()
    case_id = await hand_off(chat)
    await chat.send(type="human")
    frames = await chat.answer()
    assert kinds(frames) == ["reply", "handoff"]
    assert (frames[1]["id"], frames[1]["lines"]) == (case_id, [])
    assert len(await counsellor.desk.queue()) == 1
