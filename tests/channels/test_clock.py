"""The wall clock jumps: nothing is deleted because of it, and nothing waits for a time that was noted wrongly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from channels.clock import MISSTEP_S, SETTLES_S, SteadyClock
from channels.retention import delete_and_note
from channels.store import Body, CardLine, Offer, Store
from channels.store.desk_tables import ESCALATIONS, OUTBOX
from channels.store.tables import CONVERSATIONS, MESSAGES
from kernel.conversation import Bubble
from kernel.escalation import EscalationState
from kernel.language import Language
from kernel.urgency import Urgency

HOURS = 3600.0


class Hands:
    """Both clocks, moved by hand. `known_s`: what the hub noted before it ended, in seconds from now; None: nothing."""

    def __init__(self, folder: Path, known_s: float | None = 0.0) -> None:
        self.wall, self.steady, self.note = 1.8e9, 50.0, folder / "clock"
        if known_s is not None:
            self.note.write_text(str(self.wall + known_s))
        self.clock = self.start()

    def start(self) -> SteadyClock:
        """As a hub does."""
        return SteadyClock(self.note, lambda: self.wall, lambda: self.steady)

    def go(self, seconds: float, *, jump: float = 0.0) -> bool:
        """Time passes, and the wall clock jumps; whether it is believed then."""
        self.steady += seconds
        self.wall += seconds + jump
        return self.clock.has_settled()


def test_a_clock_that_goes_is_believed(tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    assert hands.clock.has_settled()
    assert all(hands.go(HOURS, jump=drift) for drift in (0.0, 1.5, -2.0, MISSTEP_S - 1))
    assert float(hands.note.read_text()) == pytest.approx(hands.wall, abs=1)


@pytest.mark.parametrize("jump", [2 * 86400.0, -3 * HOURS, MISSTEP_S + 1])
def test_after_a_jump_it_is_believed_again_when_nothing_jumped_for_an_hour(tmp_path: Path, jump: float) -> None:
    hands = Hands(tmp_path)
    assert not hands.go(10, jump=jump)
    assert not hands.go(SETTLES_S - 1)
    assert hands.go(1)
    assert not hands.go(60, jump=-jump), "set right again is a jump too"
    assert not hands.go(SETTLES_S / 2, jump=jump)
    assert not hands.go(SETTLES_S / 2 + 1), "the hour begins at the last jump"
    assert hands.go(SETTLES_S / 2)


@pytest.mark.parametrize(
    ("known_s", "is_believed"), [(0.0, True), (-HOURS + 5, True), (-2 * 86400.0, False), (3 * HOURS, False), (None, False)]
)
def test_at_a_start_the_time_that_was_noted_is_asked(tmp_path: Path, known_s: float | None, is_believed: bool) -> None:
    hands = Hands(tmp_path, known_s)
    assert hands.clock.has_settled() is is_believed
    assert hands.go(SETTLES_S)


def test_a_hub_killed_right_after_a_jump_does_not_believe_the_new_time(tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    assert hands.clock.has_settled()
    assert not hands.go(1, jump=2 * 86400)
    hands.clock = hands.start()
    assert not hands.go(SETTLES_S - 1)
    assert hands.go(1)


def test_a_note_that_cannot_be_read_or_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("gisteren")
    hands = Hands(tmp_path, None)
    assert not hands.clock.has_settled()
    (tmp_path / "clock").unlink()
    (tmp_path / "clock").mkdir()
    assert hands.go(SETTLES_S)


async def test_nothing_is_deleted_by_a_clock_that_is_not_believed(store: Store, tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    old, _, _ = await store.begin(Language.NL, "web", [])
    await store.begin(Language.NL, "web", [])
    async with store.db.write() as connection:
        await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == old).values(active_at=time.time() - 25 * HOURS))
    hands.wall += 2 * 86400
    await delete_and_note(store, 24, 30, hands.clock)
    assert (await store.conversations.count_idle_since(time.time() + HOURS))[1] == 2
    hands.go(SETTLES_S)
    await delete_and_note(store, 24, 30, hands.clock)
    assert (await store.conversations.count_idle_since(time.time() + HOURS))[1] == 1, "once it is believed, what is old goes"


async def test_what_a_clock_ahead_noted_is_kept_no_longer_than_the_rest(store: Store, tmp_path: Path) -> None:
    ahead, _, _ = await store.begin(Language.NL, "web", [])
    async with store.db.write() as connection:
        await connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == ahead).values(active_at=time.time() + 90 * 24 * HOURS))
    await delete_and_note(store, 24, 30, Hands(tmp_path).clock)
    assert await store.conversations.idle_since(time.time() + 1) == [ahead], "as if it had been said now"


async def test_what_a_clock_ahead_noted_is_answered_when_it_is_set_right(store: Store) -> None:
    key, _, _ = await store.begin(Language.NL, "web", [])
    now = time.time()
    for name, received in (("before", now - 60), ("under way", now - 1), ("ahead", now + 3 * HOURS)):
        await store.messages.accept(key, name, Body("hallo"), Urgency.NONE)
        async with store.db.write() as connection:
            await connection.execute(MESSAGES.update().where(MESSAGES.c.client_id == name).values(received_at=received))
    assert [message.id for message in await store.messages.unfinished(before=now - 25)] == ["before", "ahead"]


async def test_who_waits_and_its_alarm_do_not_wait_for_a_time_that_was_noted_wrongly(store: Store) -> None:
    key, _, _ = await store.begin(Language.NL, "web", [Bubble("hoi", Language.NL)])
    offered = await store.teen_moves.offer(key, Offer("danger", "suicidal", Urgency.EMERGENCY, True))
    [card] = await store.teen_moves.put_card(offered.escalation.id, [CardLine("said", "ik schreef", None)])
    await store.teen_moves.send(key, offered.escalation.id, [card.id], "", is_after_hours=False, ways=["email"])
    now = time.time()
    assert await store.outbox.take(now, 30) == []
    assert await store.escalations.unclaimed(now - 600, now - 120, now) == []
    async with store.db.write() as connection:
        await connection.execute(OUTBOX.update().values(due_at=now + 3 * HOURS))
        await connection.execute(ESCALATIONS.update().values(waiting_at=now + 3 * HOURS))
    assert [each.id for each in await store.escalations.unclaimed(now - 600, now - 120, now)] == [offered.escalation.id]
    assert len(await store.outbox.take(now, 30)) == 1
    assert await store.outbox.take(now, 30) == [], "taken: due again when the lease is over"


async def test_what_was_given_back_by_a_clock_ahead_is_given_back(store: Store) -> None:
    key, _, _ = await store.begin(Language.NL, "web", [Bubble("hoi", Language.NL)])
    offered = await store.teen_moves.offer(key, Offer("danger", "suicidal", Urgency.EMERGENCY, True))
    now, case = time.time(), offered.escalation.id
    for returning_at, expected in ((now + 10, []), (now - 1, [case]), (now + 3 * HOURS, [case])):
        async with store.db.write() as connection:
            await connection.execute(ESCALATIONS.update().values(state=EscalationState.CLAIMED, returning_at=returning_at))
        assert [each.id for each in await store.escalations.returning(now)] == expected
