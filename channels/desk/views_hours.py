"""Opening hours, for leads: any number of shifts a day, and what counts on Belgian public holidays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from aiohttp import web

from channels.answers import now
from channels.desk.context import DESK, visitor_of
from channels.desk.forms import fields
from channels.desk.pages import page
from channels.desk_hours import WrongShift
from channels.store import HOLIDAY, Shift
from safety.hours import BRUSSELS, is_holiday

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
_SPAN = re.compile(r"^(\d{1,2})(?:[:.uh](\d{2})?)?\s*[-–]\s*(\d{1,2})(?:[:.uh](\d{2})?)?$")
_HOLIDAYS_AHEAD = 6


class WrongHours(Exception):
    """What was typed for one day cannot be read; `day` says which."""

    def __init__(self, day: str) -> None:
        super().__init__(day)
        self.day = day


async def hours(request: web.Request) -> web.StreamResponse:
    """GET /hours"""
    shifts = await request.app[DESK].escalations.hours.get()
    return await _page(request, typed_of(shifts))


async def save(request: web.Request) -> web.StreamResponse:
    """POST /hours: replaces all of them, or names the day that cannot be read."""
    desk, typed = request.app[DESK], dict(zip(DAYS, await fields(request, *DAYS), strict=True))
    try:
        shifts = shifts_of(typed)
        await desk.store.audit.note(visitor_of(request).account.id, "hours_changed")
        await desk.escalations.hours.put(shifts)
    except WrongHours as wrong:
        return await _page(request, typed, wrong.day)
    except WrongShift as wrong:
        return await _page(request, typed, DAYS[wrong.shift.day])
    raise web.HTTPSeeOther("/hours?saved")


def typed_of(shifts: Sequence[Shift]) -> dict[str, str]:
    """As one types them: `09:00-12:00, 13:30-17:00` per day; an empty text for a closed day."""
    return {name: ", ".join(_said(shift) for shift in shifts if shift.day == day) for day, name in enumerate(DAYS)}


def shifts_of(typed: dict[str, str]) -> list[Shift]:
    """The shifts of what was typed: `9-12, 13:30-17:00` and the like. Raises WrongHours."""
    return [_shift(day, name, part) for day, name in enumerate(DAYS) for part in re.split(r"[,;]", typed[name]) if part.strip()]


def _shift(day: int, name: str, part: str) -> Shift:
    found = _SPAN.match(part.strip())
    if found is None:
        raise WrongHours(name)
    start_hour, start_minute, end_hour, end_minute = (int(piece or 0) for piece in found.groups())
    if max(start_minute, end_minute) > 59:
        raise WrongHours(name)
    return Shift(day, start_hour * 60 + start_minute, end_hour * 60 + end_minute)


def _said(shift: Shift) -> str:
    return "-".join(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in (shift.start, shift.end))


async def _page(request: web.Request, typed: dict[str, str], fault: str | None = None) -> web.Response:
    state = await request.app[DESK].escalations.hours.state()
    today = now().astimezone(BRUSSELS).date()
    ahead = (today + timedelta(days=days) for days in range(366))
    holidays = [day.strftime("%d/%m/%Y") for day in ahead if is_holiday(day)][:_HOLIDAYS_AHEAD]
    opens_at = state.opens_at.timestamp() if state.opens_at else None
    return page(
        request,
        "hours.html",
        status=422 if fault else 200,
        typed=typed,
        days=DAYS,
        holiday=DAYS[HOLIDAY],
        fault=fault,
        is_open=state.is_open,
        opens_at=opens_at,
        holidays=holidays,
        saved="saved" in request.query,
    )
