"""Releases: every published model with the content it was made for and its card, under models/releases/, and the switch between them.

`models/current.tar.gz`, its card and the content files become those of a release all together or not at all, whenever a process is
killed: everything is written beside first, then a journal (models/publishing.json) appears in one rename. Without it nothing has
happened; with it `carry_on` finishes, as often as it is called. scripts/train.sh and every start call it first.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curation.files import clear_left_over, hash_of, put, put_json, read_json, remove, sync_folder
from curation.workspace import CARD, CONTENT, MADE_FOR, MODEL, build, changed_files, content_digest

FOLDER, JOURNAL = "models/releases", "models/publishing.json"
_KEPT = 12
"""So many releases are kept for the way back."""


@dataclass(frozen=True, slots=True)
class Release:
    """One published state. `card`: what models/current.card.json says while it is the current one."""

    id: str
    folder: Path
    card: dict[str, Any]

    @property
    def content(self) -> Path:
        """The content tree it was made for."""
        return self.folder / "content"

    @property
    def model(self) -> Path:
        """The trained model."""
        return self.folder / "model.tar.gz"


def stage(root: Path, work: Path, card: dict[str, Any]) -> Release:
    """Keep the model and the content of the workspace `work` as a release, whole or not at all. The same one twice is one."""
    name = f"{hash_of(work / MODEL)[:16]}-{content_digest(work)[:8]}"
    folder = root / FOLDER / name
    if not (folder / "card.json").is_file():
        beside = root / FOLDER / f".{secrets.token_hex(8)}"
        (beside / "content").mkdir(parents=True)
        _copy_content(work, beside / "content")
        put(beside / "model.tar.gz", (work / MODEL).read_bytes())
        made_for = work / MADE_FOR
        put(beside / "for", made_for.read_bytes() if made_for.is_file() else b"")
        put_json(beside / "card.json", card | {"release": name})
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
        sync_folder(folder.parent)
    else:
        put_json(folder / "card.json", card | {"release": name})
    return Release(name, folder, card | {"release": name})


def _copy_content(work: Path, target: Path) -> None:
    for part in CONTENT:
        source = work / part
        if source.is_dir():
            shutil.copytree(source, target / part)
        elif source.is_file():
            put(target / part, source.read_bytes())


def get(root: Path, name: str) -> Release | None:
    """The release of this name, when it is whole."""
    folder = root / FOLDER / name
    card = read_json(folder / "card.json") if name and "/" not in name and not name.startswith(".") else None
    return Release(name, folder, card) if card is not None and (folder / "model.tar.gz").is_file() else None


def every(root: Path) -> list[Release]:
    """All of them, the newest first."""
    folder = root / FOLDER
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    found = [release for name in names if (release := get(root, name)) is not None]
    return sorted(found, key=lambda one: one.card.get("published_at") or 0.0, reverse=True)


def card_of_current(root: Path) -> dict[str, Any] | None:
    """The card of the published model; None when there is none, or the model is another one by now (trained by hand)."""
    card = read_json(root / CARD)
    return card if card is not None and card.get("model") == hash_of(root / MODEL) else None


def content_of_current(root: Path) -> Path | None:
    """The content that the published model was published with, when that is known."""
    card = card_of_current(root)
    release = get(root, str(card.get("release"))) if card is not None else None
    return release.content if release is not None else None


# ---- the switch -----------------------------------------------------------------------------------------------------


def begin(root: Path, to: Release, about: dict[str, Any]) -> list[str]:
    """From now on `to` is going to be the current one. `about`: what whoever finishes must know (JSON). The files that will change.

    Files that somebody edited since the last publishing, and that differ from what `to` was made from, are overwritten only when the
    release changes them too.
    """
    if read_json(root / JOURNAL) is not None:
        raise RuntimeError("another publishing is not finished")
    files = _to_write(root, to)
    put_json(root / JOURNAL, {"to": to.id, "files": files, "is_written": False, "about": about})
    return files


def _to_write(root: Path, to: Release) -> list[str]:
    before = content_of_current(root)
    wanted = changed_files(root, to.content)
    if before is None:
        return wanted
    of_release = set(changed_files(before, to.content))
    return [name for name in wanted if name in of_release]


def carry_on(root: Path) -> dict[str, Any] | None:
    """Finish writing what was begun; gives the journal (with `about`), which stays until `finish`. None when nothing was begun."""
    journal = read_json(root / JOURNAL)
    if journal is None:
        _clear(root)
        return None
    if journal["is_written"]:
        return journal
    to = get(root, journal["to"])
    if to is None:
        raise RuntimeError(f"{JOURNAL} names a release that is not there: {journal['to']}")
    for name in journal["files"]:
        source = to.content / name
        if source.is_file():
            put(root / name, source.read_bytes())
        else:
            remove(root / name)
    put(root / MODEL, to.model.read_bytes())
    put(root / MADE_FOR, (to.folder / "for").read_bytes())
    put_json(root / CARD, to.card)
    journal["is_written"] = True
    put_json(root / JOURNAL, journal)
    return journal


def finish(root: Path) -> None:
    """Everybody knows: the journal goes, and so do releases that are too old."""
    remove(root / JOURNAL)
    for old in every(root)[_KEPT:]:
        if old.id != (card_of_current(root) or {}).get("release"):
            shutil.rmtree(old.folder, ignore_errors=True)


def _clear(root: Path) -> None:
    """What a killed process left half staged or half written, while nothing was begun."""
    for folder in _half_staged(root):
        shutil.rmtree(folder, ignore_errors=True)
    for part in ("models", *CONTENT):
        if (root / part).is_dir():
            clear_left_over(root / part)


def _half_staged(root: Path) -> Iterator[Path]:
    folder = root / FOLDER
    return (path for path in folder.iterdir() if path.name.startswith(".")) if folder.is_dir() else iter(())


def workspace_of(root: Path, release: Release, folder: Path) -> None:
    """A workspace in `folder` in which this release's bot can run."""
    build(root, folder, release.content)
    put(folder / MODEL, release.model.read_bytes())
