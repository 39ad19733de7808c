"""Nobody picks up, the desk is closed, coming back with four words."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chat_client import Chat, kinds, lines, replies
from desk_side import Counsellor, card_of, hand_off, next_event, send_card
from hub_world import ROOT, World

from channels.answers import BRUSSELS
from channels.desk_events import QueueChanged
from channels.desk_hours import DeskHours, DeskState, WrongShift, check_shifts, is_within, next_opening
from channels.return_words import WORDS, ReturnWords
from channels.store import HOLIDAY, Shift
from channels.store.desk_tables import ESCALATIONS, RETURN_CODES
from channels.waiting import Waiting
from kernel.escalation import EscalationState
from kernel.language import Language
from safety.datafile import DataError

OFFICE = [Shift(day, 9 * 60, 12 * 60) for day in range(5)] + [Shift(day, 13 * 60, 17 * 60) for day in range(5)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


async def look(world: World, minutes_later: float) -> None:
    """What the hub's look does that many minutes from now."""
    await Waiting(world.hub.store, world.hub.relay.escalations, lambda: time.time() + 60 * minutes_later).look()


# ---- not claimed in time -------------------------------------------------------------------------------------------------


async def test_who_waits_too_long_is_told_once_with_an_open_line(world: World) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk()
    case_id = await hand_off(chat)
    await look(world, 9.9)
    assert await chat.quiet() == []
    with counsellor.desk.subscribe() as desk:
        await look(world, 10.1)
        assert (await next_event(desk, QueueChanged)).cause == "overdue"
    await look(world, 10.2)
    shown = await chat.answer()
    assert kinds(shown) == ["reply"]
    assert shown[0]["from"] == "system"
    assert any(card["open"] for card in shown[0]["helplines"])
    assert await counsellor.claim() == case_id


async def test_in_an_emergency_it_is_two_minutes(world: World) -> None:
    counsellor = Counsellor(world)
    chat = await world.talk("fr")
    await chat.say("motdanger")
    await hand_off(chat)
    await look(world, 1.9)
    assert await chat.quiet() == []
    await look(world, 2.1)
    assert lines((await chat.answer())[0])[0] == "prevention_suicide"
    assert (await counsellor.waiting()).told_at is not None


async def test_the_hub_itself_looks_and_does_so_again_after_a_restart(make_hub: Any) -> None:
    first = await make_hub()
    Counsellor(first)
    chat = await first.talk()
    case_id = await hand_off(chat)
    async with first.hub.store.db.write() as connection:
        await connection.execute(ESCALATIONS.update().values(waiting_at=time.time() - 601))
    token = chat.token
    await first.hub.stop()
    second = await make_hub()
    again = await second.chat()
    await again.hello("nl", token)
    told = [frame for frame in replies(again.seen) if "nog niemand vrij" in frame["text"]] or await again.until("reply")
    assert "nog niemand vrij" in told[-1]["text"]
    assert (await second.hub.store.escalations.get(case_id)).told_at is not None


async def test_giving_back_happens_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.escalation.UNDO_S", 0.2)
    counsellor = Counsellor(world)
    chat = await world.talk()
    case_id = await hand_off(chat)
    await counsellor.claim()
    await chat.quiet()
    await counsellor.desk.give_back(case_id, counsellor.account)
    assert (await chat.until("holder", 4))[-1]["holder"] == "bot"


# ---- a closed desk -------------------------------------------------------------------------------------------------------


async def test_a_closed_desk_says_so_with_lines_before_it_asks_anything(world: World) -> None:
    await world.hub.relay.escalations.hours.put([])
    chat = await world.talk()
    await chat.send(type="human")
    frames = await chat.answer()
    assert kinds(frames) == ["reply", "handoff"]
    assert any(card["open"] for card in frames[0]["helplines"])
    assert (frames[1]["desk"], frames[1]["opens_at"]) == ("closed", None)


async def test_open_means_within_hours_and_somebody_seen_in_the_last_minute(world: World) -> None:
    clock = [0.0]
    moment = [at("2026-11-24T10:00")]
    hours = DeskHours(world.hub.store, lambda: clock[0], lambda: moment[0])
    await hours.put(OFFICE)
    assert not (await hours.state()).is_open
    hours.seen("a")
    assert (await hours.state()).is_open
    clock[0] = 61.0
    assert not (await hours.state()).is_open
    assert (await hours.state()).opens_at is None
    hours.seen("a")
    moment[0] = at("2026-11-24T12:30")
    assert await hours.state() == DeskState(False, at("2026-11-24T13:00"))
    hours.gone("a")
    assert hours.present() == []


async def written_to_closed_desk(world: World) -> tuple[Chat, str, str]:
    """A conversation that sent a message to a closed desk: chat, case, the four words."""
    chat = await world.talk()
    await chat.say("dit kan wachten tot morgen")
    card = await card_of(chat)
    frames = await send_card(chat, card)
    return chat, card["id"], next(frame["return_code"] for frame in frames if frame["type"] == "handoff_stored")


async def with_code(world: World, code: str) -> tuple[Chat, list[dict[str, Any]]]:
    """A new socket that says hello with a code."""
    chat = await world.chat()
    await chat.send(type="hello", version=1, lang=None, resume=None, after=None, code=code)
    return chat, await chat.answer()


async def test_four_words_bring_back_to_the_answer_of_the_next_opening(world: World, tmp_path: Path) -> None:
    chat, case_id, code = await written_to_closed_desk(world)
    assert len(code.split()) == WORDS
    await chat.send(type="leave")
    await chat.answer()
    await chat.close()
    counsellor = Counsellor(world)
    assert await counsellor.claim() == case_id
    await counsellor.say(case_id, "goedemorgen, we lazen je bericht")
    back, frames = await with_code(world, "  " + code.upper().replace(" ", ",  "))
    assert (frames[0]["type"], frames[0]["holder"]) == ("welcome", "counsellor")
    assert (frames[1]["seq"], frames[1]["text"]) == (None, world.hub.relay.handoff_texts.text("came_back", Language.NL))
    assert "goedemorgen, we lazen je bericht" in [frame["text"] for frame in replies(frames)]
    assert (await world.hub.store.escalations.get(case_id)).state is EscalationState.CLAIMED
    await back.say("dank je")
    assert await counsellor.heard(case_id) == ["goedemorgen, we lazen je bericht", "dank je"]
    at_rest = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert code.encode() not in at_rest


async def test_who_left_while_waiting_at_an_open_desk_comes_back_to_who_took_it(world: World) -> None:
    """A page that is left for half an hour says goodbye by itself: the request stands, and so must the way back."""
    counsellor = Counsellor(world)
    chat = await world.talk("fr")
    card = await card_of(chat)
    assert card["desk"] == "open"
    code = next(frame["return_code"] for frame in await send_card(chat, card) if frame["type"] == "handoff_stored")
    await chat.send(type="leave")
    await chat.answer()
    assert await counsellor.claim() == card["id"]
    await counsellor.say(card["id"], "je suis là")
    _, frames = await with_code(world, code)
    assert (frames[0]["type"], frames[0]["holder"]) == ("welcome", "counsellor")
    assert "je suis là" in [frame["text"] for frame in replies(frames)]


async def test_a_code_sent_again_is_a_new_one_and_the_old_opens_nothing(world: World) -> None:
    chat, case_id, code = await written_to_closed_desk(world)
    await chat.send(type="handoff", id=case_id, decision="send", note=None, share=[])
    newer = (await chat.until("handoff_stored"))[-1]["return_code"]
    assert newer != code
    assert (await with_code(world, code))[1][0]["code"] == "unknown_code"
    assert (await with_code(world, newer))[1][0]["type"] == "welcome"


async def test_a_code_ends_and_guessing_is_slowed(world: World) -> None:
    _, _, code = await written_to_closed_desk(world)
    async with world.hub.store.db.write() as connection:
        await connection.execute(RETURN_CODES.update().values(expires_at=time.time() - 1))
    assert (await with_code(world, code))[1][0]["code"] == "unknown_code"
    guesses = [(await with_code(world, f"aap boom vis {number}"))[1][0] for number in range(8)]
    assert guesses[-1]["code"] == "too_fast"
    assert guesses[-1]["retry_after"] > 0


async def test_a_code_is_good_until_a_day_after_the_next_opening(world: World) -> None:
    hours = DeskHours(world.hub.store, now=lambda: at("2026-11-27T18:00"))
    await hours.put(OFFICE)
    assert await hours.code_expires_at() == at("2026-12-01T09:00").timestamp()


# ---- hours ---------------------------------------------------------------------------------------------------------------


def test_split_days_weekends_and_holidays() -> None:
    shifts = [*OFFICE, Shift(HOLIDAY, 10 * 60, 11 * 60)]
    table = {
        "2026-11-24T09:00": True, "2026-11-24T08:59": False, "2026-11-24T12:00": False, "2026-11-24T13:00": True,
        "2026-11-28T10:00": False, "2026-12-25T09:30": False, "2026-12-25T10:30": True,
    }  # fmt: skip
    assert {text: is_within(shifts, at(text)) for text in table} == table
    openings = {"2026-11-24T12:30": "2026-11-24T13:00", "2026-11-27T17:00": "2026-11-30T09:00", "2026-12-24T18:00": "2026-12-25T10:00"}
    assert {text: next_opening(shifts, at(text)) for text in openings} == {text: at(opens) for text, opens in openings.items()}
    assert next_opening([], at("2026-11-24T12:30")) is None


def test_an_opening_after_the_clocks_change_is_at_the_hour_on_the_wall() -> None:
    opening = next_opening([Shift(6, 9 * 60, 10 * 60)], at("2026-10-24T12:00"))
    assert opening is not None
    assert (opening.isoformat(), opening.utcoffset()) == ("2026-10-25T09:00:00+01:00", timedelta(hours=1))


@pytest.mark.parametrize(
    "wrong", [[Shift(0, 60, 60)], [Shift(0, 0, 1441)], [Shift(8, 0, 60)], [Shift(0, 0, 60), Shift(0, 59, 90)], [Shift(-1, 0, 5)]]
)
def test_a_wrong_shift_is_named(wrong: list[Shift]) -> None:
    with pytest.raises(WrongShift):
        check_shifts(wrong)


# ---- the words of codes --------------------------------------------------------------------------------------------------


def test_codes_are_drawn_from_the_language_and_read_back_as_people_type() -> None:
    words = ReturnWords.load(ROOT / "data/safety/return_words.yml")
    for language in Language:
        codes = {words.new(language) for _ in range(200)}
        assert len(codes) == 200
        assert all(words.tidy(code) == code for code in codes)
    assert words.tidy("  Aap-BOOM,\nVís  école ") == "aap boom vis ecole"


@pytest.mark.parametrize("text", ["aap " * 600, "aap boom", " ".join(f"w{'a' * n}" for n in range(600)) + " café"])
def test_a_poor_list_of_words_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "return_words.yml"
    path.write_text(f"words:\n  nl: {text}\n  fr: {text}\n", encoding="utf-8")
    with pytest.raises(DataError):
        ReturnWords.load(path)
