"""Danger is looked for in the whole of a text, however long it is or its signs become, and no single look takes long."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.crisis import CrisisDetector
from safety.pieces import EDGE, MAX_CHARS, OVERLAP, PIECE, pieces_of

_WORDS = ("vandaag", "regent", "het", "weer", "en", "de", "bus", "was", "te", "laat", "voor", "onze", "klas")
_CHANCE = random.Random(116000)
PASTED = " ".join(_CHANCE.choice(_WORDS) for _ in range(MAX_CHARS // 5))


def test_nearly_every_message_is_one_piece_as_it_was_typed() -> None:
    assert list(pieces_of("")) == [""]
    for text in ("ik wil dood", "heeeeeeeeeeeeeeelp", PASTED[:200], PASTED[:PIECE]):
        assert list(pieces_of(text)) == [text]


def test_one_sign_without_end_is_one_piece() -> None:
    assert [len(piece) for piece in pieces_of("a" * MAX_CHARS)] == [8]
    assert list(pieces_of("ik wil" + " " * 5000 + "dood")) == ["ik wil" + " " * 8 + "dood"]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([3, 12, 90, 3000]))
def test_what_fits_in_half_an_overlap_stands_whole_in_a_piece(seed: int, longest: int) -> None:
    chance = random.Random(seed)
    words = ("".join(chance.choices("abcdefé😂", k=chance.randint(1, longest))) for _ in range(20_000 // longest))
    text = "".join(word + chance.choice(" \n") for word in words)
    pieces = list(pieces_of(text))
    assert all(len(piece) <= PIECE + 2 * (len(EDGE) + 1) for piece in pieces)
    assert [EDGE in piece for piece in pieces] == [len(pieces) > 1] * len(pieces)
    for place in range(0, len(text), 41):
        part = text[place : place + OVERLAP // 2]
        assert any(part in piece for piece in pieces), f"{place} of {len(text)}"


@pytest.mark.parametrize(
    "place", [*range(PIECE - 40, PIECE + 20, 3), *range(2 * PIECE - OVERLAP - 60, 2 * PIECE - OVERLAP + 40, 7), 19_990, 20_400, 200_000]
)
def test_danger_is_heard_wherever_it_stands(detector: CrisisDetector, place: int) -> None:
    found = detector.find(f"{PASTED[:place]} ik wil dood {PASTED[:3000]}")
    assert found is not None
    assert (found.need, found.level) == ("suicidal", "emergency")


@pytest.mark.parametrize(
    ("text", "need"),
    [
        # Each sign becomes a word or many letters before it is compared.
        ("😂" * 3500 + " je vais me tuer ce soir", "suicidal"),
        ("🔪" * 1600 + "ik wil dood", "suicidal"),
        ("€" * 3900 + " ik wil dood", "suicidal"),
        ("ﷺ" * 1200 + " ik wil dood", "suicidal"),
        ("😂🔪€ﷺ " * 3000 + "mijn papa slaat mij", "unsafe_home"),
        ("je veux mourir " + "😭💔" * 60_000, "suicidal"),
        (PASTED[: MAX_CHARS - 20] + " je veux mourir", "suicidal"),
    ],
)
def test_danger_behind_signs_that_grow_is_heard(detector: CrisisDetector, text: str, need: str) -> None:
    found = detector.find(text)
    assert found is not None
    assert found.need == need


def test_the_most_urgent_of_all_pieces_is_found(detector: CrisisDetector) -> None:
    text = f"mijn papa slaat mij {PASTED[:6000]}. ik heb net een hele strip dafalgan geslikt. {PASTED[:6000]} ik wil dood"
    found = detector.find(text)
    assert found is not None
    assert (found.level, found.now) == ("emergency", True)
    names = [finding.pattern for finding in detector.find_all(text)]
    assert {"geweld_thuis", "wil_dood", found.pattern} <= set(names)
    assert len(names) == len(set(names)), "each sign once"
    assert names[0] == found.pattern


def _hostile(name: str, detector: CrisisDetector) -> str:
    """As long as a frame can be, and made of what the terms have to look at."""
    chance = random.Random(name)
    words = sorted({word for terms in detector.terms for pattern in terms.patterns for phrase in pattern.say for word in phrase.words})
    between = {"words": " ", "lines": "\n", "dots": ".", "glued": ""}
    if name in between:
        return between[name].join(chance.choice(words) for _ in range(MAX_CHARS // 4))[:MAX_CHARS]
    masked = [word.replace("o", "*").replace("i", "!") for word in words]
    return " ".join(chance.choice(masked) for _ in range(MAX_CHARS // 4))[:MAX_CHARS]


@pytest.mark.parametrize("name", ["words", "lines", "dots", "glued", "masks"])
def test_no_piece_of_a_hostile_frame_takes_long(detector: CrisisDetector, name: str) -> None:
    took = []
    for piece in pieces_of(_hostile(name, detector)):
        begun = time.thread_time()
        detector.find_all(piece)
        took.append(time.thread_time() - begun)
    assert len(took) > 100
    assert max(took) < 0.25, "the hub stands still for so long"
    assert sum(took) < 10
