"""Releases: all of the files and the model, or none of them, whatever is killed when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_release import gated, left_over, project, staged, state_of

from curation import release, workspace
from curation.files import put, read_json
from curation.gate import WORK

CHANGES: dict[str, str | None] = {
    "nlu__nl__greeting": "new greeting\n",
    "responses__greeting": "new reply\n",
    "nlu__nl__extra": "new file\n",
    "stories__gone": None,
}


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def killed_at(number: int, monkeypatch: pytest.MonkeyPatch, when: str) -> Iterator[list[int]]:
    """The `number`-th file that appears or goes is the last thing this process does (`when`: before or after it)."""
    count = [0]

    def counting(real: object) -> object:
        def act(self: Path, *given: object, **named: object) -> object:
            if count[0] >= number:
                raise Killed  # nothing is tidied up by a process that is gone
            count[0] += 1
            if count[0] == number and when == "before":
                raise Killed
            done = real(self, *given, **named)  # type: ignore[operator]
            if count[0] == number:
                raise Killed
            return done

        return act

    with monkeypatch.context() as patch:
        for name in ("replace", "rename", "unlink"):
            patch.setattr(Path, name, counting(getattr(Path, name)))
        yield count


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_file_it_is_all_old_or_all_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    pristine = project(tmp_path / "pristine")
    old = state_of(pristine)
    new_root = project(tmp_path / "whole")
    release.begin(new_root, staged(new_root, **CHANGES), {})
    release.carry_on(new_root)
    new = state_of(new_root)
    assert new != old
    assert "data/stories/gone.yml" not in new
    outcomes, number = set(), 0
    while True:
        number += 1
        root = tmp_path / "root"
        shutil.rmtree(root, ignore_errors=True)
        project(root)
        to = staged(root, **CHANGES)
        with killed_at(number, monkeypatch, when) as count:
            try:
                release.begin(root, to, {"act": "publish"})
                release.carry_on(root)
            except Killed:
                pass
        if count[0] < number:
            break
        is_decided = (root / release.JOURNAL).exists()
        journal = release.carry_on(root)
        assert (journal is not None) == is_decided
        assert state_of(root) == (new if is_decided else old), f"killed {when} file {number}"
        assert left_over(root) == []
        if is_decided:
            card = release.card_of_current(root)
            assert card is not None
            assert card["release"] == to.id
        outcomes.add(is_decided)
        release.finish(root)
        assert release.carry_on(root) is None
    assert number > 6
    assert outcomes == {True, False} or (when == "after" and outcomes == {True})


def test_killed_while_it_is_kept_nothing_half_is_taken_for_a_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        root = project(tmp_path / str(number))
        folder = gated(root, "g", "new", **CHANGES)
        with killed_at(number, monkeypatch, "before"), pytest.raises(Killed):
            release.stage(root, folder / WORK, {})
        assert release.every(root) == []
        release.carry_on(root)
        assert not list((root / release.FOLDER).glob(".*"))


def test_files_that_somebody_edited_since_are_overwritten_only_where_the_release_changes_them(tmp_path: Path) -> None:
    root = project(tmp_path)
    first = staged(root, **CHANGES)
    release.begin(root, first, {})
    release.carry_on(root)
    release.finish(root)
    (root / "data/responses/greeting.yml").write_text("edited by hand\n", encoding="utf-8")
    second = staged(root, "h", "newer", nlu__nl__greeting="newer greeting\n")
    shutil.copy2(first.content / "data/responses/greeting.yml", second.content / "data/responses/greeting.yml")
    assert release.begin(root, second, {}) == ["data/nlu/nl/greeting.yml"]
    release.carry_on(root)
    assert (root / "data/responses/greeting.yml").read_text(encoding="utf-8") == "edited by hand\n"
    assert (root / "data/nlu/nl/greeting.yml").read_text(encoding="utf-8") == "newer greeting\n"


def test_two_publishings_at_once_are_refused(tmp_path: Path) -> None:
    root = project(tmp_path)
    to = staged(root, **CHANGES)
    release.begin(root, to, {})
    with pytest.raises(RuntimeError):
        release.begin(root, to, {})


def test_a_model_trained_by_hand_has_no_card(tmp_path: Path) -> None:
    root = project(tmp_path)
    release.begin(root, staged(root, **CHANGES), {})
    release.carry_on(root)
    assert release.card_of_current(root) is not None
    (root / workspace.MODEL).write_text("trained by hand", encoding="utf-8")
    assert release.card_of_current(root) is None
    assert release.content_of_current(root) is None


def test_old_releases_go_and_the_current_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "_KEPT", 2)
    root = project(tmp_path)
    made = [staged(root, f"g{number}", f"model {number}", nlu__nl__greeting=f"{number}\n") for number in range(4)]
    release.begin(root, made[0], {})
    release.carry_on(root)
    release.finish(root)
    assert {one.id for one in release.every(root)} == {made[0].id, made[2].id, made[3].id}


def test_a_name_that_leads_elsewhere_is_no_release(tmp_path: Path) -> None:
    root = project(tmp_path)
    staged(root)
    assert release.get(root, "../releases") is None
    assert release.get(root, ".hidden") is None
    assert release.get(root, "") is None


def test_a_file_is_put_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yml"
    put(path, b"one")
    path.chmod(0o640)
    put(path, b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o640)
    assert read_json(path) is None
