"""A small project with a model and a gate that is done, for tests of releases and publishing: a model here is a few words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from curation import release, workspace
from curation.files import hash_of, put_json
from curation.gate import REPORT, WORK

SMOKE = """\
smoke:
  nl:
    - {say: "hallo"}
    - {say: "gevaarwoord", need: [suicidal], urgency: emergency, lines: [childfocus]}
  fr:
    - {say: "bonjour"}
    - {say: "motdanger", need: [suicidal], urgency: emergency, lines: [childfocus]}
"""


def project(root: Path, model: str = "old") -> Path:
    """The project: content files, and a published model."""
    for name, text in {
        "config.yml": "language: nl\n",
        "data/nlu/nl/greeting.yml": "old greeting\n",
        "data/responses/greeting.yml": "old reply\n",
        "data/stories/gone.yml": "a story that goes\n",
        "data/studio/smoke.yml": SMOKE,
        "tests/nlu/nl/greeting.yml": "a twin\n",
        workspace.MODEL: model,
        workspace.MADE_FOR: model,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def gated(root: Path, name: str, model: str, *, passed: bool = True, **changes: str | None) -> Path:
    """The folder of a gate that measured a change: `changes` by file (`__` for `/`, no ending); None: the file is gone."""
    folder = root / "var" / "studio" / "jobs" / name
    work = folder / WORK
    workspace.build(root, work)
    for key, text in changes.items():
        path = work / "data" / f"{key.replace('__', '/')}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    (work / workspace.MODEL).write_text(model, encoding="utf-8")
    (work / workspace.MADE_FOR).write_text(model, encoding="utf-8")
    put_json(folder / REPORT, report(root, work, passed=passed))
    return folder


def report(root: Path, work: Path, *, passed: bool = True, rule: str = "danger") -> dict[str, Any]:
    """As the gate writes it."""
    rate = {"hits": 9, "count": 10, "share": 0.9}
    reason = {"rule": rule, "language": "nl", "need": None, "before": rate, "after": rate, "sentences": []}
    return {
        "passed": passed,
        "may_override": rule != "danger",
        "reasons": [] if passed else [reason],
        "figures": {language: {"danger": [rate, rate]} for language in ("nl", "fr")},
        "base": workspace.content_digest(root),
        "content": workspace.content_digest(work),
        "model": hash_of(work / workspace.MODEL),
        "published_model": hash_of(root / workspace.MODEL),
        "at": time.time(),
    }


def state_of(root: Path) -> dict[str, str]:
    """Everything a release changes, by file."""
    names = [*workspace.files_below(root, workspace.CONTENT), workspace.MODEL, workspace.MADE_FOR]
    return {name: (root / name).read_text(encoding="utf-8") for name in names if (root / name).is_file()}


def left_over(root: Path) -> list[str]:
    """Files that a killed write left, outside of releases that are whole."""
    return [str(path.relative_to(root)) for part in ("models", *workspace.CONTENT) for path in (root / part).rglob(".*")]


def staged(root: Path, name: str = "g", model: str = "new", **changes: str | None) -> release.Release:
    """A release of a change, not yet current."""
    folder = gated(root, name, model, **changes)
    card = {"model": hash_of(folder / WORK / workspace.MODEL), "previous": None, "proposal": None, "job": name, "published_at": time.time()}
    return release.stage(root, folder / WORK, card)
