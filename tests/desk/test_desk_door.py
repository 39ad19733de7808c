"""Enrolment once, two factors, lockout, sessions, the cookie."""

from __future__ import annotations

import asyncio
import re

import sqlalchemy as sa
from aiohttp import web
from desk_world import NOW, PASSWORD, DeskWorld

from channels.desk.auth import Door
from channels.store.sessions import IDLE_S
from channels.store.staff_tables import ACCOUNTS, SESSIONS
from kernel.role import Role


async def test_an_enrolment_link_works_once(desk: DeskWorld) -> None:
    person, token = await desk.invited("An", Role.COUNSELLOR)
    status, body = await person.get(f"/enrol/{token}")
    assert status == 200
    assert "<svg" in body and "An" in body
    tries = await asyncio.gather(
        *(person.post(f"/enrol/{token}", password=PASSWORD, again=PASSWORD, code=person.code(-1)) for _ in range(5))
    )
    assert sorted(status for status, _ in tries) == [200, 410, 410, 410, 410]
    assert (await person.get(f"/enrol/{token}"))[0] == 410
    assert await person.log_in() == 303


async def test_enrolment_names_what_is_wrong_and_keeps_the_link(desk: DeskWorld) -> None:
    person, token = await desk.invited("Annelies Peeters", Role.LEAD)
    good = {"password": PASSWORD, "again": PASSWORD, "code": person.code(-1)}
    for wrong, said in (
        ({"password": "kort", "again": "kort"}, "te kort"),
        ({"password": "annelies peeters", "again": "annelies peeters"}, "te makkelijk"),
        ({"password": "a" * 201, "again": "a" * 201}, "te lang"),
        ({"again": PASSWORD + "x"}, "niet hetzelfde"),
        ({"code": "000000"}, "De code klopt niet"),
        ({"code": ""}, "De code klopt niet"),
    ):
        status, body = await person.post(f"/enrol/{token}", **(good | wrong))
        assert (status, said in body) == (422, True), said
    assert (await person.post(f"/enrol/{token}", **good))[0] == 200


async def test_an_old_link_opens_nothing(desk: DeskWorld) -> None:
    person, token = await desk.invited("An", Role.COUNSELLOR)
    async with desk.store.db.write() as connection:
        await connection.execute(ACCOUNTS.update().values(enrol_until=1.0))
    assert (await person.get(f"/enrol/{token}"))[0] == 410
    assert (await person.post(f"/enrol/{token}", password=PASSWORD, again=PASSWORD, code=person.code()))[0] == 410


async def test_both_factors_are_needed_and_a_code_opens_once(desk: DeskWorld) -> None:
    person = await desk.enrolled("An", Role.COUNSELLOR)
    assert await person.log_in(password="iets helemaal anders") == 401
    assert await person.log_in(code="123456") == 401
    assert await person.log_in(code="") == 401
    assert await person.log_in() == 303
    assert await person.log_in() == 401, "the same code a second time"
    assert await person.log_in(code=person.code(1)) == 303


async def test_a_recovery_code_opens_once(desk: DeskWorld) -> None:
    person = await desk.enrolled("An", Role.COUNSELLOR)
    assert len(set(person.recovery)) == 10
    assert await person.log_in(code=person.recovery[0].lower()) == 303
    assert await person.log_in(code=person.recovery[0]) == 401
    status, body = await person.post("/me/codes")
    assert status == 200
    assert len(re.findall(r"<code>[A-Z2-9-]{19}</code>", body)) == 10
    assert await person.log_in(code=person.recovery[1]) == 401, "the old codes are gone"


async def test_five_wrong_tries_lock_and_an_admin_unlocks(desk: DeskWorld) -> None:
    person, admin = await desk.enrolled("An", Role.COUNSELLOR), await desk.staff("Bea", Role.ADMIN)
    # All at once: a try counts before it is looked at, so none slips through.
    statuses = await asyncio.gather(*(person.log_in(password="iets helemaal anders") for _ in range(5)))
    assert set(statuses) == {401}
    assert await person.log_in() == 401, "locked, although everything is right"
    assert "geblokkeerd" in (await admin.get(f"/accounts/{person.id}"))[1]
    assert (await admin.post(f"/accounts/{person.id}/unlock"))[0] == 303
    assert await person.log_in() == 303
    acts = [entry.act for entry in await desk.store.audit.entries(account_id=person.id)]
    assert acts.count("login_failed") == 6


async def test_an_unknown_name_reads_as_a_wrong_password(desk: DeskWorld) -> None:
    person = await desk.enrolled("An", Role.COUNSELLOR)
    _, wrong = await person.post("/login", mark="", name="An", password="iets helemaal anders", code="000000")
    _, unknown = await person.post("/login", mark="", name="Bo", password="iets helemaal anders", code="000000")
    assert wrong.replace('value="An"', "") == unknown.replace('value="Bo"', "")


async def test_many_tries_from_one_address_are_slowed(desk: DeskWorld) -> None:
    person = await desk.enrolled("An", Role.COUNSELLOR)
    await asyncio.gather(*(person.post("/login", mark="", name="nobody", password="x", code="x") for _ in range(40)))
    assert await person.log_in() == 401, "the address is slowed, whatever is sent"


async def test_an_admin_ends_a_session(desk: DeskWorld) -> None:
    person, admin = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bea", Role.ADMIN)
    assert (await person.get("/me"))[0] == 200
    _, body = await admin.get(f"/accounts/{person.id}")
    handle = re.findall(r'name="handle" value="([0-9a-f]+)"', body)[0]
    assert (await admin.post("/sessions/end", handle=handle, account=person.id))[0] == 303
    assert (await person.get("/me"))[0] == 303


async def test_somebody_elses_session_cannot_be_ended_from_ones_own_page(desk: DeskWorld) -> None:
    person, other = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bo", Role.COUNSELLOR)
    (session,) = await desk.store.sessions.of_account(other.id)
    await person.post("/me/sessions/end", handle=session.handle)
    assert (await other.get("/me"))[0] == 200
    (own,) = await desk.store.sessions.of_account(person.id)
    await person.post("/me/sessions/end", handle=own.handle)
    assert (await person.get("/me"))[0] == 303


async def test_logging_out_ends_the_session_itself(desk: DeskWorld) -> None:
    person = await desk.staff("An", Role.COUNSELLOR)
    kept = dict(person.cookies)
    assert (await person.post("/logout"))[0] == 303
    assert person.cookies == {}
    person.cookies = kept
    assert (await person.get("/me"))[0] == 303


async def test_an_idle_session_is_over(desk: DeskWorld) -> None:
    person = await desk.staff("An", Role.COUNSELLOR)
    async with desk.store.db.write() as connection:
        await connection.execute(SESSIONS.update().values(seen_at=SESSIONS.c.seen_at - IDLE_S - 1))
    assert (await person.get("/me"))[0] == 303


async def test_another_role_or_the_end_of_an_account_ends_its_sessions(desk: DeskWorld) -> None:
    person, admin = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bea", Role.ADMIN)
    assert (await admin.post(f"/accounts/{person.id}/role", role="lead"))[0] == 303
    assert (await person.get("/me"))[0] == 303
    assert await person.log_in(code=person.recovery[0]) == 303
    assert (await admin.post(f"/accounts/{person.id}/end"))[0] == 303
    assert (await person.get("/me"))[0] == 303
    assert await person.log_in(code=person.recovery[1]) == 401


async def test_the_last_admin_stays(desk: DeskWorld) -> None:
    admin = await desk.staff("Bea", Role.ADMIN)
    for act, form in (("end", {}), ("role", {"role": "lead"})):
        status, body = await admin.post(f"/accounts/{admin.id}/{act}", **form)
        assert (status, "enige beheerder" in body) == (422, True)
    assert (await admin.get("/accounts"))[0] == 200


async def test_a_new_link_ends_password_second_factor_and_codes(desk: DeskWorld) -> None:
    person, admin = await desk.staff("An", Role.COUNSELLOR), await desk.staff("Bea", Role.ADMIN)
    status, body = await admin.post(f"/accounts/{person.id}/renew")
    assert status == 200
    token = re.findall(r"/enrol/([\w-]+)</code>", body)[0]
    assert (await person.get("/me"))[0] == 303
    assert await person.log_in(code=person.recovery[0]) == 401
    old, person.secret = person.secret, (await desk.store.accounts.secrets_of(person.id)).totp_secret
    assert person.secret != old
    assert (await person.post(f"/enrol/{token}", password=PASSWORD, again=PASSWORD, code=person.code(-1)))[0] == 200
    assert await person.log_in() == 303


async def test_names_are_one_whatever_their_case_and_spaces(desk: DeskWorld) -> None:
    admin = await desk.staff("Bea", Role.ADMIN)
    status, body = await admin.post("/accounts", name=" bEa ", role="lead")
    assert (status, "al een account met die naam" in body) == (422, True)
    for bad in ("", "   ", "x" * 81, "a\u202eb"):
        assert (await admin.post("/accounts", name=bad, role="lead"))[0] == 422
    assert (await admin.post("/accounts", name="Cleo", role="boss"))[0] == 422


async def test_nothing_secret_stands_in_the_database_in_the_open(desk: DeskWorld) -> None:
    person = await desk.staff("An", Role.COUNSELLOR)
    async with desk.store.db.read() as connection:
        tables = [
            (await connection.execute(sa.text(f"SELECT * FROM {name}"))).all()
            for name in ("accounts", "account_sessions", "recovery_codes", "audit")
        ]
    dump = str(tables)
    assert "argon2id" in dump
    for secret in (PASSWORD, person.secret, *person.cookies.values(), *person.recovery, *(one.replace("-", "") for one in person.recovery)):
        assert secret not in dump


async def test_the_cookie_is_for_this_host_alone(desk: DeskWorld) -> None:
    door = Door(desk.store, "https://desk.example", lambda: NOW)
    response = web.Response()
    door.give_cookie(response, "token")
    header = response.cookies["__Host-desk"].OutputString()
    assert all(part in header for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in header
    assert Door(desk.store, "http://127.0.0.1:8081", lambda: NOW).cookie == "desk"
