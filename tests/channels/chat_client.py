"""A client of the chat protocol for tests."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import Any

import aiohttp

Frame = dict[str, Any]


class Chat:
    """One socket. Frames that were read are kept in `seen`."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base = session, base
        self.seen: list[Frame] = []
        self.token = ""
        self.ws: Any = None

    async def connect(self) -> Chat:
        """Open the socket."""
        self.ws = await self._session.ws_connect(f"{self._base}/chat/ws", headers={"Origin": self._base})
        return self

    async def send(self, **frame: Any) -> None:
        """Send a frame."""
        await self.ws.send_str(json.dumps(frame))

    async def read(self, seconds: float = 3.0) -> Frame:
        """The next frame; fails when none comes."""
        message = await self.ws.receive(timeout=seconds)
        assert message.type is aiohttp.WSMsgType.TEXT, message
        frame: Frame = json.loads(message.data)
        self.seen.append(frame)
        return frame

    async def until(self, kind: str, seconds: float = 3.0) -> list[Frame]:
        """Frames up to and including the first of this type."""
        frames: list[Frame] = []
        end = time.monotonic() + seconds
        while not frames or frames[-1]["type"] != kind:
            frames.append(await self.read(max(end - time.monotonic(), 0.01)))
        return frames

    async def quiet(self, seconds: float = 0.3) -> list[Frame]:
        """All frames until nothing comes for `seconds`."""
        frames: list[Frame] = []
        while True:
            try:
                frames.append(await self.read(seconds))
            except TimeoutError:
                return frames

    async def answer(self, seconds: float = 0.3) -> list[Frame]:
        """All frames until nothing comes for `seconds`, where one is to come: a busy machine may need longer for the first."""
        return [await self.read(), *await self.quiet(seconds)]

    async def hello(self, lang: str | None = "nl", resume: str | None = None, after: int | None = None) -> list[Frame]:
        """Say hello; gives everything up to the greeting or what was missed."""
        await self.send(type="hello", version=1, lang=lang, resume=resume, after=after)
        frames = [await self.read()]
        if frames[0]["type"] != "welcome":
            return frames
        self.token = frames[0]["token"]
        if not resume:
            return [*frames, await self.read(), await self.read()]
        last = frames[0]["last"]
        while last > (after or 0) and frames[-1].get("seq") != last:
            frames.append(await self.read())
        return [*frames, *await self.quiet(0.2)]

    async def say(self, text: str, message_id: str | None = None, seconds: float = 3.0) -> list[Frame]:
        """Say something; gives the frames of the turn up to "done"."""
        await self.send(type="say", id=message_id or str(uuid.uuid4()), text=text)
        return await self.until("done", seconds)

    async def close(self) -> None:
        """Close the socket."""
        await self.ws.close()


def replies(frames: list[Frame]) -> list[Frame]:
    """The reply frames among these."""
    return [frame for frame in frames if frame["type"] == "reply"]


def kinds(frames: list[Frame]) -> list[str]:
    """The types, in order."""
    return [frame["type"] for frame in frames]


def lines(frame: Frame) -> list[str]:
    """The helpline ids of a reply."""
    return [card["id"] for card in frame["helplines"]]


async def wait_for(check: Any, seconds: float = 3.0) -> None:
    """Wait until `check()` is true; fails when it is not in time."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "did not happen in time"
        await asyncio.sleep(0.02)
