"""A counsellor of the running product, over the pages of its desk as a browser would ask them."""

from __future__ import annotations

import asyncio
import html
import re
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "desk"))

import pyotp
from desk_world import PASSWORD, Person

from channels.store import Store
from kernel.role import Role


class OnTheWall(Person):
    """Staff whose second factor runs on the clock of the wall."""

    def code(self, steps: int = 0) -> str:
        """The code of now, or of `steps` time steps from now."""
        return pyotp.TOTP(self.secret).at(int(time.time()) + 30 * steps)


@dataclass
class Counsellor:
    """Enrolled, logged in and at the desk. `cases` holds what they hold: a note in the card → the case's id."""

    person: OnTheWall
    socket: aiohttp.ClientWebSocketResponse
    stays: asyncio.Task[None]
    cases: dict[str, str] = field(default_factory=dict)
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    async def at(cls, base: str, database: Path, key: str, session: aiohttp.ClientSession) -> Counsellor:
        """A new account of the desk at `base` with this database and SECRET_KEY, through its enrolment page and the door."""
        store, name = Store(f"sqlite:///{database}", key), f"Raadgever {uuid.uuid4().hex[:6]}"
        account, token = await store.accounts.create(name, Role.COUNSELLOR)
        secret = (await store.accounts.secrets_of(account)).totp_secret
        await store.close()
        person = OnTheWall(base, session, name, Role.COUNSELLOR, account, secret)
        status, body = await person.post(f"/enrol/{token}", password=PASSWORD, again=PASSWORD, code=person.code(-1))
        assert status == 200, body
        assert await person.log_in() == 303
        socket = await session.ws_connect(f"{base}/live/ws", headers=person.headers())
        return cls(person, socket, asyncio.create_task(_listen(socket)))

    async def take(self, note: str, seconds: float = 15.0) -> str:
        """Take who waits, until it is the one with this note; the case's id."""
        end = time.monotonic() + seconds
        while note not in self.cases:
            assert time.monotonic() < end, f"nobody waits with {note!r}"
            async with self._taking:
                await self.person.post("/queue/next", language="all")
                await self._read_cases()
            await asyncio.sleep(0.1)
        return self.cases[note]

    async def _read_cases(self) -> None:
        _, body = await self.person.get("/queue")
        for case_id in set(re.findall(r'href="/cases/([0-9a-f]{32})', body)):
            page = await self.page(case_id)
            if 'data-mine="1"' in page:  # what waits can be read by all who may take it
                self.cases |= dict.fromkeys(re.findall(r"noot-[0-9a-f]{8}", page), case_id)

    async def page(self, case_id: str) -> str:
        """The case as it can be read."""
        status, body = await self.person.get(f"/cases/{case_id}")
        assert status == 200, (status, body)
        return html.unescape(body)

    async def reads(self, case_id: str, text: str, seconds: float = 10.0) -> None:
        """Wait until this stands in the case."""
        end = time.monotonic() + seconds
        while text not in await self.page(case_id):
            assert time.monotonic() < end, f"{text!r} never came to the desk"
            await asyncio.sleep(0.1)

    async def say(self, case_id: str, text: str) -> None:
        """Write to the teenager."""
        await self._stores(f"/cases/{case_id}/say", text=text, id=str(uuid.uuid4()))

    async def give_back(self, case_id: str) -> None:
        """To the bot; over when the ten seconds to undo it are."""
        status, _ = await self.person.post(f"/cases/{case_id}/return")
        assert status == 303
        await self._until(case_id, "returned", 20.0)

    async def _until(self, case_id: str, state: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while f'data-state="{state}"' not in (body := await self.page(case_id)):
            assert time.monotonic() < end, f"never {state}: {re.findall(r'data-state=.{20}', body)}"
            await asyncio.sleep(0.2)

    async def close(self, case_id: str) -> None:
        """End it, with a record."""
        await self._stores(f"/cases/{case_id}/close", outcome="step", need="other_wellbeing", channel="telegram", minutes="1")

    async def _stores(self, path: str, **fields: str) -> None:
        """Send a form; as the page and a person do, the same again while the desk says that it cannot store it."""
        for _ in range(5):
            status, body = await self.person.post(path, **fields)
            if status != 503:
                break
            await asyncio.sleep(0.5)
        assert status == 303, (status, body)

    async def leave(self) -> None:
        """Away from the desk."""
        await self.socket.close()
        await self.stays


async def _listen(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Hear what the desk tells its page: who does not answer its pings is taken for gone."""
    async for _ in socket:
        pass
