"""A workspace: a copy of the project in which a draft is trained and asked, apart from the one that answers people.

Code is copied, not linked, since it finds its data by its own place on the disk; only the two environments are linked.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from curation.files import digest, files_below

CONTENT = ("config.yml", "data", "tests/nlu")
"""What a proposal may change and a release brings along."""
CODE = ("actions", "bot", "channels", "curation", "kernel", "safety", "scripts", "tests/safety", "pyproject.toml")
_ANSWERING = ("actions", "bot", "channels", "config.yml", "data", "kernel", "safety", "models/current.tar.gz")
_LINKED = (".venv", "bot/.venv")
MODEL, MADE_FOR, CARD = "models/current.tar.gz", "models/current.for", "models/current.card.json"


def build(root: Path, folder: Path, content: Path | None = None) -> None:
    """Make `folder` a workspace: the code of `root`, with the content tree of `content` (of `root` when None).

    Files that are already right are left alone, so that a job that starts again keeps what it has trained.
    """
    _copy(root, folder, CODE)
    _copy(content or root, folder, CONTENT)
    for name in _LINKED:
        link, target = folder / name, (root / name)
        if target.exists() and not link.is_symlink():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(target.resolve())
    for name in ("models", "var"):
        (folder / name).mkdir(parents=True, exist_ok=True)


def _copy(source: Path, target: Path, parts: tuple[str, ...]) -> None:
    wanted = set(files_below(source, parts))
    for name in set(files_below(target, parts)) - wanted:
        (target / name).unlink()
    for name in wanted:
        there, here = source / name, target / name
        if here.is_file() and here.read_bytes() == there.read_bytes():
            continue
        here.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(there, here)


def content_digest(root: Path) -> str:
    """What the content at `root` is."""
    return digest(root, CONTENT)


def answering_digest(root: Path) -> str:
    """Everything an answer depends on: model, content and code. The same digest gives the same answers."""
    return digest(root, _ANSWERING)


def changed_files(root: Path, content: Path) -> list[str]:
    """Paths that differ between the content of two trees, new and missing ones too."""
    names = set(files_below(root, CONTENT)) | set(files_below(content, CONTENT))
    return sorted(name for name in names if _bytes(root / name) != _bytes(content / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def own_environment(folder: Path) -> dict[str, str]:
    """The environment of a command that runs in a workspace: no setting of the hub and no secret of it."""
    passed = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")
    known = {name: os.environ[name] for name in passed if name in os.environ}
    return known | {"VAR_DIR": str(folder / "var"), "PYTHONUNBUFFERED": "1"}
