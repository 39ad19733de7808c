"""The paths of data/stories, recalled by where the conversation stands and what was just said.

Rasa's memoisation also remembers what the teenager had answered *before* the last question, so each step would have to
be written once for every way to get there (measured: one path of seven steps took nine minutes to train; docs/adr/0005).
"""

from __future__ import annotations

from typing import List, Optional

from rasa.core.policies.memoization import AugmentedMemoizationPolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import State


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class PathMemoizationPolicy(AugmentedMemoizationPolicy):
    """AugmentedMemoizationPolicy that forgets earlier answers: the bot's last question and the new answer decide."""

    def _create_feature_key(self, states: List[State]) -> Optional[str]:
        """The key of `states` without the user's part of all but the latest."""
        earlier = [{part: value for part, value in state.items() if part != USER} for state in states[:-1]]
        return super()._create_feature_key([*earlier, *states[-1:]])
