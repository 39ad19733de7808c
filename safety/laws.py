"""What the law says, as dated and graded records by age group (data/safety/law.yml). Never an article number, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kernel.language import Language
from safety.datafile import DataError, read_section

AGE_GROUPS = ("under14", "14_15", "16_17", "adult")
ANY = "any"
SHIPS = ("A", "B")
"""Grades of the facts sheet that may be shown (needs.md, referral rule 4)."""
_FIELDS = {"certainty", "as_of", "source", "reviewed_by", "review", "texts"}


@dataclass(frozen=True, slots=True)
class Law:
    """One record. `as_of`: the date of the newest source; `reviewed_by` is None while nobody read it, and `review` then says whose
    review is still needed; `texts`: by age group, `any` for all others."""

    name: str
    certainty: str
    as_of: date
    source: str
    reviewed_by: str | None
    review: str
    texts: Mapping[str, Mapping[Language, str]]

    def text(self, age_group: str, language: Language) -> str:
        """What it says for this age group, without its date."""
        return self.texts.get(age_group, self.texts[ANY])[language]


class Laws:
    """The records that may be shown, and how a date is written."""

    def __init__(self, records: tuple[Law, ...], months: Mapping[Language, tuple[str, ...]]) -> None:
        self.records = records
        self._months = months
        self._by_name = {record.name: record for record in records}

    @classmethod
    def load(cls, path: Path) -> Laws:
        """Reads `data/safety/law.yml`. Raises DataError for a record that lacks a field, a grade that may not be shown, a review
        that is neither named nor called for, or a language that is missing."""
        section = read_section(path, "laws")
        months = {language: tuple(str((section.get("months") or {}).get(language.value) or "").split()) for language in Language}
        if any(len(names) != 12 for names in months.values()):
            raise DataError(path, "needs `months:` with twelve names for `nl:` and `fr:`")
        raw = section.get("records")
        if not isinstance(raw, dict) or not raw:
            raise DataError(path, "needs a mapping `records:`")
        return cls(tuple(_read(path, str(name), record) for name, record in raw.items()), months)

    def named(self, name: str) -> Law:
        """The record `name`. Raises KeyError."""
        return self._by_name[name]

    def day(self, law: Law, language: Language) -> str:
        """Its date in words: "1 juni 2022", "1er juin 2022"."""
        first = "1er" if language is Language.FR else "1"
        day = first if law.as_of.day == 1 else str(law.as_of.day)
        return f"{day} {self._months[language][law.as_of.month - 1]} {law.as_of.year}"


def _read(path: Path, name: str, raw: Any) -> Law:
    if not isinstance(raw, dict) or set(raw) != _FIELDS:
        raise DataError(path, f"`{name}` needs exactly {', '.join(sorted(_FIELDS))}")
    if raw["certainty"] not in SHIPS:
        raise DataError(path, f"`{name}`: only facts graded {' or '.join(SHIPS)} may be shown, not `{raw['certainty']}`")
    if not isinstance(raw["as_of"], date):
        raise DataError(path, f"`{name}`: `as_of` is a date such as 2024-01-31")
    if not raw["reviewed_by"] and "Child Focus" not in str(raw["review"]):
        raise DataError(path, f"`{name}`: without `reviewed_by`, `review` says that Child Focus must still read it")
    texts = {str(group): _both(path, name, both) for group, both in raw["texts"].items()}
    if ANY not in texts or not set(texts) <= {ANY, *AGE_GROUPS}:
        raise DataError(path, f"`{name}`: `texts` needs `{ANY}`, and may have {', '.join(AGE_GROUPS)}")
    reviewer = str(raw["reviewed_by"]) if raw["reviewed_by"] else None
    return Law(name, raw["certainty"], raw["as_of"], str(raw["source"]), reviewer, str(raw["review"]), texts)


def _both(path: Path, name: str, both: Any) -> dict[Language, str]:
    texts = {language: both.get(language.value) if isinstance(both, dict) else None for language in Language}
    if not all(isinstance(text, str) and text.strip() for text in texts.values()):
        raise DataError(path, f"`{name}`: each text needs `nl:` and `fr:`")
    return {language: " ".join(str(text).split()) for language, text in texts.items()}
