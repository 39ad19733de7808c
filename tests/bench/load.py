"""Load in a closed loop: so many conversations at once, each sends its next message when the last one is answered.

Both sides get the same messages in the same order. Latencies in milliseconds.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import aiohttp
from chat_client import Chat
from ruamel.yaml import YAML
from sides import ROOT, TOKEN, Side, turn_body

from channels.typed import command_of

TURNS = 8
"""Messages of a conversation; then a new one begins."""
Said = tuple[str, str]


def messages(seed: int) -> list[Said]:
    """Language and text: the project's held-out sentences, shuffled. None of them is training data, none comes twice.

    Without those that ask to wipe or leave: they end a conversation of the product, and stock Rasa has none to end.
    """
    found: set[Said] = set()
    for path in sorted((ROOT / "tests/nlu").glob("*/*.yml")):
        if path.stem in ("wipe_chat", "thanks_bye"):
            continue
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            found |= {(path.parent.name, line.strip("- ").strip()) for line in block["examples"].splitlines() if line.strip()}
    said = sorted(each for each in found if command_of(each[1]) is None)
    random.Random(seed).shuffle(said)  # the same on every machine
    return said


@dataclass(frozen=True, slots=True)
class Measured:
    """One round."""

    latencies: tuple[float, ...]
    seconds: float
    failed: int
    bubbles: int

    @property
    def per_second(self) -> float:
        """Answered messages a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")

    def plain(self) -> dict[str, float]:
        """For the report."""
        parts = {f"p{share}": self.percentile(share / 100) for share in (50, 95, 99)}
        return parts | {"per_second": self.per_second, "failed": self.failed, "bubbles": self.bubbles / max(1, len(self.latencies))}


Talk = Callable[[int, list[Said], Callable[[float, int | None], bool]], Awaitable[None]]
"""Has one conversation: its number, its messages, and whom to tell milliseconds and bubbles (None: failed) of each; who says whether to go on."""


async def closed_loop(
    talk: Talk, conversations: int, seconds: float, said: list[Said], *, is_over: Callable[[], bool] = lambda: False
) -> Measured:
    """`conversations` at a time for `seconds`, or until `is_over`."""
    latencies: list[float] = []
    counts = {"failed": 0, "bubbles": 0}
    started = time.monotonic()
    numbers = itertools.count()
    stream = _chunks(said)

    def note(milliseconds: float, bubbles: int | None) -> bool:
        if bubbles is not None:
            latencies.append(milliseconds)
            counts["bubbles"] += bubbles
        else:
            counts["failed"] += 1
        return goes_on()

    def goes_on() -> bool:
        return time.monotonic() - started < seconds and not is_over()

    async def work() -> None:
        while goes_on():
            await talk(next(numbers), next(stream), note)

    await asyncio.gather(*(work() for _ in range(conversations)))
    return Measured(tuple(latencies), time.monotonic() - started, counts["failed"], counts["bubbles"])


def _chunks(said: list[Said]) -> Iterator[list[Said]]:
    """Runs of TURNS messages in one language."""
    by_language = [[each for each in said if each[0] == language] for language in ("nl", "fr")]
    streams = [itertools.cycle(each) for each in by_language]
    for number in itertools.count():
        yield list(itertools.islice(streams[number % 2], TURNS))


def bot_talk(side: Side, session: aiohttp.ClientSession) -> Talk:
    """Conversations with a bot alone."""
    is_product = side.name == "product"
    headers = {"Authorization": f"Bearer {TOKEN}"} if is_product else {}

    async def talk(number: int, said: list[Said], note: Callable[[float, int | None], bool]) -> None:
        name, state = f"{number}-{uuid.uuid4().hex[:8]}", None
        for place, (language, text) in enumerate(said):
            body = turn_body(name, str(place), text, language, state) if is_product else {"sender": name, "message": text}
            path = "/webhooks/hub/turn" if is_product else "/webhooks/rest/webhook"
            begun = time.perf_counter()
            async with session.post(f"{side.url}{path}", json=body, headers=headers) as response:
                answer = await response.json(content_type=None)
            took = 1000 * (time.perf_counter() - begun)
            state = answer.get("state") if is_product else None
            if not note(took, len(answer["messages"] if is_product else answer) if response.status == 200 else None):
                return

    return talk


def path_talk(side: Side, session: aiohttp.ClientSession) -> Talk:
    """Conversations over the chat protocol, through the hub: from sending to `done`."""

    async def talk(number: int, said: list[Said], note: Callable[[float, int | None], bool]) -> None:
        chat = await Chat(session, side.url).connect()
        await chat.hello(said[0][0])
        for _, text in said:
            begun = time.perf_counter()
            try:
                frames = await chat.say(text, seconds=20)
            except (TimeoutError, AssertionError):
                note(0.0, None)
                break
            took = 1000 * (time.perf_counter() - begun)
            shown = [frame for frame in frames if frame["type"] == "reply"]
            by_bot = any(frame["from"] == "bot" for frame in shown) and all(frame["type"] != "error" for frame in frames)
            if not note(took, len(shown) if by_bot else None):
                break
        await chat.close()

    return talk
