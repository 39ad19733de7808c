"""A question on the way is answered; the rule behind it has the path ask its own question again."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, language_of, show_lines
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
            show_lines(dispatcher, self._lines(tracker, question.lines))
        return []

    def _lines(self, tracker: Tracker, need: str) -> tuple[str, ...]:
        return self.deps.routes.lines(
            need,
            language_of(tracker),
            who=tracker.get_slot("who") or "self",
            age_group=tracker.get_slot("age_group") or "unknown",
            urgency=Urgency.parse(tracker.get_slot("urgency")),
            at=self.deps.now(),
        )
