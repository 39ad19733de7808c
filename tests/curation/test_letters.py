"""The letters: whole for every need, and nothing near them may be learnt."""

from __future__ import annotations

import json

from small_project import ROOT, SmallProject

from curation import measuring_sets
from curation.checks import overlap
from curation.content import Content
from curation.measuring_sets import CHAT, LETTERS
from kernel.language import Language
from kernel.need import NEEDS


def test_the_letters_are_whole_for_every_need_of_both_languages() -> None:
    sets = measuring_sets.load(ROOT, Content.load(ROOT))
    for language in Language:
        needs = [row.needs[0] for row in sets.of(LETTERS, language)]
        assert set(needs) == {need.name for need in NEEDS.values() if not need.is_conversation} | {"privacy_question", "want_human"}
        assert min(needs.count(need) for need in set(needs)) >= 7
        assert all(need in NEEDS for row in sets.of(LETTERS, language) for need in row.needs)
        assert len(sets.of(CHAT, language)) >= 190


def test_a_sentence_near_a_letter_is_found(project: SmallProject) -> None:
    file, letters = "data/nlu/nl/grooming.yml", "tests/letters/help_nl.jsonl"
    line = project.plant(file, "oefenzinnl3 grooming", "mijn coach wil dat ik niks zeg tegen mama")
    far = json.dumps({"text": "een heel andere brief over iets dat nergens staat"}) + "\n"
    project.write(letters, far)
    assert project.found(overlap.check, "overlap.twin") == []
    project.write(letters, far + json.dumps({"text": "Mijn coach wil dat ik niks zeg tegen mama!", "need": "grooming"}) + "\n")
    found = project.found(overlap.check, "overlap.twin")
    assert [(one.file, one.line) for one in found] == [(file, line)]
    assert f"{letters}:2" in found[0].told(Language.NL)
