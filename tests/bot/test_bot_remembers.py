"""The state that rides with a conversation, the replies that take turns, and the store that stays small."""

from __future__ import annotations

import json

import parts_tables as tables
import pytest
import said_tables
from inside import said

KEPT = {"action", "user", "bot"}


def test_a_new_conversation_stands_after_the_hubs_first_question() -> None:
    assert said()["round_trip"]["new"] == ["utter_ask_safe", "action_listen"]
    assert said()["round_trip"]["empty"] == ["utter_ask_safe", "action_listen"]
    first = said()["conversation"]["states"]["1"]
    assert [event["name"] for event in first["events"] if event["event"] == "action"][:2] == ["utter_ask_safe", "action_listen"]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("asked", {"question": "utter_ask_sextortion_tell", "offered": None, "was_not_alone": False, "no_wish": False}),
        # which question is meant is asked beside the path's own, which stays open
        ("offered", {"question": "utter_ask_sextortion_tell", "offered": "cost|on_bill", "was_not_alone": False, "no_wish": False}),
        ("not_alone", {"question": None, "offered": None, "was_not_alone": True, "no_wish": False}),
        ("no", {"question": "utter_ask_suicidal_with", "offered": None, "was_not_alone": False, "no_wish": True}),
        ("yes", {"question": "utter_ask_suicidal_with", "offered": None, "was_not_alone": False, "no_wish": False}),
        ("lines", {"family_ill": "family_ill", "cry_help": None, "what_to_do": None}),  # helplines below are no other words
    ],
)
def test_what_a_message_may_be_an_answer_to(behind: str, expected: dict[str, object]) -> None:
    assert said()["may_answer"][behind] == expected


def test_out_and_in_again_changes_nothing() -> None:
    trip = said()["round_trip"]
    assert [event.get("name") for event in trip["second"]["events"]] == [event.get("name") for event in trip["first"]["events"]]
    assert trip["second"]["events"] == trip["first"]["events"]
    assert len(trip["first"]["events"]) > 10
    assert trip["latest_action"] == "action_listen"
    assert trip["sender"] == "other"


def test_slots_ride_along_and_the_hubs_own_win() -> None:
    trip = said()["round_trip"]
    assert trip["first"]["slots"]["topic"] == trip["slots"]["topic"] == "sextortion"
    assert trip["slots"]["age_group"] == "14_15"
    assert trip["slots"]["who"] == "friend"
    assert (trip["first"]["slots"]["language"], trip["slots"]["language"]) == ("nl", "fr")
    assert (trip["first"]["slots"]["urgency"], trip["slots"]["urgency"]) == ("none", "high")
    assert trip["strange"]["topic"] == "grooming"
    assert not {"nonsense", "alien"} & set(trip["strange"])


def test_a_path_that_is_left_leaves_no_question_open_and_keeps_who_speaks() -> None:
    left = said()["round_trip"]["left"]
    assert left["names"] == [["action_leave_path", "action_listen"]] * 2
    assert left["open"] == [None, None]
    before, nothing = left["slots"]
    assert (before["who"], before["age_group"], before["topic"]) == ("friend", "14_15", None)
    assert (before["language"], before["urgency"]) == ("fr", "high"), "the hub's own"
    assert (nothing["who"], nothing["topic"]) == ("self", None)


def test_turn_300_is_no_bigger_than_turn_50() -> None:
    sizes = said()["conversation"]["sizes"]
    assert len(sizes) == 300
    # Five kinds of turn come round; the fives that end at 50 and at 300 are compared.
    assert max(sizes[295:300]) <= max(sizes[45:50]), (sizes[45:50], sizes[295:300])
    assert max(sizes[50:]) <= max(sizes[45:50])
    assert sizes[0] < sizes[4] < max(sizes) < 10_000
    assert said()["conversation"]["events"] <= 40


def test_the_state_never_starts_inside_a_turn() -> None:
    # The bot's last question or its listening: what comes first must not be an answer without its question.
    starts = said()["conversation"]["starts"]
    assert "action_listen" in starts
    assert all(start == "action_listen" or start.startswith("utter_ask_") for start in starts)


def test_no_word_of_the_teenager_is_in_the_state() -> None:
    states = [*said()["conversation"]["states"].values(), said()["round_trip"]["first"]]
    assert len(states) == 5
    for state in states:
        assert tables.MARKER not in json.dumps(state)
        assert {event["event"] for event in state["events"]} <= KEPT
        for event in state["events"]:
            if event["event"] == "user":
                assert event["text"] == event["parse_data"]["text"] == f"/{event['parse_data']['intent']['name']}"
                assert event["parse_data"]["entities"] == []
                assert set(event) == {"event", "timestamp", "text", "parse_data"}
                assert set(event["parse_data"]) == {"intent", "entities", "text"}
    assert "Bericht" in json.dumps(states), "the bot's own bubbles stay, or it would repeat itself"


def test_replies_take_turns_and_the_most_fitting_wins() -> None:
    picked = said()["replies"]["picked"]
    assert len(picked) == len(said_tables.REPLIES)
    for found, (reply, slots, _times, expected) in zip(picked, said_tables.REPLIES, strict=True):
        assert found == expected, (reply, slots)


def test_an_answer_that_goes_on_behind_a_but_has_words_of_its_own() -> None:
    assert said()["after_words"] == [expected for *_, expected in said_tables.AFTER_WORDS]


def test_the_store_forgets_the_oldest_and_what_it_is_told_to() -> None:
    store = said()["store"]
    assert store["seen"] == [["a"], ["a", "b"], ["a", "b", "c"], ["b", "c", "d"], ["c", "d", "b"], ["d", "b", "e"]]
    assert store["before"] == {"a": None, "b": "b", "c": None, "d": "d", "e": "e"}
    assert store["after"] == ["d", "e"]
    assert store["standard"] == 256


def test_who_said_that_they_can_talk_is_asked_whether_that_is_still_so() -> None:
    told = said()["can_talk"]
    assert len(told) == len(said_tables.CAN_TALK) > 0
    assert ["nog altijd" in text for text in told] == [known for _, known in said_tables.CAN_TALK]


def test_what_is_told_of_a_danger_now_is_answered_once_in_place_of_a_remark() -> None:
    assert said()["situations"] == [expected for *_, expected in said_tables.SITUATIONS]


def test_violence_that_is_announced_is_answered_with_112_and_the_police_in_place_of_a_remark() -> None:
    assert said()["ahead"] == [expected for *_, expected in said_tables.AHEAD]


def test_a_question_that_comes_with_a_yes_is_answered_once_in_place_of_a_remark() -> None:
    told = said()["in_place"]
    assert len(told) == len(said_tables.IN_PLACE) > 0
    assert told == [[is_answered, False] for *_, is_answered in said_tables.IN_PLACE]
