"""One turn on a tracker that is at hand: Rasa's own steps without its store, lock and copies, of which a stateless bot needs none.

What stays is Rasa's: understanding, slots, policies, actions, their order and their limits. Measured on the way here: making every
default action anew to find one by name (2 of a turn's 40 ms), replaying the conversation before each action (1 ms), a new
connection for each call of a custom action (3 ms).
"""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional, Tuple

from rasa.core import agent, processor
from rasa.core.actions.action import Action, ActionExecutionRejection, action_for_name_or_text
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.events import ActionExecutionRejected, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.utils.endpoints import EndpointConfig

from bot.quicker.action_calls import KeptEndpoint
from bot.quicker.runner import OrderedGraphRunner
from bot.quicker.together import Together

logger = logging.getLogger(__name__)


class TurnProcessor(MessageProcessor):
    """A processor with `turn`; its other methods do what Rasa's do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actions: Dict[str, Action] = {}
        self._together = Together(self._meant)
        self.action_endpoint: Optional[EndpointConfig] = self.action_endpoint and KeptEndpoint.of(self.action_endpoint)

    async def turn(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Understand `message`, act until the bot listens; `tracker` is brought up to date, replies go to the message's channel.

        `tracker` has events already, so no session is begun. Raises what Rasa raises.
        """
        assert tracker.events, "a conversation starts with what the hub said first"
        tracker.model_id, tracker.assistant_id = self.model_metadata.model_id, self.model_metadata.assistant_id
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)

    async def parse_message(
        self, message: UserMessage, tracker: Optional[DialogueStateTracker] = None, only_output_properties: bool = True
    ) -> Dict[str, Any]:
        """As Rasa's, together with what waits at the same moment. No part of this pipeline reads `tracker`."""
        parsed = await self._together.parsed(message)
        self._check_for_unseen_features(parsed)
        return parsed

    def _meant(self, messages: List[UserMessage]) -> List[Dict[str, Any]]:
        """What Rasa's `_parse_message_with_graph` gives for each of them."""
        target = self.model_metadata.nlu_target
        found = self.graph_runner.run(inputs={PLACEHOLDER_MESSAGE: messages}, targets=[target])[target]
        nothing = {TEXT: "", INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, ENTITIES: []}
        return [{**nothing, **each.as_dict(only_output_properties=True)} for each in found]

    def _get_action(self, action_name: str) -> Action:
        """The action of this name; actions hold nothing of a conversation (this bot has no forms), so each is made once."""
        action = self._actions.get(action_name)
        if action is None:
            action = self._actions[action_name] = action_for_name_or_text(action_name, self.domain, self.action_endpoint)
        return action

    async def run_action_extract_slots(self, output_channel: OutputChannel, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """As Rasa's, with the action at hand."""
        action = self._get_action(ACTION_EXTRACT_SLOTS)
        events = await action.run(output_channel, self.nlg, tracker, self.domain)
        await self._send_bot_messages(events, tracker, output_channel)
        tracker.update_with_events(events, self.domain)
        return tracker

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> Tuple[Action, PolicyPrediction]:
        """As Rasa's, with the action at hand. Raises ActionLimitReached."""
        should_predict = self.should_predict_another_action(tracker.latest_action_name)
        if self.is_action_limit_reached(tracker, should_predict):
            raise processor.ActionLimitReached("The limit of actions to predict has been reached.")
        prediction = self._predict_next_with_tracker(tracker)
        return self._get_action(self.domain.action_names_or_texts[prediction.max_confidence_index]), prediction

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """As Rasa's; the conversation is copied for the action only where the prediction brings events of its own (loops)."""
        if prediction.events:
            return bool(await super()._run_action(action, tracker, output_channel, nlg, prediction))
        events: Optional[List[Event]]
        try:
            events = await action.run(output_channel, nlg, tracker, self.domain)
        except ActionExecutionRejection:
            tracker.update(ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence))
            return bool(self.should_predict_another_action(action.name()))
        except Exception as error:
            logger.error("action %s failed: %s; what it would have changed is lost", action.name(), type(error).__name__)
            events = []
        self._log_action_on_tracker(tracker, action, events, prediction)
        if any(isinstance(event, UserUttered) for event in events or ()):
            await self.run_action_extract_slots(output_channel, tracker)
        await self.execute_side_effects(events or [], tracker, output_channel)
        return bool(self.should_predict_another_action(action.name()))

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Nothing: they would be logged on the debug level only."""


def turn_quickly() -> None:
    """From here on agents are given a TurnProcessor, and it an OrderedGraphRunner."""
    processor.DaskGraphRunner = OrderedGraphRunner  # type: ignore[misc,assignment]
    agent.MessageProcessor = TurnProcessor  # type: ignore[misc]
