"""The quick reader of YAML and the careful one (ruamel.yaml) see the same content at the same lines, and refuse the same files."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from curation.yamlfile import line_of, own_line
from safety import quick_yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = [path for path in sorted((ROOT / "data").rglob("*.yml")) if path.parent.parent.name != "nlu" or path.stem < "deepfake"]
SMALL = [path for path in FILES if path.stat().st_size < 4000]
PIECES = [
    "'",
    '"',
    ":",
    ": ",
    "- ",
    "\n",
    "  ",
    "\n    ",
    "#",
    " #",
    "[",
    "]",
    "{",
    "}",
    "|",
    ">",
    "&a",
    "*a",
    "!t",
    "no",
    "07",
    "1e3",
    "2026-02-30",
    "?",
]


def careful(text: str) -> Any:
    return YAML(typ="rt").load(text)


def same(one: Any, other: Any) -> bool:
    """Equal, of the same kind, and every key and item at the same line."""
    if isinstance(one, dict | list):
        keys = list(one) if isinstance(one, dict) else list(range(len(one)))
        return (
            isinstance(other, dict if isinstance(one, dict) else list)
            and keys == (list(other) if isinstance(other, dict) else list(range(len(other))))
            and own_line(one) == own_line(other)
            and all(line_of(one, key) == line_of(other, key) and same(one[key], other[key]) for key in keys)
        )
    return one == other and (one is None or isinstance(other, type(one)))


def test_all_content_is_read_alike_and_nearly_all_of_it_quickly() -> None:
    slow = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        try:
            quick = quick_yaml.load(text)
        except quick_yaml.NotPlain:
            slow.append(path.name)
            continue
        assert same(quick, careful(text)), path
    assert len(slow) <= 4, slow


def test_a_slip_anywhere_is_never_read_past() -> None:
    chance = random.Random(116000)
    quickly = 0
    for _ in range(500):
        text = chance.choice(SMALL).read_text(encoding="utf-8")
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 4)) :]
        try:
            quick = quick_yaml.load(text)
        except quick_yaml.NotPlain:
            continue
        quickly += 1
        try:
            slow = careful(text)
        except YAMLError as error:
            pytest.fail(f"read what cannot be read: {error}\n{text}")
        assert same(quick, slow), text
    assert quickly > 100, "nearly nothing was compared"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: yes", "yes"),
        ("a: true", True),
        ("a: ~", None),
        ("a: 12", 12),
        ("a: '12'", "12"),
        ("a: 1.5", 1.5),
        ("a: off", "off"),
    ],
)
def test_words_are_words(text: str, value: object) -> None:
    assert quick_yaml.load(text) == {"a": value} == careful(text)


@pytest.mark.parametrize(
    "text", ["a: &x 1", "a: *x", "a: !t 1", "a: 1\na: 2", "a: 0x10", "a: 012", "<<: {a: 1}", "a: [", "a:\tb", "a: 2026-13-40"]
)
def test_what_is_not_plain_is_left_to_the_careful_reader(text: str) -> None:
    with pytest.raises(quick_yaml.NotPlain):
        quick_yaml.load(text)
