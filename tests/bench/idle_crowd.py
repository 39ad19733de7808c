"""`python idle_crowd.py URL CHATS`: opens so many chats, says "open" on standard output, then only answers the hub's pings until killed.

A process of its own: what ten thousand sockets cost on the client's side must not be taken for the hub's.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import sys

import aiohttp

_AT_ONCE = 20
"""More newcomers at the same moment only wait for each other, and some are told to come back."""


async def _open_one(session: aiohttp.ClientSession, url: str, number: int) -> aiohttp.ClientWebSocketResponse:
    """Greeted; the hub trusts the proxy that this plays, or ten thousand newcomers of one address would be a flood."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    ws = await session.ws_connect(f"{url}/chat/ws", headers={"Origin": url, "X-Forwarded-For": address})
    while True:
        await ws.send_str(json.dumps({"type": "hello", "version": 1, "lang": "nl", "resume": None, "after": None}))
        frame = json.loads((await ws.receive(timeout=30)).data)
        while frame["type"] not in ("welcome", "error"):
            frame = json.loads((await ws.receive(timeout=30)).data)
        if frame["type"] == "welcome":
            return ws
        await asyncio.sleep(frame.get("retry_after") or 0.5)


async def main(url: str, chats: int) -> None:
    """See the module."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def open_one(number: int) -> asyncio.Task[None]:
            async with gate:
                ws = await _open_one(session, url, number)
                return asyncio.create_task(_read(ws))  # at once: who does not answer a ping is closed

        readers = await asyncio.gather(*(open_one(number) for number in range(chats)))
        print("open", flush=True)
        await asyncio.gather(*readers)


async def _read(ws: aiohttp.ClientWebSocketResponse) -> None:
    """What one loses its socket with ends it alone; the hub's metrics tell how many are left."""
    with contextlib.suppress(aiohttp.ClientError, OSError):
        async for _ in ws:
            pass


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
