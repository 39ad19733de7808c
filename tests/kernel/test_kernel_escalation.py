"""The moves of an escalation."""

from __future__ import annotations

import itertools

from kernel.escalation import LEGAL_MOVES, EscalationState, may_move

ALLOWED = {
    "offered": {"waiting", "cancelled", "closed"},
    "cancelled": {"offered"},
    "waiting": {"claimed", "cancelled", "left", "closed"},
    "claimed": {"returned", "left", "closed", "waiting"},
    "returned": {"claimed", "offered", "closed"},
    "left": {"claimed", "closed", "waiting"},
    "closed": set(),
}


def test_every_pair_of_states_is_decided_as_written_here() -> None:
    assert {str(state) for state in LEGAL_MOVES} == {str(state) for state in EscalationState} == set(ALLOWED)
    for now, then in itertools.product(EscalationState, repeat=2):
        assert may_move(now, then) is (str(then) in ALLOWED[str(now)]), f"{now} → {then}"


def test_nobody_waits_without_consent_and_nobody_is_claimed_unasked() -> None:
    into = {then: {now for now in EscalationState if may_move(now, then)} for then in EscalationState}
    # Left ones waited before, with consent: they came back.
    assert into[EscalationState.WAITING] == {EscalationState.OFFERED, EscalationState.CLAIMED, EscalationState.LEFT}
    assert EscalationState.OFFERED not in into[EscalationState.CLAIMED]
    assert EscalationState.CANCELLED not in into[EscalationState.CLAIMED]


def test_every_state_is_reached_from_an_offer_and_can_end() -> None:
    def reached(start: EscalationState) -> set[EscalationState]:
        seen, waiting = {start}, [start]
        while waiting:
            for then in LEGAL_MOVES[waiting.pop()] - seen:
                seen.add(then)
                waiting.append(then)
        return seen

    assert reached(EscalationState.OFFERED) == set(EscalationState)
    assert all(EscalationState.CLOSED in reached(state) for state in EscalationState)
    assert reached(EscalationState.CLOSED) == {EscalationState.CLOSED}
