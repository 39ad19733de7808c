"""Language, speaker, age, need and danger: the bot's own components, asked as the pipeline asks them."""

from __future__ import annotations

from typing import Any

import parts_tables as tables
import pytest
from inside import said

from kernel.need import NEEDS


def pairs(found: list[Any], table: list[Any]) -> list[Any]:
    """What was said beside its row; fails when one has more than the other."""
    assert len(found) == len(table) > 0
    return list(zip(found, table, strict=True))


def known_wrong(what: str, plain: list[Any], wrong_today: list[Any], reason: str) -> list[Any]:
    """One parameter per row (`place in the answer`, text, expected); rows of `wrong_today` are expected to fail, strictly."""
    rows = [*plain, *wrong_today]
    marks = [()] * len(plain) + [(pytest.mark.xfail(strict=True, reason=reason),)] * len(wrong_today)
    return [pytest.param(what, place, *row, marks=mark, id=row[0]) for place, (row, mark) in enumerate(zip(rows, marks, strict=True))]


def test_the_language_of_a_message_and_short_ones_keep_the_conversations() -> None:
    found = said()["languages"][: len(tables.LANGUAGES)]
    assert [(row, one) for one, row in pairs(found, tables.LANGUAGES) if one != row[2]] == []


@pytest.mark.xfail(
    strict=True, reason="kernel/language.py: 'ok' is not among the bare answers, so 'ok merci' turns a Dutch conversation French"
)
def test_a_short_answer_with_an_ok_in_it_keeps_the_language_too() -> None:
    found = said()["languages"][len(tables.LANGUAGES) :]
    assert [(row, one) for one, row in pairs(found, tables.LANGUAGES_WRONG_TODAY) if one != row[2]] == []


def test_a_button_keeps_the_language_and_english_sets_no_slot() -> None:
    for found, (text, _conversation, language, slots) in pairs(said()["detected"], tables.DETECTED):
        assert (found["language"], found["entities"]) == (language, slots), text


@pytest.mark.parametrize(
    ("what", "place", "text", "expected"),
    [
        *known_wrong(
            "roles", tables.ROLES, tables.ROLES_WRONG_TODAY, "bot/components/speaker_role.py: the one close by who hurts is a 'friend'"
        ),
        *known_wrong(
            "ages", tables.AGES, tables.AGES_WRONG_TODAY, "bot/components/age_group.py: numbers of other things, 'bijna', '13ans'"
        ),
    ],
)
def test_who_speaks_and_how_old(what: str, place: int, text: str, expected: str | None) -> None:
    assert said()[what][place] == expected, text


def test_what_the_classifier_answers_from_its_probabilities() -> None:
    for (need, confidence, _ranking), (probabilities, expected, sure) in pairs(said()["ranked"], tables.RANKED):
        assert (need, confidence) == (expected, pytest.approx(sure)), probabilities


def test_the_ranking_holds_the_answer_first_and_nothing_twice() -> None:
    for (need, _confidence, ranking), (probabilities, *_) in pairs(said()["ranked"], tables.RANKED):
        assert ranking[0] == need
        assert len(ranking) == len(set(ranking)) == min(5, len(probabilities))
        rest = [probabilities[name] for name in ranking[1:]]
        assert rest == sorted(rest, reverse=True)


def test_every_table_of_probabilities_is_one() -> None:
    for probabilities, *_ in tables.RANKED:
        assert sum(probabilities.values()) == pytest.approx(1.0), probabilities
        assert set(probabilities) <= set(NEEDS)


def test_danger_in_the_words_takes_over_by_its_rules() -> None:
    for found, row in pairs(said()["crisis"][:-1], tables.CRISIS):
        _text, classified, confidence, need, urgency, now = row
        assert found["need"] == need, row
        assert found["entities"].get("urgency") == urgency, row
        assert found["entities"]["danger_now"] == now, row
        taken_over = need != classified
        assert found["confidence"] == (1.0 if taken_over else confidence), row


def test_a_button_is_not_searched_for_danger() -> None:
    assert said()["crisis"][-1] == {"need": "affirm", "confidence": 1.0, "first_of_ranking": "affirm", "entities": {}}


def test_what_took_over_leads_the_ranking_too() -> None:
    for found, row in pairs(said()["crisis"][:-1], tables.CRISIS):
        assert found["first_of_ranking"] == found["need"], row
