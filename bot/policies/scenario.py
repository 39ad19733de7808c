"""In an interactive scenario, action_scenario answers first (docs/adr/0009).

Neither rules nor stories can say "whatever is typed here": that would be a rule for each need at a place that all needs may
interrupt. What the action rejects, rules and stories answer as always.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.constants import POLICY_PRIORITY
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_state import place_of_latest
from bot.policies.certain import CertainPolicy

ACTION = "action_scenario"
SLOT = ENTITY = "scenario"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class ScenarioPolicy(CertainPolicy):
    """Predicts action_scenario after its buttons and words and while a scene waits for an answer, and then listens."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`priority`: above danger now, rules and stories, which are as certain."""
        return {POLICY_PRIORITY: 8}

    def action_for(self, tracker: DialogueStateTracker) -> Optional[str]:
        """See `next_action`."""
        return next_action(tracker.applied_events(), tracker.get_slot(SLOT))


def next_action(events: List[Event], place: Optional[str]) -> Optional[str]:
    """The action for a conversation with these events that stands at `place` of a scenario; None when it is not this policy's."""
    message = place_of_latest(events)
    if message is None:
        return None
    since = events[message + 1 :]
    done = _names(since)
    if ACTION in done:
        return ACTION_LISTEN_NAME
    if done or any(isinstance(event, ActionExecutionRejected) for event in since):
        return None
    is_told = any(entity.get("entity") == ENTITY for entity in events[message].entities)  # type: ignore[attr-defined]
    return ACTION if is_told or (place and _names(events[:message])[-1:] == [ACTION]) else None


def _names(events: List[Event]) -> List[str]:
    """The actions in `events`, without listening."""
    return [str(event.action_name) for event in events if isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME]
