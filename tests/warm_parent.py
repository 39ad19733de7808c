"""A process that has imported what hub, bot or the bot's parts import, and forks: `python tests/warm_parent.py hub|bot|parts`.

Runs in the environment of what it starts. Reads a line of JSON per order from its standard input, answers each with one line:
`{"program", "arguments", "environment", "in", "out", "err"}` starts `python -m program` (or a script, where it ends in .py) with
its output behind those files and gives `{"pid"}`; `{"poll": pid}` gives `{"code"}`, None while it runs. It ends when nobody gives
orders any more, and its children with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import runpy
import signal
import sys
import warnings
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PR_SET_PDEATHSIG = 1
_HUB = ("channels.__main__", "channels.wiring", "channels.site", "channels.public.pages", "channels.public.telegram", "channels.desk.app",
        "actions", "curation.release", "curation.studio.workshop")  # fmt: skip
_BOT = (
    "rasa.__main__",
    "rasa.cli.run",
    "rasa.core.run",
    "rasa.server",
    "bot.quicker.all",
    "bot.hub_channel",
    "spacy.lang.fr",
    "spacy.lang.nl",
)


def _import_hub() -> None:
    for name in _HUB:
        importlib.import_module(name)


def _import_parts() -> None:
    for folder in ("components", "policies"):
        for path in sorted((ROOT / "bot" / folder).glob("[a-z]*.py")):
            importlib.import_module(f"bot.{folder}.{path.stem}")
    importlib.import_module("bot.terms").reviewed_terms()  # read once per process, which takes seconds


def _import_bot() -> None:
    """As bot/__main__.py does, which leaves out once more what is left out here."""
    left_out = importlib.import_module("bot.quicker.left_out")
    left_out.leave_out()
    for name in _BOT:
        importlib.import_module(name)
    _import_parts()
    for name in left_out.NAMES:
        del sys.modules[name]


def _die_with_parent() -> None:
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _become(order: dict[str, Any]) -> None:
    """In the child: what a process of its own would have found at its start."""
    _die_with_parent()
    added = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    for number, (path, how) in enumerate(((order["in"], os.O_RDONLY), (order["out"], added), (order["err"], added))):
        opened = os.open(path, how, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  open until it ends
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = [order["program"], *order["arguments"]]


def serve() -> dict[str, Any] | None:
    """Follow orders; returns twice: in each child with its order, in the parent with None at the end."""
    orders, answers = os.fdopen(0, "r", closefd=False), os.fdopen(1, "w", closefd=False)
    ended: dict[int, int] = {}
    while line := orders.readline():
        order: dict[str, Any] = json.loads(line)
        if "poll" in order:
            answer = {"code": _code_of(order["poll"], ended)}
        else:
            pid = os.fork()
            if pid == 0:
                return order
            answer = {"pid": pid}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    return None


def _code_of(pid: int, ended: dict[int, int]) -> int | None:
    """A child is reaped only when it is asked after: until then nobody else can get its id."""
    if pid not in ended:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found == 0:
            return None
        ended[pid] = os.waitstatus_to_exitcode(status)
    return ended[pid]


def main(kind: str) -> None:
    """See the module."""
    os.chdir(ROOT)
    sys.path[0] = str(ROOT)  # as with `python -m`
    warnings.filterwarnings("ignore")  # Rasa's own, about its pinned libraries
    {"hub": _import_hub, "bot": _import_bot, "parts": _import_parts}[kind]()
    warnings.resetwarnings()
    order = serve()
    if order is not None:
        _become(order)
        _run(order["program"])


def _run(program: str) -> None:
    if program.endswith(".py"):
        sys.path[0] = str(Path(program).parent)
        runpy.run_path(program, run_name="__main__")
    else:
        sys.modules.pop(f"{program}.__main__", None)
        runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
