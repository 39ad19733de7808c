"""Loading scenarios and law records: the project's own, and what is wrong with broken ones in words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from kernel.language import Language
from safety.datafile import DataError
from safety.laws import AGE_GROUPS, Laws
from safety.scenarios import AFTER, BEFORE, Scenarios, load_scenario

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS, LAW = ROOT / "data/scenarios", ROOT / "data/safety/law.yml"


def changed(source: Path, tmp_path: Path, old: str, new: str) -> Path:
    """A copy of a file in which the first `old` is `new`."""
    text = source.read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / source.name
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_the_six_of_the_project() -> None:
    found = {scenario.name: scenario for scenario in Scenarios.load(SCENARIOS)}
    assert set(found) == {"crush", "group_chat", "gamer", "sextortion", "boyfriend", "leaving_home"}
    for scenario in found.values():
        assert [option.goes_to for option in scenario.scenes[AFTER].options] == ["", "", ""]
        assert {option.goes_to for option in scenario.scenes[BEFORE].options} == {scenario.first}
        assert scenario.scenes[BEFORE].says == scenario.scenes[AFTER].says, "the same question before and after"
        assert sum(option.is_good for option in scenario.scenes[AFTER].options) == 1


def test_a_place_is_found_again_and_a_lost_one_is_none() -> None:
    scenarios = Scenarios.load(SCENARIOS)
    place = scenarios.place("crush/buik")
    assert place is not None
    assert place.key == "crush/buik"
    assert [scenarios.place(key) for key in (None, "", "crush", "crush/", "nobody/buik", "crush/nowhere", 7)] == [None] * 7


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("goes_to: vraag", "goes_to: vragen", "there is no scene `vragen`"),
        ("begins_with: bericht", "begins_with: x", "there is no scene `x`"),
        ("help: sexting_question", "help: sexting", "not a need"),
        ("  scenes:", "  scene:", "`scenes:`"),
        ("      choices:", "      choice:", "needs a list `choices:`"),
        ("      says:", "      say:", "needs `says:`"),
        ("scenario:", "scenarios:", "`scenario:`"),
    ],
)
def test_what_is_wrong_with_a_story_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    source = SCENARIOS / "crush.yml"
    text = source.read_text(encoding="utf-8")
    start = text.index("\nscenario:")  # past the comments
    copy = tmp_path / "crush.yml"
    copy.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_scenario(copy)
    assert said in error.value.what


def test_no_stories_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        Scenarios.load(tmp_path)


def test_every_law_is_graded_dated_and_awaits_its_review() -> None:
    laws = Laws.load(LAW)
    assert len(laws.records) >= 3
    for law in laws.records:
        assert law.certainty in ("A", "B")
        assert law.source
        assert law.reviewed_by or "Child Focus" in law.review
        for language in Language:
            assert all(law.text(group, language) for group in (*AGE_GROUPS, "unknown"))
            assert laws.day(law, language).endswith(str(law.as_of.year))
    assert laws.day(laws.named("saying_yes"), Language.NL) == "1 juni 2022"
    assert laws.day(laws.named("saying_yes"), Language.FR) == "1er juin 2022"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("certainty: B", "certainty: C", "may be shown"),
        ("certainty: B", "certainty: U", "may be shown"),
        ("as_of: 2024-01-01", "as_of: 2024", "is a date"),
        ("      reviewed_by: null\n", "", "needs exactly"),
        ("a lawyer of Child Focus must still read this", "nobody knows", "Child Focus must still read it"),
        ("        any:", "        anybody:", "`texts` needs"),
        ("januari ", "", "twelve names"),
        ("  records:", "  record:", "`records:`"),
    ],
)
def test_what_is_wrong_with_a_law_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DataError) as error:
        Laws.load(changed(LAW, tmp_path, old, new))
    assert said in error.value.what
