"""Opening hours in Belgian time, with daylight saving and Belgian public holidays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kernel.language import Language
from safety.datafile import DataError

BRUSSELS = ZoneInfo("Europe/Brussels")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = {
    Language.NL: ("ma", "di", "wo", "do", "vr", "za", "zo"),
    Language.FR: ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
}
_CLOCK = re.compile(r"^([01]\d|2[0-4]):[0-5]\d$")


@dataclass(frozen=True, slots=True)
class Span:
    """Open on `days` (0 = Monday) from `start` to `end`, in minutes after midnight, within one day."""

    days: tuple[int, ...]
    start: int
    end: int


@cache
def _holidays_of(year: int) -> frozenset[date] | None:
    """Belgian public holidays of `year`; None in the bot's environment, which has no such library (hence the late import)."""
    try:
        import holidays
    except ModuleNotFoundError:
        return None
    return frozenset(holidays.country_holidays("BE", years=year))


def is_holiday(day: date) -> bool:
    """True on a Belgian public holiday, and where that cannot be told: better an open line too many than a closed one."""
    known = _holidays_of(day.year)
    return known is None or day in known


def local(at: datetime) -> datetime:
    """`at` in Belgian time. Raises ValueError for a datetime without a zone."""
    if at.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return at.astimezone(BRUSSELS)


def open_at(spans: tuple[Span, ...], at: datetime) -> bool:
    """True when `at` falls in one of `spans`. On a public holiday these count as closed: no source says otherwise."""
    here = local(at)
    minute = here.hour * 60 + here.minute
    inside = any(here.weekday() in span.days and span.start <= minute < span.end for span in spans)
    return inside and not is_holiday(here.date())


def read_spans(file: Path, where: str, raw: object) -> tuple[Span, ...]:
    """Spans from `[{days: mon-fri, from: "09:00", to: "18:00"}, ...]`. Raises DataError when malformed."""
    if not isinstance(raw, list) or not raw:
        raise DataError(file, f"{where} needs a list of {{days, from, to}}")
    return tuple(_read_span(file, where, item) for item in raw)


def _read_span(file: Path, where: str, item: object) -> Span:
    if not isinstance(item, dict):
        raise DataError(file, f"{where} needs {{days, from, to}}")
    clocks = [str(item.get(key, "")) for key in ("from", "to")]
    if not all(_CLOCK.match(clock) for clock in clocks):
        raise DataError(file, f'{where}: write times as "09:00"')
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in clocks)
    if not start < end <= 24 * 60:
        raise DataError(file, f"{where}: `from` comes before `to`, within one day")
    return Span(_read_days(file, where, str(item.get("days", ""))), start, end)


def _read_days(file: Path, where: str, text: str) -> tuple[int, ...]:
    names = text.split("-")
    if not 1 <= len(names) <= 2 or any(name not in DAYS for name in names):
        raise DataError(file, f"{where}: days are {', '.join(DAYS)} or a range such as mon-fri")
    first, last = DAYS.index(names[0]), DAYS.index(names[-1])
    if last < first:
        raise DataError(file, f"{where}: `{text}` runs past Sunday; write it as two entries")
    return tuple(range(first, last + 1))


def spoken(spans: tuple[Span, ...], language: Language) -> str:
    """The hours as a teenager reads them: `ma-vr 9-18 u.` or `lun-ven 9h-18h`."""
    return ", ".join(
        f"{_days(span, language)} {_clock(span.start, language)}-{_clock(span.end, language)}{_unit(language)}" for span in spans
    )


def _days(span: Span, language: Language) -> str:
    names = _DAY_NAMES[language]
    first, last = names[span.days[0]], names[span.days[-1]]
    return first if first == last else f"{first}-{last}"


def _clock(minutes: int, language: Language) -> str:
    hour, rest = divmod(minutes, 60)
    if language is Language.FR:
        return f"{hour}h{rest:02d}" if rest else f"{hour}h"
    return f"{hour}.{rest:02d}" if rest else str(hour)


def _unit(language: Language) -> str:
    return " u." if language is Language.NL else ""


def midnight(day: date) -> datetime:
    """The start of `day` in Belgian time."""
    return datetime.combine(day, time(), BRUSSELS)
