"""Publishing: a model that passed the gate takes over, while people talk; and one click back to the one before.

A second bot starts with the new model and must answer a smoke conversation per language. Then content, model and card become the
new ones in one journalled step (curation/release.py), conversations move over between turns, and the old bot ends. Killed at any
point, the next start finds either nothing changed or finishes what was decided.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from curation import release, smoke, workspace
from curation.comparing import OVERRIDABLE
from curation.files import hash_of, read_json
from curation.gate import REPORT, WORK
from curation.jobs import JobFailed, Progress
from curation.release import Release
from kernel.conversation import BotTurn
from kernel.language import Language

_LOG = logging.getLogger("chatmasjien.publish")


class Live(Protocol):
    """The running bot. What fails raises an exception with a `reason`."""

    async def warm_up(self, work: Path, model: Path, wanted: str) -> None: ...
    async def converse(self, language: Language, lines: list[str]) -> list[BotTurn]: ...
    async def lead_over(self) -> None: ...
    async def drop(self) -> None: ...


class Books(Protocol):
    """What the store is told, and what it knows. Told twice counts once."""

    async def published(self, about: dict[str, Any], files: list[str]) -> None: ...
    async def taken_back(self, about: dict[str, Any], files: list[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to publish: the folder of its gate, what the card says of it, and a lead's reason where the gate said no."""

    gate: Path
    card: dict[str, Any]
    override: dict[str, Any] | None = None


class Publisher:
    """Publishes and goes back. Only one at a time (the jobs see to that)."""

    def __init__(self, root: Path, live: Live, books: Books, clock: Callable[[], float] = time.time) -> None:
        self._root, self._live, self._books, self._clock = root, live, books, clock

    async def recover(self) -> None:
        """At the start: finish what was decided before a kill, and drop what was not."""
        await self._settle(await asyncio.to_thread(release.carry_on, self._root))

    async def publish(self, job_id: str, wanted: Wanted, progress: Progress) -> str:
        """The name of the release that is current now. Raises JobFailed; then nothing changed."""
        if (done := await self._done_before(job_id)) is not None:
            return done
        report = allowed(read_json(wanted.gate / REPORT), wanted.override)
        work = wanted.gate / WORK
        progress.at("looking", 2)
        await asyncio.to_thread(self._check, report, work)
        previous = await asyncio.to_thread(self._keep_current)
        card = self._card(report, wanted, previous, job_id)
        new = await asyncio.to_thread(release.stage, self._root, work, card)
        about = {"act": "publish", "job": job_id, "release": new.id, "proposal": card["proposal"], "by": card["published_by"]}
        await self._change_over(new, work, about, progress)
        return new.id

    async def back(self, job_id: str, to: str | None, by: dict[str, Any], folder: Path, progress: Progress) -> str:
        """Back to the release before the current one, or to the one named. Raises JobFailed; then nothing changed."""
        if (done := await self._done_before(job_id)) is not None:
            return done
        card = release.card_of_current(self._root)
        name = to or str((card or {}).get("previous") or "")
        old = release.get(self._root, name)
        if card is None or old is None or old.id == card.get("release"):
            raise JobFailed("no_way_back")
        progress.at("looking", 2)
        fresh = old.card | {"job": job_id, "back_at": self._clock(), "back_by": by}
        old = Release(old.id, old.folder, fresh)
        work = folder / WORK
        await asyncio.to_thread(release.workspace_of, self._root, old, work)
        await asyncio.to_thread(release.stage, self._root, work, fresh)
        about = {"act": "back", "job": job_id, "release": old.id, "proposals": self._undone(card, old.id), "by": by}
        await self._change_over(old, work, about, progress)
        return old.id

    # ---- what may be published -------------------------------------------------------------------------------------

    def _check(self, report: dict[str, Any], work: Path) -> None:
        """The gate measured exactly this, and the project is still what it started from."""
        if hash_of(work / workspace.MODEL) != report["model"] or workspace.content_digest(work) != report["content"]:
            raise JobFailed("changed_since")
        if workspace.content_digest(self._root) != report["base"] or hash_of(self._root / workspace.MODEL) != report["published_model"]:
            raise JobFailed("gate_is_old")

    def _keep_current(self) -> str | None:
        """The release that is current; made now when the model was trained by hand, so that there is a way back."""
        card = release.card_of_current(self._root)
        if card is not None and release.get(self._root, str(card.get("release"))) is not None:
            return str(card["release"])
        if not (self._root / workspace.MODEL).is_file():
            return None
        plain = {"model": hash_of(self._root / workspace.MODEL), "data": workspace.content_digest(self._root), "previous": None}
        return release.stage(self._root, self._root, plain | {"published_at": None, "proposal": None, "approved_by": []}).id

    def _card(self, report: dict[str, Any], wanted: Wanted, previous: str | None, job_id: str) -> dict[str, Any]:
        return wanted.card | {
            "model": report["model"],
            "data": report["content"],
            "previous": previous,
            "job": job_id,
            "published_at": self._clock(),
            "scores": {language: {name: both[1] for name, both in of.items()} for language, of in report["figures"].items()},
            "gate": {"at": report["at"], "passed": report["passed"], "reasons": [_short(reason) for reason in report["reasons"]]},
            "override": wanted.override,
        }

    # ---- the change ------------------------------------------------------------------------------------------------

    async def _change_over(self, to: Release, work: Path, about: dict[str, Any], progress: Progress) -> None:
        try:
            progress.at("warming_up", 10)
            await self._live.warm_up(work, to.model, hash_of(to.model))
            progress.at("smoke", 60)
            await self._smoke(work)
            progress.is_final = True
            progress.at("switching", 80)
            await asyncio.to_thread(release.begin, self._root, to, about)
            journal = await asyncio.to_thread(release.carry_on, self._root)
            await self._live.lead_over()
        except JobFailed:
            await self._live.drop()
            raise
        except Exception as error:
            if progress.is_final:  # decided already: the files are the new ones, the next start of the bot takes them
                _LOG.exception("new model did not take over at once")
                await self._settle(await asyncio.to_thread(release.carry_on, self._root))
                raise JobFailed("after_restart") from error
            await self._live.drop()
            raise JobFailed(str(getattr(error, "reason", "defect"))) from error
        except asyncio.CancelledError:
            if not progress.is_final:
                await self._live.drop()
            raise
        _LOG.info("published", extra={"act": about["act"], "model": to.id})
        progress.at("noting", 95)
        await self._settle(journal)

    async def _smoke(self, work: Path) -> None:
        for language, lines in (await asyncio.to_thread(smoke.load, work)).items():
            turns = await self._live.converse(language, [line.say for line in lines])
            if missed := smoke.misses(lines, turns, language):
                _LOG.warning("smoke conversation failed", extra={"language": language.value, "lines": missed})
                raise JobFailed("smoke")

    async def _settle(self, journal: dict[str, Any] | None) -> None:
        if journal is None:
            return
        tell = self._books.taken_back if journal["about"].get("act") == "back" else self._books.published
        await tell(journal["about"], list(journal["files"]))
        await asyncio.to_thread(release.finish, self._root)

    async def _done_before(self, job_id: str) -> str | None:
        """A job that is started again after a kill may have been decided already: then it is done."""
        await self.recover()
        card = release.card_of_current(self._root)
        return str(card["release"]) if card is not None and card.get("job") == job_id else None

    def _undone(self, card: dict[str, Any], to: str) -> list[dict[str, Any]]:
        """The proposals that are taken back on the way from the current release to `to`, the newest first."""
        found, seen = [], set()
        current: dict[str, Any] | None = card
        while current is not None and current.get("release") != to and current.get("release") not in seen:
            seen.add(current.get("release"))
            if current.get("proposal"):
                found.append(current["proposal"])
            before = release.get(self._root, str(current.get("previous") or ""))
            current = before.card if before is not None else None
        return found if current is not None else []


def allowed(report: dict[str, Any] | None, override: dict[str, Any] | None) -> dict[str, Any]:
    """The report, when it allows to publish. Raises JobFailed: there is none, or it says no and nobody may or did say otherwise."""
    if report is None:
        raise JobFailed("no_gate")
    if report["passed"]:
        return report
    rules = {reason["rule"] for reason in report["reasons"]}
    if report.get("is_sample") or not rules or not rules <= {rule.value for rule in OVERRIDABLE}:
        raise JobFailed("refused")
    if override is None or not str(override.get("reason") or "").strip():
        raise JobFailed("refused")
    return report


def _short(reason: dict[str, Any]) -> dict[str, Any]:
    return {name: reason[name] for name in ("rule", "language", "need", "before", "after")} | {"sentences": len(reason["sentences"])}
