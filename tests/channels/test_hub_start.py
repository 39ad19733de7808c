"""The program: starts, says what is wrong in one line, ends cleanly, survives a kill."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from chat_client import Chat, kinds, replies
from hub_process import Process
from hub_world import ROOT, TOKEN, environment
from standin_bot import StandinBot

from channels.secrets import StartError, with_secrets
from kernel.settings import read_settings
from tests import warm


@dataclass(frozen=True)
class Done:
    """A program that has ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(settings: dict[str, str], *arguments: str) -> Done:
    """Run the program to its end."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        code = warm.start([sys.executable, "-m", "channels", *(arguments or ("hub",))], plain | settings, out, err).wait(60)
        return Done(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


def assert_one_line(done: Done, *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert done.stdout == ""


def test_a_malformed_setting_is_named(tmp_path: Path) -> None:
    assert_one_line(run(environment(tmp_path) | {"BOT_DEADLINE_S": "soon"}), "BOT_DEADLINE_S")
    assert_one_line(run(environment(tmp_path) | {"PUBLIC_HOST": "0.0.0.0"}), "SECRET_KEY")
    assert_one_line(run(environment(tmp_path) | {"DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/x.db"}), "DATABASE_URL")


@pytest.mark.parametrize("name", ["PUBLIC_PORT", "METRICS_PORT", "ACTIONS_PORT"])
def test_a_taken_port_is_named(tmp_path: Path, name: str) -> None:
    settings = environment(tmp_path)
    with socket.create_server(("127.0.0.1", int(settings[name]))):
        assert_one_line(run(settings), name, settings[name])


def test_an_unwritable_var_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    assert_one_line(run(environment(tmp_path / "var")), str(tmp_path / "var"))


def test_secrets_are_made_once_and_kept_private(tmp_path: Path) -> None:
    env = environment(tmp_path / "var")
    del env["BOT_TOKEN"]
    first, second = (with_secrets(read_settings(env, ROOT)) for _ in range(2))
    assert (first.secret_key, first.bot_token) == (second.secret_key, second.bot_token)
    assert first.secret_key != first.bot_token
    assert min(len(first.secret_key), len(first.bot_token)) >= 32
    for file in ("secret_key", "bot_token"):
        assert stat.S_IMODE((tmp_path / "var" / file).stat().st_mode) == 0o600
    given = with_secrets(read_settings(env | {"SECRET_KEY": "k" * 40}, ROOT))
    assert given.secret_key == "k" * 40
    (tmp_path / "var/secret_key").write_text("")
    with pytest.raises(StartError):
        with_secrets(read_settings(env, ROOT))


def test_retention_as_a_command(tmp_path: Path) -> None:
    done = run(environment(tmp_path), "retention", "--dry-run")
    assert (done.returncode, done.stdout) == (
        0,
        "retention: dry run, 0 conversations, 0 idle for more than 24 h, 0 deleted; 0 cases older than 30 days\n",
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_hub_ends_cleanly(tmp_path: Path, bot: StandinBot, number: signal.Signals) -> None:
    hub = Process(environment(tmp_path, bot.url))
    async with aiohttp.ClientSession() as session:
        await hub.start(session)
        chat = await Chat(session, hub.base).connect()
        await chat.hello("nl")
        assert await hub.end(number) == 0
        assert (await chat.ws.receive(timeout=2)).type is aiohttp.WSMsgType.CLOSE
        await chat.close()
    text = hub.output.decode()
    assert hub.base in text
    assert "Traceback" not in text


async def test_after_kill_9_every_acked_message_is_answered_exactly_once(tmp_path: Path, bot: StandinBot) -> None:
    hub = Process(environment(tmp_path, bot.url))
    async with aiohttp.ClientSession() as session:
        await hub.start(session)
        chat = await Chat(session, hub.base).connect()
        await chat.hello("nl")
        await chat.say("gisteren gevaar")
        token, sent = chat.token, []
        for pause in (0.0, 0.02, 0.25, 0.45):
            bot.delay_s = 0.4
            message_id = str(uuid.uuid4())
            await chat.send(type="say", id=message_id, text=f"na {pause}")
            sent.append(message_id)
            await chat.until("ack")
            await asyncio.sleep(pause)
            await hub.end(signal.SIGKILL)
            await chat.close()
            bot.delay_s = 0
            await hub.start(session)
            chat = await Chat(session, hub.base).connect()
            await chat.hello(None, token, 0)
            await chat.quiet(0.4)
            answered = [frame["in_reply_to"] for frame in replies(chat.seen) if frame["in_reply_to"] in sent]
            assert answered == sent
            assert kinds(await chat.say("nog eens", message_id)) == ["ack", "done"]
        assert [frame["seq"] for frame in replies(chat.seen)] == list(range(1, 8))
        await chat.close()
        await hub.end(signal.SIGTERM)


async def test_the_log_holds_events_and_none_of_the_words(tmp_path: Path, bot: StandinBot) -> None:
    marker = "kanariewoord"
    hub = Process(environment(tmp_path, bot.url) | {"PYTHONASYNCIODEBUG": "1"})
    async with aiohttp.ClientSession() as session:
        await hub.start(session)
        chat = await Chat(session, hub.base).connect()
        await chat.hello("nl")
        await chat.say(marker)
        for mode in ("broken", "error", "empty"):
            bot.mode = mode
            await chat.say(f"{marker} {mode}")
        await asyncio.sleep(1)
        await chat.ws.send_str("{" + marker)
        await chat.ws.send_bytes(marker.encode())
        await chat.send(type="choose", id=str(uuid.uuid4()), payload=marker)
        await chat.send(type="say", id=str(uuid.uuid4()), text=marker * 500)
        await chat.send(type=marker)
        await chat.send(type="human")
        await chat.answer()
        async with session.post(f"http://127.0.0.1:{hub.settings['ACTIONS_PORT']}/webhook", data=f"{{{marker}") as response:
            assert response.status == 400
            assert marker not in await response.text()
        async with session.get(f"{hub.base}/{marker}?{marker}") as response:
            assert response.status == 404
        async with session.get(f"http://127.0.0.1:{hub.settings['METRICS_PORT']}/metrics") as response:
            metrics = await response.text()
        conversation = bot.asked[0]["conversation"]
        await chat.send(type="wipe")
        await chat.until("wiped")
        await chat.close()
        await hub.end(signal.SIGTERM)
    log = hub.output.decode()
    events = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    assert {"hub started", "turn", "escalation offered"} <= set(events)
    for secret in (marker, chat.token, conversation, TOKEN, '127.0.0.1"', *(question["message_id"] for question in bot.asked)):
        assert secret not in log
        assert secret not in metrics
    assert "chatmasjien_messages_total 4.0" in metrics
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert marker.encode() not in written
