"""A question on the way is answered; the rule behind it has the path ask its own question again."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, show_lines
from kernel.urgency import Urgency


class AnswerQuestion(HubAction):
    """Says the answer to the question that the message asks, with its helplines if it has any."""

    action_name = "action_answer_question"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. A question that is not known says nothing: the path's own question follows."""
        entities = (tracker.latest_message or {}).get("entities") or []
        asked = next((str(entity.get("value")) for entity in entities if entity.get("entity") == "question"), "")
        question = self.deps.questions.all.get(asked)
        if question is None:
            return []
        dispatcher.utter_message(response=question.reply)
        if question.lines is not None:
            show_lines(dispatcher, self.lines_of(tracker, question.lines, Urgency.parse(tracker.get_slot("urgency"))))
        return []
