"""`python -m tests.faults.publish_journey [--language nl|fr] [--pictures]` (make journey-publish): the whole way of a change, with real
trainings and people in real Chromium. Takes a quarter of an hour or more per language.

In a copy of the project per language, with the whole product running: Noor adds five sentences, a step and another greeting, Lou
approves, the gate trains and measures, An publishes while chats talk, and the chat page answers the new way; a change that makes the bot
miss danger is refused with the sentences named, and nobody can let it pass; one click back, and the chat page answers as before.
Report: reports/publish_journey.md. Exit code 1 when anything is otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE), str(_HERE.parent), str(_HERE.parent / "channels")]

import aiohttp
from chromium import CHROMIUM, launched
from playwright.async_api import Browser, async_playwright
from publish_browser import People, Tried
from publish_copy import Copy, Talkers, fallbacks, most_moved

from channels.store import JobKind
from curation import workspace
from curation.files import read_json
from kernel.language import Language

PATIENCE_S = 3600.0
"""So long a page of a gate is watched: a training takes minutes, and many times that on a machine that does much else."""
CARDS = 8
"""Five sentences, the step with its new reply, the greeting."""
_TALK_BEFORE_S = _TALK_AFTER_S = 15


@dataclass
class Report:
    """What was seen, line by line; `wrong` is what was otherwise than it must be."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    language: str = ""

    def begin(self, language: Language) -> None:
        """From here on it is about this language."""
        self.language = language.value
        self.lines += ["", f"## {language.value}", ""]

    def say(self, line: str) -> None:
        """One line."""
        print(f"  … {line}", flush=True)
        self.lines.append(f"- {line}")

    def must(self, holds: bool, what: str) -> None:
        """A line about what must hold."""
        self.say(f"{'holds' if holds else 'WRONG'}: {what}")
        if not holds:
            self.wrong.append(f"{self.language}: {what}")


class Walk:
    """The way of a change in one language."""

    def __init__(self, copy: Copy, http: aiohttp.ClientSession, people: People, report: Report) -> None:
        self.copy, self.http, self.people, self.report = copy, http, people, report
        self.words = people.words

    async def whole(self) -> None:
        """All of it, in order; what breaks off raises."""
        await self.people.arrive()
        await self._greets(self.words.old, "at first the chat page answers a hello the old way")
        proposal = await self._write_and_approve()
        await self._try_the_good_one(proposal)
        await self._publish(proposal)
        await self._greets(self.words.new, "the chat page answers a hello the new way", "new")
        await self._refuse_the_bad_one()
        await self._greets(self.words.new, "the bot goes on as it was")
        await self._go_back(proposal)

    async def _greets(self, wanted: str, what: str, picture: str = "") -> None:
        said = await self.people.teenager_says_hello(picture)
        other = self.words.old if wanted == self.words.new else self.words.new
        self.report.must(wanted in said and other not in said, what)

    async def _state_of(self, proposal: str) -> str:
        row = await self.copy.store.proposals.get(proposal.rsplit("/", 1)[-1])
        return row.state if row is not None else "gone"

    # ---- the good change -------------------------------------------------------------------------------------------

    async def _write_and_approve(self) -> str:
        proposal = await self.people.noor_writes()
        self.report.must(
            await self._state_of(proposal) == "proposed",
            "Noor adds five sentences, a step and another greeting in the studio, and proposes",
        )
        await self.people.lou_approves(proposal, CARDS)
        self.report.must(await self._state_of(proposal) == "approved", "Lou sees every change and approves, on the page")
        return proposal

    async def _try_the_good_one(self, proposal: str) -> None:
        started = time.monotonic()
        tried = await self.people.have_tried(proposal)
        self._tell(tried, time.monotonic() - started)
        self.report.must(len(tried.progress) > 1, f"the page of the gate shows how far it is ({len(tried.progress)} times anew)")
        self.report.must(tried.passed, "the gate lets the good change pass, says its page")
        if not tried.passed and "override" in tried.ways_on:
            await self.people.an_lets_pass(tried.path)
            self.report.say("An, a lead, lets it pass, with a reason, so that the rest can be seen")

    async def _publish(self, proposal: str) -> None:
        proposal_id = proposal.rsplit("/", 1)[-1]
        alone = await fallbacks(self.http, self.copy)
        async with Talkers(self.http, self.copy.base, self.people.language) as talkers:
            await asyncio.sleep(_TALK_BEFORE_S)
            watching = asyncio.create_task(self.copy.over(JobKind.PUBLISH, proposal_id))
            try:
                begun = time.monotonic()
                await self.people.an_publishes(proposal)
                job, over = await watching
            finally:
                watching.cancel()
            await asyncio.sleep(_TALK_AFTER_S)
        alone = await fallbacks(self.http, self.copy) - alone
        must = self.report.must
        must(job.state.value == "done", f"An publishes it with the button, in {over - begun:.0f} s, while 20 chats talk")
        must(
            len(talkers.turns) > 100 and not talkers.failed and alone == 0,
            f"of {len(talkers.turns)} turns {len(talkers.failed)} failed, {alone:.0f} were answered without the bot",
        )
        must(talkers.late(self.words.old, over) == 0, "no reply of the old model after the end was announced")
        quiet, busy, slow = talkers.p95(0, begun), talkers.p95(begun, over), talkers.slow_seconds(begun, over)
        must(slow <= 10, f"p95 {quiet:.0f} ms before, {busy:.0f} ms meanwhile; over twice that for {slow} s")
        must(await self._state_of(proposal) == "published", "the proposal says that it is published")
        card = read_json(self.copy.root / workspace.CARD) or {}
        must(
            card.get("approved_by") == ["Lou"] and bool(card.get("scores")) and len(card.get("data", "")) == 64,
            "the card says who approved, the scores and the data",
        )

    # ---- the bad change --------------------------------------------------------------------------------------------

    async def _refuse_the_bad_one(self) -> None:
        ids, must, started = self.people.ids, self.report.must, time.monotonic()
        moved = most_moved(self.copy.root, self.people.language)
        self.report.say(f"the bad change: {len(moved)} sentences about suicide become talk about nothing (made through the store)")
        wrong = await self.copy.proposal("Suicide is chat", moved, ids["Noor"], ids["Lou"])
        tried = await self.people.have_tried(f"/studio/proposals/{wrong}")
        self._tell(tried, time.monotonic() - started)
        must(not tried.passed, "a change that makes the bot miss danger is refused, says its page")
        found = self.copy.gate_report(tried.job_id)
        dangers = [one for one in found.get("reasons", []) if one["rule"] in ("danger", "danger_level")]
        must(
            bool(dangers)
            and all(one["sentences"] for one in dangers)
            and len(tried.named) == sum(len(one["sentences"]) for one in dangers),
            f"with the sentences that the bot would miss named on the page ({len(tried.named)})",
        )
        must(
            tried.ways_on == () and found.get("may_override") is False,
            "and the page offers nobody, a lead neither, a button to let it pass",
        )
        job = await self.copy.job(JobKind.PUBLISH, wrong, ids["An"])
        must(job.state.value == "failed" and job.outcome == "refused", "publishing it without a button fails")

    # ---- the way back ----------------------------------------------------------------------------------------------

    async def _go_back(self, proposal: str) -> None:
        await self.people.an_goes_back()
        await self._greets(self.words.old, "An clicks back once, and the chat page answers a hello the old way again")
        self.report.must(await self._state_of(proposal) == "approved", "the change that was taken back is still approved")
        same = workspace.content_digest(self.copy.root) == workspace.content_digest(ROOT)
        self.report.must(same, "the content is byte for byte what it was")

    def _tell(self, tried: Tried, seconds: float) -> None:
        found = self.copy.gate_report(tried.job_id)
        self.report.say(f"the gate took {seconds:.0f} s: {'passed' if tried.passed else 'refused'}")
        for line in told(found):
            self.report.say(line)


def told(found: dict[str, Any]) -> list[str]:
    """What a gate found, in lines."""
    lines = []
    for language, figures in found.get("figures", {}).items():
        danger, alarms, f1 = (figures[name] for name in ("danger", "alarms", "macro_f1"))
        lines.append(
            f"{language}: danger heard {danger[0]['hits']} → {danger[1]['hits']} of {danger[1]['count']}, "
            f"false alarms {alarms[0]['hits']} → {alarms[1]['hits']}, macro F1 {f1[0]} → {f1[1]}"
        )
    lines += [f"check: {one['file']}:{one['line']}: {one['rule']}" for one in found.get("findings", [])[:5]]
    for reason in found.get("reasons", []):
        lines.append(f"refused: {reason['rule']} {reason['language'] or ''} {reason['need'] or ''}, {len(reason['sentences'])} sentences")
        lines += [f"  {one['place']}: {one['text'] or '(not shown)'}" for one in reason["sentences"][:3]]
    return lines


async def journey(folder: Path, languages: list[Language], report: Report, pictures: Path | None) -> None:
    """Each language on a copy of its own, one after the other; what breaks off in one is no reason to leave out the other."""
    before: Copy | None = None
    async with async_playwright() as playwright, aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for language in languages:
            report.begin(language)
            browser = await launched(playwright)
            copy = await asyncio.to_thread(Copy, folder / language.value, before)
            try:
                await copy.start(http)
                await Walk(copy, http, _people(browser, copy, http, language, pictures), report).whole()
            except Exception as error:
                traceback.print_exc()
                report.must(False, f"the way ends here: {type(error).__name__}: {(str(error) or 'no word').splitlines()[0][:200]}")
            finally:
                await copy.stop()
                await browser.close()
            before = copy


def _people(browser: Browser, copy: Copy, http: aiohttp.ClientSession, language: Language, pictures: Path | None) -> People:
    return People(browser, copy.site(http), language, PATIENCE_S, pictures)


def main() -> int:
    """0 when everything held, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.publish_journey", description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports")
    parser.add_argument("--language", choices=[one.value for one in Language], help="this one alone")
    parser.add_argument("--pictures", action="store_true", help="take the pictures of docs/images/change-*")
    chosen = parser.parse_args()
    if not CHROMIUM.exists():
        print("No Chromium: install it (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    languages = [Language(chosen.language)] if chosen.language else list(Language)
    report, started = Report(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatmasjien-journey-") as folder:
        asyncio.run(journey(Path(folder), languages, report, ROOT / "docs" / "images" if chosen.pictures else None))
    verdict = "Everything held." if not report.wrong else f"Otherwise than it must be: {'; '.join(report.wrong)}."
    head = [
        "# The way of a change",
        "",
        f"Made by `make journey-publish`, with real trainings and people in Chromium, in {(time.monotonic() - started) / 60:.0f} minutes. {verdict}",
    ]
    chosen.reports.mkdir(parents=True, exist_ok=True)
    (chosen.reports / "publish_journey.md").write_text("\n".join([*head, *report.lines, ""]), encoding="utf-8")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
