"""The bot as a child process: started, watched (answering, memory), restarted with back-off, ended with the hub."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from channels.logs import log_of
from kernel.settings import Settings

_LOG = log_of("bot_process")
MOST_RESIDENT = 3 * 1024**3
UNRESPONSIVE_S, LOADING_S = 60.0, 240.0
_WATCH_S, _END_S = 2.0, 5.0
_BACK_OFF = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_QUIET = 10
_FULL_PRIORITY, _CAP_SYS_NICE = 20, 23
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")


def bot_command(root: Path) -> list[str]:
    """How the bot is started, from the project's root."""
    return [str(root / "bot/.venv/bin/python"), "-m", "bot"]


def bot_environment(settings: Settings) -> dict[str, str]:
    """What the bot gets to know: its port, the hub's token, the actions' port; no other secret."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    own = {name: value for name, value in os.environ.items() if name.startswith("BOT_") and name not in ("BOT_URLS", "BOT_TOKEN")}
    return (
        passed
        | own
        | {
            "BOT_PORT": str(settings.bot_port),
            "BOT_TOKEN": settings.bot_token,
            "ACTIONS_PORT": str(settings.actions_port),
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",  # Rasa's own, about its pinned libraries
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }
    )


class BotProcess:
    """Keeps one bot running. `seconds_silent` tells for how long it has not said that it is ready."""

    def __init__(self, command: list[str], root: Path, environment: dict[str, str], seconds_silent: Callable[[], float]) -> None:
        self._command, self._root, self._environment = command, root, environment
        self._seconds_silent = seconds_silent
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self.starts = 0
        self.is_quiet = False
        """Start it at low priority: it only warms up beside one that answers people."""

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self) -> None:
        """Start it and keep it running."""
        self._keeper = asyncio.create_task(self._keep())

    def settle(self, command: list[str], root: Path, environment: dict[str, str]) -> None:
        """It answers people now: full priority, and at the next start this command, in this folder."""
        self._command, self._root, self._environment, self.is_quiet = command, root, environment, False
        if self.pid is not None:
            _set_nice(self.pid, 0)

    async def stop(self) -> None:
        """End it; when it does not end by itself in some seconds, kill it."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._end()

    async def _keep(self) -> None:
        failures = 0
        while True:
            started = time.monotonic()
            try:
                await self._start_once()
                await self._watch(started)
            except OSError:
                _LOG.exception("bot cannot be started")
            finally:
                await self._end()
            failures = 0 if time.monotonic() - started > 60 else failures + 1
            pause = _BACK_OFF[min(failures, len(_BACK_OFF) - 1)]
            _LOG.warning("bot restarts", extra={"in_s": pause})
            await asyncio.sleep(pause)

    async def _start_once(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=self._root,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sys.stderr,
            start_new_session=True,  # Ctrl-C reaches the hub alone, which then ends the bot
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self.starts += 1
        if self.is_quiet and _can_raise_priority():
            _set_nice(self._process.pid, _QUIET)
        _LOG.info("bot started", extra={"starts": self.starts})

    async def _watch(self, started: float) -> None:
        """Return when the process ended, or must."""
        assert self._process is not None, "started before"
        ended = asyncio.create_task(self._process.wait())
        try:
            while True:
                done, _ = await asyncio.wait({ended}, timeout=_WATCH_S)
                if done:
                    _LOG.warning("bot ended", extra={"code": self._process.returncode})
                    return
                reason = self._reason_to_restart(started)
                if reason:
                    _LOG.warning("bot is ended", extra={"reason": reason})
                    return
        finally:
            ended.cancel()

    def _reason_to_restart(self, started: float) -> str | None:
        assert self._process is not None, "started before"
        if resident_bytes(self._process.pid) > MOST_RESIDENT:
            return "memory"
        silent, age = self._seconds_silent(), time.monotonic() - started
        # A bot that was ready since its start is given 60 s; one that still loads its model more.
        limit = UNRESPONSIVE_S if silent < age else LOADING_S
        return "unresponsive" if min(silent, age) > limit else None

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            _signal_group(process.pid, signal.SIGTERM)
            _signal_group(process.pid, signal.SIGCONT)  # a stopped process does not hear TERM
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _END_S)
        _signal_group(process.pid, signal.SIGKILL)  # what is left of its group
        await process.wait()
        self._process = None


def resident_bytes(pid: int) -> int:
    """Resident memory of a process (Linux; 0 where it cannot be read)."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 0
    return 0


def _can_raise_priority() -> bool:
    """Whether this process may give full priority back later (CAP_SYS_NICE, or a limit that allows it)."""
    if resource.getrlimit(resource.RLIMIT_NICE)[0] >= _FULL_PRIORITY:
        return True
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("CapEff:"):
                return bool(int(line.split()[1], 16) >> _CAP_SYS_NICE & 1)
    return False


def _set_nice(pid: int, value: int) -> None:
    """Of every thread the process has; Linux keeps it per thread."""
    for thread in Path(f"/proc/{pid}/task").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, int(thread.name), value)


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """A hub that is killed takes its bot along: the next start needs the port."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
