"""What is typed in place of a button: learned per question (bot/reply_model.py), and believed where no rule knows better."""

import pytest

from tests.bot.bot_scripts import told_by


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, object]]:
    answer: dict[str, dict[str, object]] = told_by("typed_answers.py")
    return answer


def test_the_same_words_mean_another_thing_to_another_question(found: dict[str, dict[str, object]]) -> None:
    learned = found["learned"]
    assert all(learned["right"])  # type: ignore[arg-type]
    assert learned["sum"] == pytest.approx(1.0)


def test_a_question_of_the_same_kind_teaches_another_and_only_questions_with_examples_are_known(
    found: dict[str, dict[str, object]],
) -> None:
    assert found["learned"]["kind"] == "deny"
    assert found["learned"]["knows"] == [True, False]


def test_what_is_stored_says_the_same(found: dict[str, dict[str, object]]) -> None:
    assert found["learned"]["difference"] < 0.01  # type: ignore[operator]


@pytest.mark.parametrize(
    ("case", "answer", "meant", "is_no_question"),
    [
        ("sure", "affirm", "affirm", True),
        ("unsure", None, None, True),
        ("ruled", "affirm", "deny", True),
        ("insult", "affirm", None, True),
        ("grave", "deny", "deny", True),
        ("not_grave", None, None, True),
        ("asks", None, None, False),
        ("marked", "affirm", "affirm", False),
    ],
)
def test_a_reply_counts_as_its_answer(
    found: dict[str, dict[str, object]], case: str, answer: str | None, meant: str | None, is_no_question: bool
) -> None:
    """A rule that knows goes before, an insult stays one; a danger of this moment is a no to "are you safe?"."""
    assert found["said"][case] == [answer, meant, is_no_question]
