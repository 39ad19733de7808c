"""A running desk with real accounts, in this process: what the tests of the desk share."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pyotp
from aiohttp import web

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "channels")]

from chat_client import Chat
from hub_world import environment

from channels.answers import Answers
from channels.desk.app import add_desk
from channels.desk.context import DESK, Desk
from channels.desk.routes import Route
from channels.relay import Relay
from channels.site import Hub
from channels.store import Store
from kernel.role import Role
from kernel.settings import Settings, read_settings

NOW = 1_900_000_000
"""The second at which the clock of the door stands, so that no test sees a time step begin."""
PASSWORD = "vier losse woorden samen"
KEY = "a key of this test, thirty-two characters"


@dataclass
class Person:
    """One member of staff with a browser of their own."""

    base: str
    http: aiohttp.ClientSession
    name: str
    role: Role
    id: str
    secret: str
    mark: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    recovery: list[str] = field(default_factory=list)

    def headers(self, **more: str) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Origin": self.base, "Accept": "text/html"} | ({"Cookie": cookie} if cookie else {}) | more

    def code(self, steps: int = 0) -> str:
        """A second-factor code, `steps` time steps from the desk's now."""
        return pyotp.TOTP(self.secret).at(NOW + 30 * steps)

    async def get(self, path: str, **more: str) -> tuple[int, str]:
        """Status and body of a page; redirects are not followed."""
        async with self.http.get(self.base + path, headers=self.headers(**more), allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, *, mark: str | None = None, headers: dict[str, str] | None = None, **form: str) -> tuple[int, str]:
        """Status and body after sending a form with the anti-forgery mark of this session."""
        data = {"mark": self.mark if mark is None else mark, **form}
        sent = self.headers() if headers is None else headers
        async with self.http.post(self.base + path, headers=sent, data=data, allow_redirects=False) as answer:
            self._keep(answer)
            return answer.status, await answer.text()

    async def log_in(self, *, password: str = PASSWORD, code: str | None = None) -> int:
        """The status of logging in; 303 when it worked, and then the mark of the forms is known."""
        status, _ = await self.post("/login", mark="", name=self.name, password=password, code=self.code() if code is None else code)
        if status == 303:
            _, body = await self.get("/me")
            self.mark = re.findall(r'name="mark" value="([0-9a-f]{64})"', body)[0]
        return status

    def _keep(self, answer: aiohttp.ClientResponse) -> None:
        for morsel in answer.cookies.values():
            self.cookies.pop(morsel.key, None)
            if morsel.value and morsel["max-age"] != "0":
                self.cookies[morsel.key] = morsel.value


class DeskWorld:
    """A hub with its desk on free ports (its bot is away: nothing here needs one), and the people of the desk."""

    def __init__(self, var: Path, answers: Answers, more: Iterable[Route] = ()) -> None:
        var.mkdir(parents=True, exist_ok=True)
        self.settings: Settings = read_settings(environment(var) | {"SECRET_KEY": KEY}, ROOT)
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self.app: web.Application | None = None
        self._more = more
        self.hub = Hub(self.settings, ROOT, pages=None, actions=None, desk=self._add, answers=answers)

    def _add(self, app: web.Application, settings: Settings, relay: Relay) -> None:
        self.app = app
        add_desk(app, settings, relay, more=self._more, clock=lambda: NOW)

    @property
    def base(self) -> str:
        return self.settings.desk_url

    @property
    def parts(self) -> Desk:
        """What the desk is made of."""
        assert self.app is not None, "not started"
        return self.app[DESK]

    @property
    def store(self) -> Store:
        return self.hub.store

    async def start(self) -> None:
        await self.hub.start()

    async def stop(self) -> None:
        await self.http.close()
        await self.hub.stop()

    async def invited(self, name: str, role: Role) -> tuple[Person, str]:
        """Somebody who has got the link; and its token."""
        account_id, token = await self.store.accounts.create(name, role)
        secret = (await self.store.accounts.secrets_of(account_id)).totp_secret
        return Person(self.base, self.http, name, role, account_id, secret), token

    async def enrolled(self, name: str, role: Role) -> Person:
        """Somebody who went through the enrolment page."""
        person, token = await self.invited(name, role)
        # The code before this one, so that the running one still opens the door.
        status, body = await person.post(f"/enrol/{token}", password=PASSWORD, again=PASSWORD, code=person.code(-1))
        assert status == 200, body
        person.recovery = re.findall(r"<code>([A-Z2-9-]{19})</code>", body)
        return person

    async def staff(self, name: str, role: Role) -> Person:
        """Somebody logged in."""
        person = await self.enrolled(name, role)
        assert await person.log_in() == 303
        return person


async def teenager(desk: DeskWorld, language: str = "nl", *said: str) -> Chat:
    """Somebody in the chat, after the greeting and what they said (the fixed answers reply: there is no bot).

    Where many begin at once the hub may say that it is busy, and when to come back: they do, as the page does.
    """
    while True:
        chat = await Chat(desk.http, desk.settings.public_url).connect()
        first = (await chat.hello(language))[0]
        if first["type"] == "welcome":
            break
        await chat.close()
        assert first["code"] == "busy", first
        await asyncio.sleep(float(first["retry_after"]))
    for text in said:
        await chat.say(text, seconds=6)
    return chat


async def asks_for_a_person(chat: Chat, note: str = "", *, without: tuple[str, ...] = ()) -> str:
    """They press the button and send the card, without the lines whose ids are in `without`; gives the id of the hand-off."""
    await chat.send(type="human")
    card = (await chat.until("handoff", 6))[-1]
    share = [line["id"] for line in card["lines"] if line["id"] not in without]
    await chat.send(type="handoff", id=card["id"], decision="send", note=note or None, share=share)
    await chat.until("handoff_stored", 6)
    return str(card["id"])


async def said(chat: Chat, seconds: float = 3.0) -> dict[str, object]:
    """The next bubble of a counsellor in the chat."""
    while True:
        for frame in await chat.until("reply", seconds):
            if frame["type"] == "reply" and frame["from"] == "counsellor":
                return dict(frame)


class Live:
    """A desk page's socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []

    @classmethod
    async def of(cls, desk: DeskWorld, person: Person, case_id: str = "") -> Live:
        query = f"?case={case_id}" if case_id else ""
        return cls(await desk.http.ws_connect(f"{desk.base}/live/ws{query}", headers=person.headers()))

    async def until(self, wanted: Any, seconds: float = 3.0) -> dict[str, Any]:
        """The first frame for which `wanted` holds."""
        end = time.monotonic() + seconds
        while True:
            frame = await self.socket.receive_json(timeout=max(0.01, end - time.monotonic()))
            self.frames.append(frame)
            if wanted(frame):
                return frame
