"""A PostgreSQL and a Redis of a test's own, which it may stop, freeze and start again. Real servers, on free ports of loopback."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.ports import free_ports


def program(name: str) -> str | None:
    """Where a server's program is; Debian keeps PostgreSQL's off the path."""
    found = shutil.which(name)
    if found is None:
        found = next((str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None)
    return found


class Postgres:
    """One cluster in a folder of its own."""

    def __init__(self) -> None:
        if program("initdb") is None or program("pg_ctl") is None:
            pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
        self._folder = Path(tempfile.mkdtemp(prefix="chatmasjien-pg-"))
        if os.getuid() == 0:
            try:
                os.chown(self._folder, pwd.getpwnam("postgres").pw_uid, -1)
            except KeyError:
                pytest.skip("PostgreSQL does not run as root and there is no account postgres")
        self._port = free_ports(1)[0]
        self._data = str(self._folder / "data")
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "chat", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        """As DATABASE_URL."""
        return f"postgresql://chat@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Until it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """At once, as when the machine is gone."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def remove(self) -> None:
        """Stop it and delete its folder."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        """PostgreSQL refuses to run as root: its own account then."""
        user = "postgres" if os.getuid() == 0 else None
        subprocess.run([str(program(name)), *arguments], check=True, capture_output=True, user=user, cwd="/", timeout=60)


class RedisServer:
    """One server, nothing kept on disk."""

    def __init__(self) -> None:
        if program("redis-server") is None:
            pytest.skip("Redis is not installed (apt-get install redis-server)")
        self._port = free_ports(1)[0]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """As REDIS_URL."""
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Until it answers."""
        command = [str(program("redis-server")), "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
                return
            time.sleep(0.02)
        pytest.fail("Redis did not start")

    def signal(self, number: signal.Signals) -> None:
        """Freeze (SIGSTOP) or wake (SIGCONT) it."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> None:
        """At once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None
