"""What all open desk pages share: who looks at which case, which danger was seen, and the queue as it is now."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from channels.desk.rows import Names, Row, may_ring, row_of
from channels.desk_events import QueueChanged
from channels.escalation import Escalations
from channels.fanout import Listener
from channels.store import Escalation, Store
from channels.store.staff_moves import TYPED_WITHIN_S
from kernel.urgency import Urgency

AWAY_AFTER_S = 60.0
UNHEARD_AFTER_S = 60.0
"""Danger said to a counsellor who neither sees nor answers it for so long rings on every page."""
BELIEVED_S = 40.0
"""So long a page that another hub told of counts as open without being told of again (pages say so every 15 s)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looks at what, or which danger was seen, changed."""


@dataclass(slots=True)
class _Danger:
    """Danger said in a case that somebody holds, not marked as seen. `since` on the clock; `is_answered`: they wrote back since."""

    holder: str
    since: float
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The desk at one moment. `taken_at` on the monotonic clock."""

    taken_at: float
    queue: tuple[Escalation, ...]
    signals: tuple[Escalation, ...]
    people: dict[str, str]
    is_open: bool
    opens_at: float | None


class Watch:
    """Presence, viewers and danger that was seen are in memory and told to other hubs; everything else comes from the store."""

    def __init__(self, store: Store, escalations: Escalations, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._escalations = store, escalations
        self._looking: dict[str, Counter[str]] = {}
        self._here: Counter[str] = Counter()
        self._left_at: dict[str, float] = {}
        self._handed: dict[str, str] = {}  # case → the colleague it was given to, who did not open it yet
        self._started_at = clock()
        self._clock = clock
        self._seen: set[str] = set()
        self._dangers: dict[str, _Danger] = {}  # by case
        self._reading = asyncio.Lock()
        self._last: Snapshot | None = None
        self._pages: set[Listener[Any]] = set()
        self._elsewhere: dict[tuple[str, str | None], float] = {}  # account and case, open in another hub → until when that is believed
        self._peers = escalations.hours.peers
        self._peers.on("looks", self._note_elsewhere)
        self._peers.on("handed", lambda said: self._handed.__setitem__(said[0], said[1]))
        self._peers.on("seen", self._note_seen)
        self._peers.on("answered", self._note_answered)

    async def snapshot(self, not_before: float) -> Snapshot:
        """The desk as read at or after `not_before` (monotonic): many pages that ask at once read the store once."""
        async with self._reading:
            if self._last is None or self._last.taken_at < not_before:
                taken_at = time.monotonic()
                state = await self._escalations.hours.state()
                self._last = Snapshot(
                    taken_at,
                    tuple(await self._escalations.queue()),
                    tuple(await self._escalations.signals()),
                    {account.id: account.name for account in await self._store.accounts.all()},
                    state.is_open,
                    state.opens_at.timestamp() if state.opens_at else None,
                )
            return self._last

    @contextmanager
    def present(self, account_id: str, case_id: str | None, listener: Listener[Any]) -> Iterator[None]:
        """Somebody has a desk page open, and looks at a case; `listener` hears when others come and go."""
        self._here[account_id] += 1
        self._pages.add(listener)
        self._escalations.hours.seen(account_id)
        if case_id is not None:
            self._looking.setdefault(case_id, Counter())[account_id] += 1
            if self._handed.get(case_id) == account_id:
                del self._handed[case_id]
        self.still_there(account_id, case_id)
        self._nudge()
        try:
            yield
        finally:
            self._pages.discard(listener)
            self._here[account_id] -= 1
            if not self._here[account_id]:
                del self._here[account_id]
                self._left_at[account_id] = self._clock()
                self._escalations.hours.gone(account_id)
            if case_id is not None:
                self._looking[case_id] -= Counter([account_id])
                if not self._looking[case_id]:
                    del self._looking[case_id]
            self._peers.tell("looks", [account_id, case_id, False])
            self._nudge()

    def still_there(self, account_id: str, case_id: str | None) -> None:
        """Tell other hubs that the page is open; to be said at least every BELIEVED_S."""
        self._peers.tell("looks", [account_id, case_id, True])

    def _note_elsewhere(self, said: Any) -> None:
        account_id, case_id, is_open = said
        if is_open:
            is_news = (account_id, case_id) not in self._elsewhere
            self._elsewhere[account_id, case_id] = self._clock() + BELIEVED_S
            if self._handed.get(case_id) == account_id:
                del self._handed[case_id]
                is_news = True
        else:
            is_news = self._elsewhere.pop((account_id, case_id), None) is not None
            self._left_at[account_id] = self._clock()
        if is_news:
            self._nudge()

    def _open_elsewhere(self) -> list[tuple[str, str | None]]:
        """What other hubs have open; what was not repeated is forgotten, since a hub that died says nothing."""
        now = self._clock()
        for account_id, case_id in [page for page, until in self._elsewhere.items() if until < now]:
            del self._elsewhere[account_id, case_id]
            self._left_at[account_id] = now
        return list(self._elsewhere)

    def colleagues(self, account_id: str) -> set[str]:
        """Accounts that have a desk page open now, but for this one."""
        return (set(self._here) | {each for each, _ in self._open_elsewhere()}) - {account_id}

    def hand(self, case_id: str, account_id: str) -> None:
        """A case was given to a colleague: it rings there until it is opened."""
        self._handed[case_id] = account_id
        self._peers.tell("handed", [case_id, account_id])
        self._nudge()

    def is_away(self, account_id: str) -> bool:
        """True when no desk page of this account was open for a minute: going from one page to another is not leaving."""
        is_open = account_id in self._here or any(each == account_id for each, _ in self._open_elsewhere())
        return not is_open and self._clock() - self._left_at.get(account_id, self._started_at) > AWAY_AFTER_S

    def is_left_alone(self, escalation: Escalation) -> bool:
        """True for a case whose counsellor is away."""
        return escalation.is_held and self.is_away(escalation.claimed_by or "")

    def viewers(self, case_id: str) -> set[str]:
        """Accounts that have this case open now."""
        return set(self._looking.get(case_id, ())) | {account for account, case in self._open_elsewhere() if case == case_id}

    async def keep_listening(self) -> None:
        """Remember danger until it was seen, whatever pages are open: a counsellor may be between two of them."""
        while True:
            with self._escalations.subscribe() as listener:
                while not listener.is_cut:
                    event = await listener.get()
                    if isinstance(event, QueueChanged):
                        self._note(event)

    def _note(self, change: QueueChanged) -> None:
        case_id, holder = change.escalation_id, change.held_by
        known = self._dangers.get(case_id)
        if change.cause == "danger":
            self._seen.discard(case_id)
            if holder is not None:
                is_old = known is not None and known.holder == holder and not known.is_answered
                self._dangers[case_id] = known if known is not None and is_old else _Danger(holder, self._clock())
            self._nudge()
        elif holder is None:
            self._dangers.pop(case_id, None)
        elif known is not None and known.holder != holder:
            self._dangers[case_id] = _Danger(holder, self._clock())  # taken over: it rings where it can be read
            self._nudge()

    def mark_seen(self, case_id: str) -> None:
        """Somebody saw this danger: it stops ringing for everybody."""
        self._note_seen(case_id)
        self._peers.tell("seen", case_id)

    def _note_seen(self, case_id: Any) -> None:
        self._seen.add(case_id)
        self._dangers.pop(case_id, None)
        self._nudge()

    def answered(self, case_id: str) -> None:
        """Whoever holds this case wrote back: danger in it, said before they began to type, does not go on to ring for everybody."""
        self._note_answered(case_id)
        self._peers.tell("answered", case_id)

    def _note_answered(self, case_id: Any) -> None:
        danger = self._dangers.get(case_id)
        if danger is not None and self._clock() - danger.since > TYPED_WITHIN_S:
            danger.is_answered = True
            self._nudge()

    def unheard(self, account_id: str) -> set[str]:
        """Cases of others in which danger was said a while ago, and nobody saw or answered it."""
        now = self._clock()
        return {
            case_id
            for case_id, danger in self._dangers.items()
            if danger.holder != account_id and not danger.is_answered and now - danger.since > UNHEARD_AFTER_S
        }

    def _nudge(self) -> None:
        for listener in self._pages:
            listener.put(Looked())

    def rows(self, snapshot: Snapshot, names: Names, me: str) -> list[Row]:
        """The queue's rows as the account `me` sees them."""
        return [
            row_of(each, names, snapshot.people, self.viewers(each.id), me, is_alone=self.is_left_alone(each)) for each in snapshot.queue
        ]

    def shown(self, snapshot: Snapshot, names: Names, account_id: str) -> dict[str, Any]:
        """What a page of this account shows; `dangers`: its cases in which danger was said and not seen yet; `unheard`: those of others."""
        dangers = {case_id for case_id, danger in self._dangers.items() if danger.holder == account_id}
        unheard = self.unheard(account_id)
        ringing = [each for each in snapshot.queue if may_ring(each)]
        unseen = [each for each in snapshot.signals if each.id not in self._seen]
        handed = [each for each in snapshot.queue if each.claimed_by == account_id and self._handed.get(each.id) == account_id]
        alone = [each for each in snapshot.queue if self.is_left_alone(each)]
        emergency = any(each.urgency is Urgency.EMERGENCY for each in (*ringing, *alone, *handed)) or bool(unseen or dangers or unheard)
        present = sorted(snapshot.people.get(each, "?") for each in self._escalations.hours.present())
        return {
            "queue": [row.plain() for row in self.rows(snapshot, names, account_id)],
            "signals": [row_of(each, names, snapshot.people).plain() | {"unseen": each in unseen} for each in snapshot.signals],
            "waiting": len(ringing),
            "dangers": sorted(dangers),
            "unheard": len(unheard),
            "danger": bool(unseen),
            "alone": len(alone),
            "handed": [each.id for each in handed],
            "ring": "emergency" if emergency else "normal" if ringing or alone or handed else "none",
            "open": snapshot.is_open,
            "opens_at": snapshot.opens_at,
            "present": present,
            "me": account_id,
        }
