"""Whoever floods a socket is read ever more slowly; nobody else notices anything."""

from __future__ import annotations

import asyncio
import time
import uuid

import pytest
from hub_world import ROOT, World

from channels.answers import Answers
from channels.pace import FREE, LONGEST_S, QUIET_S, Pace
from channels.queues import Pending, Queues
from channels.store import Body, Message
from safety.crisis import Finding


def test_a_few_too_many_cost_nothing_and_a_flood_ever_more() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pauses = []
    for number in range(FREE + 9):
        pace.came()
        if number <= FREE:
            pace.refused()  # from then on it is within the limit, since it is read slowly
        pauses.append(pace.pause())
        now[0] += pauses[-1] + 0.01
    assert pauses[:FREE] == [0.0] * FREE
    assert pauses[FREE:] == sorted(pauses[FREE:])
    assert pauses[-1] == LONGEST_S, "what lies there already is still the flood"
    now[0] += 0.5
    pace.came()
    assert pace.pause() == LONGEST_S, "half a second is no silence"
    now[0] += LONGEST_S + QUIET_S + 0.1
    pace.came()
    assert pace.pause() == 0.0, "who waited is forgiven"


def test_a_flood_of_frames_that_take_long_to_look_at_is_no_silence() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    pauses = []
    for _ in range(FREE + 9):
        pace.came()
        now[0] += 3.0  # danger is looked for in the whole frame
        pace.refused()
        pauses.append(pace.pause())
        now[0] += pauses[-1] + 0.01
    assert pauses[:FREE] == [0.0] * FREE
    assert pauses[-1] == LONGEST_S


async def test_messages_that_are_too_long_are_read_ever_more_slowly_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[None] = []
    monkeypatch.setattr(Pace, "refused", lambda _pace: refused.append(None))
    chat = await world.talk()
    await chat.send(type="say", id=str(uuid.uuid4()), text="la " * 1400)
    assert (await chat.until("error"))[-1]["code"] == "too_long"
    assert len(refused) == 1


async def test_a_flood_is_heard_for_danger_and_does_not_hold_others_up(world: World) -> None:
    loud, calm = await world.talk(), await world.talk()
    for _ in range(FREE + 60):
        await loud.send(type="say", id=str(uuid.uuid4()), text="gevaarwoord " * 50)
    begun = time.monotonic()
    await calm.say("hallo")
    assert time.monotonic() - begun < 2
    frames = await loud.answer(1.0)
    refused = sum(frame["type"] == "error" and frame["code"] == "too_fast" for frame in frames)
    assert FREE <= refused < FREE + 40, "read to the end at once: it was not slowed down"
    assert any(frame["type"] == "reply" and frame["helplines"] for frame in frames)
    await asyncio.wait_for(loud.ws.close(), 15)


def test_when_many_are_answered_nobody_gets_a_third_message_in() -> None:
    async def go() -> None:
        over = asyncio.Event()

        async def answer(_pending: Pending) -> None:
            await over.wait()

        queues = Queues(answer)

        def put(conversation: str, number: int) -> None:
            queues.put(Pending(Message(conversation, f"{conversation}-{number}", Body("hallo"))))

        for number in range(3):
            put("loud", number)
        await asyncio.sleep(0)
        assert not queues.is_too_much("loud"), "nobody else is there"
        for number in range(45):
            put(f"other {number}", 0)
        await asyncio.sleep(0)
        assert queues.is_too_much("loud")
        assert not queues.is_too_much("other 3"), "its first"
        assert not queues.is_too_much("newcomer")
        over.set()
        await asyncio.sleep(0.01)
        assert not queues.is_too_much("loud")

    asyncio.run(go())


async def test_in_a_crowd_a_third_message_is_refused_and_heard_for_danger(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = await world.talk()
    monkeypatch.setattr(world.hub.relay, "is_too_much", lambda _conversation: True)
    await chat.send(type="say", id=str(uuid.uuid4()), text="gevaarwoord")
    frames = await chat.answer()
    assert [frame["type"] for frame in frames][:2] == ["error", "reply"]
    assert frames[0]["code"] == "too_fast"
    assert frames[0]["retry_after"] >= 1
    assert frames[1]["helplines"]


def test_a_finding_is_kept_until_the_terms_change() -> None:
    answers = Answers.load(ROOT / "data/safety")
    asked: list[str] = []
    own = answers.detector.find

    class Counted:
        def find(self, text: str) -> Finding | None:
            asked.append(text)
            return own(text)

    answers.detector = Counted()  # type: ignore[assignment]
    assert [answers.find_danger(text) is not None for text in ("ik wil dood", "hallo", "ik wil dood")] == [True, False, True]
    assert asked == ["ik wil dood", "hallo"]
    answers.detector = Counted()  # type: ignore[assignment]
    answers.find_danger("ik wil dood")
    assert len(asked) == 3


async def test_while_a_long_text_is_read_others_get_their_turn() -> None:
    answers = Answers.load(ROOT / "data/safety")
    turns, is_read = 0, False

    async def others() -> None:
        nonlocal turns
        while not is_read:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    long = "vandaag regent het in gent en de bus is te laat " * 5000
    found = await answers.find_danger_in_turns(f"{long} ik wil dood {long[:9000]}")
    is_read = True
    await beside
    assert turns > 50, "the loop stood still"
    assert found is not None and found.need == "suicidal"
    assert await answers.find_danger_in_turns(long) is None
    assert await answers.find_danger_in_turns("ik wil dood") == answers.find_danger("ik wil dood")


async def test_one_long_text_is_read_at_a_time_and_short_ones_do_not_wait_for_it() -> None:
    answers = Answers.load(ROOT / "data/safety")
    read: list[bool | None] = []
    own = answers.detector.find

    class Noted:
        def find(self, text: str) -> Finding | None:
            read.append("vier" in text if len(text) > 100 else None)
            return own(text)

    answers.detector = Noted()  # type: ignore[assignment]
    texts = ("een twee " * 2000, "vier vijf " * 2000)
    both = [asyncio.create_task(answers.find_danger_in_turns(text)) for text in texts]
    await asyncio.sleep(0)
    assert await answers.find_danger_in_turns("ik wil dood") is not None
    assert len(read) <= 3, "it waited for the long ones"
    await asyncio.gather(*both)
    parts = [is_second for is_second in read if is_second is not None]
    assert set(parts) == {False, True}
    assert parts == sorted(parts), "both were read at once"


async def test_what_was_read_with_old_terms_is_not_kept_for_new_ones() -> None:
    answers, others = (Answers.load(ROOT / "data/safety") for _ in range(2))
    long = "vandaag regent het in gent en de bus is te laat " * 500

    class Deaf:
        def find(self, text: str) -> Finding | None:
            return None

    heard, others.detector = answers.detector, Deaf()  # type: ignore[assignment]
    answers.become(others)
    reading = asyncio.create_task(answers.find_danger_in_turns(f"ik wil dood {long}"))
    await asyncio.sleep(0)
    answers.detector = heard
    assert await reading is None, "the new terms read it: nothing is shown"
    assert answers.find_danger(f"ik wil dood {long}") is not None


async def test_a_defect_in_the_terms_stops_no_message_and_is_not_remembered(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers.load(ROOT / "data/safety")

    class Broken:
        def find(self, text: str) -> Finding | None:
            raise RecursionError

    whole, broken = answers.detector.find, Broken()
    answers.detector = broken  # type: ignore[assignment]
    assert answers.find_danger("ik wil dood") is None
    assert await answers.find_danger_in_turns("ik wil dood " * 1000) is None
    monkeypatch.setattr(broken, "find", whole, raising=False)
    assert answers.find_danger("ik wil dood") is not None, "a failed look was kept as no danger"
    assert await answers.find_danger_in_turns("ik wil dood " * 1000) is not None
    assert {record.message for record in caplog.records} == {"danger terms failed"}
