"""The gate: trains a change in a workspace of its own, asks it and the published model the same sentences, and says yes or no.

`python -m curation.gate FOLDER` does the work, at low priority, as a process of its own, so that nobody who chats waits for it.
FOLDER/order.json says what to do; FOLDER/report.json is the answer. Started again after a kill it goes on from what it finished.
It never touches `models/current.tar.gz` of the project.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from curation import gate_report, measuring_sets, release, workspace
from curation.asking import AskError, Remembered, ask_patiently
from curation.check_all import all_findings
from curation.checks.overlap import plain
from curation.commands import MARK
from curation.comparing import compare, reasons
from curation.content import Content
from curation.files import hash_of, put_json, read_json
from curation.measuring_sets import TWINS, Row
from curation.scoring import Answer
from kernel.urgency import Urgency

ORDER, REPORT, WORK, CONTENT, PUBLISHED = "order.json", "report.json", "work", "content", "published"
TRAIN = ("scripts/train.sh",)
_TRAINING_S = 170.0
"""How long a training takes on a quiet machine with two cores: only for the progress bar."""
_PART, _TRIES = 1500, 3
"""So many sentences are asked at once, and so often when the product cannot be asked on a busy machine."""
_COPY, _CHECK, _TRAIN, _ASK = 2, 6, 55, 97
"""Percent done when each part ends."""


class GateFailed(Exception):
    """The gate could not say yes or no; `reason` is a word of our list (texts: publish.reasons)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Order:
    """What to do: the project's folder, whether FOLDER/content holds the changed content (else the project's own files, as they lie,
    are meant), how to train, and whether only to train (a draft to try out). `sample`: ask only so many of each set and language, for
    tests of the way itself; such a report never passes."""

    root: Path
    has_content: bool = True
    train: tuple[str, ...] = TRAIN
    only_train: bool = False
    sample: int = 0
    base: str = ""

    @classmethod
    def read(cls, folder: Path) -> Order:
        """Raises GateFailed when there is none."""
        raw = read_json(folder / ORDER)
        if raw is None:
            raise GateFailed("no_order")
        return cls(**raw | {"root": Path(raw["root"]), "train": tuple(raw["train"])})

    def write(self, folder: Path) -> None:
        """Put it where the process looks."""
        values = {name: getattr(self, name) for name in self.__slots__}
        put_json(folder / ORDER, values | {"root": str(self.root), "train": list(self.train)})


def tell(step: str, percent: float) -> None:
    """One line of progress for whoever started this process."""
    print(json.dumps({"step": step, "percent": round(percent)}), flush=True)


def carry_out(folder: Path) -> str:
    """Do what FOLDER/order.json says; the outcome: trained, passed or refused. Raises GateFailed."""
    order = Order.read(folder)
    work = folder / WORK
    tell("copying", 0)
    workspace.build(order.root, work, folder / CONTENT if order.has_content else None)
    tell("checking", _COPY)
    findings = all_findings(Content.load(work))
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        gate_report.write(folder, gate_report.of_findings(errors) | _about(order, work))
        return "refused"
    tell("training", _CHECK)
    train(order, work, var=folder.parent)
    if order.only_train:
        return "trained"
    return _measure(order, folder, work)


def _about(order: Order, work: Path) -> dict[str, Any]:
    """What the report is about: the content it started from and the one it measured, the model, and when."""
    return {
        "base": order.base or workspace.content_digest(order.root),
        "content": workspace.content_digest(work),
        "model": hash_of(work / workspace.MODEL),
        "published_model": hash_of(order.root / workspace.MODEL),
        "at": time.time(),
    }


# ---- training -------------------------------------------------------------------------------------------------------


def train(order: Order, work: Path, var: Path) -> None:
    """A model for the content of `work` in its models/, unless it is there, or there is one for the same content elsewhere."""
    _take_over(order, work, var)
    log = work / "var" / "job.log"
    started = time.monotonic()
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(order.train), cwd=work, env=_training_environment(order, work), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        while True:
            try:
                code = process.wait(timeout=1)
                break
            except subprocess.TimeoutExpired:
                share = (time.monotonic() - started) / _TRAINING_S
                tell("training", _CHECK + (_TRAIN - _CHECK) * share / (1 + share) * 1.6 if share < 1 else _TRAIN - 1)
    if code != 0 or not (work / workspace.MODEL).is_file():
        raise GateFailed("training_failed")


def _take_over(order: Order, work: Path, var: Path) -> None:
    """The same content was trained before (a draft that was tried out; the published one): that model is the one."""
    if (work / workspace.MODEL).is_file() or order.train != TRAIN:
        return
    wanted = subprocess.run([*order.train, "--digest"], cwd=work, env=_environment(work), capture_output=True, text=True, check=True)
    digest = wanted.stdout.strip()
    for other in (order.root, *sorted(var.glob(f"*/{WORK}"))):
        made_for = other / workspace.MADE_FOR
        if other != work and made_for.is_file() and made_for.read_text().strip() == digest and (other / workspace.MODEL).is_file():
            shutil.copy2(other / workspace.MODEL, work / workspace.MODEL)
            shutil.copy2(made_for, work / workspace.MADE_FOR)
            return


def _environment(root: Path) -> dict[str, str]:
    marked = {MARK: os.environ[MARK]} if MARK in os.environ else {}
    return workspace.own_environment(root) | marked


def _training_environment(order: Order, work: Path) -> dict[str, str]:
    """With the vectors of sentences that the project's last training kept: a draft changes a few."""
    return _environment(work) | {"SENTENCE_VECTORS": str(order.root / "models" / "sentence_vectors.npz")}


# ---- measuring ------------------------------------------------------------------------------------------------------


def measured_rows(order: Order, work: Path) -> tuple[tuple[Row, ...], list[dict[str, str]]]:
    """The sentences both models are asked, and what the change itself does to them.

    The danger and everyday sets are always the project's own. A twin that the change takes away is asked all the same; one that it
    labels otherwise counts with its new label, and is named; a new one is asked too.
    """
    sets = measuring_sets.load(order.root, Content.load(order.root))
    own = {(row.language, plain(row.text)): row for row in sets.rows if row.kind == TWINS}
    new = {(twin.language, plain(twin.text)): twin for twin in Content.load(work).twins}
    rows, notes = [], []
    for row in sets.rows:
        twin = new.get((row.language, plain(row.text))) if row.kind == TWINS else None
        if row.kind == TWINS and twin is None:
            notes.append({"what": "removed", "place": row.place, "text": row.text})
        elif twin is not None and twin.need not in row.needs:
            notes.append({"what": "relabelled", "place": row.place, "text": row.text, "need": twin.need})
            row = replace(row, needs=(twin.need,))
        rows.append(row)
    added = [twin for key, twin in new.items() if key not in own]
    for twin in added:
        place = f"{twin.file}:{twin.line}"
        rows.append(Row(place, TWINS, place, twin.language, twin.text, (twin.need,), Urgency.NONE))
        notes.append({"what": "added", "place": place, "text": twin.text, "need": twin.need})
    return tuple(rows), notes


def _measure(order: Order, folder: Path, work: Path) -> str:
    rows, notes = measured_rows(order, work)
    if order.sample:
        rows = _sample(rows, order.sample)
    remembered = folder.parent.parent / "answers"
    with tempfile.TemporaryDirectory(prefix="chatmasjien-published-") as place:
        published = _published(order, Path(place))
        half = _TRAIN + (_ASK - _TRAIN) * 0.5
        before = _answers(rows, published, remembered, ("asking_published", _TRAIN, half))
    after = _answers(rows, work, remembered, ("asking", half, _ASK))
    tell("comparing", _ASK)
    comparison = compare(rows, before, after)
    found = reasons(comparison)
    report = gate_report.of_comparison(comparison, found) | _about(order, work) | {"notes": notes, "is_sample": bool(order.sample)}
    report["passed"] = report["passed"] and not order.sample
    gate_report.write(folder, report, comparison)
    return "passed" if report["passed"] else "refused"


def _published(order: Order, place: Path) -> Path:
    """Where the published model can be asked: the project itself, or, when its files were edited since, a copy with the content that
    the model was published with."""
    known = release.content_of_current(order.root)
    if known is None or not workspace.changed_files(order.root, known):
        return order.root
    workspace.build(order.root, place, known)
    shutil.copy2(order.root / workspace.MODEL, place / workspace.MODEL)
    return place


def _answers(rows: Sequence[Row], root: Path, folder: Path, shown: tuple[str, float, float]) -> list[Answer]:
    """What the product at `root` answers: what is known already, the rest asked part by part, each part kept."""
    step, start, end = shown
    tell(step, start)
    remembered = Remembered(folder, workspace.answering_digest(root))
    missing = remembered.missing(rows)
    silent: dict[Row, Answer] = {}
    for first in range(0, len(missing), _PART):
        part = missing[first : first + _PART]

        def told(done: int, first: int = first) -> None:
            tell(step, start + (end - start) * (first + done) / len(missing))

        answers = _ask_again_and_again(part, root, told)
        remembered.keep(part, answers)
        silent |= {row: answer for row, answer in zip(part, answers, strict=True) if not remembered.holds(row)}
    return [silent[row] if row in silent else remembered.of([row])[0] for row in rows]


def _ask_again_and_again(part: Sequence[Row], root: Path, told: Callable[[int], None]) -> list[Answer]:
    for tries_left in reversed(range(_TRIES)):
        try:
            return ask_patiently(part, root, _environment(root), told)[0]
        except AskError as error:
            print(error, file=sys.stderr, flush=True)
            if not tries_left:
                raise GateFailed("not_answered") from error
    raise GateFailed("not_answered")


def _sample(rows: Sequence[Row], most: int) -> tuple[Row, ...]:
    taken: dict[tuple[str, Any, Any], int] = {}
    chosen = []
    for row in rows:
        key = (row.kind, row.language, row.needs[:1] if row.kind == TWINS else row.urgency)
        taken[key] = taken.get(key, 0) + 1
        if taken[key] <= most:
            chosen.append(row)
    return tuple(chosen)


def main(arguments: list[str]) -> int:
    """0 with the outcome as the last line; 3 with a reason as the last line on stderr."""
    parser = argparse.ArgumentParser(prog="python -m curation.gate", description=__doc__)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    os.umask(0o077)
    try:
        outcome = carry_out(chosen.folder)
    except GateFailed as failed:
        print(failed.reason, file=sys.stderr)
        return 3
    tell(outcome, 99)
    print(json.dumps({"outcome": outcome}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
