"""A queueing model of many chats at once: hubs and bots as servers with measured service times, and the formula that checks it.

A turn waits for its hub (half of the hub's work), for the least loaded bot, and for its hub again. What is not there within the
deadline is answered by the fixed answer; the bot does its work all the same. Times in seconds.
"""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass

DEADLINE_S = 1.8


@dataclass(frozen=True)
class Plan:
    """What is there, and what comes. `variation`: standard deviation of a service time by its mean (1: exponential)."""

    hubs: int
    bots: int
    hub_s: float
    bot_s: float
    chats: int
    starts_within_s: float
    turns: float = 10.0
    thinks_s: float = 20.0
    variation: float = 0.6
    seed: int = 116000


@dataclass(frozen=True)
class Played:
    """What became of it. `late`: the share of turns with the fixed answer; `most_at_once`: chats open at the same moment."""

    turns: int
    per_second: float
    late: float
    p50: float
    p95: float
    most_at_once: int
    hub_load: float
    bot_load: float


def _service(chance: random.Random, mean: float, variation: float) -> float:
    """Gamma distributed: exponential at a variation of 1, steadier below."""
    if variation <= 0:
        return mean
    shape = 1.0 / variation**2
    return chance.gammavariate(shape, mean / shape)


def play(plan: Plan) -> Played:
    """Every turn of every chat, in the order of time."""
    chance = random.Random(plan.seed)
    hub_free, bot_free = [0.0] * plan.hubs, [0.0] * plan.bots
    events: list[tuple[float, int, str, float]] = []
    for chat in range(plan.chats):
        start = chance.uniform(0, plan.starts_within_s)
        heapq.heappush(events, (start, chat, "begins", start))
    waits: list[float] = []
    late = busy_hub = busy_bot = 0.0
    open_chats = most_at_once = 0
    end = 0.0
    while events:
        now, chat, what, since = heapq.heappop(events)
        end = max(end, now)
        if what == "begins":
            open_chats += 1
            most_at_once = max(most_at_once, open_chats)
        if what in ("begins", "says", "answered"):
            work = _service(chance, plan.hub_s / 2, plan.variation)
            hub = chat % plan.hubs
            hub_free[hub] = max(now, hub_free[hub]) + work
            busy_hub += work
            heapq.heappush(events, (hub_free[hub], chat, "shows" if what == "answered" else "asks", since))
        elif what == "asks":
            work = _service(chance, plan.bot_s, plan.variation)
            bot = min(range(plan.bots), key=bot_free.__getitem__)
            bot_free[bot] = max(now, bot_free[bot]) + work
            busy_bot += work
            heapq.heappush(events, (bot_free[bot], chat, "answered", since))
        else:
            waited = now - since
            waits.append(min(waited, DEADLINE_S))
            late += waited > DEADLINE_S
            if chance.random() < 1 / plan.turns:
                open_chats -= 1
            else:
                # Thinks from the answer that was shown; a turn of the same chat waits until the late one is over.
                again = max(now, min(now, since + DEADLINE_S) + chance.expovariate(1 / plan.thinks_s))
                heapq.heappush(events, (again, chat, "says", again))
    waits.sort()
    count = len(waits)
    return Played(
        turns=count,
        per_second=count / end,
        late=late / count,
        p50=waits[count // 2],
        p95=waits[int(count * 0.95)],
        most_at_once=most_at_once,
        hub_load=busy_hub / (end * plan.hubs),
        bot_load=busy_bot / (end * plan.bots),
    )


def erlang_c(servers: int, offered: float) -> float:
    """Probability that one must wait (A. K. Erlang, 1917: M/M/c). `offered`: arrivals per second times service seconds; < `servers`."""
    if offered >= servers:
        return 1.0
    blocked = 1.0
    for number in range(1, servers + 1):  # Erlang B by its recursion, which does not overflow
        blocked = offered * blocked / (number + offered * blocked)
    return blocked / (1 - offered / servers * (1 - blocked))


def mean_wait_s(servers: int, per_second: float, service_s: float, variation: float = 1.0) -> float:
    """Mean wait before service; with another variation than 1 the approximation of Allen and Cunneen (1978)."""
    offered = per_second * service_s
    if offered >= servers:
        return math.inf
    return erlang_c(servers, offered) * service_s / (servers - offered) * (1 + variation**2) / 2


def needed(per_second: float, service_s: float, wait_s: float, variation: float = 1.0) -> int:
    """The fewest servers with a mean wait of at most `wait_s`."""
    servers = max(1, math.ceil(per_second * service_s))
    while mean_wait_s(servers, per_second, service_s, variation) > wait_s:
        servers += 1
    return servers
