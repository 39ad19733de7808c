"""The clause of a message that asks something."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kernel.clauses import answer_before, asking_clauses, without_answer
from kernel.questions import Questions

ROOT = Path(__file__).resolve().parents[2]
ASKING = Questions(YAML(typ="safe").load((ROOT / "data/questions/asked.yml").read_text(encoding="utf-8"))["questions"]).asking


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("ja ma mn mama is thuis, mag zij da weten?", ["mag zij da weten?"]),
        ("nog nergens denk ik. ma gaat mijn mama da te weten komen??", ["gaat mijn mama da te weten komen?"]),
        ("nee ma is da strafbaar of ni", ["is da strafbaar of ni?"]),
        ("vorig weekend zei ik. moet ik naar de politie", ["moet ik naar de politie?"]),
        ("oui mais mes parents vont savoir", ["mes parents vont savoir?"]),
        ("non et si je paie ca s'arrete", ["si je paie ca s'arrete?"]),
        ("is da strafbaar? en wat moet ik nu doen", ["wat moet ik nu doen?", "is da strafbaar?"]),
        ("oui sur insta jte dis. jleur ecris quoi", ["jleur ecris quoi?"]),
        ("ok ma als ik betaal stopt hij dan of niet, ik ben bang", ["als ik betaal stopt hij dan of niet?"]),
        ("oui sur snap. est ce que cest ma faute parce que jlai envoyée", ["est ce que cest ma faute?"]),  # no Dutch "ma"
    ],
)
def test_a_question_behind_an_answer_is_found(text: str, asks: list[str]) -> None:
    assert asking_clauses(text, ASKING) == asks


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ja maar gaat hij da echt doen??", "ja"),
        ("oui c bon jsuis au calme. mais est ce que vous allez le dire a mes parents??", "oui c bon jsuis au calme."),
        ("ja gaat hij het doen", "ja"),
        ("nee. moet ik reageren of niks zeggen", "nee."),
        ("gaat hij het doen?", None),
        ("moet ik betalen? hij wil 200", None),  # the first clause asks itself
        ("ja", None),
        ("ja ik kan praten", None),
        ("", None),
    ],
)
def test_a_yes_or_no_before_a_question_is_found(text: str, answer: str | None) -> None:
    assert answer_before(text, ASKING) == answer


@pytest.mark.parametrize(
    "text",
    [
        "wa gebeurt er als ik bel",  # one clause: it was read already
        "is da strafbaar?",
        "ja ma hij slaapt nu",
        "nee. ma gij antwoord ni",
        "oui mais il est au travail",
        "ja?",
        "oui je peux",
        "",
        " ?!. , ",
        "\u200f\u202e",
    ],
)
def test_what_asks_nothing_or_is_one_clause_gives_none(text: str) -> None:
    assert asking_clauses(text, ASKING) == []


def test_of_many_questions_the_last_two_are_read() -> None:
    text = " ".join(f"mag ik {word} vragen?" for word in ("dit", "dat", "iets", "nog") * 200)
    assert asking_clauses(text, ASKING) == ["mag ik nog vragen?", "mag ik iets vragen?"]


@pytest.mark.parametrize(
    ("text", "surely"),
    [
        ("nee, hebben nooit afgesproken", False),  # begins as a question may
        ("non mais il va revenir", False),
        ("il va revenir ?", True),
        ("jleur ecris quoi", True),
        ("stopt hij dan of niet", True),
    ],
)
def test_what_surely_asks_has_a_mark_or_words_of_its_own(text: str, surely: bool) -> None:
    assert ASKING.ask_surely(text) is surely


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("??? nee mama heeft geslagen. ik wil ni dood", "mama heeft geslagen. ik wil ni dood"),
        ("non, juste l'école", "juste l'école"),
        ("nee", ""),
        ("oui ma mère le sait", "ma mère le sait"),
        ("ja ma mama weet het", "mama weet het"),
        ("mama heeft geslagen", "mama heeft geslagen"),
    ],
)
def test_what_is_told_behind_a_no(text: str, rest: str) -> None:
    assert without_answer(text) == rest
