"""One commit for a proposal, when the content lies in a git checkout. A commit that fails never undoes the change."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from curation.proposals import Proposal

_WAIT_S = 30.0
_STARTED = "git-started"
_MAIL = "volunteer@studio.invalid"


def commit(root: Path, files: Sequence[str], message: str, authors: Sequence[str], journal: Path) -> str | None:
    """The commit of `files` with `message`, or None: no checkout, nothing changed, or git said no. Done once, even when called again.

    The author is the volunteer's display name; `journal` remembers that git was started, so that a lock it left is known for ours.
    """
    if not files or not is_checkout(root):
        return None
    marker = message.rstrip().rsplit("\n", 1)[-1]
    if (found := _git(root, "log", "-1", "--format=%H", "--fixed-strings", f"--grep={marker}")) and found.strip():
        return found.strip()
    lock = _lock_of(root)
    if (journal / _STARTED).exists() and lock is not None:
        lock.unlink(missing_ok=True)  # our own git was killed while it held it
    (journal / _STARTED).touch()
    made = _add_and_commit(root, files, message, authors)
    (journal / _STARTED).unlink(missing_ok=True)  # only a killed process leaves it behind
    return made


def _add_and_commit(root: Path, files: Sequence[str], message: str, authors: Sequence[str]) -> str | None:
    name = _plain(" & ".join(dict.fromkeys(authors))) or "volunteer"
    who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", name), ("EMAIL", _MAIL))}
    if _git(root, "add", "--", *files, env=who) is None:
        return None
    arguments = ("commit", "--quiet", "--no-verify", "--cleanup=verbatim", "-m", message, "--", *files)
    if _git(root, *arguments, env=who) is None:
        return None
    made = _git(root, "rev-parse", "HEAD")
    return made.strip() if made else None


def message_of(proposals: Sequence[Proposal], job: str) -> str:
    """The message of the commit: title, why, and who. The job at the end lets a second try see that it is there already; the same
    proposal, taken back and published again, is another job."""
    parts = []
    for one in proposals:
        by = [f"Approved-by: {name}" for name in one.approved_by]
        why = [one.why, ""] if one.why.strip() else []
        parts.append("\n".join([one.title, "", *why, f"Proposed-by: {one.author}", *by]))
    return "\n\n".join([*parts, "\n".join([*(f"Proposal: {one.id}" for one in proposals), f"Published: {job}"])]) + "\n"


def is_checkout(root: Path) -> bool:
    """True when `root` is the top of a git work tree."""
    top = _git(root, "rev-parse", "--show-toplevel")
    return top is not None and Path(top.strip()).resolve() == root.resolve()


def _lock_of(root: Path) -> Path | None:
    found = _git(root, "rev-parse", "--git-path", "index.lock")
    return root / found.strip() if found else None


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isprintable() and char not in "<>").strip()


def _git(root: Path, *arguments: str, env: dict[str, str] | None = None) -> str | None:
    """What git printed; None when it is not there, takes too long or says no. Hooks and signing of the machine stay out of it."""
    command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false", "-C", str(root), *arguments]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C"} | (env or {})
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_WAIT_S, check=False, env=surroundings)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
