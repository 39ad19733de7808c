"""The second channel against a real SMTP server and a real HTTP receiver: once per alarm, signed, also when these were down."""

from __future__ import annotations

import asyncio
import email
import hmac
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import Message as Mail
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from desk_side import Counsellor, hand_off
from hub_world import ROOT, World, environment
from standin_bot import StandinBot

from channels.alarm_mail import AlarmMail
from channels.alarm_webhook import signature
from channels.answers import Answers
from channels.handoff_texts import HandoffTexts
from channels.outbox import GIVE_UP_S, LEASE_S, pause_before
from channels.secrets import with_secrets
from channels.site import Hub
from channels.store import Alarm
from channels.store.desk_tables import OUTBOX
from kernel.settings import SettingError, read_settings
from tests.ports import free_ports

SECRET = "geheim-voor-de-proef"
TO = "wacht@hulplijn.example"


class MailServer:
    """A real SMTP server on loopback; `refuse` makes it answer 451."""

    def __init__(self, port: int) -> None:
        self.port, self.mails, self.refuse = port, list[Mail](), False
        self._controller: Controller | None = None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refuse:
            return "451 later"
        self.mails.append(email.message_from_bytes(envelope.content or b""))
        return "250 OK"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@dataclass
class Receiver:
    """A real HTTP server on loopback; answers `status`, after `delay_s`."""

    port: int
    status: int = 200
    delay_s: float = 0.0
    got: list[tuple[dict[str, Any], dict[str, str], bytes]] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/alarm", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        await asyncio.sleep(self.delay_s)
        if self.status == 200:
            self.got.append((json.loads(body), dict(request.headers), body))
        return web.Response(status=self.status, headers={"Location": "/elsewhere"} if self.status == 302 else {})

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


@dataclass
class Second:
    """A hub with a second channel, and its two receivers."""

    world: World
    mail: MailServer
    hook: Receiver

    async def due(self, seconds: float = 61.0) -> int:
        """What the hub's own look does that much later."""
        runner = self.world.hub.outbox
        runner._now = lambda: time.time() + seconds
        return await runner.send_due()

    @property
    def counts(self) -> tuple[int, int]:
        """Mails and calls that arrived."""
        return len(self.mail.mails), len(self.hook.got)


@pytest.fixture
async def second(tmp_path: Path, bot: StandinBot, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Second]:
    # The test decides when the hub looks.
    monkeypatch.setattr("channels.outbox.EVERY_S", 3600.0)
    mail_port, hook_port = free_ports(2)
    mail, hook = MailServer(mail_port), Receiver(hook_port)
    settings = environment(tmp_path / "var", bot.url) | {
        "SMTP_URL": f"smtp://127.0.0.1:{mail_port}", "ALERT_EMAIL": TO,
        "ALERT_WEBHOOK_URL": f"http://127.0.0.1:{hook_port}/alarm", "ALERT_WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    mail.start()
    await hook.start()
    read = with_secrets(read_settings(settings, ROOT))
    hub = Hub(read, ROOT, pages=None, actions=None, answers=answers)
    session = aiohttp.ClientSession()
    await hub.start()
    yield Second(World(hub, bot, session, read), mail, hook)
    await session.close()
    await hub.stop()
    mail.stop()
    await hook.stop()


async def test_unclaimed_for_a_minute_rings_once_on_each_way_with_nothing_of_the_teenager(second: Second) -> None:
    chat = await second.world.talk()
    await chat.say("gevaarwoord kanariewoord")
    case_id = await hand_off(chat, "kanariewoord")
    await second.due(59)
    assert second.counts == (0, 0)
    for seconds in (61, 62, 200, 4000):
        await second.due(seconds)
    assert second.counts == (1, 1)
    mail, (body, headers, raw) = second.mail.mails[0], second.hook.got[0]
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert second.world.settings.desk_url.encode() in text
    assert mail["To"] == TO
    assert (body["event"], body["urgency"], body["language"]) == ("unclaimed", "emergency", "nl")
    for part in (mail.as_bytes() + text, raw):
        for secret in (b"kanariewoord", case_id.encode(), b"suicidal", chat.token.encode()):
            assert secret not in part
    moment = int(headers["X-Chatmasjien-Signature"].split(",")[0].removeprefix("t="))
    assert abs(moment - time.time()) < 10
    assert hmac.compare_digest(headers["X-Chatmasjien-Signature"], signature(SECRET, moment, raw))
    assert not hmac.compare_digest(headers["X-Chatmasjien-Signature"], signature("iets anders dan dat", moment, raw))
    assert headers["X-Chatmasjien-Delivery"] == body["delivery"]


async def test_who_is_claimed_in_time_rings_nobody(second: Second) -> None:
    counsellor = Counsellor(second.world)
    await hand_off(await second.world.talk())
    await counsellor.claim()
    assert await second.due() == 0
    assert second.counts == (0, 0)


async def test_receivers_that_were_down_get_it_once_when_they_are_back(second: Second) -> None:
    second.mail.stop()
    await second.hook.stop()
    await hand_off(await second.world.talk())
    for seconds in (61, 65, 80, 120):
        await second.due(seconds)
    assert second.counts == (0, 0)
    assert second.world.metric("chatmasjien_alarms_total", way="email", outcome="failed") >= 3
    second.mail.start()
    await second.hook.start()
    for seconds in (1000, 2000, 3000):
        await second.due(seconds)
    assert second.counts == (1, 1)


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_anything_but_a_yes_is_tried_again(second: Second, status: int) -> None:
    second.hook.status, second.mail.refuse = status, True
    await hand_off(await second.world.talk())
    await second.due()
    assert second.counts == (0, 0)
    second.hook.status, second.mail.refuse = 200, False
    await second.due(70)
    await second.due(100)
    assert second.counts == (1, 1)


async def test_two_hubs_that_look_at_once_send_it_once(second: Second) -> None:
    second.hook.delay_s = 0.2
    await hand_off(await second.world.talk())
    await asyncio.gather(*(second.due() for _ in range(8)))
    assert second.counts == (1, 1)


async def test_a_hub_that_died_while_sending_sends_again_under_the_same_id(second: Second) -> None:
    await hand_off(await second.world.talk())
    lost = await second.world.hub.store.outbox.take(time.time() + 61, LEASE_S)
    assert len(lost) == 2
    await second.due(62)
    assert second.counts == (0, 0)
    await second.due(62 + LEASE_S)
    assert second.counts == (1, 1)
    assert second.hook.got[0][0]["delivery"] in {alarm.id for alarm in lost}


async def test_after_a_day_it_is_given_up(second: Second) -> None:
    second.hook.status, second.mail.refuse = 503, True
    await hand_off(await second.world.talk())
    await second.due()
    await second.due(GIVE_UP_S + 100)
    second.hook.status, second.mail.refuse = 200, False
    await second.due(GIVE_UP_S + 5000)
    assert second.counts == (0, 0)
    assert second.world.metric("chatmasjien_alarms_total", way="webhook", outcome="expired") == 1


async def test_not_claimed_in_the_promised_time_rings_again(second: Second) -> None:
    counsellor = Counsellor(second.world)
    await hand_off(await second.world.talk())
    await second.due()
    await counsellor.desk.tell_unclaimed(await counsellor.waiting())
    await second.due()
    assert second.counts == (2, 2)
    assert [body["event"] for body, _, _ in second.hook.got] == ["unclaimed", "overdue"]


async def test_no_way_set_up_leaves_no_alarm(world: World) -> None:
    await hand_off(await world.talk())
    async with world.hub.store.db.read() as connection:
        assert (await connection.execute(OUTBOX.select())).all() == []


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    pauses = [pause_before(attempt) for attempt in range(1, 40)]
    assert pauses[:4] == [2, 4, 8, 16]
    assert max(pauses) == 900
    assert pauses == sorted(pauses)


@pytest.mark.parametrize(("given", "named"), [({"SMTP_URL": "smtp://mail.example"}, "ALERT_EMAIL"),
                                              ({"ALERT_WEBHOOK_URL": "https://hook.example"}, "ALERT_WEBHOOK_SECRET")])  # fmt: skip
def test_half_a_second_channel_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named):
        read_settings(given, ROOT)


@pytest.mark.parametrize(
    ("url", "sender"),
    [("smtp://mail.example", "chatmasjien@hulplijn.example"), ("smtps://desk%40eigen.example:geheim@mail.example", "desk@eigen.example")],
)
def test_the_mail_comes_from_whom_the_server_knows(url: str, sender: str) -> None:
    settings = read_settings({"SMTP_URL": url, "ALERT_EMAIL": TO}, ROOT)
    alarm = Alarm("0" * 32, "unclaimed", "email", 0.0, 1, None, None, 0.0)
    mail = AlarmMail(settings, HandoffTexts.load(ROOT / "data/safety/handoff.yml")).message(alarm)
    assert mail["From"] == sender
    assert "geheim" not in mail.as_string()
    assert "?" in mail.get_content()
