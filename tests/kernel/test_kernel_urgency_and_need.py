"""Levels of urgency, and the vocabulary of needs against the table of design/needs.md, copied here by hand."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from kernel.need import MEANT_OTHERWISE, NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, urgency_of
from kernel.urgency import Urgency, highest

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = {
    Urgency.EMERGENCY: "runaway_now friend_missing suicidal",
    Urgency.HIGH: (
        "nude_spread sextortion deepfake_nude grooming teen_pimp sexual_abuse worried_own_feelings runaway_thinking unsafe_home"
        " parental_abduction unaccompanied_minor self_harm"
    ),
    Urgency.NORMAL: (
        "sexting_question pressured_to_send i_shared_it report_content_removal seen_csam cyberbullying legal_question"
        " other_wellbeing parent_or_adult_asks_for_child want_human"
    ),
    Urgency.NONE: "privacy_question",
}
SMALL_TALK = ("greeting thanks_bye affirm deny dont_know bot_challenge what_can_you_do switch_language wipe_chat insult off_topic").split()


def domain() -> dict[str, Any]:
    with (ROOT / "data/domain.yml").open(encoding="utf-8") as file:
        content = YAML(typ="safe", pure=True).load(file)
    assert isinstance(content, dict)
    return content


def test_the_levels_are_ordered_and_travel_by_name() -> None:
    assert [str(level) for level in sorted(Urgency, key=lambda level: level.rank)] == ["none", "normal", "high", "emergency"]
    assert [level.rank for level in (Urgency.NONE, Urgency.NORMAL, Urgency.HIGH, Urgency.EMERGENCY)] == [0, 1, 2, 3]
    assert {level for level in Urgency if level.is_danger} == {Urgency.HIGH, Urgency.EMERGENCY}


@pytest.mark.parametrize("value", [None, "", "HIGH", "urgent", 3, True, ["high"], {"level": "high"}, "high\n"])
def test_anything_unknown_decides_nothing(value: object) -> None:
    assert Urgency.parse(value) is Urgency.NONE


def test_known_levels_are_read() -> None:
    assert [Urgency.parse(str(level)) for level in Urgency] == list(Urgency)
    assert Urgency.parse(Urgency.HIGH) is Urgency.HIGH


def test_the_highest_wins_whatever_the_order() -> None:
    assert highest() is Urgency.NONE
    for levels in itertools.product(Urgency, repeat=3):
        won = highest(*levels)
        assert won in levels
        assert all(level.rank <= won.rank for level in levels)


def test_the_needs_are_those_of_the_contract_with_its_levels() -> None:
    expected = {name: level for level, names in CONTRACT.items() for name in names.split()}
    assert {name: need.urgency for name, need in NEEDS.items() if not need.is_conversation} == expected
    assert {name for name, need in NEEDS.items() if need.is_conversation} == set(SMALL_TALK)
    assert all(NEEDS[name].urgency is Urgency.NONE for name in SMALL_TALK)
    assert all(name == need.name for name, need in NEEDS.items())
    assert len(NEEDS) == 37


def test_the_domain_speaks_the_same_vocabulary() -> None:
    intents = [next(iter(intent)) if isinstance(intent, dict) else intent for intent in domain()["intents"]]
    assert len(intents) == len(set(intents))
    assert set(intents) == {*NEEDS, NOT_UNDERSTOOD, ON_THE_WAY, MEANT_OTHERWISE}
    slots = domain()["slots"]
    assert slots["urgency"]["values"] == [str(level) for level in Urgency]
    assert not any(slot["influence_conversation"] for slot in slots.values())


@pytest.mark.parametrize(
    ("need", "level"),
    [
        ("suicidal", "emergency"),
        ("sextortion", "high"),
        ("greeting", "none"),
        (NOT_UNDERSTOOD, "none"),
        ("nonsense", "none"),
        (None, "none"),
    ],
)
def test_a_need_brings_its_level(need: str | None, level: str) -> None:
    assert str(urgency_of(need)) == level
