"""The parts of the benchmark. Each gives plain numbers for the report; rounds alternate between the two sides."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
import load
import sides
import stock

CONVERSATIONS = (16, 1, 4, 64)
"""What the bars ask for first: a run that is broken off keeps what it has."""
ROUNDS = 5
SECONDS = 2.5
BOTS_SHARE = 0.25
"""Of a core, for each bot in the part with two bots."""
Numbers = dict[str, Any]


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Number by number."""
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


async def _alternating(
    talks: dict[str, Callable[[aiohttp.ClientSession], load.Talk]],
    conversations: int,
    seconds: float,
    used: Callable[[str], dict[str, float]] = lambda _name: {},
) -> Numbers:
    """Rounds of all sides in turn, each with the same messages. `used` gives the processor seconds of a side's processes."""
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in talks}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=120)) as session:
        for number in range(ROUNDS):
            print(f"  {conversations} conversations, round {number + 1}", flush=True)
            for name in sorted(talks, reverse=bool(number % 2)):
                said = load.messages(1000 * conversations + number)
                before = used(name)
                measured = await load.closed_loop(talks[name](session), conversations, seconds, said)
                turns = max(1, len(measured.latencies))
                per_turn = {f"{process}_ms": 1000 * (after - before[process]) / turns for process, after in used(name).items()}
                rounds[name].append(measured.plain() | per_turn)
    return {name: medians(each) for name, each in rounds.items()} | {"rounds": rounds}


def _both(ours: Callable[[], sides.Side], theirs: Callable[[], sides.Side]) -> list[sides.Side]:
    """Both started at the same time."""
    with ThreadPoolExecutor(2) as pool:
        return [started.result() for started in [pool.submit(ours), pool.submit(theirs)]]


def _used(ours: sides.Side, theirs: sides.Side) -> Callable[[str], dict[str, float]]:
    return lambda name: (ours if name == "product" else theirs).processor_s


def _levels(
    part: str,
    talks: dict[str, Callable[[aiohttp.ClientSession], load.Talk]],
    resident: Callable[[], dict[str, int]],
    used: Callable[[str], dict[str, float]],
) -> Numbers:
    """All numbers of conversations; kept after each."""
    found: Numbers = {}
    for many in CONVERSATIONS:
        found[str(many)] = asyncio.run(_alternating(talks, many, SECONDS, used))
        found["resident"] = resident()
        sides.keep(part, found)
    return found


def bot() -> Numbers:
    """Free-text turns of the bot alone, and the memory of both after them."""
    child, port = sides.actions()
    ours, theirs = _both(lambda: sides.product_bot(port), lambda: sides.stock_bot(stock.model(), port))
    try:
        talks = {side.name: lambda session, side=side: load.bot_talk(side, session) for side in (ours, theirs)}
        asyncio.run(_warm(talks))
        return _levels("bot", talks, lambda: {side.name: side.resident for side in (ours, theirs)}, _used(ours, theirs))
    finally:
        for side in (ours, theirs):
            side.end()
        child.kill()


async def _warm(talks: dict[str, Callable[[aiohttp.ClientSession], load.Talk]]) -> None:
    async with aiohttp.ClientSession() as session:
        for talk in talks.values():
            await load.closed_loop(talk(session), 4, 3.0, load.messages(7))


def path() -> Numbers:
    """The whole path over the chat protocol, beside stock Rasa's bare REST channel."""
    child, port = sides.actions()
    ours, theirs = _both(sides.product, lambda: sides.stock_bot(stock.model(), port))
    try:
        talks: dict[str, Callable[[aiohttp.ClientSession], load.Talk]] = {
            "product": lambda session: load.path_talk(ours, session),
            "stock": lambda session: load.bot_talk(theirs, session),
        }
        asyncio.run(_warm(talks))
        named = dict(zip(("hub", "bot"), ours.children, strict=True)) | {"stock": theirs.children[-1]}
        return _levels(
            "path", talks, lambda: {name: sides.resident_bytes(child.process.pid) for name, child in named.items()}, _used(ours, theirs)
        )
    finally:
        ours.end()
        theirs.end()
        child.kill()


def start() -> Numbers:
    """From the command to the first answer, and what is resident then."""
    child, port = sides.actions()
    rounds: dict[str, list[dict[str, float]]] = {"product": [], "stock": []}
    try:
        for number in range(ROUNDS):
            makers = [lambda: sides.product_bot(port), lambda: sides.stock_bot(stock.model(), port)]
            for make in reversed(makers) if number % 2 else makers:
                side = make()
                rounds[side.name].append({"seconds": side.seconds_to_answer, "resident": side.resident})
                side.end()
    finally:
        child.kill()
    return {name: medians(each) for name, each in rounds.items()} | {"rounds": rounds}


def growth() -> Numbers:
    """What a turn costs late in a conversation."""
    child, port = sides.actions()
    ours, theirs = _both(lambda: sides.product_bot(port), lambda: sides.stock_bot(stock.model(), port))
    try:
        return {side.name: asyncio.run(_long_talks(side, talks)) for side, talks in ((ours, ROUNDS), (theirs, 1))}
    finally:
        ours.end()
        theirs.end()
        child.kill()


TURNS_LOOKED_AT = (5, 50, 300, 500)
_AROUND = 10


async def _long_talks(side: sides.Side, talks: int) -> Numbers:
    """Medians of milliseconds around these turns, of `talks` conversations one after the other."""
    took: list[list[float]] = []
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=300)) as session:
        await load.bot_talk(side, session)(0, load.messages(3)[:20], lambda _ms, _bubbles: True)
        for number in range(talks):
            said = [each for each in load.messages(number) if each[0] == "nl"][: TURNS_LOOKED_AT[-1] + _AROUND]
            of_this: list[float] = []
            await load.bot_talk(side, session)(number, said, lambda ms, _bubbles, kept=of_this: kept.append(ms) or True)
            took.append(of_this)
    around = {turn: [ms for talk in took for ms in talk[max(1, turn - _AROUND) : turn + _AROUND]] for turn in TURNS_LOOKED_AT}
    return {str(turn): statistics.median(each) for turn, each in around.items()} | {"talks": talks}


def training() -> Numbers:
    """The product's whole training, once, beside what was kept of the stock model's."""
    stock.model()
    data = str(sides.ROOT / "data")
    rasa = str(sides.ROOT / "bot/.venv/bin/rasa")
    command = [rasa, "train", "--config", str(sides.ROOT / "config.yml"), "--data", data, "--domain", data, "--augmentation", "0"]
    out = sides.WORK / "trained"
    command += ["--out", str(out), "--fixed-model-name", "product", "--skip-validation", "--force"]
    seconds = sides.run_command(command, sides.WORK / "train-product.log", sides.ROOT)
    return {"product": seconds, "stock": stock.trained_in()}


def calls() -> Numbers:
    """One call each of what the hub does itself on every message; in milliseconds."""
    from datetime import UTC, datetime

    from safety.crisis import CrisisDetector
    from safety.directory import Directory
    from safety.masking import Masker
    from safety.routes import Routes

    folder = sides.ROOT / "data/safety"
    detector, directory = CrisisDetector.load(folder), Directory.load(folder / "helplines.yml")
    routes = Routes.load(folder / "routes.yml", directory)
    said = [text for _, text in load.messages(5)][:500]
    at = datetime.now(UTC)
    from kernel.language import Language

    found = {
        "crisis": _each(said, detector.find),
        "routes": _each(said, lambda _text: routes.lines("sextortion", Language.NL, at=at)),
        "cards": _each(said, lambda _text: [directory.card(line, Language.NL, at) for line in ("childfocus", "awel")]),
    }
    masker = Masker.load()
    masker.mask(said[0], Language.NL)
    return found | {"masking": _each(said[:200], lambda text: masker.mask(text, Language.NL))}


def _each(said: list[str], call: Callable[[str], object]) -> dict[str, float]:
    took = []
    for text in said:
        begun = time.perf_counter()
        call(text)
        took.append(1000 * (time.perf_counter() - begun))
    took.sort()
    return {"p50": took[len(took) // 2], "p95": took[int(len(took) * 0.95)]}


def bots() -> Numbers:
    """Two bots behind one hub, beside one bot: the whole path at 16 conversations, once with all of the machine for everybody and once
    with a quarter of a core for each bot, so that the bots are what there is too little of."""
    one, two = sides.product("one"), sides.product("two", bots=2)
    try:
        talks: dict[str, Callable[[aiohttp.ClientSession], load.Talk]] = {
            "one": lambda session: load.path_talk(one, session),
            "two": lambda session: load.path_talk(two, session),
        }
        used = {"one": one, "two": two}
        asyncio.run(_warm(talks))
        unlimited = asyncio.run(_alternating(talks, 16, SECONDS, lambda name: used[name].processor_s))
        with sides.limited([*one.children[1:], *two.children[1:]], BOTS_SHARE):
            limited = asyncio.run(_alternating(talks, 16, SECONDS, lambda name: used[name].processor_s))
    finally:
        one.end()
        two.end()
    return {"share": BOTS_SHARE, "unlimited": unlimited, "limited": limited}


def stored() -> Numbers:
    """A turn of the hub (stand-in bot) with 1, 1,000 and 100,000 conversations in its store."""
    import hub_side

    return hub_side.stored()


def idle() -> Numbers:
    """10,000 idle web chats in one hub."""
    import hub_side

    return hub_side.idle()


def new_model() -> Numbers:
    """Loading a new model while turns go on."""
    import new_model as loading

    return loading.new_model()


PARTS: dict[str, Callable[[], Numbers]] = {
    part.__name__: part for part in (bot, path, start, growth, training, new_model, bots, stored, idle, calls)
}
