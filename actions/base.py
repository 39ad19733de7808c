"""What every action shares: it is counted, it never ends in silence, and its errors carry none of the conversation."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection
from rasa_sdk.types import DomainDict

from actions.deps import Deps
from kernel.language import Language
from kernel.need import NEEDS
from kernel.urgency import Urgency, highest

logger = logging.getLogger("chatmasjien.actions")
Events = list[dict[str, Any]]
_BESIDE_THE_TOPIC = frozenset({"want_human", "privacy_question"})
"""Needs that do not change what the conversation is about."""


class HubAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk ships no types for Action
    """An action with what the hub handed in."""

    action_name: str

    def __init__(self, deps: Deps) -> None:
        self.deps = deps

    def name(self) -> str:
        """The name in the domain and in stories."""
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Runs `act`; when it fails, 116000 is shown (rasa's own server would echo the conversation into a log)."""
        try:
            self.deps.count_action(self.action_name)
            return await self.act(dispatcher, tracker)
        except ActionExecutionRejection:
            raise  # not a failure: the dialogue model is to answer in its place
        except Exception as error:
            logger.error("action failed", extra={"action": self.action_name, "error": type(error).__name__})
            dispatcher.utter_message(response="utter_action_failed")
            show_lines(dispatcher, ("childfocus",))
            return self.after_failure()

    def after_failure(self) -> Events:
        """Events for the tracker when `act` failed; the story goes on."""
        return []

    def lines_of(self, tracker: Tracker, need: str | None, urgency: Urgency, *, is_now: bool = False) -> tuple[str, ...]:
        """The helplines of `need` for whoever this conversation is with, the first to name first."""
        return self.deps.routes.lines(
            need,
            language_of(tracker),
            who=tracker.get_slot("who") or "self",
            age_group=tracker.get_slot("age_group") or "unknown",
            urgency=urgency,
            now=is_now,
            at=self.deps.now(),
        )

    def lines_of_question(self, tracker: Tracker, question: str) -> tuple[str, ...]:
        """The helplines that go with the answer to a question on the way; () where it has none of its own."""
        return self.deps.routes.lines_of_question(
            question,
            language_of(tracker),
            who=tracker.get_slot("who") or "self",
            age_group=tracker.get_slot("age_group") or "unknown",
            at=self.deps.now(),
        )

    @abstractmethod
    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What the action does; returns events for the tracker."""


def show_lines(dispatcher: CollectingDispatcher, lines: tuple[str, ...]) -> None:
    """Hands helpline ids to the relay, which makes cards of them."""
    if lines:
        dispatcher.utter_message(json_message={"helplines": list(lines)})


def asked_of(tracker: Tracker) -> str:
    """The name of the question that the latest message asks on the way; "" for none."""
    return entity_of(tracker, "question")


def entity_of(tracker: Tracker, name: str) -> str:
    """The value of an entity of the latest message; "" for none."""
    entities = (tracker.latest_message or {}).get("entities") or []
    return next((str(entity.get("value")) for entity in entities if entity.get("entity") == name), "")


def heard_need(tracker: Tracker) -> str:
    """The need of the latest message as the bot settled it; "" for none.

    Not rasa_sdk's get_intent_of_latest_message: it reads the ranking, in which a fallback is skipped (its runner-up would be
    a guess) and which a danger found in the words does not change.
    """
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def language_of(tracker: Tracker) -> Language:
    """The conversation's language."""
    return Language.parse(tracker.get_slot("language"), Language.NL)


def need_of(tracker: Tracker) -> str | None:
    """The need of the latest message, or of the path the conversation is on when the message is small talk."""
    heard = heard_need(tracker)
    topic = tracker.get_slot("topic")
    if heard in NEEDS and not NEEDS[heard].is_conversation and heard not in _BESIDE_THE_TOPIC:
        return heard
    if topic in NEEDS:
        return str(topic)
    return heard if heard in _BESIDE_THE_TOPIC else None


def urgency_of_tracker(tracker: Tracker, need: str | None) -> Urgency:
    """The hub's urgency, raised by what the need brings by itself."""
    own = NEEDS[need].urgency if need in NEEDS else Urgency.NONE
    return highest(Urgency.parse(tracker.get_slot("urgency")), own)


def events_of_this_turn(tracker: Tracker) -> Events:
    """What happened since the latest message, the newest first."""
    turn: Events = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        turn.append(event)
    return turn
