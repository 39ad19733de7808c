"""Role x route x own/other, default deny, anti-forgery mark, Origin."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from desk_world import DeskWorld, Person, asks_for_a_person, teenager

from channels.answers import Answers
from channels.desk.context import DESK
from channels.desk.permissions import CASE_STAFF, EVERYBODY, may_act, may_lower, may_see, may_take_over
from channels.desk.routes import Route, routes
from kernel.role import Role

# What the contract says, written out here a second time: the table of the desk must agree with it.
MAY_USE = {
    "/": set(Role), "/logout": set(Role), "/me": set(Role), "/me/codes": set(Role), "/me/sessions/end": set(Role),
    "/queue": {Role.COUNSELLOR, Role.LEAD}, "/queue/next": {Role.COUNSELLOR, Role.LEAD}, "/live/ws": {Role.COUNSELLOR, Role.LEAD},
    "/signals/{id}/invite": {Role.COUNSELLOR, Role.LEAD}, "/signals/{id}/seen": {Role.COUNSELLOR, Role.LEAD},
    **{f"/cases/{{id}}{act}": {Role.COUNSELLOR, Role.LEAD} for act in ("", "/claim", "/takeover", "/say", "/note", "/lower", "/lower/undo", "/return", "/stay", "/handover", "/close", "/flag")},
    "/inbox": {Role.COUNSELLOR, Role.LEAD}, "/inbox/{id}": {Role.COUNSELLOR, Role.LEAD},
    "/numbers": {Role.LEAD}, "/numbers/chart/{name}.svg": {Role.LEAD}, "/numbers.csv": {Role.LEAD},
    "/audit": {Role.LEAD}, "/hours": {Role.LEAD},
    "/accounts": {Role.ADMIN}, "/accounts/{id}": {Role.ADMIN}, "/sessions/end": {Role.ADMIN},
    **{f"/accounts/{{id}}/{act}": {Role.ADMIN} for act in ("role", "unlock", "renew", "end")},
}  # fmt: skip
NO_LOGIN = {"/static/{version}/{name}", "/login", "/enrol/{token}"}
CASE_ACTS = ("say", "note", "return", "stay", "handover", "close")


async def everybody(desk: DeskWorld) -> dict[Role, Person]:
    return {role: await desk.staff(f"{role} one", role) for role in Role}


def filled(path: str) -> str:
    return path.format(id="0" * 32, token="x", version="x", name="need")


async def test_every_role_at_every_route(desk: DeskWorld) -> None:
    people = await everybody(desk)
    assert desk.app is not None
    table = routes(desk.app[DESK].assets)
    assert len(table) > 35
    assert {route.path for route in table} == set(MAY_USE) | NO_LOGIN
    seen = 0
    for route in table:
        if route.path in NO_LOGIN or route.path == "/logout":
            continue
        for role, person in people.items():
            path = filled(route.path)
            status, _ = await (person.get(path) if route.method == "GET" else person.post(path, role=role.value, name="x"))
            may = role in MAY_USE[route.path]
            assert (status == 403) is not may, f"{role} {route.method} {path}: {status}"
            seen += 1
    assert seen > 120


async def test_nobody_gets_past_the_door_without_logging_in(desk: DeskWorld) -> None:
    assert desk.app is not None
    nobody = Person(desk.base, desk.http, "nobody", Role.LEAD, "", "")
    for route in routes(desk.app[DESK].assets):
        if route.path in NO_LOGIN:
            continue
        status, _ = await (nobody.get(filled(route.path)) if route.method == "GET" else nobody.post(filled(route.path)))
        assert status == (303 if route.method == "GET" else 401), route.path


async def test_a_cookie_that_was_never_given_opens_nothing(desk: DeskWorld) -> None:
    nobody = Person(desk.base, desk.http, "nobody", Role.LEAD, "", "", cookies={"desk": "x" * 43})
    assert (await nobody.get("/queue"))[0] == 303


async def test_a_route_without_roles_is_refused(tmp_path: Path, desk_answers: Answers) -> None:
    """Default deny: a handler that somebody adds past the table answers 403, even to a lead."""

    async def forgotten(_request: web.Request) -> web.Response:
        return web.Response(text="secret")

    world = DeskWorld(tmp_path / "var", desk_answers, [Route("GET", "/listed", EVERYBODY, forgotten)])
    add = world._add

    def add_and_forget(app: web.Application, *rest: object) -> None:
        add(app, *rest)  # type: ignore[arg-type]
        app.router.add_get("/forgotten", forgotten)

    world.hub._desk = add_and_forget
    await world.start()
    try:
        lead = await world.staff("Lea", Role.LEAD)
        assert await lead.get("/listed") == (200, "secret")
        status, body = await lead.get("/forgotten")
        assert (status, "secret" in body) == (403, False)
    finally:
        await world.stop()


async def test_a_form_without_its_mark_is_refused(desk: DeskWorld) -> None:
    lead, other = await desk.staff("Lea", Role.LEAD), await desk.staff("Bo", Role.LEAD)
    for mark in ("", "0" * 64, other.mark, lead.mark[:-1], "é"):
        assert (await lead.post("/hours", mark=mark))[0] == 403, mark
    assert (await lead.post("/hours", mon="09:00-12:00"))[0] == 303
    assert [shift.day for shift in await desk.store.hours.get()] == [0]


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1"])
async def test_a_foreign_origin_is_refused_everywhere(desk: DeskWorld, origin: str | None) -> None:
    person, (invited, token) = await desk.staff("An", Role.COUNSELLOR), await desk.invited("Bo", Role.LEAD)
    headers = {name: value for name, value in person.headers().items() if name != "Origin"} | ({"Origin": origin} if origin else {})
    assert (await person.post("/queue/next", headers=headers))[0] == 403
    assert (await person.post("/login", headers=headers, name="An"))[0] == 403
    assert (await invited.post(f"/enrol/{token}", headers=headers))[0] == 403
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await desk.http.ws_connect(f"{desk.base}/live/ws", headers=headers)
    assert refused.value.status == 403


async def test_own_and_others_cases(desk: DeskWorld) -> None:
    an, bo, lead = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR), await desk.staff("Lea", Role.LEAD)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    path = f"/cases/{case_id}"
    for person in (an, bo, lead):
        assert (await person.get(path))[0] == 200, "nobody has it yet: who may take it may look"
        for act in CASE_ACTS:
            assert (await person.post(f"{path}/{act}", text="x"))[0] == 403, act
    assert (await an.post(f"{path}/claim"))[0] == 303
    assert ((await an.get(path))[0], (await bo.get(path))[0], (await lead.get(path))[0]) == (200, 403, 200)
    for act in CASE_ACTS:
        for person in (bo, lead):
            assert (await person.post(f"{path}/{act}", text="x"))[0] == 403, act
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await desk.http.ws_connect(f"{desk.base}/live/ws?case={case_id}", headers=bo.headers())
    assert refused.value.status == 403
    assert (await an.post(f"{path}/say", text="Dag, ik ben An"))[0] == 303
    assert "Dag, ik ben An" in (await lead.get(path))[1]
    refusals = await desk.store.audit.entries(act="refused", subject=case_id)
    assert len(refusals) >= 15
    await chat.close()


async def test_a_danger_signal_is_no_case_to_open(desk: DeskWorld) -> None:
    person = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "ik ben weggelopen en heb het koud")
    (signal,) = await desk.hub.relay.escalations.signals()
    assert (await person.get(f"/cases/{signal.id}"))[0] == 404
    assert (await person.post(f"/cases/{signal.id}/claim"))[0] == 303
    assert (await desk.store.escalations.get(signal.id)).claimed_by is None
    await chat.close()


def test_the_matrix_of_own_and_other() -> None:
    rows = [
        (role, held_by, may_see(role, "me", held_by), may_act(role, "me", held_by)) for role in Role for held_by in (None, "me", "other")
    ]
    assert [row[:2] for row in rows if row[2]] == [
        (Role.COUNSELLOR, None), (Role.COUNSELLOR, "me"), (Role.LEAD, None), (Role.LEAD, "me"), (Role.LEAD, "other"),
    ]  # fmt: skip
    assert [row[:2] for row in rows if row[3]] == [(Role.COUNSELLOR, "me"), (Role.LEAD, "me")]
    lowering = [(role, held_by) for role in Role for held_by in (None, "me", "other") if may_lower(role, "me", held_by)]
    assert lowering == [(Role.COUNSELLOR, "me"), (Role.LEAD, "me"), (Role.LEAD, "other")]
    takers = [(role, away) for role in Role for away in (False, True) if may_take_over(role, "me", "other", is_holder_away=away)]
    assert takers == [(Role.COUNSELLOR, True), (Role.LEAD, False), (Role.LEAD, True)]
    assert not any(may_take_over(role, "me", held_by, is_holder_away=True) for role in Role for held_by in (None, "me"))
    assert {Role.COUNSELLOR, Role.LEAD} == CASE_STAFF


async def test_every_answer_carries_the_policy(desk: DeskWorld) -> None:
    lead = await desk.staff("Lea", Role.LEAD)
    for path in ("/login", "/queue", "/numbers", "/nowhere", "/accounts", "/enrol/x", "/audit"):
        async with desk.http.get(desk.base + path, headers=lead.headers(), allow_redirects=False) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, path
            assert "unsafe" not in policy
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Frame-Options"] == "DENY"
            body = await answer.text()
            assert " style=" not in body and "onclick" not in body and "<script>" not in body
