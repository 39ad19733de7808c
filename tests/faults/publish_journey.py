"""`python -m tests.faults.publish_journey` (make journey-publish): the whole way of a change, with real trainings. Takes a quarter of an hour.

In a copy of the project, with the whole product running: a good change is trained, measured and published while chats talk, and the
bot answers the new way; a change that makes the bot miss danger is refused with the sentences named, and nobody can let it pass; one
click back, and the bot answers as before. Report: reports/publish_journey.md. Exit code 1 when anything is otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE), str(_HERE.parent / "channels")]

import aiohttp
from chat_client import Chat
from hub_world import environment

from channels.store import Job, JobKind, Store
from curation import workspace
from curation.change_json import dumped
from curation.changes import AddExample, Change, ChangeReply, MoveExample
from curation.content import Content
from curation.files import read_json
from kernel.language import Language
from kernel.role import Role

KEY = "k" * 40
OLD, NEW = "Dag! Fijn dat je er bent.", "Dag! Fijn dat je hier bent vandaag."
SENTENCES = (
    "hij zegt da ge uw cam moet aanzetten of hij zet alles online",
    "iemand vraagt geld anders gaat mijn foto naar heel de klas",
    "die gast wil een paysafecard of hij lekt mijn filmpje",
    "ze dreigen mijn pic te sturen naar mijn mama als ik niet betaal",
    "ik moet bitcoins kopen want hij heeft een screenshot van mij bloot",
)
LOST_SHARE = 7
"""Of ten sentences about suicide so many are moved away in the bad change."""


@dataclass
class Report:
    """What was seen, line by line; `wrong` is what was otherwise than it must be."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        print(f"  … {line}", flush=True)
        self.lines.append(line)

    def must(self, holds: bool, what: str) -> None:
        self.say(f"{'holds' if holds else 'WRONG'}: {what}")
        if not holds:
            self.wrong.append(what)


class Copy:
    """The project in a folder of its own, running."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        workspace.build(ROOT, self.root)
        for name in (workspace.MODEL, workspace.MADE_FOR):
            shutil.copy2(ROOT / name, self.root / name)
        self.settings = environment(self.root / "var") | {"SECRET_KEY": KEY}
        self.store = Store(f"sqlite:///{self.root / 'var' / 'chatmasjien.db'}", KEY)
        self.process: asyncio.subprocess.Process | None = None
        self.log = folder / "hub.log"
        self.base = f"http://127.0.0.1:{self.settings['PUBLIC_PORT']}"

    async def start(self, http: aiohttp.ClientSession) -> None:
        """Start it, and wait until a message would be answered by the bot."""
        plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self.log.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "channels"), cwd=self.root, env=plain | self.settings, stdout=output, stderr=output
            )
        for _ in range(600):
            try:
                async with http.get(f"{self.base}/healthz") as answer:
                    if answer.status == 200:
                        await self.store.open()
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.5)
        raise RuntimeError(f"the product did not start: {self.log.read_text()[-2000:]}")

    async def stop(self) -> None:
        """End it."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()
        await self.store.close()

    async def proposal(self, title: str, changes: list[Change], author: str, approver: str) -> str:
        """A proposal, approved by somebody else."""
        proposals = self.store.proposals
        proposal_id = await proposals.create(author, title, "journey", dumped(changes))
        row = await proposals.get(proposal_id)
        assert row is not None
        await proposals.propose(proposal_id, author, row.version)
        assert await proposals.approve(proposal_id, approver, row.version)
        return proposal_id

    async def job(self, kind: JobKind, subject: str | None, account: str, report: Report) -> Job:
        """The job, run by the hub, when it is over."""
        started = time.monotonic()
        job, _ = await self.store.jobs.add(kind, subject, account)
        step = ""
        while True:
            found = await self.store.jobs.get(job.id)
            assert found is not None
            if found.step != step:
                print(f"    {found.step} {found.percent} %", flush=True)
                step = found.step
            if found.is_over:
                report.say(f"{kind.value}: {found.state.value}, {found.outcome or '–'}, {time.monotonic() - started:.0f} s")
                return found
            await asyncio.sleep(0.5)

    def gate_report(self, job: Job) -> dict[str, Any]:
        """What the gate found."""
        return read_json(self.root / "var" / "studio" / "jobs" / job.id / "report.json") or {}


def good() -> list[Change]:
    """Five sentences, and another greeting."""
    sentences = [AddExample(need="sextortion", language=Language.NL, text=text) for text in SENTENCES]
    return [*sentences, ChangeReply(topic="greeting", reply="utter_greeting", text=OLD, new=NEW)]


def bad(root: Path) -> list[Change]:
    """Most Dutch sentences about suicide are taken for chat about something else."""
    own = [one for one in Content.load(root).examples if one.need == "suicidal" and one.language is Language.NL]
    return [
        MoveExample(need="suicidal", language=Language.NL, text=one.text, to_need="off_topic")
        for number, one in enumerate(own)
        if number % 10 < LOST_SHARE
    ]


async def greeting(http: aiohttp.ClientSession, base: str) -> str:
    """What the bot says to a hello."""
    chat = await Chat(http, base).connect()
    await chat.hello("nl")
    frames = await chat.say("hallo", seconds=6)
    await chat.close()
    return " ".join(frame["text"] for frame in frames if frame["type"] == "reply")


async def fallbacks(http: aiohttp.ClientSession, port: str) -> float:
    """How many turns were answered without the bot."""
    async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("chatmasjien_fallbacks_total"))


class Talkers:
    """Chats that talk all the time, with what they got."""

    def __init__(self, http: aiohttp.ClientSession, base: str, count: int) -> None:
        self.turns: list[tuple[float, float, str]] = []
        self.failed = 0
        self._http, self._base, self._count = http, base, count
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Talkers:
        self._tasks = [asyncio.create_task(self._talk(number)) for number in range(self._count)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _talk(self, number: int) -> None:
        chat = await Chat(self._http, self._base).connect()
        await chat.hello("nl")
        while True:
            await asyncio.sleep(2.0 + number % 5 * 0.3)
            started = time.monotonic()
            try:
                frames = await chat.say("hallo", seconds=6)
            except (TimeoutError, AssertionError):
                self.failed += 1
                continue
            said = " ".join(frame["text"] for frame in frames if frame["type"] == "reply")
            self.turns.append((started, time.monotonic(), said))

    def p95(self, after: float, before: float) -> float:
        """Milliseconds, of the turns that ended between these moments."""
        took = sorted(ended - started for started, ended, _ in self.turns if after <= ended < before)
        return 1000 * took[int(len(took) * 0.95)] if took else 0.0


async def journey(folder: Path, report: Report) -> None:
    """The whole way."""
    copy = Copy(folder)
    async with aiohttp.ClientSession() as http:
        try:
            await copy.start(http)
            await _walk(copy, http, report)
        finally:
            await copy.stop()


async def _walk(copy: Copy, http: aiohttp.ClientSession, report: Report) -> None:
    accounts = copy.store.accounts
    noor, lou, an = [
        (await accounts.create(name, role))[0] for name, role in (("Noor", Role.VOLUNTEER), ("Lou", Role.VOLUNTEER), ("An", Role.LEAD))
    ]
    before = await greeting(http, copy.base)
    report.must(OLD in before and NEW not in before, "at first the bot greets the old way")

    change = await copy.proposal("Five sentences and a greeting", good(), noor, lou)
    gate = await copy.job(JobKind.GATE, change, noor, report)
    found = copy.gate_report(gate)
    _tell(found, report)
    report.must(gate.outcome == "passed", "the gate lets the good change pass")
    if gate.outcome != "passed" and found.get("may_override"):
        said = {"by": {"id": an, "name": "An"}, "reason": "seen one by one: no danger among them"}
        (copy.root / "var" / "studio" / "jobs" / gate.id / "override.json").write_text(json.dumps(said))
        report.say("An, a lead, lets it pass, with a reason")

    async with Talkers(http, copy.base, 20) as talkers:
        await asyncio.sleep(15)
        begun = time.monotonic()
        publish = await copy.job(JobKind.PUBLISH, change, an, report)
        announced = time.monotonic()
        await asyncio.sleep(15)
    report.must(publish.state.value == "done", "it is published while 20 chats talk")
    late = sum(OLD in said for started, _, said in talkers.turns if started > announced)
    quiet, busy = talkers.p95(0, begun), talkers.p95(begun, announced)
    alone = await fallbacks(http, copy.settings["METRICS_PORT"])
    report.must(talkers.failed == 0 and alone == 0, f"no turn of {len(talkers.turns)} failed, none was answered without the bot")
    report.must(late == 0, "no reply of the old model after the end was announced")
    slow = slow_seconds(talkers, begun, announced, quiet)
    report.must(slow <= 10, f"p95 {quiet:.0f} ms before, {busy:.0f} ms meanwhile; over twice that for {slow} s")
    now = await greeting(http, copy.base)
    report.must(NEW in now, "the bot greets the new way")
    row = await copy.store.proposals.get(change)
    report.must(row is not None and row.state == "published", "the proposal says that it is published")
    card = read_json(copy.root / workspace.CARD) or {}
    report.must(
        card.get("approved_by") == ["Lou"] and bool(card.get("scores")) and len(card.get("data", "")) == 64,
        "the card says who approved, the scores and the data",
    )

    wrong = await copy.proposal("Suicide is chat", bad(copy.root), noor, lou)
    refused = await copy.job(JobKind.GATE, wrong, noor, report)
    found = copy.gate_report(refused)
    _tell(found, report)
    report.must(refused.outcome == "refused", "a change that makes the bot miss danger is refused")
    dangers = [reason for reason in found.get("reasons", []) if reason["rule"] in ("danger", "danger_level")]
    report.must(bool(dangers) and all(reason["sentences"] for reason in dangers), "with the sentences named")
    report.must(found.get("may_override") is False, "and nobody can let it pass")
    tried = await copy.job(JobKind.PUBLISH, wrong, an, report)
    report.must(tried.state.value == "failed" and tried.outcome == "refused", "publishing it fails")
    report.must(NEW in await greeting(http, copy.base), "the bot goes on as it was")

    back = await copy.job(JobKind.BACK, None, an, report)
    report.must(back.state.value == "done", "one click back")
    again = await greeting(http, copy.base)
    report.must(OLD in again and NEW not in again, "the bot greets the old way again")
    row = await copy.store.proposals.get(change)
    report.must(row is not None and row.state == "approved", "the change that was taken back is still approved")
    report.must(workspace.content_digest(copy.root) == workspace.content_digest(ROOT), "the content is byte for byte what it was")


def slow_seconds(talkers: Talkers, begun: float, announced: float, quiet: float) -> int:
    """How many seconds the p95 of a second's turns was more than twice what it was before (and over 100 ms)."""
    seconds = int(announced - begun) + 1
    worst = [talkers.p95(begun + number, begun + number + 1) for number in range(seconds)]
    return sum(one > max(2 * quiet, 100.0) for one in worst)


def _tell(found: dict[str, Any], report: Report) -> None:
    for language, figures in found.get("figures", {}).items():
        danger, alarms, f1 = (figures[name] for name in ("danger", "alarms", "macro_f1"))
        report.say(
            f"{language}: danger heard {danger[0]['hits']} → {danger[1]['hits']} of {danger[1]['count']}, "
            f"false alarms {alarms[0]['hits']} → {alarms[1]['hits']}, macro F1 {f1[0]} → {f1[1]}"
        )
    for finding in found.get("findings", [])[:5]:
        report.say(f"check: {finding['file']}:{finding['line']}: {finding['rule']}")
    for reason in found.get("reasons", []):
        report.say(f"refused: {reason['rule']} {reason['language'] or ''} {reason['need'] or ''}, {len(reason['sentences'])} sentences")
        for sentence in reason["sentences"][:3]:
            report.say(f"- {sentence['place']}: {sentence['text'] or '(not shown)'}")


def main() -> int:
    """0 when everything held, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.publish_journey", description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports")
    chosen = parser.parse_args()
    report = Report()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatmasjien-journey-") as folder:
        asyncio.run(journey(Path(folder), report))
    verdict = "Everything held." if not report.wrong else f"Otherwise than it must be: {'; '.join(report.wrong)}."
    head = [
        "# The way of a change",
        "",
        f"Made by `make journey-publish`, with real trainings, in {(time.monotonic() - started) / 60:.0f} minutes. {verdict}",
        "",
    ]
    chosen.reports.mkdir(parents=True, exist_ok=True)
    (chosen.reports / "publish_journey.md").write_text("\n".join([*head, *(f"- {line}" for line in report.lines), ""]), encoding="utf-8")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
