"""Whom a service is for: the age groups of contract.md in years, and how much of one a service takes in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from safety.datafile import DataError

UNKNOWN = "unknown"
MINORS = ("under14", "14_15", "16_17")
_OLDEST = 120
_YEARS = {"under14": (11, 13), "14_15": (14, 15), "16_17": (16, 17), "adult": (18, _OLDEST), UNKNOWN: (11, 17)}
"""First and last age of each group: the youngest reader is 11, and who has not told their age is any teenager."""
_KEYS = {"from", "to", "adults_ask"}


class Reach(IntEnum):
    """How much of an age group a service takes in."""

    NONE = 0
    PART = 1
    WHOLE = 2


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages a service is for, both included. `adults_ask`: an adult may ask there about a child of such an age."""

    first: int = 0
    last: int = _OLDEST
    adults_ask: bool = False

    def reach(self, who: str, age_group: str) -> Reach:
        """`who` and `age_group` as `whose_age` gives them. PART only where the age is unknown: whose age is known is not sent on a chance.

        An adult is not the child a service is for: they go only where adults may ask, and the child's age counts.
        """
        if who == "adult" and not self.adults_ask:
            return Reach.NONE
        youngest, oldest = _YEARS[age_group]
        if self.first <= youngest and oldest <= self.last:
            return Reach.WHOLE
        return Reach.PART if age_group == UNKNOWN and self.first <= oldest and youngest <= self.last else Reach.NONE


EVERYBODY = Ages(adults_ask=True)


def whose_age(who: str, age_group: str) -> str:
    """The age group of whoever is helped. What an adult tells of a minor's age is the child's; their own says nothing of it."""
    return age_group if age_group in MINORS or (age_group in _YEARS and who != "adult") else UNKNOWN


def read_ages(file: Path, where: str, raw: object) -> Ages:
    """Ages from `{from: 12, to: 25, adults_ask: true}`, each of which may be left out. Raises DataError when malformed."""
    if not isinstance(raw, dict) or not raw or not set(raw) <= _KEYS:
        raise DataError(file, f"{where} needs {{from, to, adults_ask}}, one of them at least")
    first, last, adults_ask = raw.get("from", 0), raw.get("to", _OLDEST), raw.get("adults_ask", False)
    if type(first) is not int or type(last) is not int or not 0 <= first <= last <= _OLDEST:
        raise DataError(file, f"{where}: from and to are whole years, the lower first")
    if type(adults_ask) is not bool:
        raise DataError(file, f"{where}: adults_ask is true or false")
    return Ages(first, last, adults_ask)
