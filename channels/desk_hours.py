"""When the desk is open: within its hours, and a counsellor seen in the last minute. And how long one is away."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from channels.answers import BRUSSELS, now
from channels.peers import Peers
from channels.store import HOLIDAY, Shift, Store
from safety.hours import is_holiday, midnight

SEEN_S = 60.0
BETWEEN_PAGES_S = 20.0
"""Who goes from one page of the desk to the next is not gone: so long the desk stays open for them."""
_DAY_MIN = 24 * 60
_AHEAD_DAYS = 21
"""So far ahead the next opening is looked for; a desk without any has none."""


@dataclass(frozen=True, slots=True)
class DeskState:
    """`opens_at`: the next opening when the hours are over; None when open, when nobody is there within hours, or never.

    `is_within_hours`: somebody may come any moment, also while nobody is there.
    """

    is_open: bool
    opens_at: datetime | None
    is_within_hours: bool = False


class WrongShift(ValueError):
    """A shift outside the day, before its own start, or over another one; `shift` is the one that is wrong."""

    def __init__(self, shift: Shift) -> None:
        super().__init__("shifts lie within one day and do not overlap")
        self.shift = shift


def check_shifts(shifts: Sequence[Shift]) -> None:
    """Raises WrongShift."""
    before: Shift | None = None
    for shift in sorted(shifts):
        overlaps = before is not None and before.day == shift.day and before.end > shift.start
        if overlaps or not 0 <= shift.day <= HOLIDAY or not 0 <= shift.start < shift.end <= _DAY_MIN:
            raise WrongShift(shift)
        before = shift


class DeskHours:
    """Hours (in the store) and presence (in memory, told to other hubs: it is worth a minute)."""

    def __init__(
        self, store: Store, clock: Callable[[], float] = time.monotonic, now: Callable[[], datetime] = now, peers: Peers | None = None
    ) -> None:
        self._store, self._clock, self._now, self.peers = store, clock, now, peers or Peers()
        self._seen: dict[str, float] = {}
        self._gone: dict[str, float] = {}  # closed their last page at this moment, and opened none since
        self._acted: dict[str, float] = {}
        self._started_at = clock()
        self.peers.on("here", self._note_seen)
        self.peers.on("gone", self._note_gone)
        is_holiday(now().date())  # loads the library of holidays (half a second) now and not while somebody waits

    def seen(self, account: str) -> None:
        """A counsellor is at the desk: to be said at least every half minute."""
        self._note_seen(account)
        self.peers.tell("here", account)

    def _note_seen(self, account: Any) -> None:
        self._seen[str(account)] = self._clock()
        self._gone.pop(str(account), None)

    def gone(self, account: str) -> None:
        """They closed the desk, or go to another page. Who has it open in another hub as well is seen again soon."""
        self._note_gone(account)
        self.peers.tell("gone", account)

    def _note_gone(self, account: Any) -> None:
        self._gone[str(account)] = self._clock()

    def acted(self, account: str) -> None:
        """They did something for a case: not away, also where their browser runs no script and so keeps no page open."""
        self._acted[account] = self._clock()

    def present(self) -> list[str]:
        """Accounts seen in the last minute that did not close the desk."""
        limit = self._clock() - SEEN_S
        return sorted(account for account, seen in self._seen.items() if seen > limit and account not in self._gone)

    def away_for(self, account: str) -> float:
        """Seconds since this account was last known to be at the desk; since this hub began, where it never was."""
        last = self._gone.get(account, self._seen.get(account, self._started_at))
        return self._clock() - max(last, self._acted.get(account, last))

    def is_deserted(self) -> bool:
        """True when nobody is at the desk, and this hub runs long enough to know."""
        return not self._is_staffed() and self._clock() - self._started_at > SEEN_S

    def _is_staffed(self) -> bool:
        """As `present`; but who closed a page a moment ago counts: a teenager must not find the desk closed meanwhile."""
        now = self._clock()
        return any(seen > now - SEEN_S and self._gone.get(account, now) > now - BETWEEN_PAGES_S for account, seen in self._seen.items())

    async def get(self) -> tuple[Shift, ...]:
        """The shifts."""
        return await self._store.hours.get()

    async def put(self, shifts: Sequence[Shift]) -> None:
        """Replace the shifts; raises WrongShift."""
        check_shifts(shifts)
        await self._store.hours.put(shifts)

    async def state(self) -> DeskState:
        """Now."""
        at, shifts = self._now(), await self.get()
        if not is_within(shifts, at):
            return DeskState(False, next_opening(shifts, at))
        return DeskState(self._is_staffed(), None, is_within_hours=True)

    async def code_expires_at(self) -> float:
        """Until when a return code given now is good: 24 h after the next opening; in seconds since the epoch."""
        at = self._now()
        opening = next_opening(await self.get(), at) or at + timedelta(days=_AHEAD_DAYS)
        return (opening + timedelta(hours=24)).timestamp()


def _day_of(at: datetime) -> int:
    return HOLIDAY if is_holiday(at.date()) else at.weekday()


def is_within(shifts: Sequence[Shift], at: datetime) -> bool:
    """True when `at` (aware) falls in a shift; a public holiday has its own."""
    here = at.astimezone(BRUSSELS)
    minute = here.hour * 60 + here.minute
    return any(shift.day == _day_of(here) and shift.start <= minute < shift.end for shift in shifts)


def next_opening(shifts: Sequence[Shift], at: datetime) -> datetime | None:
    """The first start of a shift after `at` (aware), in Brussels' time; None when there is none within three weeks."""
    here = at.astimezone(BRUSSELS)
    for ahead in range(_AHEAD_DAYS + 1):
        day = here.date() + timedelta(days=ahead)
        start_of_day = midnight(day)
        for shift in sorted(shift for shift in shifts if shift.day == _day_of(start_of_day)):
            opening = start_of_day.replace(hour=shift.start // 60, minute=shift.start % 60)
            if opening > here:
                return opening
    return None
