"""Where a body is in danger only what fits there is answered; and what the table names is learned, or has words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kernel.situation import NO_SITUATION, NOWHERE_TO_GO, OF_A_BODY, ONLY_OF_A_BODY, WITHOUT_EXAMPLES, at_a_body
from safety.datafile import read_section

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("told", "answered_as"),
    [("blood", "blood"), ("asleep", "wake"), ("own_lock", "unlock"), ("car", None), ("drunk", None), ("weapon", None)],
)
def test_what_is_told_where_a_body_is_in_danger(told: str, answered_as: str | None) -> None:
    assert at_a_body(told) == answered_as


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_name_is_a_kind_with_examples(language: str) -> None:
    kinds = set(read_section(ROOT / f"data/now/situations_{language}.yml", "situation_examples")) - {NO_SITUATION}
    assert kinds > OF_A_BODY - WITHOUT_EXAMPLES
    assert OF_A_BODY > ONLY_OF_A_BODY
    assert kinds > NOWHERE_TO_GO
    assert {kind for kind in kinds if at_a_body(kind) in WITHOUT_EXAMPLES} == {"asleep", "own_lock"}
    assert not WITHOUT_EXAMPLES & kinds
