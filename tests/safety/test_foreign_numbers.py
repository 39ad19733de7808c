"""No help line of France or the Netherlands stands in anything that is said (needs.md, referral rule 2), however its number is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from talking import only_belgian

from curation.foreign import FOLDERS, examples, files, find_foreign, foreign_in_files
from kernel.language import Language
from safety.directory import Directory
from safety.hours import BRUSSELS
from safety.masking_numbers import helpline_numbers

ROOT = Path(__file__).parents[2]
NIGHT, NOON = (datetime(2026, 11, 24, hour, tzinfo=BRUSSELS) for hour in (3, 12))


@pytest.mark.parametrize("planted", examples("fires"))
def test_the_list_finds_planted_numbers(planted: str) -> None:
    assert find_foreign(planted)
    assert find_foreign(f"Hoi! {planted} Dag.")


@pytest.mark.parametrize("ours", examples("quiet"))
def test_the_list_leaves_ours_and_dates_and_amounts_alone(ours: str) -> None:
    assert find_foreign(ours) is None


def spellings(digits: str) -> Iterator[str]:
    """A number in every grouping with one kind of gap: 0800-235-236, 08 00 23 52 36, …"""
    gaps = (" ", "-", "/", ".", "\u00a0", "\u202f", " - ", "\u2011")
    groups = ((4, 3, 3), (1, 3, 3, 3), (4, 2, 2, 2), (2, 2, 2, 2, 2), (4, 4), (4, 2, 2))
    for sizes in (sizes for sizes in groups if sum(sizes) == len(digits)):
        places = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
        parts = [digits[start:end] for start, end in pairwise(places)]
        yield from (gap.join(parts) for gap in gaps)


@pytest.mark.parametrize("digits", ["0800235236", "08000113", "08000432", "09000113"])
def test_no_way_to_write_a_number_hides_it(digits: str) -> None:
    written = [
        f"{around[0]}{number}{around[1]}" for number in (digits, *spellings(digits)) for around in (("", ""), ("tel:", "'"), ("(", ")"))
    ]
    assert len(written) > 40
    assert [text for text in written if not find_foreign(text)] == []


def test_no_line_of_ours_is_taken_for_one(directory: Directory) -> None:
    """Alone, dialled, in a card, and in the middle of a sentence."""
    ours = [number for service in directory if (number := service.said("phone"))]
    assert len(ours) > 15
    assert len(helpline_numbers(ROOT / "data/safety/helplines.yml")) > 12
    for number in ours:
        for text in (number, f"tel:{number.replace(' ', '')}", f"Bel {number}, dag en nacht.", f"{number}/112", f"{number} 116000"):
            assert find_foreign(text) is None, text
    for language in Language:
        for at in (NIGHT, NOON):
            cards = [directory.card(line, language, at).frame() for line in directory.ids]
            assert [card for card in cards if any(isinstance(part, str) and find_foreign(part) for part in card.values())] == []


def test_nothing_that_is_said_or_written_names_a_foreign_line() -> None:
    looked_at = {path.relative_to(ROOT).as_posix() for path in files(ROOT)}
    for folder in FOLDERS:
        assert any(name.startswith(folder) for name in looked_at), f"nothing under {folder} was looked at"
    for name in ("channels/public/templates/help.html", "channels/public/static/log.js", "data/safety/terms_fr.yml", "docs/operations.md"):
        assert name in looked_at
    assert not any("/.venv/" in name for name in looked_at)
    assert list(foreign_in_files(ROOT)) == []


def test_an_answer_of_the_product_is_looked_through_whole() -> None:
    card = {
        "id": "awel",
        "name": "Awel",
        "phone": "102",
        "chat": None,
        "email": None,
        "url": "https://awel.be",
        "open": None,
        "note": "Gratis.",
    }
    frame = {"text": "Bel 116000.", "choices": [{"title": "Ja", "payload": "1"}], "helplines": [card]}
    assert only_belgian([frame]) == [frame]
    planted = [
        frame | {"text": "Bel 0800-0113."},
        frame | {"choices": [{"title": "Le 30 18", "payload": "1"}]},
        *(frame | {"helplines": [card | {part: "tel:113"}]} for part in ("name", "phone", "chat", "email", "url", "note")),
    ]
    for one in planted:
        with pytest.raises(AssertionError):
            only_belgian([frame, one])


def test_a_planted_line_is_found_in_every_folder(tmp_path: Path) -> None:
    for folder in FOLDERS:
        path = tmp_path / folder if "." in folder else tmp_path / folder / "planted.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>116000</p>\n<a href=tel:3018>", encoding="utf-8")
    assert sorted((line, words) for _, line, words in foreign_in_files(tmp_path)) == [(2, "3018")] * len(FOLDERS)
