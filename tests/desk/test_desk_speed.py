"""How soon danger is on the desk: 200 times, over the real sockets of both sites."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid

from desk_world import DeskWorld, teenager

from kernel.role import Role

TIMES, AT_ONCE = 200, 8
WITHIN_S = 2.0


async def test_danger_is_on_the_desk_within_two_seconds(desk: DeskWorld) -> None:
    an = await desk.staff("An", Role.COUNSELLOR)
    page = await desk.http.ws_connect(f"{desk.base}/live/ws", headers=an.headers())
    sent: dict[int, float] = {}
    took: list[float] = []

    async def watch() -> None:
        shown: set[str] = set()
        while len(took) < TIMES:
            frame = await page.receive_json(timeout=30)
            fresh = {row["id"] for row in frame.get("signals", ())} - shown
            for _ in fresh:
                took.append(time.monotonic() - sent[len(took)])
            shown |= fresh

    async def in_danger() -> None:
        chat = await teenager(desk, "nl")
        sent[len(sent)] = time.monotonic()
        await chat.send(type="say", id=str(uuid.uuid4()), text="ik ben weggelopen en heb het koud")
        await chat.until("done", 10)
        await chat.close()

    watching = asyncio.create_task(watch())
    for _ in range(TIMES // AT_ONCE):
        await asyncio.gather(*(in_danger() for _ in range(AT_ONCE)))
    await asyncio.wait_for(watching, 30)
    took.sort()
    p99 = took[int(len(took) * 0.99) - 1]
    print(f"danger on the desk: median {statistics.median(took) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms of {len(took)}")
    assert len(took) == TIMES
    assert p99 < WITHIN_S
