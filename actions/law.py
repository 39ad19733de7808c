"""What the law says at a step of the path of legal_question, by age group and with its date."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, language_of
from actions.dialogue import pending_question


class SayLaw(HubAction):
    """Says the record that answers the path's last question (data/safety/law.yml), as of the date of its source."""

    action_name = "action_say_law"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. Without a record for the question it sends to 116000 rather than guess."""
        language = language_of(tracker)
        law = self.deps.laws.at(pending_question(tracker.events))
        if law is None:
            dispatcher.utter_message(response="utter_legal_question_images_heard")
            return []
        date = self.deps.fixed.text("law_as_of", language, date=self.deps.laws.day(law, language))
        text = law.text(str(tracker.get_slot("age_group") or "unknown"), language)
        dispatcher.utter_message(text=f"{date} {text}")
        return []
