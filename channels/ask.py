"""Answers rows of messages through the relay that answers people: for `make evaluate MESSAGES=… OUT=…`."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from channels.bot_client import BotClient
from channels.bot_process import BotProcess, bot_command, bot_environment
from channels.delivery import Delivery
from channels.fanout import Event
from channels.ports import free_ports
from channels.relay import Relay
from channels.secrets import StartError
from channels.site import Hub
from channels.store import Message, StorageFailed
from channels.turn import Answer
from channels.wiring import actions
from kernel.language import Language
from kernel.settings import Settings

_AT_ONCE = 2
_READY_WITHIN_S = 300.0
_ANSWER_WITHIN_S = 20.0
_TELL_EVERY, _MORE_TRIES = 50, 3


async def ask_all(
    rows: Sequence[dict[str, Any]], relay: Relay, at_once: int = _AT_ONCE, tell: Callable[[int], None] | None = None
) -> list[dict[str, Any]]:
    """Each row `{id, lang, text}` as the first message of a fresh conversation; results in the rows' order.

    A result is `{id, need, confidence, urgency, lang, lines}`; `lines` are the ids of the reply's helplines, first to name
    first. The relay must have a bot that is ready. `tell` hears now and then how many are answered.
    """
    waiting: dict[str, asyncio.Future[Answer]] = {}

    def answered(message: Message, answer: Answer) -> None:
        if (future := waiting.get(message.id)) is not None and not future.done():
            future.set_result(answer)

    gate, done = asyncio.Semaphore(at_once), 0

    async def ask(row: dict[str, Any]) -> dict[str, Any]:
        nonlocal done
        async with gate:
            answer = await _ask(row, relay, waiting)
        done += 1
        if tell is not None and done % _TELL_EVERY == 0:
            tell(done)
        return answer

    delivery: Delivery = relay.delivery
    delivery.on_answer = answered
    try:
        return list(await asyncio.gather(*(ask(row) for row in rows)))
    finally:
        delivery.on_answer = None


async def _ask(row: dict[str, Any], relay: Relay, waiting: dict[str, asyncio.Future[Answer]]) -> dict[str, Any]:
    """As one row of `ask_all`. On a busy machine a message may not be stored, and then nobody answers: it is asked again."""
    for _ in range(_MORE_TRIES):
        try:
            return await _ask_once(row, relay, waiting)
        except (TimeoutError, StorageFailed):
            continue
    return await _ask_once(row, relay, waiting)


async def _ask_once(row: dict[str, Any], relay: Relay, waiting: dict[str, asyncio.Future[Answer]]) -> dict[str, Any]:
    language, message_id = Language.parse(row.get("lang"), Language.NL), str(uuid.uuid4())
    future = waiting[message_id] = asyncio.get_running_loop().create_future()
    try:
        opened = await relay.open(language, "ask")
        await relay.say(opened.conversation_id, language, message_id, str(row["text"]), _ignore)
        answer = await asyncio.wait_for(future, _ANSWER_WITHIN_S)
    finally:
        del waiting[message_id]
    lines = dict.fromkeys(helpline for bubble in answer.bubbles for helpline in bubble.helplines)
    return {
        "id": row.get("id"),
        "need": answer.need,
        "confidence": round(answer.confidence, 4),
        "urgency": answer.outcome.urgency.value,
        "lang": answer.bubbles[0].language.value if answer.bubbles else language.value,
        "lines": list(lines),
    }


async def ask_file(settings: Settings, root: Path, source: Path, target: Path) -> int:
    """`python -m channels ask IN OUT`: JSON Lines in and out. Uses the bot that runs, else starts one and ends it."""
    rows = _read(source)
    async with product_apart(settings, root) as hub:
        started = time.monotonic()
        results = await ask_all(rows, hub.relay, tell=lambda done: print(f"ask: {done} of {len(rows)}", file=sys.stderr, flush=True))
        print(f"ask: {len(rows)} messages in {time.monotonic() - started:.1f} s", file=sys.stderr)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(json.dumps(result, ensure_ascii=False) + "\n" for result in results), encoding="utf-8")
    return 0


@asynccontextmanager
async def product_apart(settings: Settings, root: Path) -> AsyncIterator[Hub]:
    """The product beside the one that answers people: a store and ports of its own, which go with it; its bot is ready.

    Uses the bot that runs, else starts one and ends it.
    """
    with tempfile.TemporaryDirectory(prefix="chatmasjien-ask-") as folder:
        own = await _apart(settings, Path(folder))
        hub = Hub(own, root, pages=None, actions=actions())
        bot = BotProcess(bot_command(root), root, bot_environment(own), lambda: hub.bot.seconds_since_ready)
        try:
            await hub.start()
            if own.bot_urls != settings.bot_urls:
                await bot.start()
            await _until_ready(hub)
            yield hub
        finally:
            await bot.stop()
            await hub.stop()


def _read(source: Path) -> list[dict[str, Any]]:
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise StartError(f"file {source}: expected JSON Lines with id, lang and text ({type(error).__name__})") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise StartError(f"file {source}, row {number}: expected id, lang and text")
    return rows


async def _apart(settings: Settings, folder: Path) -> Settings:
    """Settings with a store and ports of their own; with the running bot's address when one is ready."""
    client = BotClient(settings.bot_urls, settings.bot_token)
    await client.start()
    is_running = client.is_ready
    await client.close()
    public, metrics, bot, actions_port = free_ports(4)
    own = replace(
        settings,
        database_url=f"sqlite:///{folder / 'ask.db'}",
        var=folder,
        public_host="127.0.0.1",
        public_port=public,
        metrics_port=metrics,
        actions_port=actions_port,
        inbox=False,  # what is asked here is no chat of anybody
    )
    return own if is_running else replace(own, bot_port=bot, bot_urls=(f"http://127.0.0.1:{bot}",))


async def _until_ready(hub: Hub) -> None:
    start = time.monotonic()
    while not hub.bot.is_ready:
        if time.monotonic() - start > _READY_WITHIN_S:
            raise StartError("the bot did not become ready; is there a model (make train)?")
        await asyncio.sleep(0.5)


def _ignore(_event: Event) -> None:
    """Acks are of no interest here."""
