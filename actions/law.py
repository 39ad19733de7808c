"""What the law says at a step of the path of legal_question, by age group and with its date.

An action per record of data/safety/law.yml: the dialogue model knows what comes next by the action just done (docs/adr/0005).
"""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, heard_need, language_of
from actions.deps import Deps

_YES = "affirm"
"""There was pressure, money, or somebody much older."""


def law_said(deps: Deps, tracker: Tracker, record: str) -> str:
    """The words of a record of data/safety/law.yml for this age group, as of the date of its source."""
    language, laws = language_of(tracker), deps.laws
    law = laws.named(record)
    date = deps.fixed.text("law_as_of", language, date=laws.day(law, language))
    return f"{date} {law.text(str(tracker.get_slot('age_group') or 'unknown'), language)}"


class SayLaw(HubAction):
    """Says a record, as of the date of its source."""

    record: ClassVar[str]

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class."""
        dispatcher.utter_message(text=law_said(self.deps, tracker, self.record))
        return []


class SayPassingOn(SayLaw):
    """Pictures: passing on, and what young people may."""

    action_name, record = "action_law_passing_on", "passing_on"


class SaySayingYes(SayLaw):
    """From which age a yes counts; first of all whose fault it is, where there was pressure."""

    action_name, record = "action_law_saying_yes", "saying_yes"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. In one bubble: with the question behind it, there is room for two."""
        said = law_said(self.deps, tracker, self.record)
        if heard_need(tracker) == _YES:
            said = f"{self.deps.fixed.text('law_not_you', language_of(tracker))} {said}"
        dispatcher.utter_message(text=said)
        return []


class SayLeavingHome(SayLaw):
    """Running away, and who decides where somebody lives."""

    action_name, record = "action_law_leaving_home", "leaving_home"
