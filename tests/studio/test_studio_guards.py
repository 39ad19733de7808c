"""Role x route of the studio, the anti-forgery mark, Origin, whose proposal, guarded files; every POST in the audit."""

from __future__ import annotations

import pytest
from desk_world import Person
from studio_world import StudioWorld

from curation.studio.routes import routes
from kernel.role import Role

ALL = {Role.VOLUNTEER, Role.LEAD, Role.ADMIN}
# What the contract says, written out here a second time: the table of the studio must agree with it. Not here: routes_publish.
MAY_USE = {
    **dict.fromkeys(("/studio", "/studio/board", "/studio/proposals", "/studio/proposals/{id}", "/studio/proposals/{id}/findings"), ALL),
    **{f"/studio/proposals/{{id}}/{act}": ALL for act in ("words", "drop", "pick", "propose", "withdraw", "approve", "refuse", "comment", "done")},
    **dict.fromkeys(("/studio/examples", "/studio/examples/{need}", "/studio/near", "/studio/weigh"), ALL),
    **dict.fromkeys(("/studio/examples/{need}/add", "/studio/examples/{need}/change"), ALL),
    **dict.fromkeys(("/studio/replies", "/studio/replies/{topic}", "/studio/replies/{topic}/{reply}"), ALL),
    **dict.fromkeys(("/studio/stories", "/studio/stories/{topic}", "/studio/stories/{topic}/remove"), ALL),
    **dict.fromkeys(("/studio/scenarios", "/studio/scenarios/{name}", "/studio/canned", "/studio/try"), ALL),
    **dict.fromkeys(("/studio/inbox", "/studio/inbox/{id}", "/studio/inbox/{id}/undo"), ALL),
    "/studio/files": {Role.ADMIN},
    "/studio/files/edit": {Role.ADMIN},
}  # fmt: skip
BY_METHOD = {("GET", "/studio/helplines"): ALL, ("POST", "/studio/helplines"): {Role.ADMIN}}


def own_routes() -> list[tuple[str, str]]:
    """The table's doors without those of publishing, which has tests of its own."""
    return [(route.method, route.path) for route in routes() if route.handler.__module__ != "curation.studio.views_publish"
            and not route.handler.__module__.endswith(("views_jobs", "views_gate", "views_publish"))]  # fmt: skip


def may_use(method: str, path: str) -> set[Role]:
    return BY_METHOD.get((method, path)) or MAY_USE[path]


def filled(path: str) -> str:
    return path.format(id="0" * 32, need="sextortion", topic="sextortion", reply="utter_sextortion", name="gamer")


async def test_every_role_at_every_route(studio: StudioWorld) -> None:
    people = {role: await studio.staff(f"{role} one", role) for role in Role}
    table = own_routes()
    assert len(table) > 38
    assert {path for _, path in table} == set(MAY_USE) | {path for _, path in BY_METHOD}
    seen = 0
    for method, path in table:
        for role, person in people.items():
            status, _ = await (person.get(filled(path)) if method == "GET" else person.post(filled(path)))
            assert (status == 403) is not (role in may_use(method, path)), f"{role} {method} {path}: {status}"
            assert status < 500, f"{role} {method} {path}: {status}"
            seen += 1
    assert seen > 150


async def test_every_route_of_publishing_is_for_named_roles_too() -> None:
    table = routes()
    assert [route.path for route in table if not route.roles or Role.COUNSELLOR in route.roles] == []
    assert [route.path for route in table if not route.path.startswith("/studio")] == []
    assert [route.path for route in table if route.method == "POST" and not route.act] == []


async def test_nobody_gets_in_without_logging_in(studio: StudioWorld) -> None:
    nobody = Person(studio.base, studio.http, "nobody", Role.ADMIN, "", "")
    for method, path in own_routes():
        status, _ = await (nobody.get(filled(path)) if method == "GET" else nobody.post(filled(path)))
        assert status == (303 if method == "GET" else 401), path


async def test_every_form_needs_its_mark_and_its_origin(studio: StudioWorld) -> None:
    admin = await studio.staff("Ad", Role.ADMIN)
    doors = [path for method, path in own_routes() if method == "POST"]
    assert len(doors) > 15
    for path in doors:
        assert (await admin.post(filled(path), mark="0" * 64))[0] == 403, path
        foreign = admin.headers() | {"Origin": "https://evil.example"}
        assert (await admin.post(filled(path), headers=foreign))[0] == 403, path
    assert await studio.store.proposals.all() == []


async def test_a_volunteer_lands_in_the_studio_and_sees_nothing_else(studio: StudioWorld) -> None:
    an = await studio.staff("An", Role.VOLUNTEER)
    async with studio.http.get(f"{studio.base}/", headers=an.headers(), allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/studio")
    for path in ("/queue", "/numbers", "/audit", "/hours", "/accounts"):
        assert (await an.get(path))[0] == 403
    _, body = await an.get("/studio")
    assert 'href="/queue"' not in body and 'href="/studio/files"' not in body and 'href="/me"' in body


async def sentence(studio: StudioWorld, person: Person, text: str = "hij wil geld anders stuurt hij mijn foto door") -> str:
    assert (await person.post("/studio/examples/sextortion/add", language="nl", text=text))[0] == 303
    return await studio.draft_of(person)


async def test_ones_own_and_others_proposals(studio: StudioWorld) -> None:
    an, bo = await studio.staff("An", Role.VOLUNTEER), await studio.staff("Bo", Role.VOLUNTEER)
    made = await sentence(studio, an)
    (change,) = await studio.changes_of(made)
    for act, form in (("words", {"title": "x"}), ("drop", {"change": change.id}), ("pick", {}), ("propose", {"title": "x", "why": "y"})):
        assert (await bo.post(f"/studio/proposals/{made}/{act}", **form))[0] == 403, act
    assert (await bo.post(f"/studio/proposals/{made}/withdraw"))[0] == 409
    assert (await bo.post(f"/studio/proposals/{made}/approve", version="2"))[0] == 409, "a draft is not approved"
    assert (await an.post(f"/studio/proposals/{made}/propose", title="Afpersing", why="Zo zeggen ze het."))[0] == 303
    row = await studio.store.proposals.get(made)
    assert row is not None and row.state == "proposed"
    assert (await an.post(f"/studio/proposals/{made}/approve", version=str(row.version)))[0] == 403, "nobody approves their own"
    assert (await an.post(f"/studio/proposals/{made}/refuse", why="x"))[0] == 403
    assert (await bo.post(f"/studio/proposals/{made}/approve", version=str(row.version - 1)))[0] == 409, "not what was read"
    assert (await an.post(f"/studio/proposals/{made}/drop", change=change.id))[0] == 409, "frozen once proposed"
    assert (await bo.post(f"/studio/proposals/{made}/approve", version=str(row.version)))[0] == 303
    row = await studio.store.proposals.get(made)
    assert row is not None and (row.state, [name for _, name in row.approvers]) == ("approved", ["Bo"])


async def test_guarded_files_are_for_admins_and_safety_takes_two_others(studio: StudioWorld) -> None:
    ad, lea, an = await studio.staff("Ad", Role.ADMIN), await studio.staff("Lea", Role.LEAD), await studio.staff("An", Role.VOLUNTEER)
    ada = await studio.staff("Ada", Role.ADMIN)
    form = {"helpline": "childfocus", "fact": "phone", "verified": "2026-11-20", "source": "gebeld"}
    assert (await an.post("/studio/helplines", **form))[0] == 403
    forged = {"act": "text", "where": "scenario/title/nl", "text": "x", "new": "y"}
    assert (await an.post("/studio/scenarios/..%2Fsafety%2Ffixed", **forged))[0] in (400, 404, 422), "no way round through a name"
    assert await studio.store.proposals.all() == []
    assert (await ad.post("/studio/helplines", **form))[0] == 303
    made = await studio.draft_of(ad)
    assert (await ad.post(f"/studio/proposals/{made}/propose", title="Nummer nagekeken", why="Elk jaar."))[0] == 303
    row = await studio.store.proposals.get(made)
    assert row is not None and (row.approvals_needed, row.is_guarded) == (2, True)
    version = str(row.version)
    assert (await an.post(f"/studio/proposals/{made}/approve", version=version))[0] == 403, "for a lead or an admin"
    assert (await lea.post(f"/studio/proposals/{made}/approve", version=version))[0] == 303
    assert (await lea.post(f"/studio/proposals/{made}/approve", version=version))[0] == 403, "two different people"
    row = await studio.store.proposals.get(made)
    assert row is not None and row.state == "proposed"
    assert (await ada.post(f"/studio/proposals/{made}/approve", version=version))[0] == 303
    row = await studio.store.proposals.get(made)
    assert row is not None and row.state == "approved"


async def test_every_form_of_the_studio_stands_in_the_audit(studio: StudioWorld) -> None:
    an = await studio.staff("An", Role.VOLUNTEER)
    made = await sentence(studio, an)
    await an.post(f"/studio/proposals/{made}/comment", change="", text="kijk dit na")
    entries = await studio.store.audit.entries(account_id=an.id)
    assert [(entry.act, entry.subject) for entry in entries[:2]] == [("proposal_commented", made), ("studio_edited", None)]
    assert all("kijk" not in entry.detail for entry in entries)


@pytest.mark.parametrize("payload", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "{{7*7}}", "' OR 1=1 --", "\u202eabc"])
async def test_what_somebody_writes_is_only_ever_text(studio: StudioWorld, payload: str) -> None:
    an = await studio.staff("An", Role.VOLUNTEER)
    made = await sentence(studio, an, f"{payload} hij wil geld")
    await an.post(f"/studio/proposals/{made}/words", title=f"T {payload}", why=payload)
    await an.post(f"/studio/proposals/{made}/comment", change="", text=payload)
    for path in ("/studio", "/studio/proposals", f"/studio/proposals/{made}", "/studio/examples/sextortion"):
        status, body = await an.get(path)
        assert status == 200
        for raw in ("<img src=x", "<script>alert", "T 49", "\u202e"):
            assert raw not in body.replace('value="', ""), f"{path}: {raw}"
