"""The judge of the kills is itself checked, with planted faults: a judge that finds nothing would prove nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from talker import DANGER, TEXTS, Record
from verdict import faults_of, stored_of

from channels.store import Body, Offer, Store
from kernel.language import Language
from kernel.urgency import Urgency
from safety.crisis import CrisisDetector

ROOT = Path(__file__).resolve().parents[2]
GOOD = Record("nl", "token", {"a": "ik wil dood", "b": "nee"}, {"a", "b"}, {"a", "b"}, [(1, None), (2, None), (3, "a"), (4, "a"), (5, "b")])
STORED = {"a": True, "b": True}


def test_a_conversation_in_which_all_held_has_no_fault() -> None:
    assert faults_of(GOOD, 3, STORED, 3) == []
    unsent = replace(GOOD, sent=GOOD.sent | {"c": "hallo"})
    assert faults_of(unsent, 3, STORED, 3) == []  # never acknowledged: nothing was promised


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
    assert fault in faults_of(record, rank, stored, 3)


@pytest.mark.parametrize("rung", [-1, 2])
def test_danger_that_is_stored_and_not_at_the_desk_is_a_fault_also_when_it_was_never_acknowledged(rung: int) -> None:
    assert faults_of(GOOD, 3, STORED, rung) == ["danger not at the desk"]
    unheard = replace(GOOD, acked={"b"}, done={"b"})
    assert "danger not at the desk" in faults_of(unheard, 3, STORED, rung)
    assert faults_of(replace(GOOD, sent={"a": "hallo", "b": "nee"}), 0, STORED, -1) == []


async def test_what_the_store_holds_is_read(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.db'}", "s" * 40)
    await store.open()
    key, token, _ = await store.begin(Language.NL, "web", [])
    await store.messages.accept(key, "a", Body("hallo"), Urgency.NONE)
    assert stored_of(tmp_path / "store.db", token) == (0, {"a": False}, -1)
    danger = Offer("danger", "suicidal", Urgency.EMERGENCY, is_danger=True)
    await store.messages.accept(key, "b", Body("ik wil dood"), Urgency.EMERGENCY, danger=danger)
    await store.close()
    assert stored_of(tmp_path / "store.db", token) == (3, {"a": False, "b": False}, 3)


def test_the_talkers_say_danger_that_the_hub_hears() -> None:
    detector = CrisisDetector.load(ROOT / "data/safety")
    for text, rank in DANGER.items():
        found = detector.find(text)
        assert text in TEXTS["nl"] + TEXTS["fr"]
        assert found is not None
        assert found.level.rank == rank
