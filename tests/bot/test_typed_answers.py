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
    ("case", "answer", "asks_nothing"),
    [
        ("sure", "affirm", True),
        ("unsure", None, True),
        ("grave", "deny", True),
        ("not_grave", None, True),
        ("no_wish", None, True),
        ("wish", "affirm", True),
        ("asks", None, False),
    ],
)
def test_danger_counts_and_no_wish_to_die_is_never_learned(
    found: dict[str, dict[str, object]], case: str, answer: str | None, asks_nothing: bool
) -> None:
    assert found["counted"][case] == [answer, asks_nothing, False]


@pytest.mark.parametrize(
    ("case", "answer"),
    [
        ("open", "affirm"),
        ("unsure_no", "affirm"),
        ("own_path", "affirm"),
        ("insult", None),
        ("another", None),
        ("by_rule", None),
        ("asked", "affirm"),
        ("asked_surely", None),
        ("told", None),
    ],
)
def test_it_is_believed_where_nothing_else_was_heard(found: dict[str, dict[str, object]], case: str, answer: str | None) -> None:
    """An insult, another need and a rule go before; so does what has words of its own, and what may be asked."""
    assert found["believed"][case] == answer


def test_what_is_really_typed_is_mixed_otherwise_than_the_examples(found: dict[str, dict[str, object]]) -> None:
    plain, rarely = found["learned"]["rarely_told"]  # type: ignore[misc]
    assert rarely < plain


@pytest.mark.parametrize(
    ("case", "heard", "takes_back", "tells_now"),
    [
        ("no_other", "nlu_fallback", False, False),
        ("no_wish", "suicidal", False, False),
        ("surely_no_wish", "nlu_fallback", False, False),
        ("other", "unsafe_home", False, False),
        ("in_words", "suicidal", False, False),
        ("wish", "want_human", False, False),
        ("back", "nlu_fallback", True, False),
        ("back_of_words", "nlu_fallback", False, False),
        ("surely_back", "nlu_fallback", True, False),
        ("on_a_screen", "nlu_fallback", False, False),
        ("now", "nlu_fallback", False, True),
        ("unlikely_now", "nlu_fallback", False, False),
    ],
)
def test_a_need_beside_the_path_that_is_hardly_told_is_none(
    found: dict[str, dict[str, object]], case: str, heard: str, takes_back: bool, tells_now: bool
) -> None:
    """A wish to die only where that is less likely still, and never what reviewed terms hear."""
    assert found["marked"][case] == [heard, takes_back, tells_now]


def test_what_a_path_is_about_is_taken_back_where_nothing_is_graver(found: dict[str, dict[str, object]]) -> None:
    assert [name for name, is_taken in found["taken_back"].items() if is_taken] == ["open"]


def test_a_danger_of_this_moment_is_heard_on_the_path_of_a_picture_too(found: dict[str, dict[str, object]]) -> None:
    assert found["moment"]["likely"] == "yes"
    assert found["moment"]["unlikely"] == "no"
