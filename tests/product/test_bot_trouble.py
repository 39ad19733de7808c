"""The bot frozen, killed or slow: the fixed answer within two seconds, and afterwards the conversation with its state."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from chat_client import Chat, Frame, replies
from product_world import Product
from reply_texts import fixed
from talking import Talk, check, is_fixed, line_ids, press, say, says

from tests.ports import free_ports

pytestmark = pytest.mark.product

WITHIN_S = 2.0
_FIRST_TURNS = 8
DANGER = [
    ("nl", "iemand chanteert mij met een naaktfoto en wil geld", "fallback_sextortion", ["childfocus"]),
    ("fr", "on me fait chanter avec ma photo nue, il veut de l'argent", "fallback_sextortion", ["childfocus"]),
    ("nl", "ik wil niet meer leven, ik wil dood", "fallback_suicidal", ["zelfmoordlijn_1813"]),
    ("fr", "jveux mourir jen peux plus", "fallback_suicidal", ["prevention_suicide"]),
]


async def timed(chat: Chat, text: str) -> tuple[list[Frame], float]:
    """The replies and how long they took, in seconds."""
    began = time.monotonic()
    found = await say(chat, text)
    return found, time.monotonic() - began


async def status(product: Product, wanted: int) -> str:
    """Wait until healthz has this status; gives its "status"."""
    for _ in range(100):
        code, body = product.healthz()
        if code == wanted:
            return body["status"]
        await asyncio.sleep(0.1)
    raise AssertionError(f"healthz never was {wanted}")


async def awake(talk: Talk) -> None:
    """Until the bot answers in time: beside other work the first turns of one that has just started, or was frozen, take longer."""
    for _ in range(_FIRST_TURNS):
        chat = await talk("nl")
        if not is_fixed(await say(chat, "hallo, hoe gaat het?")):
            return
    pytest.fail(f"the bot answered none of {_FIRST_TURNS} turns in time", pytrace=False)


async def quickest(chats: list[Chat], text: str) -> float:
    """The seconds of the quickest fixed answer: where the hub waits for the bot, none is quick."""
    took = []
    for chat in chats:
        found, seconds = await timed(chat, text)
        assert is_fixed(found)
        assert line_ids(found) == ["childfocus"]
        assert seconds <= WITHIN_S, f"{seconds:.2f} s"
        took.append(seconds)
    return min(took)


async def begin_path(talk: Talk) -> Chat:
    """A conversation in the middle of the sextortion path."""
    await awake(talk)
    chat = await talk("nl")
    assert says(await say(chat, "ze chanteren mij met een naaktfoto"), "utter_ask_sextortion_safe")
    assert says(await press(chat, "Ja"), "utter_ask_sextortion_happened")
    return chat


async def test_frozen(product: Product, talk: Talk) -> None:
    chat = await begin_path(talk)
    chats = {language: [await talk(language) for _ in range(3)] for language in ("nl", "fr")}
    others = [await talk(language) for language, *_ in DANGER]
    product.freeze_bot()
    # The first messages find the bot silent only when the deadline passes; nobody knows yet that it is frozen.
    asked = await asyncio.gather(
        *(timed(other, text) for other, (_, text, *_) in zip(others, DANGER, strict=True)), timed(chat, "200 euro wil hij")
    )
    for (language, _, name, lines), (found, seconds) in zip(DANGER, asked, strict=False):
        check(found, language)
        assert is_fixed(found)
        assert found[0]["text"] == fixed(name, language)
        assert line_ids(found)[: len(lines)] == lines
        assert seconds <= WITHIN_S, f"{seconds:.2f} s"
    assert is_fixed(asked[-1][0])
    assert asked[-1][1] <= WITHIN_S
    assert await status(product, 503) == "degraded"
    for language, text in (("nl", "hallo, ben je er"), ("fr", "salut, tu es là")):  # now it is known, and the answer comes at once
        assert await quickest(chats[language], text) < 0.5
    product.thaw_bot()
    assert await status(product, 200) == "ok"
    for each in (chat, *others, *chats["nl"], *chats["fr"]):
        assert replies(await each.quiet(0.3)) == [], "a late answer was shown"
    await awake(talk)
    found = await say(chat, "hij wil dat ik betaal")  # the path is where it was before the bot froze
    check(found, "nl")
    assert says(found, "utter_ask_sextortion_step")


async def test_killed(product: Product, talk: Talk) -> None:
    chat = await begin_path(talk)
    others = [await talk(language) for language, *_ in DANGER]
    product.kill_bot()
    took = []
    for other, (language, text, name, lines) in zip(others, DANGER, strict=True):
        found, seconds = await timed(other, text)
        check(found, language)
        assert found[0]["text"] == fixed(name, language)
        assert line_ids(found)[: len(lines)] == lines
        assert seconds <= WITHIN_S, f"{seconds:.2f} s"
        took.append(seconds)
    assert min(took) < 1.0, f"{took}: nobody waits for a bot that is gone"
    assert is_fixed(await say(chat, "ben je er nog"))
    assert await status(product, 503) == "degraded"
    product.restart_bot()
    await awake(talk)
    found = await say(chat, "hij wil dat ik betaal")
    check(found, "nl")
    assert says(found, "utter_ask_sextortion_step")


class SlowDoor:
    """Stands before the real bot and holds its answers back; "ready" goes through at once."""

    def __init__(self, bot_url: str) -> None:
        self.bot_url, self.seconds, self.passed = bot_url, 0.0, 0
        self.url = f"http://127.0.0.1:{free_ports(1)[0]}"
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = web.AppRunner(app, shutdown_timeout=1)

    async def start(self) -> None:
        """Listen."""
        self._session = aiohttp.ClientSession()
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", int(self.url.rsplit(":", 1)[1])).start()

    async def stop(self) -> None:
        """Close."""
        await self._runner.cleanup()
        await self._session.close()

    async def _pass(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        async with self._session.request(request.method, self.bot_url + request.path, data=body or None, headers=headers) as answer:
            said = await answer.read()
        if request.path.endswith("/turn"):
            await asyncio.sleep(self.seconds)
            self.passed += 1
        return web.Response(status=answer.status, body=said, content_type="application/json")


@pytest.fixture
async def slow_door(product: Product) -> AsyncIterator[SlowDoor]:
    """The hub asks the real bot through a slow door."""
    door = SlowDoor(product.bot_url)
    await door.start()
    product.stop_hub()
    await asyncio.to_thread(product.start_hub, BOT_URLS=door.url)
    await asyncio.to_thread(product.wait_healthy)
    yield door
    product.stop_hub()
    await door.stop()


async def test_slow(slow_door: SlowDoor, talk: Talk) -> None:
    chat = await begin_path(talk)
    slow_door.seconds, before = 2.4, slow_door.passed
    found, seconds = await timed(chat, "hij wil dat ik 200 euro betaal")
    assert is_fixed(found)
    assert found[0]["text"] == fixed("fallback_sextortion", "nl")
    assert line_ids(found)[0] == "childfocus"
    assert 1.5 < seconds <= WITHIN_S, f"{seconds:.2f} s"
    assert replies(await chat.quiet(1.5)) == [], "a late answer was shown"
    slow_door.seconds = 1.0  # slow, but in time
    found, seconds = await timed(chat, "hij wil dat ik 300 euro betaal")
    check(found, "nl")
    assert says(found, "utter_ask_sextortion_step")  # the late answer has not moved the path on
    assert 1.0 <= seconds <= WITHIN_S
    assert slow_door.passed > before
