"""Putting approved proposals into the live content: all of their files or none, whatever is killed when.

First everything that will be written stands in a journal, `var/studio/journal/<name>/`, whose `plan.json` appears in one rename:
from then on the change is going to happen, and `recover` at the next start finishes what was begun. Each file is written beside
itself and renamed, so none is ever half. `finish` (after the database knows) moves the journal to `var/studio/applied/`, where
the files as they were stay for the way back.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curation.git_commit import commit
from curation.proposals import Proposal, edited

_PLAN = "plan.json"
_NEW, _OLD = "new", "old"


@dataclass(frozen=True, slots=True)
class Applied:
    """What was put in: the ids of the proposals, the files, where the journal lies, and the commit when the folder is a checkout."""

    proposals: tuple[str, ...]
    files: tuple[str, ...]
    journal: Path
    commit: str | None


def apply(root: Path, var: Path, proposals: Proposal | Sequence[Proposal]) -> Applied:
    """Put the proposals into the content of `root`. Raises Conflict when a change does not fit; then nothing was written.

    One commit a proposal, so several are applied one after the other; the caller marks them published and calls `finish`.
    """
    several = [proposals] if isinstance(proposals, Proposal) else list(proposals)
    changed = edited(root, [change for one in several for change in one.changes])
    journal = var / "studio" / "journal" / secrets.token_hex(8)
    plan: dict[str, object] = {
        "proposals": [one.id for one in several],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in changed.items()},
        "message": _message(several),
        "authors": [one.author for one in several],
    }
    _write_journal(journal, root, changed, plan)
    return _carry_on(root, journal)


def recover(root: Path, var: Path) -> list[Applied]:
    """Finish what a killed process had begun. What it gives back is in the content: mark it published, then `finish` each."""
    found = []
    journals = var / "studio" / "journal"
    for journal in sorted(journals.iterdir()) if journals.is_dir() else ():
        if (journal / _PLAN).is_file():
            found.append(_carry_on(root, journal))
        else:
            shutil.rmtree(journal)  # never begun: nothing of it is in the content
    return found


def finish(applied: Applied, var: Path) -> None:
    """The database knows: the journal becomes the record of what was done."""
    done = var / "studio" / "applied"
    done.mkdir(parents=True, exist_ok=True)
    if applied.journal.exists():
        applied.journal.rename(done / applied.journal.name)


def undo(root: Path, var: Path, proposal_id: str) -> tuple[str, ...] | None:
    """Put back the files as they were before this proposal; the names, or None (and nothing done) when one changed since."""
    for record in sorted((var / "studio" / "applied").glob("*/plan.json")):
        plan = json.loads(record.read_text(encoding="utf-8"))
        if proposal_id not in plan["proposals"]:
            continue
        names = plan["files"]
        if any(_digest(root / name) != digest for name, digest in names.items()):
            return None
        for name in names:
            before = record.parent / _OLD / name
            if before.exists():
                _replace(root / name, before.read_bytes())
            else:
                (root / name).unlink()
        return tuple(names)
    return None


def _write_journal(journal: Path, root: Path, changed: Mapping[str, bytes], plan: dict[str, object]) -> None:
    for name, data in changed.items():
        _write(journal / _NEW / name, data)
        if (root / name).exists():
            _write(journal / _OLD / name, (root / name).read_bytes())
    journal.mkdir(parents=True, exist_ok=True)
    _write(journal / "plan.tmp", json.dumps(plan, ensure_ascii=False, indent=1).encode())
    (journal / "plan.tmp").rename(journal / _PLAN)
    _sync(journal)


def _carry_on(root: Path, journal: Path) -> Applied:
    plan = json.loads((journal / _PLAN).read_text(encoding="utf-8"))
    for name, digest in plan["files"].items():
        if _digest(root / name) != digest:
            _replace(root / name, (journal / _NEW / name).read_bytes())
    made = commit(root, tuple(plan["files"]), plan["message"], plan["authors"], journal)
    return Applied(tuple(plan["proposals"]), tuple(plan["files"]), journal, made)


def _message(proposals: Sequence[Proposal]) -> str:
    """The commit's message: title, why, and who; the ids let a second try see that it is there already."""
    parts = []
    for one in proposals:
        by = [f"Approved-by: {name}" for name in one.approved_by]
        parts.append("\n".join([one.title, "", one.why, "", f"Proposed-by: {one.author}", *by, f"Proposal: {one.id}"]))
    return "\n\n".join(parts) + "\n"


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _replace(path: Path, data: bytes) -> None:
    """A whole file in one step: a reader sees the old one or the new one."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    _write(beside, data)
    beside.chmod(mode)
    beside.replace(path)
    _sync(path.parent)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
