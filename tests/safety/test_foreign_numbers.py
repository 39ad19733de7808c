"""No help number of France or the Netherlands stands anywhere under data/ (needs.md, referral rule 2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
FOREIGN = re.compile(
    r"(?<![\d.:/-])(?:3018|3114|119|113|0[ .]?800[ .]?235[ .]?236|0800[ .-]?0113|0800[ .-]?0432|0900[ .-]?0113)(?![\d:/-]|\.\d)"
    r"|kindertelefoon|fil ?sant[eé] ?jeunes|helpwanted",
    re.IGNORECASE,
)


@pytest.mark.parametrize("planted", ["bel 113", "Appelle le 3018.", "0 800 235 236", "0800-0113", "de Kindertelefoon", "le 119 répond"])
def test_the_list_finds_planted_numbers(planted: str) -> None:
    assert FOREIGN.search(planted)


@pytest.mark.parametrize("ours", ["116000", "bel 1813", "0800 32 123", "112", "0800 200 50", "2026-11-30", "0800 30 030"])
def test_the_list_leaves_ours_alone(ours: str) -> None:
    assert not FOREIGN.search(ours)


def test_no_file_under_data_names_a_foreign_line() -> None:
    files = sorted(path for path in DATA.rglob("*") if path.is_file())
    assert len(files) >= 5
    found = [
        f"{path.relative_to(DATA)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []
