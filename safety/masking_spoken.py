"""Finds phone numbers written out in words: "nul vier zeventig twaalf …", "zéro quatre cent septante, douze, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.masking_text import Span, plain

_UNITS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien".split(),
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(),
)
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "octante": 80,
    "huitante": 80, "nonante": 90,
}  # fmt: skip
_VALUES = {word: value for units in _UNITS for value, word in enumerate(units)} | _TENS | {"zeventien": 17, "achttien": 18, "negentien": 19}
_DUTCH_TENS = re.compile(rf"({'|'.join(_UNITS[0][1:10])})en({'|'.join(word for word in _TENS if word.endswith('tig'))})$")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.,;/–-]{1,3}|\s(?:en|et)\s")
_PHONE = re.compile(r"0(?:4[5-9]\d{7,8}|[1-9]\d{7})$")
_FEWEST = 4


def spoken_phones(text: str, helplines: frozenset[str]) -> Iterator[Span]:
    """Four number words and more in a row that start with zero and make a Belgian number; not those of `helplines` (digits only)."""
    for run in _runs(text):
        while run and _value(run[0][0]) != 0:
            run = run[1:]
        number = _digits(text, run)
        if len(run) >= _FEWEST and _PHONE.match(number) and number not in helplines:
            yield Span(run[0][1], run[-1][2], "phone")


def _runs(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Number words with little between them, each plain and with its place."""
    run: list[tuple[str, int, int]] = []
    for found in _WORD.finditer(text):
        word = plain(found[0])
        if word in ("en", "et"):
            continue  # part of what stands between: "zes en vijftig"
        if run and (_value(word) is None or not _BETWEEN.fullmatch(text[run[-1][2] : found.start()])):
            yield run
            run = []
        if _value(word) is not None:
            run.append((word, found.start(), found.end()))
    if run:
        yield run


def _value(word: str) -> int | None:
    """What a number word is worth, the Dutch "vierendertig" included; hundreds count as 100, None for any other word."""
    if word in ("honderd", "cent"):
        return 100
    tens = _DUTCH_TENS.match(word)
    return _VALUES[tens[1]] + _VALUES[tens[2]] if tens else _VALUES.get(word)


def _digits(text: str, run: list[tuple[str, int, int]]) -> str:
    """The digits of a run; words that make one number ("quatre cent septante", "zes en vijftig") are one, unless a comma parts them."""
    numbers: list[int] = []
    last_end = 0
    for word, start, end in run:
        value, between = _value(word) or 0, text[last_end:start]
        together = bool(numbers) and last_end > 0 and not re.search(r"[,;./]", between) and _joined(numbers[-1], value, between)
        numbers[-1:] = [together] if numbers and together else [*numbers[-1:], value]
        last_end = end
    return "".join(str(number) for number in numbers)


def _joined(before: int, value: int, between: str) -> int:
    """The number that two make ("cent septante", "trente-quatre", "quatre-vingt"), 0 when they stay apart."""
    if value == 100 and 2 <= before <= 9:
        return before * 100
    if before == 4 and value == 20 and "-" in between:
        return 80
    if before >= 100 and before % 100 == 0 and 0 < value < 100:
        return before + value
    if before == 10 and 7 <= value <= 9:
        return before + value
    if before % 10 == 0 and before % 100 >= 20 and 0 < value < (20 if before % 100 in (60, 80) else 10):
        return before + value
    return before + value if 0 < before < 10 and value in _TENS.values() and " en " in between else 0
