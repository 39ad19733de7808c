"""Commands started in the background: at low priority, ended with whoever started them, and ended whole."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1
_NICE = 10
MARK = "BOT_OF_JOB"
"""In the environment of every process of a job (BOT_…, so that a bot started by it carries it too)."""


class CommandFailed(Exception):
    """A command ended badly; `code` is its exit code, `last` the last line it said on stderr."""

    def __init__(self, code: int, last: str) -> None:
        super().__init__(f"ended with {code}: {last}")
        self.code, self.last = code, last


def quietly_and_with_parent() -> None:
    os.nice(_NICE)
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


async def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], on_line: Callable[[str], None]) -> None:
    """Run to the end, giving each line of its stdout to `on_line`. Raises CommandFailed. When cancelled, it and all it started are
    killed."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        env=dict(environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        preexec_fn=quietly_and_with_parent,
        limit=2**20,
    )
    last = ""

    async def listen(stream: asyncio.StreamReader | None, tell: Callable[[str], None]) -> None:
        while stream is not None and (line := await stream.readline()):
            tell(line.decode("utf-8", "replace").rstrip())

    def keep(line: str) -> None:
        nonlocal last
        last = line or last

    try:
        await asyncio.gather(listen(process.stdout, on_line), listen(process.stderr, keep))
        code = await process.wait()
    finally:
        kill_group(process.pid)
        await process.wait()
    if code != 0:
        raise CommandFailed(code, last)


def kill_group(pid: int) -> None:
    """End a process that leads a session, and what it started in it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def kill_marked(job_id: str) -> int:
    """End what is left of a job whose runner was killed (Linux: read from /proc); how many processes."""
    wanted, killed = f"{MARK}={job_id}".encode(), 0
    for entry in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
        with contextlib.suppress(OSError):
            if int(entry.name) != os.getpid() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                os.kill(int(entry.name), signal.SIGKILL)
                killed += 1
    return killed
