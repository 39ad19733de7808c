"""What a conversation looked like at each earlier action, worked out once a turn instead of three times per action.

Rasa's policies ask for the state before every earlier action each time they predict, and each time the whole conversation is
replayed (measured: 6 of a turn's 40 ms under the profiler). A turn only adds events: what was replayed is kept beside the tracker.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, NamedTuple, Optional

from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import Domain, State, SubState
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

_KEPT = "_replayed"


class _Moment(NamedTuple):
    """A tracker just before an action, as far as policies read it. `keeps_hiding`: this action does not change what is hidden."""

    state: State
    previous_action: Optional[SubState]
    keeps_hiding: bool
    is_hidden: bool


class _Replay:
    """A conversation replayed up to its newest event; `moments` before each action, in order."""

    def __init__(self, tracker: DialogueStateTracker, domain: Domain) -> None:
        self._domain = domain
        self._running = tracker.init_copy()
        self._events: List[Event] = []
        self._moments: List[_Moment] = []

    def moments_of(self, applied: List[Event]) -> Optional[List[_Moment]]:
        """The moments of these events and the one after them; None when they do not continue what was replayed."""
        known = len(self._events)
        if len(applied) < known or any(one is not other for one, other in zip(self._events, applied, strict=False)):
            return None
        for event in applied[known:]:
            if isinstance(event, ActionExecuted):
                self._moments.append(self._moment(event.hide_rule_turn))
            self._running.update(event)
            self._events.append(event)
        return [*self._moments, self._moment(False)]

    def _moment(self, is_hidden: bool) -> _Moment:
        running = self._running
        keeps_hiding = bool(running.followup_action) or running.latest_action_name == running.active_loop_name
        state = self._domain.get_active_state(running)
        return _Moment(state, self._domain._get_prev_action_sub_state(running), keeps_hiding, is_hidden)


def _moments(tracker: DialogueStateTracker, domain: Domain) -> List[_Moment]:
    applied = tracker.applied_events()
    replay: Optional[_Replay] = tracker.__dict__.get(_KEPT)
    moments = replay.moments_of(applied) if replay is not None and replay._domain is domain else None
    if moments is None:
        replay = tracker.__dict__[_KEPT] = _Replay(tracker, domain)
        moments = replay.moments_of(applied)
        assert moments is not None, "nothing was replayed before"
    return moments


def _copy_of(state: State) -> State:
    """As deep as callers change it: they take parts out, and slots out of the slots."""
    return {part: dict(values) for part, values in state.items()}


def states_of(
    domain: Domain, tracker: DialogueStateTracker, ignore_rule_only_turns: bool, rule_only_data: Optional[Dict[str, Any]]
) -> List[State]:
    """What `Domain.states_for_tracker_history` gives (its steps, on remembered moments)."""
    states: List[State] = []
    last_action: Optional[SubState] = None
    was_hidden = False
    for moment in _moments(tracker, domain):
        state = _copy_of(moment.state)
        if ignore_rule_only_turns:
            if not was_hidden:
                last_action = moment.previous_action
            if not moment.keeps_hiding:
                was_hidden = moment.is_hidden
            if was_hidden:
                continue
            domain._remove_rule_only_features(state, rule_only_data)
            if states:
                domain._substitute_rule_only_user_input(state, states[-1])
            if last_action:
                state[PREVIOUS_ACTION] = last_action
        states.append(domain._clean_state(state))
    return states


def remember_states() -> None:
    """From here on policies are given remembered states."""
    own: Callable[..., List[State]] = Domain.states_for_tracker_history

    def states_for_tracker_history(
        self: Domain,
        tracker: DialogueStateTracker,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: Optional[Dict[str, Any]] = None,
    ) -> List[State]:
        if omit_unset_slots:  # in training only
            return own(self, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
        return states_of(self, tracker, ignore_rule_only_turns, rule_only_data)

    Domain.states_for_tracker_history = states_for_tracker_history  # type: ignore[method-assign]
