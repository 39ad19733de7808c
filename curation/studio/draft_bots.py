"""Trying a proposal out: one bot that has learnt it, started when somebody talks with it and ended when nobody does any more."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from channels.store import Job, JobKind, JobState
from channels.store.studio_jobs import StudioJobs
from curation.files import read_json
from curation.gate import WORK
from curation.studio.drafts import Answer, DraftAway, DraftState
from curation.talker import Talker, TalkerAway
from curation.workspace import MODEL
from kernel.language import Language

_IDLE_S, _LOOK_S = 300.0, 15.0
OF = "of.json"
"""In the folder of a training: which version of which proposal it is of."""


class DraftBots:
    """The draft bots; one runs at a time, since each takes a gigabyte. `version_of` gives the version of a proposal now."""

    def __init__(self, jobs: StudioJobs, folder_of: Callable[[str], Path], version_of: Callable[[str], Awaitable[int | None]]) -> None:
        self._jobs, self._folder_of, self._version_of = jobs, folder_of, version_of
        self._talker: Talker | None = None
        self._watch: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()

    async def state(self, proposal_id: str) -> DraftState:
        """Whether one can be asked, and whether it knows the newest version."""
        job = await self._trained(proposal_id)
        if job is not None:
            version = await self._version_of(proposal_id)
            of = read_json(self._folder_of(job.id) / OF) or {}
            if of.get("version") == version:
                return DraftState.READY
        for kind in (JobKind.DRAFT, JobKind.GATE):
            latest = await self._jobs.latest_of(kind, proposal_id)
            if latest is not None and not latest.is_over:
                return DraftState.TRAINING
        return DraftState.OLD if job is not None else DraftState.NONE

    async def ask(self, proposal_id: str, conversation: str, text: str, language: Language) -> Answer:
        """One turn with the bot that has learnt the proposal. Raises DraftAway."""
        job = await self._trained(proposal_id)
        if job is None:
            raise DraftAway
        talker = await self._at(self._folder_of(job.id) / WORK)
        try:
            said = await talker.ask(conversation, language, text)
        except TalkerAway as error:
            raise DraftAway from error
        bubbles = tuple((one["text"], tuple((title, chosen) for title, chosen in one["choices"])) for one in said["bubbles"])
        return Answer(bubbles, said["need"], float(said["confidence"]))

    async def close(self) -> None:
        """End what runs."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
            self._watch = None
        if self._talker is not None:
            await self._talker.close()
            self._talker = None

    async def _trained(self, proposal_id: str) -> Job | None:
        """The newest job that trained this proposal, while its model is still there."""
        found = [await self._jobs.latest_of(kind, proposal_id) for kind in (JobKind.DRAFT, JobKind.GATE)]
        done = [job for job in found if job is not None and job.state is JobState.DONE and self._has_model(job)]
        return max(done, key=lambda job: job.created_at, default=None)

    def _has_model(self, job: Job) -> bool:
        return (self._folder_of(job.id) / WORK / MODEL).is_file()

    async def _at(self, work: Path) -> Talker:
        async with self._changing:
            if self._talker is None or self._talker.work != work:
                if self._talker is not None:
                    await self._talker.close()
                self._talker = Talker(work)
            if self._watch is None or self._watch.done():
                self._watch = asyncio.create_task(self._end_when_idle())
            return self._talker

    async def _end_when_idle(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while self._talker is not None:
                await asyncio.sleep(_LOOK_S)
                async with self._changing:
                    if self._talker is not None and time.monotonic() - self._talker.asked_at > _IDLE_S:
                        await self._talker.close()
                        self._talker = None
