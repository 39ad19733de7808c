"""The studio's background work, put together: the gate, publishing, the way back and the drafts to try, as jobs of the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from channels.store import Job, JobKind, JobState, Store
from curation import release
from curation.content_tree import Conflict
from curation.files import hash_of, put_json, read_json
from curation.gate import TRAIN
from curation.gate_job import GateRunner
from curation.git_commit import commit, message_of
from curation.jobs import JobFailed, Jobs, Progress, Work
from curation.proposals import Proposal, State, materialise
from curation.publish import Live, Publisher, Wanted, allowed
from curation.studio.draft_bots import OF, DraftBots
from curation.studio.shelf import proposal_of
from curation.workspace import MODEL, content_digest

_OVERRIDE = "override.json"


class StoreBooks:
    """Tells the store, the audit and git what was published and what was taken back."""

    def __init__(self, root: Path, var: Path, store: Store) -> None:
        self._root, self._var, self._store = root, var, store

    async def published(self, about: dict[str, Any], files: list[str]) -> None:
        """The proposal is in the content; one commit of its files. A lead's override and the act itself are in the audit."""
        proposal_id, by = (about["proposal"] or {}).get("id"), about["by"].get("id")
        if proposal_id is not None:
            await self._store.proposals.published(proposal_id, by, about["release"])
            row = await self._store.proposals.get(proposal_id)
            if row is not None:
                await self._commit([proposal_of(row)], files, about)
        await self._store.audit.note(by, "published", proposal_id, about["release"])

    async def taken_back(self, about: dict[str, Any], files: list[str]) -> None:
        """The proposals of the releases that were left are approved again, so that nobody's work is lost."""
        for one in about["proposals"]:
            await self._store.proposals.taken_back(one["id"], about["by"].get("id"), about["release"])
        titles = "\n".join(f"- {one['title']}" for one in about["proposals"])
        message = f"Back to the model before\n\n{titles}\n\nBack: {about['job']}\n"
        await asyncio.to_thread(commit, self._root, files, message, [str(about["by"].get("name") or "")], self._git_folder(about))
        await self._store.audit.note(about["by"].get("id"), "publish_back", None, about["release"])

    async def _commit(self, proposals: list[Proposal], files: list[str], about: dict[str, Any]) -> None:
        authors = [one.author for one in proposals]
        message = message_of(proposals, str(about["job"]))
        await asyncio.to_thread(commit, self._root, files, message, authors, self._git_folder(about))

    def _git_folder(self, about: dict[str, Any]) -> Path:
        folder = self._var / "studio" / "git" / str(about["job"])
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class Workshop:
    """What the pages ask for, and what runs behind them. `folder`: var/studio."""

    def __init__(self, root: Path, var: Path, store: Store, live: Live, *, train: tuple[str, ...] = TRAIN, sample: int = 0) -> None:
        self.root, self.store, self.folder = root, store, var / "studio"
        self.gates = GateRunner(root, self.folder / "jobs", train=train, sample=sample)
        self.publisher = Publisher(root, live, StoreBooks(root, var, store))
        self.drafts = DraftBots(store.jobs, self.gates.folder_of, self._version_of)
        works: dict[str, Work] = {
            JobKind.GATE: self._gate,
            JobKind.DRAFT: self._draft,
            JobKind.PUBLISH: self._publish,
            JobKind.BACK: self._back,
        }
        self.jobs = Jobs(store.jobs, self.folder, works, before=self.publisher.recover)

    async def start(self) -> None:
        """Run jobs from now on."""
        await self.jobs.start()

    async def stop(self) -> None:
        """End what runs; it is taken up again at the next start."""
        await self.jobs.stop()
        await self.drafts.close()

    # ---- what a page or a command asks for -------------------------------------------------------------------------

    async def ask_for(self, kind: JobKind, subject: str | None, account_id: str | None) -> Job:
        """Queue a job; the one that waits or runs for the same subject already, when there is one."""
        job, _ = await self.store.jobs.add(kind, subject, account_id)
        self.jobs.wake()
        return job

    async def cancel(self, job_id: str) -> bool:
        """Stop a job, unless it is over or decided."""
        stops = await self.store.jobs.cancel(job_id)
        self.jobs.wake()
        return stops

    async def gate_of(self, proposal_id: str | None) -> tuple[Job | None, dict[str, Any] | None]:
        """The newest gate of a proposal (None: of the files as they lie), and its report when it is over."""
        job = await self.store.jobs.latest_of(JobKind.GATE, proposal_id)
        return job, self.report(job.id) if job is not None and job.state is JobState.DONE else None

    def report(self, job_id: str) -> dict[str, Any] | None:
        """The report of a gate."""
        return self.gates.report(job_id)

    def is_fresh(self, report: dict[str, Any]) -> bool:
        """Whether the project is still what a gate started from."""
        return bool(content_digest(self.root) == report["base"] and hash_of(self.root / MODEL) == report["published_model"])

    def override(self, job_id: str, by: dict[str, Any], reason: str) -> bool:
        """A lead says why a gate's no does not count. False where nobody may say so (danger, checks)."""
        report = self.report(job_id)
        said = {"by": by, "reason": " ".join(reason.split())[:400]}
        try:
            allowed(report, said)
        except JobFailed:
            return False
        put_json(self.gates.folder_of(job_id) / _OVERRIDE, said)
        return True

    def override_of(self, job_id: str) -> dict[str, Any] | None:
        """Who let a refused change pass, and why; None when nobody did."""
        return read_json(self.gates.folder_of(job_id) / _OVERRIDE)

    def current_card(self) -> dict[str, Any] | None:
        """The card of the published model."""
        return release.card_of_current(self.root)

    def releases(self) -> list[release.Release]:
        """All that one can go back to, the newest first."""
        return release.every(self.root)

    # ---- the work --------------------------------------------------------------------------------------------------

    async def _gate(self, job: Job, progress: Progress) -> str:
        return await self._train(job, progress, only_train=False)

    async def _draft(self, job: Job, progress: Progress) -> str:
        return await self._train(job, progress, only_train=True)

    async def _train(self, job: Job, progress: Progress, *, only_train: bool) -> str:
        if job.subject is None:
            return await self.gates.run(job.id, None, progress, only_train=only_train)
        proposal = await self._proposal(job.subject)
        if not only_train and proposal.state is not State.APPROVED:
            raise JobFailed("not_approved")
        return await self.gates.run(job.id, self._writer(job.id, proposal), progress, only_train=only_train)

    def _writer(self, job_id: str, proposal: Proposal) -> Callable[[Path], None]:
        def write(content: Path) -> None:
            try:
                materialise(proposal, self.root, content)
            except Conflict as error:
                raise JobFailed("conflict") from error
            put_json(content.parent / OF, {"proposal": proposal.id, "version": proposal.version})

        return write

    async def _version_of(self, proposal_id: str) -> int | None:
        row = await self.store.proposals.get(proposal_id)
        return row.version if row is not None else None

    async def _proposal(self, proposal_id: str) -> Proposal:
        row = await self.store.proposals.get(proposal_id)
        if row is None:
            raise JobFailed("no_proposal")
        return proposal_of(row)

    async def _publish(self, job: Job, progress: Progress) -> str:
        gate = await self.store.jobs.latest_of(JobKind.GATE, job.subject)
        if gate is None or gate.state is not JobState.DONE:
            raise JobFailed("no_gate")
        folder = self.gates.folder_of(gate.id)
        by = await self._who(job.account_id)
        card: dict[str, Any] = {"published_by": by, "proposal": None, "approved_by": []}
        if job.subject is not None:
            card |= await self._card_of(job.subject, read_json(folder / OF))
        return await self.publisher.publish(job.id, Wanted(folder, card, read_json(folder / _OVERRIDE)), progress)

    async def _card_of(self, proposal_id: str, of: dict[str, Any] | None) -> dict[str, Any]:
        proposal = await self._proposal(proposal_id)
        if proposal.state is not State.PUBLISHED:  # else it was decided before a kill: the publisher knows
            if proposal.state is not State.APPROVED:
                raise JobFailed("not_approved")
            if of is None or of["version"] != proposal.version:
                raise JobFailed("gate_is_old")
        named = {"id": proposal.id, "title": proposal.title, "author": proposal.author}
        return {"proposal": named, "approved_by": list(proposal.approved_by)}

    async def _back(self, job: Job, progress: Progress) -> str:
        by = await self._who(job.account_id)
        return await self.publisher.back(job.id, job.subject, by, self.gates.folder_of(job.id), progress)

    async def _who(self, account_id: str | None) -> dict[str, Any]:
        account = await self.store.accounts.get(account_id) if account_id is not None else None
        return {"id": account_id, "name": account.name if account is not None else None}
