"""The hub, put together: store, relay, bot client and the three sites; started and stopped as one."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web
from rasa_sdk.executor import ActionExecutor

from channels import clock, outbox, retention, scenario_tally, waiting
from channels.action_deps import ActionDeps
from channels.action_server import CurrentExecutor, action_app
from channels.alarm_mail import AlarmMail
from channels.alarm_webhook import AlarmWebhook
from channels.answers import Answers, now
from channels.bot_client import BotClient
from channels.clock import SteadyClock
from channels.handoff_kit import HandoffKit
from channels.inbox import InboxDoor
from channels.inbox_masking import InboxMasker
from channels.inbox_question import InboxQuestion
from channels.ledger import Ledger
from channels.logs import log_of
from channels.metrics import Metrics, metrics_app
from channels.outbox import OutboxRunner, Way
from channels.peers import Peers
from channels.periodic import keep_doing
from channels.public.app import LARGEST_BODY, public_app
from channels.relay import Relay
from channels.retention import delete_and_note
from channels.scenario_tally import ScenarioTally
from channels.secrets import StartError
from channels.store import StorageFailed, Store
from channels.waiting import Waiting
from kernel.question import QuestionsError
from kernel.questions import Questions
from kernel.settings import Settings
from safety.datafile import DataError, read_section
from safety.laws import Laws
from safety.scenarios import Scenarios

if TYPE_CHECKING:
    from channels.public.telegram import Telegram as Channel

_LOG = log_of("site")
_GENTLY_S = 0.0005
Pages = Callable[[web.Application, Settings], None]
Actions = Callable[[ActionDeps], ActionExecutor]
Desk = Callable[[web.Application, Settings, Relay], None]
Telegram = Callable[[Settings, Relay, Path], "Channel"]


def peers_of(settings: Settings) -> Peers:
    """Other hubs, if there may be some."""
    if not settings.redis_url:
        return Peers()
    from channels.redis_peers import RedisPeers  # loaded only where it is used

    return RedisPeers(settings.redis_url, settings.secret_key)


class Hub:
    """One hub. `pages` adds the public pages, `actions` builds the custom actions, `desk` adds the desk site, `telegram` builds that
    channel; all are handed in.

    `answers` is read from data/safety when it is not handed in; `masker` is the inbox's. Raises safety's DataError when data/safety,
    a scenario or a law record is malformed.
    """

    def __init__(
        self,
        settings: Settings,
        root: Path,
        *,
        pages: Pages | None,
        actions: Actions | None,
        desk: Desk | None = None,
        answers: Answers | None = None,
        masker: InboxMasker | None = None,
        telegram: Telegram | None = None,
    ) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.answers = answers or Answers.load(root / "data/safety")
        self.scenarios, self.laws = Scenarios.load(root / "data/scenarios"), Laws.load(root / "data/safety/law.yml")
        self.questions = _questions(root)
        self.store = Store(settings.database_url, settings.secret_key)
        self.bot = BotClient(settings.bot_urls, settings.bot_token)
        self.ledger = Ledger(settings.var / "wipes.ledger")
        kit = HandoffKit.load(root / "data/safety", settings)
        self.peers = peers_of(settings)
        question = InboxQuestion.load(root / "data/safety/inbox.yml")
        self.inbox = InboxDoor(self.store, self.metrics, question, masker or InboxMasker(), is_on=settings.inbox)
        self.relay = Relay(
            self.store, self.bot, self.answers, self.metrics, settings.bot_deadline_s, kit, self.ledger, self.peers, self.inbox
        )
        ways: dict[str, Way] = {"email": AlarmMail(settings, kit.texts), "webhook": AlarmWebhook(settings)}
        self.outbox = OutboxRunner(self.store, {name: way for name, way in ways.items() if name in kit.ways}, self.metrics)
        self.scenario_tally = ScenarioTally(self.store, self.metrics, now)
        self.waiting = Waiting(self.store, self.relay.escalations)
        self.telegram = telegram(settings, self.relay, root / "data") if telegram is not None else None
        self._pages, self._actions, self._desk, self._root = pages, actions, desk, root
        self._executor, self._seen = CurrentExecutor(ActionExecutor()), _fingerprint(root)
        self._runners: list[web.AppRunner] = []
        self._tasks: list[asyncio.Task[Any]] = []

    async def start(self) -> None:
        """Open the store, answer what was left, open the ports. Raises StartError naming what is wrong."""
        try:
            await self.store.open()
            await self._join_other_hubs()
            left_over = await self._recover()
            if self.telegram is not None:
                await self.telegram.start()
        except StartError:
            raise
        except (StorageFailed, OSError) as error:
            raise StartError("setting DATABASE_URL: the database cannot be opened") from error
        except Exception as error:  # drivers raise their own kinds
            raise StartError(f"setting DATABASE_URL: the database cannot be opened ({type(error).__name__})") from error
        settings = self.settings
        self._executor.now = self._build_executor()
        await self._open("ACTIONS_PORT", action_app(self._executor, self.metrics), "127.0.0.1", settings.actions_port)
        await self._open("METRICS_PORT", metrics_app(self.metrics), "127.0.0.1", settings.metrics_port)
        public = public_app(settings, self.relay, self.health, self._pages, self.telegram.add_routes if self.telegram else None)
        await self._open("PUBLIC_PORT", public, settings.public_host, settings.public_port)
        if self._desk is not None:
            desk = web.Application(client_max_size=LARGEST_BODY)
            self._desk(desk, settings, self.relay)
            await self._open("DESK_PORT", desk, settings.desk_host, settings.desk_port)
        steady = SteadyClock(settings.var / "clock")
        deleting = partial(delete_and_note, self.store, settings.retention_chat_h, settings.retention_case_days, steady)
        self._tasks.append(asyncio.create_task(self.relay.sweep()))
        self._keep_doing("clock", steady.look, clock.EVERY_S)
        self._keep_doing("retention", deleting, retention.EVERY_S)
        self._keep_doing("waiting", self.waiting.look, waiting.EVERY_S)
        self._keep_doing("scenario tally", self.scenario_tally.write, scenario_tally.EVERY_S)
        self._keep_doing("outbox", self.outbox.send_due, outbox.EVERY_S)
        _LOG.info("hub started", extra={"left_over": left_over})

    async def _join_other_hubs(self) -> None:
        """Raises StartError when another hub uses this database and they cannot tell each other what happens."""
        if not await self.store.db.hold_place(shared=self.peers.is_shared):
            raise StartError("setting REDIS_URL: expected redis://HOST:PORT in each hub, since another hub uses this database")
        if self.settings.telegram_token and not await self.store.db.hold_telegram():
            raise StartError("setting TELEGRAM_TOKEN: expected in one hub only, and another hub serves Telegram already")
        try:
            await self.peers.start()
        except OSError as error:
            raise StartError("setting REDIS_URL: Redis cannot be reached") from error

    def _keep_doing(self, name: str, step: Callable[[], Awaitable[object]], every_s: float) -> None:
        self._tasks.append(asyncio.create_task(keep_doing(name, step, every_s)))

    async def _recover(self) -> int:
        again = await self.ledger.replay(self.store)
        if again:
            _LOG.warning("wiped again", extra={"conversations": again})
        await self.bot.start()
        return await self.relay.recover()

    async def read_anew(self) -> Callable[[], None]:
        """Content was published: reads lines, danger terms, fixed sentences, scenarios and law records, where a file of them changed;
        what is given back makes them count, at once. A file that cannot be read leaves everything as it was. Words of pages, hand-off
        and desk are read at the next start.
        """
        if (seen := _fingerprint(self._root)) == self._seen:
            return lambda: None
        interval = sys.getswitchinterval()
        sys.setswitchinterval(_GENTLY_S)  # two seconds of reading in a thread: turns go first
        try:
            read = await asyncio.to_thread(_read_content, self._root)
        except (DataError, OSError):
            _LOG.exception("content cannot be read")
            return lambda: None
        finally:
            sys.setswitchinterval(interval)

        def renew() -> None:
            self._seen = seen
            answers, self.scenarios, self.laws, self.questions = read
            self.answers.become(answers)
            self._executor.now = self._build_executor()

        return renew

    async def stop(self) -> None:
        """Close the ports, end the turns, close the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for runner in reversed(self._runners):
            await runner.cleanup()
        if self.telegram is not None:
            await self.telegram.stop()
        await self.relay.close()
        with contextlib.suppress(StorageFailed):
            await self.scenario_tally.write()
        await self.bot.close()
        await self.peers.close()
        await self.store.close()

    async def health(self) -> dict[str, str]:
        """healthz: would a message be answered by the bot?"""
        if not self.bot.is_ready:
            return {"status": "degraded" if self.bot.was_ready else "starting", "reason": "bot"}
        with contextlib.suppress(StorageFailed):
            await self.store.db.within(0.5, self.store.db.ping())
            return {"status": "ok"}
        return {"status": "degraded", "reason": "storage"}

    def _build_executor(self) -> ActionExecutor:
        deps = ActionDeps(
            directory=self.answers.directory,
            routes=self.answers.routes,
            scenarios=self.scenarios,
            laws=self.laws,
            questions=self.questions,
            fixed=self.answers.fixed,
            offer=self.relay.doors.action,
            request_wipe=self.relay.request_wipe,
            count_action=lambda name: self.metrics.action_calls.labels(action=name).inc(),
            count_scenario=self.scenario_tally.count,
            now=now,
        )
        return self._actions(deps) if self._actions is not None else ActionExecutor()

    async def _open(self, setting: str, app: web.Application, host: str, port: int) -> None:
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2)
        await runner.setup()
        self._runners.append(runner)
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            what = f"port {port} is taken" if taken else f"{host} port {port} cannot be opened ({type(error).__name__})"
            raise StartError(f"setting {setting}: {what}; choose another") from error


def _read_content(root: Path) -> tuple[Answers, Scenarios, Laws, Questions]:
    safety = root / "data/safety"
    return Answers.load(safety), Scenarios.load(root / "data/scenarios"), Laws.load(safety / "law.yml"), _questions(root)


def _questions(root: Path) -> Questions:
    """Raises DataError."""
    path = root / "data/questions/asked.yml"
    try:
        return Questions(read_section(path, "questions"))
    except QuestionsError as error:
        raise DataError(path, str(error)) from error


def _fingerprint(root: Path) -> frozenset[tuple[str, int, int]]:
    """Changes with any file that the hub itself reads content from."""
    paths = [path for folder in ("safety", "scenarios", "questions") for path in (root / "data" / folder).glob("*.yml")]
    return frozenset((path.name, (stat := path.stat()).st_mtime_ns, stat.st_size) for path in paths)
