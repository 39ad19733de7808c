"""A long text in pieces, so that danger is looked for in the whole of it and no single look takes long."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CHARS = 256 * 1024
"""What lies beyond is not read: a frame is no longer (channels/public/frames.py)."""
PIECE, OVERLAP = 2500, 500
"""Characters of a piece, and how many of them the next one begins with: more than any phrase of the terms takes."""
EDGE = "zzz"
"""Stands where a piece was cut: a cut is neither the end nor the beginning of a sentence."""
_LONGEST_WORD = 100
_FEW = 200
"""So short a text is looked at as it is."""
_RUN = re.compile(r"(.)\1{8,}", re.DOTALL)
_LONGEST_RUN = 8


def pieces_of(text: str) -> Iterator[str]:
    """`text` in order, in pieces of at most PIECE characters that overlap, with an EDGE where they were cut, between words; one piece for
    nearly every message.

    One sign typed very often stands there eight times: what lies on both sides of it is near each other, as whoever reads it sees it.
    """
    text = text[:MAX_CHARS]
    if len(text) > _FEW:
        text = _RUN.sub(lambda run: run[0][:_LONGEST_RUN], text)
    start, before = 0, ""
    while len(text) - start > PIECE:
        stop = _blank_before(text, start + PIECE)
        yield f"{before}{text[start:stop]} {EDGE}"
        start, before = _blank_before(text, stop - OVERLAP), f"{EDGE} "
    yield before + text[start:]


def _blank_before(text: str, place: int) -> int:
    """The last blank or line break before `place`; `place` itself in the middle of something very long."""
    found = max(text.rfind(blank, place - _LONGEST_WORD, place) for blank in " \n")
    return found if found >= 0 else place
