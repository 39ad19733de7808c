"""Trouble of a machine for one process of ours: a full disk, a slow disk, a wrong clock. What `trouble.c` does, from here."""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
from functools import cache
from pathlib import Path

import pytest

_SOURCE = Path(__file__).resolve().parent / "trouble.c"
_FIELDS = struct.Struct("=5q")


@cache
def _built(folder: Path) -> Path:
    """The library; skips where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler (apt-get install gcc)")
    library = folder / "trouble.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"], check=True, capture_output=True)
    return library


class Trouble:
    """What is wrong with the machine of the processes that were started with `environment`."""

    def __init__(self, folder: Path) -> None:
        self._library, path = _built(folder), folder / "trouble.now"
        path.write_bytes(_FIELDS.pack(0, 0, 0, 0, 0))
        self._path = path
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _FIELDS.size)

    @property
    def environment(self) -> dict[str, str]:
        """For a process that is to have it."""
        return {"LD_PRELOAD": str(self._library), "TROUBLE": str(self._path)}

    def set(self, *, is_full: bool = False, slow_s: float = 0.0, clock_ahead_s: float = 0.0) -> None:
        """From now on; without anything the machine is well again. `slow_s`: for each write of a database and each sync."""
        self._shared[:24] = struct.pack("=3q", is_full, round(slow_s * 1_000_000), round(clock_ahead_s))

    @property
    def happened(self) -> tuple[int, int]:
        """How many writes were refused, and how many delayed."""
        found = _FIELDS.unpack(self._shared[:])
        return found[3], found[4]
