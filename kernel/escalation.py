"""The life of an escalation: its states, and the legal moves between them, written once."""

from __future__ import annotations

from enum import StrEnum


class EscalationState(StrEnum):
    """Where an escalation stands."""

    OFFERED = "offered"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNED = "returned"
    LEFT = "left"
    CLOSED = "closed"


_S = EscalationState
LEGAL_MOVES: dict[EscalationState, frozenset[EscalationState]] = {
    _S.OFFERED: frozenset({_S.WAITING, _S.CANCELLED, _S.CLOSED}),
    _S.CANCELLED: frozenset({_S.OFFERED}),
    _S.WAITING: frozenset({_S.CLAIMED, _S.CANCELLED, _S.LEFT, _S.CLOSED}),
    _S.CLAIMED: frozenset({_S.RETURNED, _S.LEFT, _S.CLOSED, _S.WAITING}),  # waiting: whoever held it went away
    _S.RETURNED: frozenset({_S.CLAIMED, _S.OFFERED, _S.CLOSED}),
    _S.LEFT: frozenset({_S.CLAIMED, _S.CLOSED, _S.WAITING}),  # waiting: they came back with their return code
    _S.CLOSED: frozenset(),
}


def may_move(now: EscalationState, then: EscalationState) -> bool:
    """True when an escalation may go from `now` to `then`."""
    return then in LEGAL_MOVES[now]
