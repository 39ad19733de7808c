"""Danger that is now goes first, at the start and in the middle of any path: 112, its lines, and a question that fits (docs/adr/0023).

Stories could not say it: whether it is now is no intent but a mark on the message (the entity danger_now), which any intent may carry.
What is asked here is answered by stories, as every other place (data/stories/now.yml and those of the need).
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from rasa.core.constants import POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation_state import IS_NOW, OF_NOW, question_in
from kernel.need import NEEDS, NOT_UNDERSTOOD, urgency_of

LINES, AGAIN = "action_point_to_safety", "action_ask_again"
_FROM_PEOPLE = ("utter_now", LINES, "utter_ask_now_away")
_MEETING = ("utter_grooming_meeting", *_FROM_PEOPLE[1:])
"""A meeting may be now or tonight: its words hold for both."""
_BODY = ("utter_now_body", LINES, "utter_ask_now_helped")
"""Pills taken, bleeding, unconscious, their own or a friend's: nothing to get away from."""
_SAME_QUESTION = ("utter_now_again", LINES, AGAIN)
_OWN = {
    "grooming": _MEETING,
    "suicidal": ("utter_suicidal_now_yes", LINES, "utter_ask_suicidal_with"),
    "self_harm": ("utter_self_harm_hurt_yes", LINES, "utter_ask_self_harm_die"),
    "parental_abduction": ("utter_parental_abduction_today_yes", LINES, "utter_ask_parental_abduction_abroad"),
    "runaway_now": ("utter_runaway_now_not_safe", LINES, "utter_ask_runaway_now_moved"),
}
"""Paths whose own first question asks whether it is now: what they say to "yes, now", without asking."""
_MAY_TURN = frozenset({"cyberbullying", "pressured_to_send", "other_wellbeing"})
"""Not urgent by themselves (bot/components/crisis_finder.py)."""
_OPENS_ITSELF = frozenset({"friend_missing"})
"""Its opening names the police already, and asks whether they were called."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class DangerNowPolicy(Policy):
    """Predicts the turn that answers a message whose danger is now, and is silent at any other."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`priority`: above rules and stories, below the scenario whose scene takes what is typed."""
        return {POLICY_PRIORITY: 7}

    @classmethod
    def load(
        cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Policy:
        """There is nothing to read: nothing was learned."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing is learned; Rasa wants to be given the method."""
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: Optional[Dict[str, Any]] = None, **kwargs: Any
    ) -> PolicyPrediction:
        """Certain of one action, or of none."""
        probabilities = self._default_predictions(domain)
        action = next_action(tracker.applied_events(), tracker.get_slot("topic"))
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)


def next_action(events: List[Event], topic: Optional[str]) -> Optional[str]:
    """The action for a conversation with these events about `topic`; None when the last message tells of no danger now."""
    place = next((number for number in reversed(range(len(events))) if isinstance(events[number], UserUttered)), None)
    if place is None or _said(events[place]) not in IS_NOW:
        return None
    turn = turn_for(str(events[place].intent_name), topic, question_in(events[:place]), is_of_body=_said(events[place]) == "body")  # type: ignore[attr-defined]
    done = [str(event.action_name) for event in events[place + 1 :] if isinstance(event, ActionExecuted)]
    if list(turn[: len(done)]) != done:
        return None  # somebody else began this turn
    return (*turn, ACTION_LISTEN_NAME)[len(done)] if turn else None


def turn_for(heard: str, topic: Optional[str], asked: Optional[str], *, is_of_body: bool = False) -> Tuple[str, ...]:
    """The actions that answer danger now, before listening; none where a path opens itself, or nobody knows what it is about.

    `heard` is the intent, `topic` the need the conversation is about, `asked` the question that was open.
    """
    is_need = (heard in NEEDS and not NEEDS[heard].is_conversation and urgency_of(heard).is_danger) or heard in _MAY_TURN
    need = heard if is_need else topic
    if need in _OPENS_ITSELF or (need is None and heard != NOT_UNDERSTOOD):
        return ()
    turn = _BODY if is_of_body else _OWN.get(str(need), _FROM_PEOPLE)
    is_there = asked == turn[-1] or (turn[-1].startswith(OF_NOW) and str(asked).startswith(OF_NOW))
    return _SAME_QUESTION if is_there else turn


def _said(message: Event) -> Optional[str]:
    """The value of the message's entity danger_now."""
    entities = message.entities  # type: ignore[attr-defined]  # a UserUttered
    return next((entity.get("value") for entity in entities if entity.get("entity") == "danger_now"), None)
