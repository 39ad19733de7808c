"""Finds phone numbers, national register numbers and bank accounts, in the spellings people in Belgium use.

Sources: numbering plan of the BIPT (mobile 04[5-9]x, nine or ten digits with the zero); national number: eleven digits, birth date, serial
number, check digits; account: IBAN (ISO 13616) and the old Belgian 3-7-2. Helpline numbers are never found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import phonenumbers
from stdnum import iban
from stdnum.be import nn

from safety.datafile import read_section
from safety.masking_text import Span

_S = r"[\s./\-–—_()·,:;*|~+=…\\]{0,3}"
_D = rf"(?:{_S}\d)"
_PREFIX = rf"(?:\+|(?<![\w+])00){_S}3{_S}2{_S}(?:\(?0\)?{_S})?"
_MOBILE = re.compile(
    rf"(?:\(?(?:{_PREFIX}|(?<![\w+])\(?[0oO]{_S}|(?<!\w)32{_S}0?)4{_S}[5-9](?:{_S}[\doO]){{7}}|(?<![\w+])4[5-9]{_D}{{7}})(?!\d)"
)
_FIXED = re.compile(rf"(?:\(?(?:{_PREFIX}|(?<![\w+])\(?0{_S})[1-9]{_D}{{7}})(?!\d)")
_TEN_DIGITS = re.compile(rf"(?<![\w+])\(?0{_S}[1-9]{_D}{{8}}(?!\d)")
_ABROAD = re.compile(rf"(?:\+|(?<![\w+])00){_S}(?!3{_S}2)[1-9]{_D}{{6,13}}(?!\d)")
_LONG_RUN = re.compile(r"(?<!\d)\d{9,}(?!\d)")
_DATE = re.compile(r"\(?\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:19|20)\d\d(?!\d)")
_PHONES = (_MOBILE, _FIXED, _TEN_DIGITS, _ABROAD, _LONG_RUN)

_G = r"[\s./\-–—_]"
_NATIONAL = re.compile(rf"(?<![\d+])\d\d{_G}?\d\d{_G}?\d\d{_G}{{0,3}}\d{{3}}{_G}{{0,3}}\d\d(?!\d)")
_NATIONAL_SPACED = re.compile(r"(?<![\d+])\d(?:[\s./\-–—_]{0,2}\d){10}(?!\d)")
_NATIONAL_CUE = re.compile(
    r"(?:rijksregister\w*|rrn|nrn|niss|insz|nationaal\s+nummer|national\w*|registre|identiteitskaart\w*|carte\s+d.identité)"
    r"[^\d\n]{0,30}(?P<number>\d(?:[\s./\-–—_]{0,3}\d){8,11})(?!\d)",
    re.IGNORECASE,
)
# `32471234567` is a mobile number with its country, unless the check digits of a national number fit.
_GLUED_MOBILE = re.compile(r"324[5-9]\d{7}$")

_IBAN_DIGITS = re.compile(r"(?<![^\W_])[a-z]{2}[\s.\-]?(?!0[01])\d\d(?:[\s.\-/]{0,2}\d){10,26}(?!\d)", re.IGNORECASE)
_IBAN_LETTERS = re.compile(r"(?<![^\W_])(?:nl|gb|ie|ro|bg|lv|mt|gi)[\s.\-]?\d\d[\s.\-]?[a-z]{4}(?:[\s.\-]?[\da-z]){6,24}", re.IGNORECASE)
_IBAN_GLUED = re.compile(r"(?<![^\W_])[a-z]{2}\d\d[a-z\d]{11,30}(?![^\W_])", re.IGNORECASE)
_OLD_ACCOUNT = re.compile(r"(?<!\d)\d{3}[\s.\-/–]{1,3}\d{7}[\s.\-/–]{1,3}\d\d(?!\d)")
_TWELVE = re.compile(r"(?<!\d)\d{12}(?!\d)")
_CARD = re.compile(r"(?<![\d+])(?!00)\d{4}(?:[\s.\-]?\d{4}){2}[\s.\-]?\d{1,4}(?:[\s.\-]?\d{1,3})?(?!\d)")


def digits_of(text: str) -> str:
    """Digits only, in national form: +32 and 0032 become 0, the letter o counts as 0."""
    digits = re.sub(r"[oO]", "0", text)
    digits = re.sub(r"\D", "", digits.replace("(0)", ""))
    for prefix in ("0032", "32"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in (8, 9):
            return "0" + digits[len(prefix) :]
    return digits


def helpline_numbers(path: Path) -> frozenset[str]:
    """Every phone number of the directory `path` (data/safety/helplines.yml), digits only. Raises DataError on a malformed file."""
    services = read_section(path, "helplines")
    return frozenset(digits_of(str(service["facts"]["phone"]["value"])) for service in services.values() if "phone" in service["facts"])


def phones(text: str, helplines: frozenset[str]) -> Iterator[Span]:
    """Phone numbers, Belgian and foreign; not those of `helplines` (digits only)."""
    taken: list[tuple[int, int]] = []
    for start, end in _phone_places(text):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        if _DATE.match(text, start) and not text[start:end].startswith(("+", "00")):
            continue
        taken.append((start, end))
        if digits_of(text[start:end]) not in helplines:
            yield Span(start, end, "phone")


def _phone_places(text: str) -> Iterable[tuple[int, int]]:
    for pattern in _PHONES:
        yield from (found.span() for found in pattern.finditer(text))
    for match in phonenumbers.PhoneNumberMatcher(text, "BE", leniency=phonenumbers.Leniency.VALID):
        yield match.start, match.end


def national_numbers(text: str) -> Iterator[Span]:
    """National register numbers. Check digits that fail do not save it: a slip of the finger still points to one person."""
    for found in _NATIONAL.finditer(text):
        if not _GLUED_MOBILE.match(found[0]) or nn.is_valid(found[0]):
            yield Span(*found.span(), "national_number")
    for found in _NATIONAL_SPACED.finditer(text):
        if nn.is_valid(re.sub(r"\D", "", found[0])):
            yield Span(*found.span(), "national_number")
    for found in _NATIONAL_CUE.finditer(text):
        yield Span(*found.span("number"), "national_number")


def accounts(text: str) -> Iterator[Span]:
    """Bank accounts (IBAN of any country, the old Belgian form) and card numbers."""
    for pattern in (_IBAN_DIGITS, _OLD_ACCOUNT, _CARD):
        yield from (Span(*found.span(), "account") for found in pattern.finditer(text))
    for found in _IBAN_LETTERS.finditer(text):
        end = found.start() + _iban_length(found[0])
        yield Span(found.start(), end, "account")
    for found in _IBAN_GLUED.finditer(text):
        if iban.is_valid(found[0]):
            yield Span(*found.span(), "account")
    for found in _TWELVE.finditer(text):
        if int(found[0][:10]) % 97 in (int(found[0][10:]), int(found[0][10:]) % 97):
            yield Span(*found.span(), "account")


def _iban_length(text: str) -> int:
    """Where the account ends in `text`: at the shortest valid number, else at its last digit."""
    for end in range(15, len(text) + 1):
        if iban.is_valid(text[:end]):
            return end
    return max(index for index, char in enumerate(text) if char.isdigit()) + 1
