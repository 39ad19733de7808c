"""Malformed requests to the desk, seeded: no 5xx, no hang, and nothing in them opens a door."""

from __future__ import annotations

import asyncio
import json
import random
import time
from urllib.parse import quote

from desk_world import DeskWorld, asks_for_a_person, teenager

from kernel.role import Role

REQUESTS = 600
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=nonsense", "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain", "", "multipart/form-data; boundary=\"",
)  # fmt: skip
BODIES = (
    b"", b"a=%ff%fe&b", b"\xff\xfe\x00", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data; name=\"name\"; filename=\"f\"\r\n\r\nabc\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--", b"{}", b"name=" + b"a" * 60_000, b"mark=" + b"0" * 64, b"%", b"&&&==", b"language=fr&speaks_nl",
    b"--x\r\nContent-Type: text/html; charset=nonsense\r\nContent-Disposition: form-data; name=mark\r\n\r\n\xff\r\n--x--\r\n",
)  # fmt: skip
IDS = ("0" * 32, "x" * 500, "\x00", "../../queue", "é", "'; DROP TABLE audit; --", "%", "\u202e", "A" * 32, " ", "{id}")
PATHS = (
    "/cases/{}", "/cases/{}/claim", "/cases/{}/say", "/cases/{}/close", "/cases/{}/takeover", "/cases/{}/handover", "/signals/{}/invite",
    "/signals/{}/seen", "/enrol/{}", "/accounts/{}", "/accounts/{}/role", "/numbers/chart/{}.svg", "/static/{}/desk.css", "/static/x/{}", "/login", "/me",
    "/queue/next", "/hours", "/numbers?month={}", "/audit?before={}", "/audit?act={}&case={}", "/queue?language={}", "/{}",
)  # fmt: skip


async def test_malformed_requests_get_no_5xx_and_no_hang(desk: DeskWorld) -> None:
    chance = random.Random(116000)
    people = [await desk.staff(f"{role} one", role) for role in Role]
    seen: dict[int, int] = {}
    slowest = 0.0
    for _ in range(REQUESTS):
        person = chance.choice(people)
        path = chance.choice(PATHS).replace("{}", quote(chance.choice(IDS), safe=""))
        headers = person.headers() | {"X-Mark": chance.choice((person.mark, "", "é".encode().decode("latin-1")))}
        kind = chance.choice(TYPES)
        headers |= {"Content-Type": kind} if kind else {}
        method = chance.choice(("GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"))
        data = chance.choice(BODIES) if method in ("POST", "PUT", "PATCH") else None
        began = time.monotonic()
        async with desk.http.request(method, desk.base + path, headers=headers, data=data, allow_redirects=False) as answer:
            await answer.read()
            seen[answer.status] = seen.get(answer.status, 0) + 1
            assert answer.status < 500, f"{method} {path} {kind} {data!r:.60}"
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 2, f"{slowest:.1f} s"
    assert len(seen) >= 5, f"too little variety: {seen}"
    assert all([(await person.get("/me"))[0] == 200 for person in people]), "everybody is still logged in"


async def test_strange_frames_end_nothing_and_say_nothing(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    chat = await teenager(desk, "nl", "iemand dreigt met mijn naaktfoto")
    case_id = await asks_for_a_person(chat)
    await chat.quiet()
    socket = await desk.http.ws_connect(f"{desk.base}/live/ws?case={case_id}", headers=an.headers())
    strange: list[object] = [
        {"type": "typing"}, {"type": "seen"}, {"type": "seen", "id": 5}, {"type": "seen", "id": "x" * 33}, {"type": "seen", "id": "\x00"}, {"type": ["x"]},
        [], None, 7, "typing", {"id": "x"}, {"type": "said", "text": "x"}, {"type": None},
    ]  # fmt: skip
    for frame in strange:
        await socket.send_str(json.dumps(frame))
    for text in ("{", "", "\u0000", "[" * 400):
        await socket.send_str(text)
    await socket.send_bytes(b"\xff\x00")
    await asyncio.sleep(0.3)
    await asks_once_more(desk, socket)
    assert [frame for frame in await chat.quiet() if frame["type"] in ("typing", "reply")] == [], (
        "nobody holds the case: nothing reaches it"
    )
    await socket.close()
    await chat.close()


async def asks_once_more(desk: DeskWorld, socket: object) -> None:
    """The page still hears what is new."""
    other = await teenager(desk, "nl", "ik ben weggelopen en heb het koud")
    receive = getattr(socket, "receive_json")  # noqa: B009  the frames are read here only
    for _ in range(20):
        frame = await receive(timeout=3)
        if frame["type"] == "desk" and frame["danger"]:
            break
    else:
        raise AssertionError("the page hears nothing any more")
    await other.close()
