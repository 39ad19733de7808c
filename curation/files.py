"""Files that are whole or not there: written beside, flushed to the disk, then renamed. And what a folder's content is, as a digest."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_SKIPPED = frozenset({".venv", "__pycache__", ".git"})


def sync_folder(folder: Path) -> None:
    """Flush what was renamed in or out of `folder`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(path: Path, content: bytes) -> None:
    """Write the whole file or nothing; its folder is made when missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def put_json(path: Path, value: Any) -> None:
    """As `put`, for JSON."""
    put(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def read_json(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; None when there is no such file or it holds something else."""
    with contextlib.suppress(OSError, ValueError):
        value = json.loads(path.read_text(encoding="utf-8"))
        return value if isinstance(value, dict) else None
    return None


def remove(path: Path) -> None:
    """Remove a file for good; nothing when it is gone."""
    if path.exists():
        path.unlink()
        sync_folder(path.parent)


def clear_left_over(folder: Path) -> None:
    """Remove what a killed `put` left below `folder`."""
    for path in folder.rglob(".*.new"):
        path.unlink(missing_ok=True)


def files_below(root: Path, parts: Iterable[str]) -> Iterator[str]:
    """The files of `parts` (files or folders below `root`), as paths from `root`, in order; no caches, no hidden files."""
    for part in sorted(parts):
        start = root / part
        if start.is_file():
            yield part
        for folder, folders, names in os.walk(start):
            folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
            for name in sorted(names):
                if not name.startswith(".") and not name.endswith(".pyc"):
                    yield str((Path(folder) / name).relative_to(root))


def digest(root: Path, parts: Iterable[str]) -> str:
    """SHA-256 over paths and contents of `parts` below `root`, in hex."""
    total = hashlib.sha256()
    for name in files_below(root, parts):
        total.update(f"{name}\0".encode())
        total.update(hashlib.sha256((root / name).read_bytes()).digest())
    return total.hexdigest()


def hash_of(path: Path) -> str:
    """SHA-256 of one file in hex; empty when it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
