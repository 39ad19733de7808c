"""Danger, presence and taking over, on the live socket of the desk's pages."""

from __future__ import annotations

import asyncio
import time
import uuid

import aiohttp
import pytest
from desk_world import DeskWorld, Live, asks_for_a_person, said, teenager

from channels.desk.watch import AWAY_AFTER_S
from kernel.language import Language
from kernel.role import Role


async def test_danger_rings_at_once_and_until_it_was_seen(desk: DeskWorld) -> None:
    an, bo = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    first, second = await Live.of(desk, an), await Live.of(desk, bo)
    chat = await teenager(desk, "nl")
    started = time.monotonic()
    await chat.send(type="say", id=str(uuid.uuid4()), text="ik ben weggelopen en heb het koud")
    frame = await first.until(lambda frame: frame["type"] == "desk" and frame["danger"])
    assert time.monotonic() - started < 2
    assert frame["ring"] == "emergency"
    (signal,) = frame["signals"]
    assert (signal["need"], signal["urgency"], signal["language"]) == ("is weggelopen", "emergency", "nl")
    assert "koud" not in str(frame), "that there is danger, not what was written"
    await second.until(lambda frame: frame["type"] == "desk" and frame["danger"])
    await first.socket.send_json({"type": "seen", "id": signal["id"]})
    for page in (first, second):
        quiet = await page.until(lambda frame: frame["type"] == "desk" and not frame["danger"])
        assert quiet["ring"] == "none"
    assert (await an.post(f"/signals/{signal['id']}/invite"))[0] == 303
    assert "uitgenodigd" in (await an.get("/queue"))[1]
    await chat.until("handoff", 5)
    await chat.close()


async def test_danger_said_to_a_counsellor_rings_for_that_counsellor(desk: DeskWorld) -> None:
    an, bo = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "ze pesten mij op school")
    case_id = await asks_for_a_person(chat)
    assert (await an.post(f"/cases/{case_id}/claim"))[0] == 303
    mine, other = await Live.of(desk, an, case_id), await Live.of(desk, bo)
    await mine.until(lambda frame: frame["type"] == "desk" and frame["ring"] == "none")
    await chat.send(type="say", id=str(uuid.uuid4()), text="ik wil niet meer leven")
    rung = await mine.until(lambda frame: frame["type"] == "desk" and frame["dangers"])
    assert (rung["dangers"], rung["ring"]) == ([case_id], "emergency")
    await other.until(lambda frame: frame["type"] == "desk")
    assert all(not frame["dangers"] for frame in other.frames if frame["type"] == "desk")
    await mine.socket.send_json({"type": "seen", "id": case_id})
    await mine.until(lambda frame: frame["type"] == "desk" and not frame["dangers"])
    await chat.close()


async def test_danger_said_between_two_pages_still_rings(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "ze pesten mij op school")
    case_id = await asks_for_a_person(chat)
    assert (await an.post(f"/cases/{case_id}/claim"))[0] == 303
    await chat.say("ik wil niet meer leven", seconds=6)  # no page is open now
    page = await Live.of(desk, an)
    rung = await page.until(lambda frame: frame["type"] == "desk" and frame["dangers"])
    assert (rung["dangers"], rung["ring"]) == ([case_id], "emergency")
    await chat.close()


async def test_viewers_and_presence(desk: DeskWorld) -> None:
    an, bo, vera = (
        await desk.staff("An", Role.COUNSELLOR),
        await desk.staff("Bo", Role.COUNSELLOR),
        await desk.staff("Vera", Role.VOLUNTEER),
    )
    assert vera.mark
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    page = await Live.of(desk, an)
    await page.until(lambda frame: frame["type"] == "desk" and frame["present"] == ["An"])
    looking = await Live.of(desk, bo, case_id)
    frame = await page.until(lambda frame: frame["type"] == "desk" and frame["queue"][0]["viewers"])
    assert frame["queue"][0]["viewers"] == "bekeken door Bo"
    assert frame["present"] == ["An", "Bo"]
    assert frame["open"] is True
    await looking.socket.close()
    frame = await page.until(lambda frame: frame["type"] == "desk" and not frame["queue"][0]["viewers"])
    assert frame["present"] == ["An"]
    await chat.close()


async def test_a_case_whose_counsellor_is_away_rings_and_can_be_taken_over(desk: DeskWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    an, bo, cleo = [await desk.staff(name, Role.COUNSELLOR) for name in ("An", "Bo", "Cleo")]
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    assert (await an.post(f"/cases/{case_id}/claim"))[0] == 303
    working = await Live.of(desk, an, case_id)
    other = await Live.of(desk, bo)
    assert (await other.until(lambda frame: frame["type"] == "desk" and frame["queue"]))["ring"] == "none"
    assert (await bo.post(f"/cases/{case_id}/takeover"))[0] == 403, "its counsellor is there"
    await working.socket.close()
    await other.until(lambda frame: frame["type"] == "desk" and frame["present"] == ["Bo"])
    assert (await bo.post(f"/cases/{case_id}/takeover"))[0] == 403, "gone for a moment only"
    later = time.monotonic() + AWAY_AFTER_S + 1
    monkeypatch.setattr(desk.parts.watch, "_clock", lambda: later)
    await chat.send(type="say", id=str(uuid.uuid4()), text="ben je er nog?")
    looking = await Live.of(desk, cleo)  # that somebody comes makes the desk look again
    frame = await looking.until(lambda frame: frame["type"] == "desk")
    assert (frame["alone"], frame["ring"], frame["queue"][0]["is_alone"]) == (1, "normal", True)
    answers = await asyncio.gather(*(person.post(f"/cases/{case_id}/takeover") for person in (bo, cleo) * 10))
    assert {status for status, _ in answers} <= {303, 403, 503}
    holder = (await desk.store.escalations.get(case_id)).claimed_by
    assert holder in (bo.id, cleo.id)
    winner, loser = (bo, cleo) if holder == bo.id else (cleo, bo)
    assert "ben je er nog?" in (await winner.get(f"/cases/{case_id}"))[1]
    assert (await loser.get(f"/cases/{case_id}"))[0] == 403
    assert (await an.post(f"/cases/{case_id}/say", text="ik ben terug"))[0] == 403
    assert (await winner.post(f"/cases/{case_id}/say", text="Dag, ik neem over"))[0] == 303
    assert (await said(chat))["text"] == "Dag, ik neem over"
    told = desk.hub.relay.handoff_texts.text("taken_over", Language.NL)
    assert len([frame for frame in chat.seen if frame["type"] == "reply" and frame["text"] == told]) == 1
    await chat.close()


async def test_a_case_is_given_to_a_colleague(desk: DeskWorld) -> None:
    an, bo, admin = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Bea", Role.ADMIN)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    assert (await an.post(f"/cases/{case_id}/claim"))[0] == 303
    for nobody in (bo.id, admin.id, an.id, "", "x"):
        assert (await an.post(f"/cases/{case_id}/handover", to=nobody))[0] == 422, "only somebody who has the desk open"
    page = await Live.of(desk, bo)
    await page.until(lambda frame: frame["type"] == "desk" and frame["ring"] == "none")
    assert "Bo</option>" in (await an.get(f"/cases/{case_id}"))[1]
    assert (await an.post(f"/cases/{case_id}/handover", to=bo.id))[0] == 303
    frame = await page.until(lambda frame: frame["type"] == "desk" and frame["handed"])
    assert (frame["handed"], frame["ring"]) == ([case_id], "normal")
    assert (await an.post(f"/cases/{case_id}/say", text="nog iets"))[0] == 403
    opened = await Live.of(desk, bo, case_id)
    assert (await opened.until(lambda frame: frame["type"] == "desk"))["ring"] == "none"
    assert (await bo.post(f"/cases/{case_id}/say", text="Dag, ik ben Bo"))[0] == 303
    assert (await said(chat))["text"] == "Dag, ik ben Bo"
    await chat.close()


async def test_a_page_learns_that_a_colleague_was_faster(desk: DeskWorld) -> None:
    an, bo = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    looking = await Live.of(desk, bo, case_id)
    assert (await an.post(f"/cases/{case_id}/claim"))[0] == 303
    await looking.until(lambda frame: frame["type"] == "case" and frame["state"] == "lost")
    await an.post(f"/cases/{case_id}/say", text="geheim voor Bo")
    closed = await looking.socket.receive(timeout=3)
    while closed.type is aiohttp.WSMsgType.TEXT:
        assert "geheim" not in closed.data
        closed = await looking.socket.receive(timeout=3)
    assert closed.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
    await chat.close()
