"""A question on the way is answered; the rule behind it has the path ask its own question again."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, asked_of, entity_of, language_of, show_lines
from actions.dialogue import pending_question
from actions.law import law_said
from kernel.questions import ASKS, LEAVES, MEANT, MEANT_OTHERS
from kernel.urgency import Urgency

_WHOSE = "whose_"
"""How the names begin of what is said to whoever set right whose trouble it is: the lines may be others now."""
_OF_NOW = "utter_ask_now_"


class AnswerQuestion(HubAction):
    """Says the answer to the question that the message asks, with what the law says and its helplines where it has any.

    Those of data/safety/routes.yml for this very question, else those of the need that the question names.
    """

    action_name = "action_answer_question"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. A question that is not known says nothing: the path's own question follows."""
        question = self.deps.questions.all.get(asked_of(tracker))
        if question is None:
            return []
        if question.name == MEANT:
            dispatcher.utter_message(response=question.reply, buttons=self._buttons(tracker))
            return []
        dispatcher.utter_message(response=question.reply)
        if question.law is not None:
            dispatcher.utter_message(text=law_said(self.deps, tracker, question.law))
        lines = self.lines_of_question(tracker, question.name)
        if not lines and question.lines is not None:
            lines = self.lines_of(tracker, question.lines, Urgency.parse(tracker.get_slot("urgency")))
        if question.name.startswith(_WHOSE):
            lines = self._lines_anew(tracker)
        show_lines(dispatcher, lines)
        return [SlotSet("topic", None)] if question.name in LEAVES else []

    def _buttons(self, tracker: Tracker) -> list[dict[str, str]]:
        """One for each question that may be meant, and one for none of them."""
        names = [*entity_of(tracker, "may_ask").split("|"), MEANT_OTHERS]
        language, known = language_of(tracker), self.deps.questions
        asked = [known.all[name] for name in names if name in known.all]
        return [{"title": known.title(one, language), "payload": f"{ASKS}{one.name}"} for one in asked]

    def _lines_anew(self, tracker: Tracker) -> tuple[str, ...]:
        """The lines of the path for whom it is about now; where a danger is now, 112 first."""
        topic = tracker.get_slot("topic")
        is_now = (pending_question(tracker.events) or "").startswith(_OF_NOW)
        return self.lines_of(tracker, topic, Urgency.parse(tracker.get_slot("urgency")), is_now=is_now) if topic else ()
