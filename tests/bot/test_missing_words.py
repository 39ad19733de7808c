"""What is told of somebody missing belongs to the search; what is done to whoever writes does not."""

from __future__ import annotations

import pytest

from bot.components.missing_words import is_told_of_them
from kernel.language import words_of


@pytest.mark.parametrize(
    ("text", "of_them"),
    [
        ("ze zei gisteren dat ze ging afspreken met iemand van tiktok", True),
        ("hij zat vaak op discord met een oudere gast", True),
        ("ze heeft mij verteld dat haar vader haar slaat", False),  # "ze heeft mij": not sure whose it is, so nothing is changed
        ("ze vertelde mij dat haar vader haar slaat", True),
        ("elle m'a dit qu'elle avait rdv avec un mec de snap", True),
        ("il me manque, il parlait avec un homme plus vieux", True),
        ("son beau père la frappe", True),
        ("hij slaat mij ook", False),
        ("ik ben ook weggelopen van haar", False),
        ("il me frappe", False),
        ("ils m'ont menacé lui et moi", False),
        ("wat moet ik nu doen", False),
        ("jsuis parti avec elle", False),
    ],
)
def test_whose_trouble_is_told(text: str, of_them: bool) -> None:
    assert is_told_of_them(" ".join(words_of(text))) is of_them
