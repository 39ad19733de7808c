"""Questions on the way: the held-out set is whole, and nothing near it may be learnt."""

from __future__ import annotations

import json

import pytest
from small_project import ROOT, SmallProject

from curation.checks import overlap, privacy
from curation.content import Content
from kernel.language import Language
from kernel.need import NEEDS
from kernel.questions import NO_QUESTION, Questions

QUESTIONS = Questions(Content.load(ROOT).section("data/questions/asked.yml", "questions"))
FEWEST_EXAMPLES, FEWEST_HELD_OUT, FEWEST_STATEMENTS = 35, 8, 100


@pytest.mark.parametrize("language", list(Language))
def test_each_question_has_examples_and_held_out_ones(language: Language) -> None:
    examples = Content.load(ROOT).section(f"data/questions/{language.value}.yml", "question_examples")
    rows = [json.loads(line) for line in (ROOT / "tests/questions" / f"{language.value}.jsonl").read_text("utf-8").splitlines()]
    asked = [row["question"] for row in rows]
    assert set(examples) == set(asked) == QUESTIONS.labels
    for label in QUESTIONS.labels - {NO_QUESTION}:
        assert len(examples[label].splitlines()) >= FEWEST_EXAMPLES, label
        assert asked.count(label) >= FEWEST_HELD_OUT, label
    assert asked.count(NO_QUESTION) >= FEWEST_STATEMENTS
    assert {row["path"] for row in rows} <= {*NEEDS, None}  # None: beside a path


def test_an_example_near_a_held_out_question_is_found(project: SmallProject) -> None:
    file, held_out = "data/questions/nl.yml", "tests/questions/nl.jsonl"
    line = project.plant(file, "vraagzinnl wait", "moet ik echt nog een hele nacht wachten")
    project.write(held_out, json.dumps({"text": "is dat nu wel een andere vraag", "question": "wait", "path": "friend_missing"}) + "\n")
    assert project.found(overlap.check, "overlap.twin") == []
    project.write(
        held_out, json.dumps({"text": "Moet ik echt nog een hele nacht wachten?", "question": "wait", "path": "friend_missing"}) + "\n"
    )
    assert [(one.file, one.line) for one in project.found(overlap.check, "overlap.twin")] == [(file, line)]


def test_a_personal_detail_in_a_question_is_found(project: SmallProject) -> None:
    file = "data/questions/fr.yml"
    assert [one for one in project.found(privacy.check, "privacy.detail") if one.file == file] == []
    line = project.plant(file, "vraagzinfr wait", "je suis au 0470 12 34 56, je dois attendre")
    assert [(one.file, one.line) for one in project.found(privacy.check, "privacy.detail")] == [(file, line)]
