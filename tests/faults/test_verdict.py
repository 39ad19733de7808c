"""The judge of the kills is itself checked, with planted faults: a judge that finds nothing would prove nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from talker import DANGER, TEXTS, Record
from verdict import faults_of

from safety.crisis import CrisisDetector

ROOT = Path(__file__).resolve().parents[2]
GOOD = Record("nl", "token", {"a": "ik wil dood", "b": "nee"}, {"a", "b"}, {"a", "b"}, [(1, None), (2, None), (3, "a"), (4, "a"), (5, "b")])
STORED = {"a": True, "b": True}


def test_a_conversation_in_which_all_held_has_no_fault() -> None:
    assert faults_of(GOOD, 3, STORED) == []
    unsent = replace(GOOD, sent=GOOD.sent | {"c": "hallo"})
    assert faults_of(unsent, 3, STORED) == []  # never acknowledged: nothing was promised


@pytest.mark.parametrize(
    ("record", "rank", "stored", "fault"),
    [
        (GOOD, 2, STORED, "urgency lowered"),
        (GOOD, 3, {"a": True}, "acknowledged message lost"),
        (GOOD, 3, {"a": True, "b": False}, "acknowledged message not answered"),
        (replace(GOOD, replies=GOOD.replies[:-1]), 3, STORED, "acknowledged message not answered"),
        (replace(GOOD, replies=[*GOOD.replies, (6, "a")]), 3, STORED, "message answered twice"),
        (replace(GOOD, replies=[*GOOD.replies, (6, "b"), (7, "b"), (8, "b")]), 3, STORED, "message answered twice"),
        (replace(GOOD, replies=[*GOOD.replies, (5, "b")]), 3, STORED, "reply lost or shown twice"),
        (replace(GOOD, replies=GOOD.replies[1:]), 3, STORED, "reply lost or shown twice"),
        (replace(GOOD, is_stuck=True), 3, STORED, "no answer within a minute"),
    ],
)
def test_every_kind_of_fault_is_found(record: Record, rank: int, stored: dict[str, bool], fault: str) -> None:
    assert fault in faults_of(record, rank, stored)


def test_the_talkers_say_danger_that_the_hub_hears() -> None:
    detector = CrisisDetector.load(ROOT / "data/safety")
    for text, rank in DANGER.items():
        found = detector.find(text)
        assert text in TEXTS["nl"] + TEXTS["fr"]
        assert found is not None
        assert found.level.rank == rank
