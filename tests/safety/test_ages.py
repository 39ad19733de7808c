"""Whom a service is for: nobody is sent where they are not served."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety.ages import EVERYBODY, Ages, Reach, read_ages, whose_age
from safety.datafile import DataError

JAC, MINORS, TEAM, OVER_15, ADULTS = Ages(12, 25), Ages(0, 17), Ages(0, 17, adults_ask=True), Ages(16), Ages(18)
NONE, PART, WHOLE = Reach


@pytest.mark.parametrize(
    ("ages", "reaches"),
    [
        # under14, 14_15, 16_17, adult, unknown
        (EVERYBODY, [WHOLE, WHOLE, WHOLE, WHOLE, WHOLE]),
        (JAC, [NONE, WHOLE, WHOLE, NONE, PART]),
        (MINORS, [WHOLE, WHOLE, WHOLE, NONE, WHOLE]),
        (OVER_15, [NONE, NONE, WHOLE, WHOLE, PART]),
        (ADULTS, [NONE, NONE, NONE, WHOLE, NONE]),
        (Ages(11, 24), [WHOLE, WHOLE, WHOLE, NONE, WHOLE]),
    ],
)
@pytest.mark.parametrize("who", ["self", "friend"])
def test_how_much_of_a_group_a_service_takes_in(ages: Ages, reaches: list[Reach], who: str) -> None:
    groups = ("under14", "14_15", "16_17", "adult", "unknown")
    assert [ages.reach(who, group) for group in groups] == reaches


def test_an_adult_goes_where_adults_may_ask_and_the_age_of_the_child_counts() -> None:
    assert [one.reach("adult", "unknown") for one in (JAC, MINORS, OVER_15, ADULTS)] == [NONE] * 4
    assert TEAM.reach("adult", "unknown") is TEAM.reach("adult", "under14") is EVERYBODY.reach("adult", "unknown") is WHOLE
    assert Ages(14, 17, adults_ask=True).reach("adult", "under14") is NONE


@pytest.mark.parametrize(
    ("who", "told", "counts"),
    [
        ("self", "under14", "under14"),
        ("self", "adult", "adult"),
        ("friend", "adult", "adult"),
        ("adult", "adult", "unknown"),
        ("adult", "14_15", "14_15"),
        ("adult", "unknown", "unknown"),
        ("self", "12", "unknown"),
        ("adult", "", "unknown"),
    ],
)
def test_whose_age_counts(who: str, told: str, counts: str) -> None:
    assert whose_age(who, told) == counts


def test_ages_are_read() -> None:
    assert read_ages(Path("x"), "x", {"from": 12, "to": 25}) == JAC
    assert read_ages(Path("x"), "x", {"to": 17, "adults_ask": True}) == TEAM
    assert read_ages(Path("x"), "x", {"from": 16}) == OVER_15


@pytest.mark.parametrize(
    "raw",
    [{}, [], "12-25", None, {"from": "12"}, {"from": True}, {"from": 20, "to": 12}, {"from": -1}, {"to": 400}, {"until": 12},
     {"to": 17, "adults_ask": "yes"}],
)  # fmt: skip
def test_malformed_ages_are_refused(raw: object) -> None:
    with pytest.raises(DataError):
        read_ages(Path("x"), "x", raw)
