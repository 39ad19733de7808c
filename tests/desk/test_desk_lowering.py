"""Lowering the urgency over HTTP: who may, what the audit says, what every page shows, and danger that was heard meanwhile."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from chat_client import Chat
from desk_world import DeskWorld, Live, Person, asks_for_a_person, teenager

from channels.desk.level import lowering_of
from channels.store import Lowering
from kernel.role import Role
from kernel.urgency import Urgency

IN_DANGER = "ik wil niet meer leven"


async def held(desk: DeskWorld, by: Person, *said: str) -> tuple[Chat, str]:
    """A teenager in danger with whom `by` talks; the chat and the case."""
    chat = await teenager(desk, "nl", *(said or (IN_DANGER,)))
    case_id = await asks_for_a_person(chat)
    assert (await by.post(f"/cases/{case_id}/claim"))[0] == 303
    await chat.quiet()
    return chat, case_id


async def step(desk: DeskWorld, case_id: str, to: str = "normal", **other: str) -> dict[str, str]:
    """The form as the page fills it now."""
    escalation = await desk.store.escalations.get(case_id)
    version = (await desk.store.conversations.get(escalation.conversation_id or "")).urgency_version
    return {"before": str(escalation.urgency), "to": to, "version": str(version)} | other


async def levels(desk: DeskWorld, case_id: str) -> tuple[Urgency | None, Urgency]:
    """Of the case, and of its conversation."""
    escalation = await desk.store.escalations.get(case_id)
    return escalation.urgency, (await desk.store.conversations.get(escalation.conversation_id or "")).urgency


async def acts(desk: DeskWorld, case_id: str, act: str) -> list[tuple[str | None, str]]:
    """Who did it and what was noted, newest first."""
    return [(entry.who, entry.detail) for entry in await desk.store.audit.entries(subject=case_id, act=act)]


async def test_who_holds_lowers_and_undoes_a_lead_too_others_not_and_nobody_after_closing(desk: DeskWorld) -> None:
    an, bo, lead = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat, case_id = await held(desk, an)
    path = f"/cases/{case_id}/lower"
    assert (await bo.post(path, **await step(desk, case_id)))[0] == 403
    assert (await bo.post(f"{path}/undo"))[0] == 403
    assert await levels(desk, case_id) == (Urgency.EMERGENCY, Urgency.EMERGENCY)
    assert (await an.post(path, **await step(desk, case_id, "high")))[0] == 303
    assert await levels(desk, case_id) == (Urgency.HIGH, Urgency.HIGH)
    assert (await lead.post(path, **await step(desk, case_id)))[0] == 303
    assert await levels(desk, case_id) == (Urgency.NORMAL, Urgency.NORMAL)
    assert (await an.post(f"{path}/undo"))[0] == 303
    assert await levels(desk, case_id) == (Urgency.EMERGENCY, Urgency.EMERGENCY)
    assert (await an.post(f"{path}/undo"))[0] == 422
    assert await acts(desk, case_id, "urgency_lowered") == [("Lea", "high → normal"), ("An", "emergency → high")]
    assert await acts(desk, case_id, "urgency_restored") == [("An", "lost"), ("An", ""), ("An", "emergency")]
    assert (await an.post(f"/cases/{case_id}/close", outcome="listened"))[0] == 303
    for person in (an, lead):
        assert (await person.post(path, **await step(desk, case_id)))[0] == 422
        assert (await person.post(f"{path}/undo"))[0] == 422
    assert await levels(desk, case_id) == (Urgency.EMERGENCY, Urgency.EMERGENCY)
    assert "lower-form" not in (await an.get(f"/cases/{case_id}"))[1]
    await chat.close()


async def test_nobody_lowers_what_nobody_talked_about(desk: DeskWorld) -> None:
    an, lead = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat = await teenager(desk, "nl", IN_DANGER)
    case_id = await asks_for_a_person(chat)
    for person in (an, lead):
        assert (await person.post(f"/cases/{case_id}/lower", **await step(desk, case_id)))[0] == 403
        assert "lower-form" not in (await person.get(f"/cases/{case_id}"))[1]
    await an.post(f"/cases/{case_id}/claim")
    for person in (an, lead):
        assert "lower-form" in (await person.get(f"/cases/{case_id}"))[1]
    assert (await levels(desk, case_id))[1] is Urgency.EMERGENCY
    await chat.close()


async def test_a_form_without_the_mark_of_its_session_lowers_nothing(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    for path in (f"/cases/{case_id}/lower", f"/cases/{case_id}/lower/undo"):
        assert (await an.post(path, mark="0" * 64, **await step(desk, case_id)))[0] == 403
    assert await levels(desk, case_id) == (Urgency.EMERGENCY, Urgency.EMERGENCY)
    await chat.close()


async def test_danger_said_since_the_page_was_made_refuses_it_and_says_so(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat, case_id = await held(desk, an)
    old = await step(desk, case_id)
    await chat.say("ik ga het nu doen, ik wil dood", seconds=6)
    status, body = await an.post(f"/cases/{case_id}/lower", **old)
    assert status == 422
    assert "Niet verlaagd" in body
    script = an.headers(Accept="application/json")
    status, body = await an.post(f"/cases/{case_id}/lower", headers=script, **old)
    level = json.loads(body)
    assert (status, level["urgency"], level["below"]) == (409, "emergency", [["high", "Dringend"], ["normal", "Gewoon"]])
    assert await levels(desk, case_id) == (Urgency.EMERGENCY, Urgency.EMERGENCY)
    assert ("An", "lost") in await acts(desk, case_id, "urgency_lowered")
    status, body = await an.post(f"/cases/{case_id}/lower", headers=script, **old | {"version": str(level["version"])})
    assert (status, json.loads(body)["urgency"]) == (200, "normal"), "now it was read"
    await chat.close()


async def test_every_page_shows_the_new_level_at_once_and_the_danger_that_comes_after_it(desk: DeskWorld) -> None:
    an, bo, lead = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat, case_id = await held(desk, an)
    queue, own, looking = await Live.of(desk, bo), await Live.of(desk, an, case_id), await Live.of(desk, lead, case_id)

    def shows(urgency: str) -> Any:
        return lambda frame: frame["type"] == "desk" and [row["urgency"] for row in frame["queue"]] == [urgency]

    await queue.until(shows("emergency"))
    assert (await an.post(f"/cases/{case_id}/lower", **await step(desk, case_id)))[0] == 303
    (row,) = (await queue.until(shows("normal")))["queue"]
    assert (row["urgency_label"], row["remark"]) == ("Gewoon", "dringendheid verlaagd")
    for page in (own, looking):
        level = (await page.until(lambda frame: frame["type"] == "case" and frame["level"]["urgency"] == "normal"))["level"]
        assert level["lowered"] == "Dringendheid verlaagd: Spoed werd Gewoon."
    await chat.send(type="say", id=str(uuid.uuid4()), text=IN_DANGER)
    (row,) = (await queue.until(shows("emergency")))["queue"]
    assert row["remark"] != "dringendheid verlaagd"
    level = (await own.until(lambda frame: frame["type"] == "case"))["level"]
    assert (level["urgency"], level["lowered"]) == ("emergency", "")
    await chat.close()


async def test_what_is_lowered_shows_in_the_audit_in_the_readers_words(desk: DeskWorld) -> None:
    lead = await desk.staff("Lea", Role.LEAD)
    chat, case_id = await held(desk, lead)
    assert (await lead.post(f"/cases/{case_id}/lower", **await step(desk, case_id)))[0] == 303
    _, body = await lead.get("/audit?act=urgency_lowered")
    assert "dringendheid verlaagd" in body
    assert "emergency → normal" in body
    assert "leven" not in body
    await chat.close()


@pytest.mark.parametrize(
    ("said", "lowering"),
    [
        (("emergency", "high", "3"), Lowering(Urgency.EMERGENCY, Urgency.HIGH, 3)),
        (("high", "normal", "0"), Lowering(Urgency.HIGH, Urgency.NORMAL, 0)),
        (("high", "high", "3"), None), (("normal", "high", "3"), None), (("high", "emergency", "3"), None), (("high", "none", "3"), None),
        (("", "normal", "3"), None), (("high", "", "3"), None), (("high", "normal", ""), None), (("high", "normal", "-1"), None),
        (("high", "normal", "²"), None), (("high", "normal", "9" * 30), None),
    ],
)  # fmt: skip
def test_what_a_form_may_ask_for(said: tuple[str, str, str], lowering: Lowering | None) -> None:
    assert lowering_of(said) == lowering
