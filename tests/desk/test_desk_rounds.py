"""A case that changes hands: given back and asked for again, taken over, let go of at the end of a shift; who may read what then."""

from __future__ import annotations

import time

import aiohttp
import pytest
from chat_client import Chat
from desk_world import PASSWORD, DeskWorld, Live, Person, asks_for_a_person, teenager

from channels.desk.watch import UNHEARD_AFTER_S
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.role import Role

DANGER = "ik wil niet meer leven"


async def held(desk: DeskWorld, person: Person, text: str = "iemand dreigt met mijn naaktfoto") -> tuple[Chat, str]:
    """A teenager in a case that this person holds."""
    chat = await teenager(desk, "nl", text)
    case_id = await asks_for_a_person(chat)
    assert (await person.post(f"/cases/{case_id}/claim"))[0] == 303
    return chat, case_id


async def given_back(desk: DeskWorld, person: Person, case_id: str) -> None:
    escalations = desk.hub.relay.escalations
    await escalations.give_back(case_id, person.id)
    await escalations.return_now(await desk.store.staff_moves.plan_return(case_id, person.id, 1.0))


async def texts_on(desk: DeskWorld, person: Person, case_id: str) -> list[str]:
    """What the live socket of this case brings of the talk."""
    page, said = await Live.of(desk, person, case_id), []
    try:
        while True:
            frame = await page.socket.receive_json(timeout=1)
            said += [frame["text"]] if frame["type"] == "said" else []
    except TimeoutError:
        await page.socket.close()
    return said


async def test_a_second_round_shows_the_talk_of_before_to_who_claims_and_to_nobody_else(desk: DeskWorld) -> None:
    an, bo, lea = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat, case_id = await held(desk, an)
    await chat.say("alleen voor An", seconds=6)
    await an.post(f"/cases/{case_id}/note", text="notitie van An")
    await given_back(desk, an, case_id)
    await chat.quiet(0.5)
    await asks_for_a_person(chat)
    status, body = await bo.get(f"/cases/{case_id}")
    assert status == 200, "it waits: who may take it may look"
    assert ("alleen voor An" in body, "notitie van An" in body) == (False, False)
    assert await texts_on(desk, bo, case_id) == []
    assert await texts_on(desk, lea, case_id) == ["alleen voor An"]
    assert (await bo.post(f"/cases/{case_id}/claim"))[0] == 303
    body = (await bo.get(f"/cases/{case_id}"))[1]
    assert ("alleen voor An" in body, "notitie van An" in body) == (True, True)
    await chat.close()


async def test_a_card_that_was_taken_back_is_no_case_for_who_never_talked_in_it(desk: DeskWorld) -> None:
    an, bo, lea = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat, case_id = await held(desk, an)
    await chat.say("alleen voor An", seconds=6)
    await given_back(desk, an, case_id)
    await chat.quiet(0.5)
    await asks_for_a_person(chat)
    await chat.send(type="handoff", id=case_id, decision="cancel", note=None, share=[])
    await chat.quiet(0.5)
    assert (await desk.store.escalations.get(case_id)).state is EscalationState.CANCELLED
    assert (await bo.get(f"/cases/{case_id}"))[0] == 404
    assert await texts_on(desk, bo, case_id) == []
    status, body = await lea.get(f"/cases/{case_id}")
    assert (status, "alleen voor An" in body, "/takeover" in body) == (200, True, False)
    await chat.close()


@pytest.mark.parametrize("decision", [None, "cancel"])
async def test_what_is_offered_anew_after_giving_back_has_a_page_for_who_talked(desk: DeskWorld, decision: str | None) -> None:
    an, bo, lea = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat, case_id = await held(desk, an)
    await given_back(desk, an, case_id)
    await chat.quiet(0.5)
    await chat.say(DANGER, seconds=6)
    if decision is not None:
        await chat.send(type="handoff", id=case_id, decision=decision, note=None, share=[])
        await chat.quiet(0.5)
    assert (await desk.store.escalations.get(case_id)).state.value == ("offered" if decision is None else "cancelled")
    for person in (an, lea):
        status, body = await person.get(f"/cases/{case_id}")
        assert (status, "/takeover" in body) == (200, False)
    assert (await bo.get(f"/cases/{case_id}"))[0] == 404
    assert (await an.post(f"/cases/{case_id}/note", text="nog iets"))[0] == 303
    await chat.close()


async def test_danger_rings_on_where_it_can_be_read_after_a_take_over(desk: DeskWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    an, bo = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    await chat.say(DANGER, seconds=6)
    await desk.hub.relay.escalations.take_over(case_id, an.id, bo.id)
    for person, dangers in ((bo, [case_id]), (an, [])):
        page = await Live.of(desk, person)
        frame = await page.until(lambda frame: frame["type"] == "desk")
        assert (frame["dangers"], frame["unheard"]) == (dangers, 0)
        assert frame["ring"] == ("emergency" if dangers else "none")
    later = time.monotonic() + UNHEARD_AFTER_S + 1
    monkeypatch.setattr(desk.parts.watch, "_clock", lambda: later)
    page = await Live.of(desk, an)
    frame = await page.until(lambda frame: frame["type"] == "desk")
    assert (frame["dangers"], frame["unheard"], frame["ring"]) == ([], 1, "emergency"), "nobody saw it for a minute"
    assert (await bo.post(f"/cases/{case_id}/say", text="ik lees het"))[0] == 303
    await page.until(lambda frame: frame["type"] == "desk" and frame["unheard"] == 0)
    own = await Live.of(desk, bo)
    frame = await own.until(lambda frame: frame["type"] == "desk")
    assert frame["dangers"] == [case_id], "on the own page until it was marked as seen"
    await chat.close()


async def test_danger_rings_again_for_who_marked_it_as_seen_before_it_was_given_back(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat, case_id = await held(desk, an, DANGER)
    page = await Live.of(desk, an)
    await page.socket.send_json({"type": "seen", "id": case_id})
    await page.until(lambda frame: frame["type"] == "desk" and frame["ring"] == "none")
    await given_back(desk, an, case_id)
    await chat.quiet(0.5)
    await chat.say(DANGER, seconds=6)
    frame = await page.until(lambda frame: frame["type"] == "desk" and frame["danger"])
    assert (frame["ring"], [row["unseen"] for row in frame["signals"]]) == ("emergency", [True])
    await chat.close()


async def test_who_logs_out_lets_go_of_the_case(desk: DeskWorld) -> None:
    an, bo = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    await chat.quiet(0.5)
    page = await Live.of(desk, bo)
    assert (await an.post("/logout"))[0] == 303
    frame = await page.until(lambda frame: frame["type"] == "desk" and frame["waiting"] == 1)
    assert frame["ring"] == "normal"
    told = desk.hub.relay.handoff_texts.text("released", Language.NL)
    assert told in [frame.get("text") for frame in await chat.quiet(0.5)]
    assert [entry.who for entry in await desk.store.audit.entries(act="case_released", subject=case_id)] == ["An"]
    assert (await bo.post(f"/cases/{case_id}/claim"))[0] == 303
    await chat.close()


async def test_who_is_still_here_in_another_browser_keeps_the_case(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    elsewhere = Person(an.base, an.http, an.name, an.role, an.id, an.secret)
    assert await elsewhere.log_in(password=PASSWORD, code=an.code(1)) == 303
    assert (await elsewhere.post("/logout"))[0] == 303
    assert (await desk.store.escalations.get(case_id)).claimed_by == an.id
    await chat.close()


async def test_closing_is_refused_when_danger_was_heard_since_the_page_showed_the_case(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    _, seen = await desk.store.escalations.with_version(case_id)
    assert f'name="version" value="{seen}"' in (await an.get(f"/cases/{case_id}"))[1]
    await chat.say(DANGER, seconds=6)
    status, body = await an.post(f"/cases/{case_id}/close", outcome="step", version=str(seen))
    assert status == 422 and "net gevaar gehoord" in body and DANGER in body
    _, seen = await desk.store.escalations.with_version(case_id)
    assert (await an.post(f"/cases/{case_id}/close", outcome="step", version=str(seen)))[0] == 303
    assert [entry.detail for entry in await desk.store.audit.entries(act="case_closed", subject=case_id)].count("lost") == 1
    await chat.close()


async def test_a_socket_of_a_case_is_only_for_who_may_see_it(desk: DeskWorld) -> None:
    an, bo = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await Live.of(desk, bo, case_id)
    page = await Live.of(desk, an, case_id)
    first = await page.until(lambda frame: frame["type"] == "case")
    assert (first["state"], first["mine"]) == ("claimed", True), "a page that was away learns where things stand"
    await given_back(desk, an, case_id)
    returned = await page.until(lambda frame: frame["type"] == "case" and frame["state"] == "returned")
    assert returned["mine"] is False
    await chat.close()
