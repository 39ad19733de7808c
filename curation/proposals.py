"""A proposal: a set of changes with a title and a why, on its way to the published content; and the content as it would make it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from curation.change_json import dumped, loaded
from curation.changes import Change
from curation.content_tree import Tree
from curation.editing import carry_out
from safety.datafile import DataError, read_section

GUARDED = Path(__file__).resolve().parents[1] / "data" / "studio" / "guarded.yml"
PARTS = ("data", "tests/nlu", "tests/safety", "actions", "bot", "config.yml")
"""What the checks and a training look at, relative to the project's folder."""
TRAINED_ON = ("data", "config.yml")


class State(StrEnum):
    """Where a proposal stands. Approved: by as many others as it needs; the gate trains it. Published: it is in the content."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PUBLISHED = "published"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal. Ids of accounts, and the display names they had; times in seconds since the epoch."""

    id: str
    title: str
    why: str
    author_id: str
    author: str
    state: State
    changes: tuple[Change, ...]
    version: int = 0
    approvals_needed: int = 1
    is_guarded: bool = False
    approvers: tuple[tuple[str, str], ...] = ()
    created_at: float = 0.0
    changed_at: float = 0.0

    @property
    def approved_by(self) -> tuple[str, ...]:
        """The names of who approved."""
        return tuple(name for _, name in self.approvers)


@dataclass(frozen=True, slots=True)
class Guard:
    """Which content is guarded: the beginnings of file names, for admins only and for two approvals."""

    admins_only: tuple[str, ...]
    two_approvals: tuple[str, ...]

    def is_guarded(self, files: Iterable[str]) -> bool:
        """True when one of the files is for admins only."""
        return any(name.startswith(self.admins_only) for name in files)

    def approvals_for(self, files: Iterable[str]) -> int:
        """How many others must approve."""
        return 2 if any(name.startswith(self.two_approvals) for name in files) else 1


@cache
def guard_of(path: Path = GUARDED) -> Guard:
    """The guard as data/studio/guarded.yml says it. Raises DataError: without it nothing may be changed."""
    raw = read_section(path, "guarded")
    lists = [raw.get(name) for name in ("admins_only", "two_approvals")]
    if not all(isinstance(one, list) and one and all(isinstance(name, str) and name for name in one) for one in lists):
        raise DataError(path, "needs the lists admins_only and two_approvals")
    return Guard(*(tuple(one) for one in lists if one is not None))


def files_of(changes: Iterable[Change]) -> tuple[str, ...]:
    """The files that the changes touch, each once."""
    return tuple(dict.fromkeys(name for change in changes for name in change.files))


def edited(root: Path, changes: Sequence[Change]) -> dict[str, bytes]:
    """Every file that the changes make different, by name. Raises Conflict when one does not fit the content under `root`."""
    tree = Tree(root)
    carry_out(tree, changes)
    return tree.changed()


def materialise(proposals: Proposal | Sequence[Proposal], root: Path, folder: Path) -> None:
    """Writes the whole content of `root` into `folder` (made anew), with the changes of the proposals in their order.

    `folder` gets what a training needs (data/, config.yml) and what the checks look at beside it. Raises Conflict.
    """
    several = [proposals] if isinstance(proposals, Proposal) else list(proposals)
    write_tree(root, folder, edited(root, [change for one in several for change in one.changes]))


def write_tree(root: Path, folder: Path, changed: dict[str, bytes]) -> None:
    """The content of `root` in `folder`, with the files of `changed` instead of their own."""
    if folder.exists():
        shutil.rmtree(folder)
    for part in PARTS:
        source, target = root / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".venv", "__pycache__", "*.lock"))
        elif source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name, data in changed.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


__all__ = [
    "Guard", "Proposal", "State", "dumped", "edited", "files_of", "guard_of", "loaded", "materialise", "write_tree",
]  # fmt: skip
