"""What the hub refuses, limits and counts."""

from __future__ import annotations

import asyncio
import json
import uuid

import aiohttp
import pytest
from chat_client import kinds, lines, replies
from hub_world import World


def new_id() -> str:
    return str(uuid.uuid4())


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        '{"type":"say"}',
        '{"type":"nonsense"}',
        '{"type":"hello","version":2}',
        "[" * 50_000,
        '{"type":"handoff","id":"x","decision":"send"}',
    ],
)
async def test_bad_frames_get_the_named_error(world: World, raw: str) -> None:
    chat = await world.talk("fr")
    await chat.ws.send_str(raw)
    frame = await chat.read()
    assert (frame["type"], frame["code"]) == ("error", "bad_frame")
    assert "Traceback" not in json.dumps(frame)
    assert kinds(await chat.say("ça va")) == ["ack", "typing", "reply", "done"]


async def test_binary_frames_are_bad_frames(world: World) -> None:
    chat = await world.talk()
    await chat.ws.send_bytes(b'{"type":"sos"}')
    assert (await chat.read())["code"] == "bad_frame"


async def test_say_before_hello_is_a_bad_frame(world: World) -> None:
    chat = await world.chat()
    await chat.send(type="say", id=new_id(), text="hoi")
    assert (await chat.read())["code"] == "bad_frame"


async def test_frames_over_256_kib_close_the_socket_and_nothing_is_lost(world: World) -> None:
    chat = await world.talk()
    await chat.say("eerst")
    await chat.ws.send_str('{"type":"say","text":"' + "x" * 300_000)
    message = await chat.ws.receive(timeout=2)
    assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert chat.ws.close_code == 1009
    again = await world.chat()
    assert [frame["seq"] for frame in replies(await again.hello(None, chat.token, 2))] == [3]


async def test_4000_characters_are_taken_and_4001_are_not(world: World) -> None:
    chat = await world.talk()
    assert kinds(await chat.say("z" * 4000)) == ["ack", "typing", "reply", "done"]
    assert len(world.bot.asked[0]["text"]) == 1000
    await chat.send(type="say", id=new_id(), text="z" * 4001)
    frames = await chat.answer()
    assert [(frame["type"], frame["code"]) for frame in frames] == [("error", "too_long")]


async def test_too_long_with_danger_gets_the_lines(world: World) -> None:
    chat = await world.talk()
    await chat.send(type="say", id=new_id(), text="z" * 5000 + " gevaarwoord")
    frames = await chat.answer()
    assert kinds(frames) == ["error", "reply", "handoff"]
    assert frames[0]["code"] == "too_long"
    assert lines(frames[1])[0] == "zelfmoordlijn_1813"
    await chat.say("grapje")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_fifty_frames_in_a_second_are_too_fast_and_danger_is_still_heard(world: World) -> None:
    chat = await world.talk()
    for number in range(50):
        await chat.send(type="say", id=new_id(), text=f"n{number}" if number < 49 else "gevaarwoord")
    frames = await chat.answer(0.6)
    errors = [frame for frame in frames if frame["type"] == "error"]
    assert {frame["code"] for frame in errors} == {"too_fast"}
    assert 38 <= len(errors) <= 40
    assert all(0 < frame["retry_after"] <= 1 for frame in errors)
    assert lines(next(frame for frame in replies(frames) if frame["seq"] is None))[0] == "zelfmoordlijn_1813"
    await asyncio.sleep(1)
    await chat.say("rustig")
    assert world.bot.asked[-1]["urgency"] == "emergency"


async def test_markup_and_strange_text_come_back_as_plain_text(world: World) -> None:
    chat = await world.talk()
    for text in ("<b onclick=x>", "{{7*7}}", "'; DROP TABLE messages; --", "\u202eabc", "a\x00b", "😀"):
        assert replies(await chat.say(text))[0]["text"].endswith(text)


async def test_only_our_own_origin_may_open_a_chat(world: World) -> None:
    port = world.settings.public_port
    good = [f"http://127.0.0.1:{port}", f"http://localhost:{port}", f"http://[::1]:{port}"]
    bad = [None, "", "null", "http://evil.example", f"https://127.0.0.1:{port}", "http://127.0.0.1", f"http://127.0.0.1:{port}.evil.example",
           f"http://127.0.0.1:{port + 1}", f"http://127.0.0.1:{port}/", f"http://localhost.evil.example:{port}"]  # fmt: skip
    for origin in good:
        await (await world.session.ws_connect(f"{world.base}/chat/ws", headers={"Origin": origin})).close()
    for refused_origin in bad:
        headers = {"Origin": refused_origin} if refused_origin is not None else {}
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await world.session.ws_connect(f"{world.base}/chat/ws", headers=headers)
        assert refused.value.status == 403


async def test_open_sockets_are_counted(world: World) -> None:
    chat = await world.talk()
    assert world.metric("chatmasjien_open_sockets") == 1
    await chat.close()
    await asyncio.sleep(0.1)
    assert world.metric("chatmasjien_open_sockets") == 0


async def test_metrics_count_without_words_or_ids(world: World) -> None:
    chat = await world.talk("fr")
    await chat.say("bonjour")
    world.bot.mode = "empty"
    await chat.say("encore")
    async with world.session.get(f"http://127.0.0.1:{world.settings.metrics_port}/metrics") as response:
        text = await response.text()
    for sample in (
        "chatmasjien_messages_total 2.0",
        'chatmasjien_replies_total{from="bot",language="fr"} 3.0',
        'chatmasjien_replies_total{from="system",language="fr"} 1.0',
        'chatmasjien_fallbacks_total{reason="empty"} 1.0',
        "chatmasjien_turn_seconds_count 2.0",
        "chatmasjien_open_sockets 1.0",
    ):
        assert sample in text
    assert world.bot.asked[0]["conversation"] not in text
