"""Asking the product, as a command (`python -m channels ask`): through the same code that answers people, with a bot of its own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from curation import scoring
from curation.files import put
from curation.measuring_sets import Row
from curation.scoring import Answer

ROOT = Path(__file__).resolve().parents[1]
_MORE_TRIES = 2
_TOLD = re.compile(r"ask: (\d+) of \d+")
Told = Callable[[int], None]


class AskError(Exception):
    """The product could not be asked; the message says why."""


def ask(rows: Sequence[Row], root: Path = ROOT, environment: Mapping[str, str] | None = None, told: Told | None = None) -> list[Answer]:
    """The answer of the product at `root` to each row, in order; `told` hears now and then how many there are.

    The messages stand in a temporary folder (ours alone) only while they are asked; a run that is killed outright leaves that folder,
    chatmasjien-evaluate-*, behind. Raises AskError when the command fails or leaves rows out.
    """
    with tempfile.TemporaryDirectory(prefix="chatmasjien-evaluate-") as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("".join(json.dumps({"id": n, "lang": row.language.value, "text": row.text}) + "\n" for n, row in enumerate(rows)))
        command = [sys.executable, "-m", "channels", "ask", str(source), str(target)]
        # A port nobody listens on: this root's own model is measured, not whatever bot happens to run.
        env = dict(os.environ if environment is None else environment) | {"BOT_URLS": "", "BOT_PORT": str(_free_port())}
        code, last = _run(command, root, env, told)
        if code != 0 or not target.is_file():
            raise AskError(f"python -m channels ask ended with {code}: {last}")
        raw = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    by_id = {one["id"]: Answer.read(one) for one in raw}
    if len(by_id) != len(rows):
        raise AskError(f"{len(rows)} messages asked, {len(by_id)} answered")
    return [by_id[number] for number in range(len(rows))]


def _run(command: list[str], root: Path, env: dict[str, str], told: Told | None) -> tuple[int, str]:
    """Exit code, and the last line on stderr."""
    last = "without a word"
    with subprocess.Popen(command, cwd=root, env=env, stderr=subprocess.PIPE) as process:
        for raw in process.stderr or ():
            line = raw.decode("utf-8", "replace").strip()
            last = line or last
            if told is not None and (found := _TOLD.fullmatch(line)):
                told(int(found[1]))
    return process.returncode, last


def ask_patiently(
    rows: Sequence[Row], root: Path = ROOT, environment: Mapping[str, str] | None = None, told: Told | None = None
) -> tuple[list[Answer], frozenset[int]]:
    """Answers, and the numbers of the rows where the bot was silent at first; those are asked again, at most _MORE_TRIES times.

    A busy machine makes the bot late, which says nothing about what it understands; how often it happened is reported.
    """
    answers = ask(rows, root, environment, told)
    silent_at_first = silent = frozenset(number for number, answer in enumerate(answers) if scoring.is_silent(rows[number], answer))
    for _ in range(_MORE_TRIES):
        if not silent:
            break
        numbers = sorted(silent)
        for number, answer in zip(numbers, ask([rows[number] for number in numbers], root, environment), strict=True):
            answers[number] = answer
        silent = frozenset(number for number in numbers if scoring.is_silent(rows[number], answers[number]))
    return answers, silent_at_first


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


class Remembered:
    """Answers kept by what gave them (model, content and code: curation.workspace.answering_digest), so that the published model is
    asked once. Holds hashes of the messages, never a message."""

    def __init__(self, folder: Path, digest: str) -> None:
        self._path = folder / f"{digest}.jsonl"
        self._known: dict[str, Answer] = {}
        if self._path.is_file():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                raw = json.loads(line)
                self._known[raw["of"]] = Answer.read(raw)

    def missing(self, rows: Sequence[Row]) -> list[Row]:
        """The rows nobody asked yet."""
        return [row for row in rows if _key(row) not in self._known]

    def keep(self, rows: Sequence[Row], answers: Sequence[Answer]) -> None:
        """Remember these answers too (where the bot had a part in them)."""
        pairs = zip(rows, answers, strict=True)
        self._known |= {_key(row): answer for row, answer in pairs if not scoring.is_silent(row, answer)}
        lines = [json.dumps({"of": key} | answer.plain()) for key, answer in sorted(self._known.items())]
        put(self._path, ("\n".join(lines) + "\n").encode())

    def of(self, rows: Sequence[Row]) -> list[Answer]:
        """The answers to rows that are known. Raises KeyError for one that is not."""
        return [self._known[_key(row)] for row in rows]

    def holds(self, row: Row) -> bool:
        """Whether this row's answer is known."""
        return _key(row) in self._known


def _key(row: Row) -> str:
    return hashlib.sha256(f"{row.language.value}\0{row.text}".encode()).hexdigest()[:32]
