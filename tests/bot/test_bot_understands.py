"""Language, speaker, age, need and danger: the bot's own components, asked as the pipeline asks them."""

from __future__ import annotations

from typing import Any

import classifier_tables
import danger_tables
import parts_tables as tables
import path_tables
import pytest
import said_tables
from inside import said

from kernel.need import NEEDS


def pairs(found: list[Any], table: list[Any]) -> list[Any]:
    """What was said beside its row; fails when one has more than the other."""
    assert len(found) == len(table) > 0
    return list(zip(found, table, strict=True))


def test_the_language_of_a_message_and_short_ones_keep_the_conversations() -> None:
    assert [(row, one) for one, row in pairs(said()["languages"], tables.LANGUAGES) if one != row[2]] == []


def test_a_button_keeps_the_language_and_english_sets_no_slot() -> None:
    for found, (text, _conversation, language, slots) in pairs(said()["detected"], tables.DETECTED):
        assert (found["language"], found["entities"]) == (language, slots), text


def test_figures_of_speech_are_not_read_in_what_somebody_writes() -> None:
    for (written, example), (text, _language, expected) in pairs(said()["read_as"], tables.READ_AS):
        assert written == expected
        assert "dood" in example or "morte" in example, text


@pytest.mark.parametrize(("what", "table"), [("roles", tables.ROLES), ("ages", tables.AGES)])
def test_who_speaks_and_how_old(what: str, table: list[tuple[str, str | None]]) -> None:
    assert [(text, one) for one, (text, expected) in pairs(said()[what], table) if one != expected] == []


def test_what_the_classifier_answers_from_its_probabilities() -> None:
    for (need, confidence, _ranking), (probabilities, expected, sure) in pairs(said()["ranked"], classifier_tables.RANKED):
        assert (need, confidence) == (expected, pytest.approx(sure)), probabilities


def test_few_words_must_be_surer_and_many_need_not() -> None:
    for (need, confidence, _ranking), row in pairs(said()["by_length"], classifier_tables.BY_LENGTH):
        assert (need, confidence) == (row[2], pytest.approx(row[3])), row


def test_a_wish_to_die_and_self_harm_are_heard_sooner_than_any_other_danger() -> None:
    for (need, confidence, _ranking), row in pairs(said()["of_life"], classifier_tables.OF_LIFE):
        assert (need, confidence) == (row[2], pytest.approx(row[3])), row


def test_a_question_on_the_way_gives_way_to_what_is_graver() -> None:
    assert [row for found, row in pairs(said()["answered"], classifier_tables.ANSWERED) if found is not row[5]] == []


def test_beside_a_path_a_small_question_goes_before_what_is_less_urgent_when_it_is_sure() -> None:
    assert [row for found, row in pairs(said()["goes_before"], classifier_tables.GOES_BEFORE) if found is not row[5]] == []
    assert [row for found, row in pairs(said()["beside_danger"], classifier_tables.BESIDE_DANGER) if found is not row[5]] == []


def test_questions_are_offered_where_it_is_asked_and_without_a_mark_only_where_hardly_anything_else_is_meant() -> None:
    assert [(row, found) for found, row in pairs(said()["least_offered"], classifier_tables.LEAST_OFFERED) if found != row[3]] == []


def test_what_is_only_told_gives_way_to_an_emergency_beside_the_path() -> None:
    assert [row for found, row in pairs(said()["raised_beside"], classifier_tables.RAISED) if found is not row[6]] == []


def test_what_only_asks_of_a_call_raises_nothing() -> None:
    assert [row for found, row in pairs(said()["of_a_call"], classifier_tables.OF_A_CALL) if found is not row[6]] == []


def test_what_may_correct_a_misunderstanding_is_told_on_a_path_and_names_no_other_danger() -> None:
    assert [row for found, row in pairs(said()["corrected"], classifier_tables.CORRECTED) if found is not row[5]] == []


def test_what_is_told_before_its_question_is_kept() -> None:
    assert [(row, one) for one, row in pairs(said()["told"], said_tables.TOLD) if one != row[4]] == []


def test_a_yes_to_what_was_told_before_means_that() -> None:
    assert [(row, one) for one, row in pairs(said()["confirmed"], said_tables.CONFIRMED) if one != row[2]] == []


def test_what_an_answer_on_a_path_means() -> None:
    assert [(row, one) for one, row in pairs(said()["on_a_path"], said_tables.ON_A_PATH) if tuple(one) != row[5:]] == []


def test_extortion_without_a_picture_has_a_path_without_pictures() -> None:
    assert [(row, one) for one, row in pairs(said()["other_needs"], said_tables.OTHER_NEEDS) if one != row[2]] == []


def test_what_is_told_right_behind_small_talk_by_its_words() -> None:
    assert [(row, one) for one, row in pairs(said()["behind_talk"], said_tables.BEHIND_TALK) if one != row[2]] == []


def test_an_example_is_known_by_its_words_and_signs() -> None:
    for found, (text, label) in pairs(said()["known"]["found"], classifier_tables.KNOWN):
        assert found == label, text


def test_an_example_is_heard_whatever_the_thresholds_say() -> None:
    for (need, confidence), (*row, expected, sure) in pairs(said()["as_examples"], classifier_tables.AS_EXAMPLES):
        assert (need, confidence) == (expected, pytest.approx(sure)), row


def test_the_ranking_holds_the_answer_first_and_nothing_twice() -> None:
    for (need, _confidence, ranking), (probabilities, *_) in pairs(said()["ranked"], classifier_tables.RANKED):
        assert ranking[0] == need
        assert len(ranking) == len(set(ranking)) == min(5, len(probabilities))
        rest = [probabilities[name] for name in ranking[1:]]
        assert rest == sorted(rest, reverse=True)


def test_every_table_of_probabilities_is_one() -> None:
    for probabilities, *_ in classifier_tables.RANKED:
        assert sum(probabilities.values()) == pytest.approx(1.0), probabilities
        assert set(probabilities) <= set(NEEDS)


def test_danger_in_the_words_takes_over_by_its_rules() -> None:
    for found, row in pairs(said()["crisis"][:-1], danger_tables.CRISIS):
        _text, classified, confidence, need, urgency, now = row
        assert found["need"] == need, row
        assert found["entities"].get("urgency") == urgency, row
        assert found["entities"]["danger_now"] == now, row
        taken_over = need != classified
        assert found["confidence"] == (1.0 if taken_over else confidence), row


def test_a_danger_that_is_now_is_an_emergency() -> None:
    for found, row in pairs(said()["now"], danger_tables.NOW):
        assert tuple(found) == row[4:6], row


def test_a_yes_or_no_stays_with_the_path_that_is_about_this_danger() -> None:
    for found, row in pairs(said()["on_its_path"], danger_tables.ON_ITS_PATH):
        assert (found["need"], found["entities"]["urgency"]) == row[4:], row


def test_while_a_path_waits_for_an_answer_another_subject_must_be_clearly_meant() -> None:
    for (need, confidence, _ranking), (_probabilities, _asking, expected, sure) in pairs(said()["off_path"], path_tables.OFF_PATH):
        assert (need, confidence) == (expected, pytest.approx(sure)), (_probabilities, _asking)


def test_few_words_leave_a_path_only_when_they_are_surer() -> None:
    for (need, confidence, _ranking), (*row, expected, sure) in pairs(said()["few_off_path"], path_tables.FEW_OFF_PATH):
        assert (need, confidence) == (expected, pytest.approx(sure)), row


def test_a_path_that_was_walked_before_is_gone_back_to_sooner() -> None:
    for (need, confidence, _ranking), (*row, expected, sure) in pairs(said()["back"], path_tables.BACK):
        assert (need, confidence) == (expected, pytest.approx(sure)), row


def test_right_behind_small_talk_words_are_told_of_that() -> None:
    for (need, confidence, _ranking), (*row, expected, sure) in pairs(said()["in_talk"], path_tables.IN_TALK):
        assert (need, confidence) == (expected, pytest.approx(sure)), row


def test_danger_that_no_single_need_is_sure_of_raises_the_urgency() -> None:
    assert [(row[:2], one) for one, row in pairs(said()["odds"], danger_tables.ODDS) if one != row[4]] == []


def test_a_second_danger_in_the_words_is_told_beside_the_first() -> None:
    for found, (text, need, beside) in pairs(said()["beside"], danger_tables.BESIDE):
        assert (found["need"], found["entities"].get("beside")) == (need, beside), text


def test_a_button_is_not_searched_for_danger() -> None:
    assert said()["crisis"][-1] == {"need": "affirm", "confidence": 1.0, "first_of_ranking": "affirm", "entities": {}}


def test_what_took_over_leads_the_ranking_too() -> None:
    for found, row in pairs(said()["crisis"][:-1], danger_tables.CRISIS):
        assert found["first_of_ranking"] == found["need"], row
