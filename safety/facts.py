"""One dated, graded fact about a helpline, and the rules for saying it aloud (needs.md, referral rule 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from safety.datafile import DataError

GRADES = ("A", "B", "C", "U")
HOURS_MONTHS = 12
"""Opening hours older than this are not stated."""
ERROR_MONTHS = 24
"""A fact older than this may not ship, unless a dated waiver gives the reason."""
HOURS_FIELDS = frozenset({"phone_hours", "chat_hours"})
SITE_FIELDS = frozenset({"url"})
FIELDS = SITE_FIELDS | HOURS_FIELDS | {"phone", "chat", "email", "day_and_night", "ages", "cost", "anonymous"}
UNDATED = date(2000, 1, 1)
"""The date of a fact whose sources have none: older than every limit, so that it is never taken for fresh."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why an old fact still ships, and until when: known debt with a reason."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its certainty (A, B, C, U), the date of its newest source, and that source."""

    value: Any
    certainty: str
    last_verified: date
    source: str
    waiver: Waiver | None

    @property
    def is_dated(self) -> bool:
        """False when none of its sources has a date."""
        return self.last_verified != UNDATED

    def ships(self, field: str) -> bool:
        """True when it may be said: A and B always, C only for a site, U never."""
        return self.certainty in "AB" or (self.certainty == "C" and field in SITE_FIELDS)


def months_old(then: date, now: date) -> int:
    """Whole months from `then` to `now`; 0 when `then` lies in the future."""
    months = (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
    return max(months, 0)


def read_fact(file: Path, where: str, raw: object) -> Fact:
    """The fact `raw` from `file`; `where` names it in the DataError that is raised when it is malformed."""
    if not isinstance(raw, dict) or not {"value", "certainty", "last_verified", "source"} <= raw.keys():
        raise DataError(file, f"{where} needs value, certainty, last_verified and source")
    if raw["certainty"] not in GRADES:
        raise DataError(file, f"{where}: certainty is one of {', '.join(GRADES)}")
    if type(raw["last_verified"]) is not date:
        raise DataError(file, f"{where}: last_verified is a date such as 2026-08-06")
    if not isinstance(raw["source"], str) or not raw["source"].strip():
        raise DataError(file, f"{where}: source says who said it")
    return Fact(raw["value"], raw["certainty"], raw["last_verified"], raw["source"], _read_waiver(file, where, raw.get("waiver")))


def _read_waiver(file: Path, where: str, raw: object) -> Waiver | None:
    if raw is None:
        return None
    if not isinstance(raw, dict) or type(raw.get("until")) is not date or not str(raw.get("reason") or "").strip():
        raise DataError(file, f"{where}: a waiver needs until (a date) and a reason")
    return Waiver(raw["until"], str(raw["reason"]))
