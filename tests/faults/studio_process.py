"""The studio as a process of its own, to be killed: `python tests/faults/studio_process.py ROOT VAR`.

Store, proposals, workshop, jobs, gate and journal are the real ones; training and asking are stand-ins, and so is the bot. It edits,
approves, trains, publishes and sometimes goes back, on and on, and prints what it is about to do ("phase …") and what is done
("edited …", "approved …", "published …"): those are promises that no kill may break. Ends with SIGKILL only.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parents[1])]

from channels.store import Job, JobKind, JobState, Store
from curation import measuring_sets, release
from curation.change_json import dumped
from curation.changes import AddExample
from curation.jobs import JobFailed
from curation.studio.workshop import Workshop
from kernel.conversation import BotTurn, Bubble
from kernel.language import Language
from kernel.role import Role

KEY = "a key of this test, thirty-two characters"
DATABASE, NEED = "studio.db", "sextortion"
_BACK_EVERY = 4


class Switch:
    """A bot that takes a moment to start, and to lead over."""

    async def warm_up(self, _work: Path, model: Path, _wanted: str) -> None:
        await asyncio.sleep(0.05)
        if not model.is_file():
            raise JobFailed("not_started")

    async def converse(self, language: Language, lines: list[str]) -> list[BotTurn]:
        bubble = Bubble("hier", language, helplines=("childfocus",))
        return [BotTurn((bubble,), "suicidal", 0.9, "emergency", language, language.value) for _ in lines]

    async def lead_over(self) -> None:
        await asyncio.sleep(0.05)

    async def drop(self) -> None:
        """Nothing is left of it."""


def store_of(var: Path) -> Store:
    """The studio's database."""
    return Store(f"sqlite:///{var / DATABASE}", KEY)


def workshop_of(root: Path, var: Path, store: Store) -> Workshop:
    """The workshop with a stand-in training."""
    measuring_sets.REALTEXTS = Path("nowhere")
    return Workshop(root, var, store, Switch(), train=tuple(json.loads((var / "train.json").read_text(encoding="utf-8"))))


class Volunteers:
    """Noor writes, Lou approves, and what is approved is tried and published."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop, self._store = workshop, workshop.store
        self._noor = self._lou = ""

    async def work(self) -> None:
        """On and on."""
        known = {one.name: one.id for one in await self._store.accounts.all()}
        self._noor = known.get("Noor") or (await self._store.accounts.create("Noor", Role.VOLUNTEER))[0]
        self._lou = known.get("Lou") or (await self._store.accounts.create("Lou", Role.VOLUNTEER))[0]
        for job in await self._store.jobs.latest(5):
            await self._over(job)
        while True:
            waiting = await self._store.proposals.all("approved")
            proposal_id = waiting[-1].id if waiting else await self._edit_and_approve()
            await self._publish(proposal_id)

    async def _edit_and_approve(self) -> str:
        proposals = self._store.proposals
        number = len(await proposals.all())
        say("phase edit")
        change = AddExample(need=NEED, language=Language.NL, text=f"oefenzinnl{500 + number} {NEED}")
        proposal_id = await proposals.create(self._noor, f"sentence {number}", "", dumped([change]))
        say(f"edited {proposal_id} {change.text}")
        row = await proposals.get(proposal_id)
        assert row is not None
        say("phase approve")
        await proposals.propose(proposal_id, self._noor, row.version)
        await proposals.approve(proposal_id, self._lou, row.version)
        say(f"approved {proposal_id}")
        return proposal_id

    async def _publish(self, proposal_id: str) -> None:
        say("phase train")
        gate = await self._job(JobKind.GATE, proposal_id)
        if gate.outcome != "passed":
            say(f"wrong gate {gate.state.value} {gate.outcome}")
            return
        say("phase publish")
        done = await self._job(JobKind.PUBLISH, proposal_id)
        if done.state is JobState.DONE:
            say(f"published {proposal_id}")
        elif done.outcome != "gate_is_old":
            say(f"wrong publish {done.state.value} {done.outcome}")
        if await self._is_time_to_go_back():
            say("phase back")
            await self._job(JobKind.BACK, None)

    async def _is_time_to_go_back(self) -> bool:
        """Once in so many changes; what was taken back is published again, and that is no reason to go back again."""
        published = await self._store.proposals.all("published")
        went_back = [job for job in await self._store.jobs.latest(1000) if job.kind is JobKind.BACK]
        return len(published) >= _BACK_EVERY * (len(went_back) + 1) - 1

    async def _job(self, kind: JobKind, subject: str | None) -> Job:
        return await self._over(await self._workshop.ask_for(kind, subject, self._lou))

    async def _over(self, job: Job) -> Job:
        while not job.is_over:
            await asyncio.sleep(0.03)
            found = await self._store.jobs.get(job.id)
            assert found is not None
            job = found
        return job


def say(line: str) -> None:
    """To whoever kills this process."""
    print(line, flush=True)


async def main(root: Path, var: Path) -> None:
    """Until killed."""
    release.carry_on(root)
    store = store_of(var)
    await store.open()
    workshop = workshop_of(root, var, store)
    await workshop.start()
    await Volunteers(workshop).work()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
