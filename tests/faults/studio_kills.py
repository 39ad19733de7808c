"""Kills the studio at random points of edit, approve, train, publish and back, and looks whether every promise was kept."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parents[1]
sys.path[:0] = [str(ROOT), str(_HERE), str(_HERE.parent / "studio")]

from small_gate import TRAIN, with_product
from small_release import SMOKE, left_over
from studio_process import NEED, store_of, workshop_of

from curation import release, workspace
from curation.files import read_json

PHASES = {"edit": 0.004, "approve": 0.008, "train": 6.0, "publish": 0.4, "back": 0.5}
"""Where it is killed, and at most how many seconds after that began."""
_PHASE_WITHIN_S = 120.0
_FILE = f"data/nlu/nl/{NEED}.yml"


@dataclass
class Outcome:
    """What a run gave."""

    seed: int
    kills: int = 0
    promises: int = 0
    published: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)

    def add(self, other: Outcome) -> None:
        """Take in what another run gave."""
        for name in ("kills", "promises", "published", "seconds"):
            setattr(self, name, round(getattr(self, name) + getattr(other, name), 1))
        self.faults.update(other.faults)
        self.moments.update(other.moments)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return vars(self) | {"faults": dict(self.faults), "moments": dict(self.moments)}

    def as_text(self) -> str:
        """The report for people."""
        faults = [f"- {kind}: {count}" for kind, count in sorted(self.faults.items())] or ["- none"]
        rows = [f"| {kind} | {count} |" for kind, count in sorted(self.moments.items())]
        return "\n".join(
            [
                "# Kills in the studio",
                "",
                f"Made by `make faults` (seed {self.seed}): SIGKILL of the process that edits, approves, trains, publishes and goes back, "
                f"{self.kills} times; it is started again each time. Training and bot are stand-ins, all the rest is real.",
                "",
                f"{self.promises} edits, approvals and publishings were said to be done, {self.published} changes published, {self.seconds:.0f} s.",
                "",
                "What must hold after each kill: what was said to be done is in the store and in the files; every file is wholly the old or",
                "the new one; the published model is that of its card, and the content is what the card says; nothing half-written is left.",
                "",
                "Faults:",
                *faults,
                "",
                "| killed in | times |",
                "|---|---|",
                *rows,
                "",
            ]
        )


@dataclass
class Told:
    """What the process said is done."""

    edited: dict[str, str] = field(default_factory=dict)
    approved: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def hear(self, line: str) -> str | None:
        """Take in a line; the phase, when it names one."""
        word, _, rest = line.partition(" ")
        if word == "phase":
            return rest
        if word == "edited":
            proposal_id, _, text = rest.partition(" ")
            self.edited[proposal_id] = text
        elif word in ("approved", "published"):
            getattr(self, word).add(rest)
        elif word == "wrong":
            self.wrong.append(rest)
        return None

    @property
    def promises(self) -> int:
        return len(self.edited) + len(self.approved) + len(self.published)


def prepare(folder: Path) -> tuple[Path, Path]:
    """The project, as a checkout of its own, and its var/."""
    root, var = folder / "project", folder / "project" / "var"
    project = with_product(root)
    project.write("data/studio/smoke.yml", SMOKE)
    project.write(".gitignore", "var/\nmodels/\nasked.txt\n")
    var.mkdir()
    (var / "train.json").write_text(json.dumps([sys.executable, "-c", TRAIN]), encoding="utf-8")
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "begin")):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t.invalid", *arguments], cwd=root, check=True)
    return root, var


async def run(folder: Path, kills: int, seed: int) -> Outcome:
    """Start, kill, look; `kills` times."""
    chance, outcome, told = random.Random(seed), Outcome(seed), Told()
    root, var = prepare(folder)
    started = time.monotonic()
    phases = ["publish", "edit", "approve", "train"]  # the last act first: before it, all others were done to their end
    for number in range(kills):
        phase = phases[number % len(phases)]
        whole_first = number == 0  # one change all the way before the first kill: there is something to lose, on a slow machine too
        killed_in = await _until_killed(root, var, told, phase, chance.uniform(0, PHASES[phase]), whole_first)
        outcome.kills += 1
        outcome.moments[killed_in] += 1
        for fault in [*half_written(root), *await broken(root, var, told)]:
            outcome.faults[fault] += 1
    outcome.faults.update(f"wrong: {line}" for line in told.wrong)
    outcome.promises, outcome.published, outcome.seconds = told.promises, len(told.published), round(time.monotonic() - started, 1)
    return outcome


async def _until_killed(root: Path, var: Path, told: Told, phase: str, after: float, whole_first: bool) -> str:
    """Start it, kill it `after` seconds from the beginning of `phase` (with `whole_first`: not before a change was published); where it was."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(_HERE / "studio_process.py"), str(root), str(var)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
    )
    assert process.stdout is not None
    at, kill_at, until = "start", None, time.monotonic() + _PHASE_WITHIN_S
    try:
        while True:
            wait = (kill_at or until) - time.monotonic()
            if wait <= 0:
                return at
            try:
                line = (await asyncio.wait_for(process.stdout.readline(), wait)).decode().strip()
            except TimeoutError:
                return at
            if not line:
                told.wrong.append("it ended by itself")
                return at
            if (begun := told.hear(line)) is not None:
                at = begun
                if begun == phase and kill_at is None and (told.published or not whole_first):
                    kill_at = time.monotonic() + after
    finally:
        if process.returncode is None:
            process.kill()
        rest = await process.stdout.read()  # what it had said before it was killed is a promise too
        for line in rest.decode().splitlines():
            told.hear(line)
        await process.wait()


def half_written(root: Path) -> list[str]:
    """Right after the kill, before anything is mended: each file is wholly of one of the two releases."""
    journal = read_json(root / release.JOURNAL)
    if journal is None:
        return []
    to, before = release.get(root, journal["to"]), release.content_of_current(root)
    if to is None:
        return ["the journal names a release that is not there"]
    found = []
    for name in journal["files"]:
        path = root / name
        now = path.read_bytes() if path.is_file() else None
        wholes = [(tree / name).read_bytes() if (tree / name).is_file() else None for tree in (to.content, before) if tree is not None]
        previous = release.get(root, str(to.card.get("previous") or ""))
        if previous is not None and (previous.content / name).is_file():
            wholes.append((previous.content / name).read_bytes())
        if now not in wholes and before is not None:
            found.append("a half-written file")
    return found


async def broken(root: Path, var: Path, told: Told) -> list[str]:
    """After what a start does: every promise that was not kept."""
    store = store_of(var)
    await store.open()
    try:
        await workshop_of(root, var, store).publisher.recover()
        rows = {row.id: row for row in await store.proposals.all()}
    finally:
        await store.close()
    text = (root / _FILE).read_text(encoding="utf-8").splitlines()
    found = ["a lost edit" for one in told.edited if one not in rows or told.edited[one] not in rows[one].changes]
    found += ["a lost approval" for one in told.approved if one not in rows or rows[one].state not in ("approved", "published")]
    for one, row in rows.items():
        is_in = one in told.edited and f"    - {told.edited[one]}" in text
        if row.state == "published" and one in told.edited and not is_in:
            found.append("published and not in the content")
        if row.state != "published" and is_in:
            found.append("in the content and not published")
    card = read_json(root / workspace.CARD)
    if card is not None:
        found += ["a wrong model"] if release.card_of_current(root) is None else []
        found += ["a wrong content"] if card["data"] != workspace.content_digest(root) else []
    elif told.published:
        found.append("no card")
    found += ["left over" for _ in left_over(root)] + (["an unfinished journal"] if (root / release.JOURNAL).exists() else [])
    return found + uncommitted(root, {one for one, row in rows.items() if row.state == "published"})


def uncommitted(root: Path, published: set[str]) -> list[str]:
    """Each published proposal is a commit, and no file of the content differs from the last one."""
    log = subprocess.run(["git", "log", "--format=%B"], cwd=root, capture_output=True, text=True, check=True).stdout
    status = subprocess.run(["git", "status", "--porcelain", "data"], cwd=root, capture_output=True, text=True, check=True).stdout
    return ["published without a commit" for one in published if one not in log] + (["not committed"] if status.strip() else [])
