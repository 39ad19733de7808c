"""The project in a folder of its own, running, and chats that talk with it: what the way of a change is walked on."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE), str(_HERE.parent / "channels")]

import aiohttp
from chat_client import Chat, replies
from hub_world import environment
from publish_browser import WORDS, Site

from channels.store import Job, JobKind, Store
from curation import workspace
from curation.change_json import dumped
from curation.changes import Change, MoveExample
from curation.content import Content
from curation.files import read_json
from kernel.language import Language

KEY = "k" * 40
HELLO = {language: words.hello for language, words in WORDS.items()}
LOST_OF_TEN = 7
"""Of ten sentences about suicide so many are moved away in the bad change."""
_ANSWERS = Path("var", "studio", "answers")
_STARTS_WITHIN_S, _FIRST_TURNS, _STOPS_WITHIN_S = 600, 20, 30


class Copy:
    """The project in `folder`. `before`: a copy that is over; what its gates asked the same model is not asked again."""

    def __init__(self, folder: Path, before: Copy | None = None) -> None:
        self.root = folder / "project"
        workspace.build(ROOT, self.root)
        for name in (workspace.MODEL, workspace.MADE_FOR):
            shutil.copy2(ROOT / name, self.root / name)
        if before is not None and (before.root / _ANSWERS).is_dir():
            shutil.copytree(before.root / _ANSWERS, self.root / _ANSWERS)
        self.settings = environment(self.root / "var") | {"SECRET_KEY": KEY}
        self.store = Store(f"sqlite:///{self.root / 'var' / 'chatmasjien.db'}", KEY)
        self.process: asyncio.subprocess.Process | None = None
        self.log = folder / "hub.log"
        self.base = f"http://127.0.0.1:{self.settings['PUBLIC_PORT']}"

    def site(self, http: aiohttp.ClientSession) -> Site:
        """Where people find it."""
        return Site(self.store, f"http://127.0.0.1:{self.settings['DESK_PORT']}", self.base, http)

    async def start(self, http: aiohttp.ClientSession) -> None:
        """Start it, and wait until the bot has answered somebody: the very first turn may be a slow one."""
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self.log.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "channels"), cwd=self.root, env=plain | self.settings, stdout=output, stderr=output
            )
        end = time.monotonic() + _STARTS_WITHIN_S
        while not await self._is_healthy(http):
            if time.monotonic() > end or self.process.returncode is not None:
                raise RuntimeError(f"the product did not start: {self.log.read_text()[-2000:]}")
            await asyncio.sleep(0.5)
        await self.store.open()
        for _ in range(_FIRST_TURNS):
            if await fallbacks(http, self) == await self._after_a_turn(http):
                return
        raise RuntimeError("the bot answered none of the first turns in time")

    async def _is_healthy(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(f"{self.base}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def _after_a_turn(self, http: aiohttp.ClientSession) -> float:
        for language, hello in HELLO.items():
            chat = await Chat(http, self.base).connect()
            await chat.hello(language.value)
            await chat.say(hello, seconds=20)
            await chat.close()
        return await fallbacks(http, self)

    async def stop(self) -> None:
        """End it."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), _STOPS_WITHIN_S)
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
        await self.store.close()

    async def proposal(self, title: str, changes: list[Change], author: str, approver: str) -> str:
        """A proposal, approved by somebody else."""
        return await approved(self.store, title, changes, author, approver)

    async def over(self, kind: JobKind, subject: str | None) -> tuple[Job, float]:
        """The newest job of this kind when it is over, and the moment at which that was known; it may not have begun yet."""
        while True:
            job = await self.store.jobs.latest_of(kind, subject)
            if job is not None and job.is_over:
                return job, time.monotonic()
            await asyncio.sleep(0.2)

    async def job(self, kind: JobKind, subject: str | None, account: str) -> Job:
        """A job that no page offers, run by the hub, when it is over."""
        job, _ = await self.store.jobs.add(kind, subject, account)
        while not job.is_over:
            await asyncio.sleep(0.5)
            found = await self.store.jobs.get(job.id)
            assert found is not None
            job = found
        return job

    def gate_report(self, job_id: str) -> dict[str, Any]:
        """What the gate found."""
        return read_json(self.root / "var" / "studio" / "jobs" / job_id / "report.json") or {}


async def approved(store: Store, title: str, changes: list[Change], author: str, approver: str) -> str:
    """A proposal in the store, approved by somebody else: for one that nobody would click together."""
    proposal_id = await store.proposals.create(author, title, "journey", dumped(changes))
    row = await store.proposals.get(proposal_id)
    assert row is not None
    await store.proposals.propose(proposal_id, author, row.version)
    assert await store.proposals.approve(proposal_id, approver, row.version)
    return proposal_id


def most_moved(root: Path, language: Language) -> list[Change]:
    """Most sentences about suicide in one language are taken for chat about something else: a change that makes the bot miss danger."""
    own = [one for one in Content.load(root).examples if one.need == "suicidal" and one.language is language]
    return [
        MoveExample(need="suicidal", language=language, text=one.text, to_need="off_topic")
        for number, one in enumerate(own)
        if number % 10 < LOST_OF_TEN
    ]


async def fallbacks(http: aiohttp.ClientSession, copy: Copy) -> float:
    """How many turns were answered without the bot."""
    async with http.get(f"http://127.0.0.1:{copy.settings['METRICS_PORT']}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("chatmasjien_fallbacks_total"))


class Talkers:
    """Chats that talk all the time in one language, with what they got."""

    def __init__(self, http: aiohttp.ClientSession, base: str, language: Language, count: int = 20) -> None:
        self.turns: list[tuple[float, float, str]] = []
        self.failed: list[str] = []
        self._http, self._base, self._language, self._count = http, base, language, count
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Talkers:
        self._tasks = [asyncio.create_task(self._talk(number)) for number in range(self._count)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for ended in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(ended, Exception):  # a chat that broke off is a turn that failed
                self.failed.append(type(ended).__name__)

    async def _talk(self, number: int) -> None:
        chat = await Chat(self._http, self._base).connect()
        try:
            await chat.hello(self._language.value)
            while True:
                await asyncio.sleep(2.0 + number % 5 * 0.3)
                await self._turn(chat)
        finally:
            await chat.close()

    async def _turn(self, chat: Chat) -> None:
        started = time.monotonic()
        try:
            frames = await chat.say(HELLO[self._language], seconds=6)
        except (TimeoutError, AssertionError) as error:
            self.failed.append(type(error).__name__)
            return
        self.turns.append((started, time.monotonic(), " ".join(frame["text"] for frame in replies(frames))))

    def late(self, words: str, after: float) -> int:
        """How many turns that began after this moment were answered with these words."""
        return sum(words in said for started, _, said in self.turns if started > after)

    def p95(self, after: float, before: float) -> float:
        """Milliseconds, of the turns that ended between these moments."""
        took = sorted(ended - started for started, ended, _ in self.turns if after <= ended < before)
        return 1000 * took[int(len(took) * 0.95)] if took else 0.0

    def slow_seconds(self, begun: float, over: float) -> int:
        """In how many seconds the p95 was more than twice what it was before `begun` (and over 100 ms)."""
        quiet = self.p95(0, begun)
        worst = [self.p95(begun + number, begun + number + 1) for number in range(int(over - begun) + 1)]
        return sum(one > max(2 * quiet, 100.0) for one in worst)
