"""How long a new model takes to load, and what turns feel of it meanwhile.

The product starts a second bot beside the one that answers (docs/operations.md); stock Rasa is told to load it (PUT /model), as its
HTTP API offers.
"""

from __future__ import annotations

import asyncio
import statistics
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import aiohttp
import load
import sides
import stock

ROUNDS, AT_ONCE, ALONE_S = 3, 4, 6.0


def new_model() -> dict[str, Any]:
    """Medians of the rounds, per side: seconds to load, p95 of turns before and meanwhile, turns that failed meanwhile."""
    child, port = sides.actions()
    rounds: dict[str, list[dict[str, float]]] = {"product": [], "stock": []}
    try:
        for number in range(ROUNDS):
            for name in sorted(rounds, reverse=bool(number % 2)):
                side = sides.product_bot(port) if name == "product" else sides.stock_bot(stock.model(), port)
                try:
                    rounds[name].append(asyncio.run(_round(side, _product(port) if name == "product" else _stock(side), number)))
                finally:
                    side.end()
    finally:
        child.kill()
    return {name: {key: statistics.median(each[key] for each in of) for key in of[0]} for name, of in rounds.items()} | {"rounds": rounds}


def _product(actions_port: int) -> Callable[[], None]:
    def load_it() -> None:
        sides.product_bot(actions_port).end()  # here since it answered; in the product the old one ends then

    return load_it


def _stock(side: sides.Side) -> Callable[[], None]:
    body = f'{{"model_file": "{stock.model()}"}}'.encode()
    request = urllib.request.Request(f"{side.url}/model", body, {"Content-Type": "application/json"}, method="PUT")

    def load_it() -> None:
        with urllib.request.urlopen(request, timeout=900) as response:
            assert response.status == 204, response.status

    return load_it


async def _round(side: sides.Side, load_it: Callable[[], None], number: int) -> dict[str, float]:
    timeout = aiohttp.ClientTimeout(total=900)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as session:
        talk = load.bot_talk(side, session)
        await load.closed_loop(talk, AT_ONCE, ALONE_S, load.messages(number))
        before = await load.closed_loop(talk, AT_ONCE, ALONE_S, load.messages(number))
        begun = time.monotonic()
        loading = asyncio.create_task(asyncio.to_thread(load_it))
        turns = asyncio.create_task(load.closed_loop(talk, AT_ONCE, 900.0, load.messages(number + 10), is_over=loading.done))
        await loading
        took = time.monotonic() - begun
        meanwhile = await turns
    longest = max(meanwhile.latencies, default=float("nan"))
    return {"seconds": took, "p95_before": before.percentile(0.95), "p95": meanwhile.percentile(0.95), "longest": longest} | {
        "per_second": meanwhile.per_second,
        "failed": meanwhile.failed,
    }
