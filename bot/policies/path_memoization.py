"""The paths of data/stories, recalled by where the conversation stands and what was just said.

Rasa's memoisation also remembers what the teenager had answered *before* the last question, so each step would have to
be written once for every way to get there (measured: one path of seven steps took nine minutes to train; docs/adr/0005).
What was told for sure before its question is passed over (bot/policies/told_walk.py).
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_state import TOLD_BEFORE
from bot.policies.told_walk import next_of_walk


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class PathMemoizationPolicy(AugmentedMemoizationPolicy):
    """AugmentedMemoizationPolicy that forgets earlier answers: the bot's last question and the new answer decide."""

    def _create_feature_key(self, states: List[State]) -> Optional[str]:
        """The key of `states` without the user's part of all but the latest."""
        earlier = [{part: value for part, value in state.items() if part != USER} for state in states[:-1]]
        return super()._create_feature_key([*earlier, *states[-1:]])

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: Optional[Dict[str, Any]] = None, **kwargs: Any
    ) -> PolicyPrediction:
        """What the stories say, or what comes instead where their step would ask what is known."""
        prediction = super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        instead = next_of_walk(tracker.applied_events(), tracker.get_slot(TOLD_BEFORE))
        if instead is None:
            return prediction
        of_story, action = instead
        if of_story is not None and prediction.probabilities[domain.index_for_action(of_story)] < 1.0:
            return prediction
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)
