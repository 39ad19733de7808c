"""How the dialogue model brings in a person of the 116000 hotline."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, language_of, need_of, show_lines, urgency_of_tracker
from kernel.urgency import Urgency, highest


class EscalateToHotline(HubAction):
    """Offers the hand-off: urgency rises to high at least, 116000 comes first, then the need's own line.

    The escalation is in the store before anything is said about it.
    """

    action_name = "action_escalate_to_hotline"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class."""
        need = need_of(tracker)
        await self.deps.offer(tracker.sender_id, "action")
        urgency = urgency_of_tracker(tracker, need)  # as it was: that a person is offered makes nothing worse
        further = self.deps.routes.lines(
            need,
            language_of(tracker),
            who=tracker.get_slot("who") or "self",
            age_group=tracker.get_slot("age_group") or "unknown",
            urgency=urgency,
            at=self.deps.now(),
        )
        dispatcher.utter_message(response="utter_escalate")
        show_lines(dispatcher, ("childfocus", *(line for line in further if line != "childfocus"))[:3])
        return [SlotSet("urgency", str(highest(Urgency.HIGH, urgency)))]
