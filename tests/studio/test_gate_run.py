"""The gate's own process on a small project with a stand-in product and a stand-in training: the whole way, in seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "curation"), str(Path(__file__).parent)]

from small_gate import NEED, TRAIN, SmallProject, with_product

from curation import gate, measuring_sets, workspace
from curation.files import read_json


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """The small project with a product, danger and harmless sets, and a published model."""
    monkeypatch.setattr(measuring_sets, "REALTEXTS", Path("nowhere"))
    return with_product(tmp_path / "project")


def order(project: SmallProject, name: str, **more: object) -> Path:
    """A job's folder, with the order."""
    folder = project.root / "var" / "studio" / "jobs" / name
    folder.mkdir(parents=True)
    gate.Order(project.root, train=(sys.executable, "-c", TRAIN), **({"has_content": False} | more)).write(folder)  # type: ignore[arg-type]
    return folder


def changed(project: SmallProject, folder: Path, file: str, old: str, new: str) -> None:
    """The content tree of a change, for an order."""
    workspace._copy(project.root, folder / gate.CONTENT, workspace.CONTENT)
    SmallProject(folder / gate.CONTENT).plant(file, old, new)


def test_the_same_content_passes_and_the_published_model_is_not_touched(whole: SmallProject) -> None:
    folder = order(whole, "a")
    assert gate.carry_out(folder) == "passed"
    report = read_json(folder / gate.REPORT)
    assert report is not None
    assert report["passed"]
    assert report["base"] == report["content"] == workspace.content_digest(whole.root)
    assert (whole.root / "models/current.tar.gz").read_text() == "the published model"
    assert report["published_model"] != report["model"]
    assert sorted(path.name for path in folder.glob("*.svg")) == [
        f"confusion_{code}_{when}.svg" for code in ("fr", "nl") for when in ("after", "before")
    ]


def test_a_change_that_makes_it_deaf_in_one_language_is_refused_with_the_sentences(whole: SmallProject) -> None:
    folder = order(whole, "b", has_content=True)
    changed(whole, folder, "data/nlu/nl/suicidal.yml", "oefenzinnl3 suicidal", "doof doof doof")
    assert gate.carry_out(folder) == "refused"
    report = read_json(folder / gate.REPORT)
    assert report is not None
    (reason,) = report["reasons"]
    assert (reason["rule"], reason["language"]) == ("danger", "nl")
    assert [one["text"] for one in reason["sentences"]] == [f"danger {n}" for n in range(4)]
    assert not report["may_override"]


def test_a_change_that_breaks_a_rule_is_refused_before_anything_is_trained(whole: SmallProject) -> None:
    folder = order(whole, "c", has_content=True)
    changed(whole, folder, f"data/nlu/nl/{NEED}.yml", f"oefenzinnl3 {NEED}", "oefenzinnl3 grooming")
    assert gate.carry_out(folder) == "refused"
    report = read_json(folder / gate.REPORT)
    assert report is not None
    assert [reason["rule"] for reason in report["reasons"]] == ["check"]
    assert report["findings"][0]["file"] == f"data/nlu/nl/{NEED}.yml"
    assert not (folder / "trained.txt").exists()


def test_started_again_it_goes_on_from_what_it_finished(whole: SmallProject) -> None:
    folder = order(whole, "d")
    gate.carry_out(folder)
    asked = [int(line) for line in (folder / "asked.txt").read_text().split()]
    (folder / gate.REPORT).unlink()
    assert gate.carry_out(folder) == "passed"
    assert [int(line) for line in (folder / "asked.txt").read_text().split()] == asked, "asked again what was known"
    published = (whole.root.parent / "asked.txt").read_text().split()
    assert sum(map(int, published)) == sum(asked), "the published model is asked everything, once"


def test_answers_are_kept_without_a_message(whole: SmallProject) -> None:
    gate.carry_out(order(whole, "e"))
    kept = "".join(path.read_text() for path in (whole.root / "var/studio/answers").iterdir())
    assert len(kept) > 1000
    assert "danger" not in kept.replace("dangerous", "")
    assert "testzin" not in kept


def test_twins_that_a_change_takes_away_are_asked_all_the_same(whole: SmallProject) -> None:
    folder = order(whole, "f", has_content=True)
    changed(whole, folder, f"tests/nlu/nl/{NEED}.yml", f"testzinnl3 {NEED}", f"testzinnl99 {NEED}")
    gate.carry_out(folder)
    report = read_json(folder / gate.REPORT)
    assert report is not None
    assert {(note["what"], note["text"]) for note in report["notes"]} == {
        ("removed", f"testzinnl3 {NEED}"),
        ("added", f"testzinnl99 {NEED}"),
    }


def test_a_sample_never_passes(whole: SmallProject) -> None:
    assert gate.carry_out(order(whole, "g", sample=2)) == "refused"


def test_a_training_that_fails_says_so(whole: SmallProject) -> None:
    folder = whole.root / "var" / "studio" / "jobs" / "h"
    folder.mkdir(parents=True)
    gate.Order(whole.root, has_content=False, train=(sys.executable, "-c", "raise SystemExit(1)")).write(folder)
    with pytest.raises(gate.GateFailed, match="training_failed"):
        gate.carry_out(folder)
    assert gate.main([str(folder)]) == 3
