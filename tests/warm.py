"""Hubs and bots that tests start again and again: forked from a process that has done their imports (tests/warm_parent.py).

A hub's start is half imports (about three seconds of a core), a bot's too (about ten), and both were spent some sixty times in a run.
The first of each kind in a run starts as people start it, and so does every one with a setting of its own for Python or the linker.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_BOT_PYTHON = ROOT / "bot/.venv/bin/python"
_PYTHONS = {"hub": ROOT / ".venv/bin/python", "bot": _BOT_PYTHON, "parts": _BOT_PYTHON}
_MODULES = {"hub": "channels", "bot": "bot"}
_COLD = ("LD_PRELOAD", "PYTHONASYNCIODEBUG")
"""What a process must find at its very start."""
_PR_SET_PDEATHSIG = 1
_LOOK_S = 0.01


class _Parent:
    """One running tests/warm_parent.py."""

    def __init__(self, kind: str) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [str(_PYTHONS[kind]), str(ROOT / "tests/warm_parent.py"), kind],
            cwd=ROOT,
            # The bot sets these before Rasa reads them (bot/__main__.py, channels/bot_process.py).
            env=os.environ | {"OMP_NUM_THREADS": "1", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._end)

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order; its answer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def _end(self) -> None:
        """No more orders: it ends, and what it started with it."""
        self._process.communicate()


class Forked:
    """A process that was forked from one of them; what is used of subprocess.Popen."""

    def __init__(self, parent: _Parent, pid: int) -> None:
        self._parent, self.pid, self.returncode = parent, pid, None

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        if self.returncode is None:
            self.returncode = self._parent.ask({"poll": self.pid})["code"]
        return self.returncode

    def wait(self, seconds: float) -> int:
        """Wait for its end; raises subprocess.TimeoutExpired."""
        end = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), seconds)
            time.sleep(_LOOK_S)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL, if it still runs."""
        self.send_signal(signal.SIGKILL)


Started = Forked | subprocess.Popen[bytes]
_parents: dict[str, _Parent] = {}
_once: set[str] = set()
_starting = threading.Lock()
_STARTER = ThreadPoolExecutor(1)
"""Linux counts the thread that starts a process as its parent: the one here lives as long as the test run."""


def start(command: list[str], environment: dict[str, str], out: Path, err: Path) -> Started:
    """Start a program with its output behind what is in these files."""
    kind = _kind_of(command)
    if kind is None or sys.platform != "linux" or set(_COLD) & set(environment):
        return _cold(command, environment, out, err)
    with _starting:
        if kind not in _once:
            _once.add(kind)
            return _cold(command, environment, out, err)
    return _forked(kind, _MODULES[kind], command[3:], environment, Path(os.devnull), out, err)


def run_script(script: Path, arguments: list[str], said: Path, out: Path, err: Path) -> Forked:
    """Start a script that asks the bot's parts, in the bot's environment, with this file as its standard input."""
    return _forked("parts", str(script), arguments, dict(os.environ), said, out, err)


def _forked(kind: str, program: str, arguments: list[str], environment: dict[str, str], said: Path, out: Path, err: Path) -> Forked:
    with _starting:
        parent = _parents.get(kind) or _parents.setdefault(kind, _Parent(kind))
    order = {"program": program, "arguments": arguments, "environment": environment, "in": str(said), "out": str(out), "err": str(err)}
    return Forked(parent, parent.ask(order)["pid"])


def _kind_of(command: list[str]) -> str | None:
    python, *words = command
    kinds = [kind for kind, module in _MODULES.items() if words[:2] == ["-m", module] and python in (str(_PYTHONS[kind]), sys.executable)]
    return kinds[0] if kinds else None


def _cold(command: list[str], environment: dict[str, str], out: Path, err: Path) -> subprocess.Popen[bytes]:
    return _STARTER.submit(_started, command, environment, out, err).result()


def _started(command: list[str], environment: dict[str, str], out: Path, err: Path) -> subprocess.Popen[bytes]:
    with out.open("ab") as output, err.open("ab") as errors:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  one call of prctl, which takes no lock
        )


def _die_with_parent() -> None:
    """A test run that is killed leaves no bot behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
