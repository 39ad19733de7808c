"""Pointing to help: need, language, who, age and urgency lead through `routes.yml` to an ordered list of helplines."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, entity_of, events_of_this_turn, heard_need, need_of, show_lines, urgency_of_tracker
from kernel.beside import BESIDE
from kernel.need import IS_NOW, NEEDS, urgency_of
from safety.routes import HOTLINE, MOST

_STAY = frozenset({HOTLINE, "emergency_112", "police_101"})
ASKED_BY_ADULT, CHILD_NEED = "parent_or_adult_asks_for_child", "child_need"
"""The adult's need, and the entity with what they tell of a child (bot/components/adults.py)."""
_MEETING, _OF_A_MEETING = "meeting", "grooming"
_OF_STEP = {"utter_sexual_abuse_recent_yes": "care_centre"}
"""What was just said, and the question whose lines go with it: abuse of these days is sent to the care centre, with its link."""
_FOR_A_PERSON, _SAYS_WHERE = "want_human", "utter_want_human_chat"
"""The wish for a person, and what is said to who rather writes: the lines with a chat stand below, where no path has its own."""
_LEADS_TO = {"utter_self_harm_die_yes": "suicidal", "utter_worried_own_feelings_down_yes": "suicidal"}
"""What was just said, and the need whose path goes on from there: its lines from now on."""
_OPENS_NOW = ("utter_now", "utter_now_after")


class PointToHelp(HubAction):
    """Shows the lines for the need at hand, and remembers the need as the topic of the path."""

    action_name = "action_point_to_help"
    says_now: ClassVar[bool] = False

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class."""
        need = self.topic(tracker)
        is_now = self.says_now or tracker.get_slot("danger_now") in IS_NOW
        about = _about_child(tracker, need) or need or (_FOR_A_PERSON if _says_where(tracker) else None)
        lines = self._lines_of_step(tracker, is_now) or self.lines_of(tracker, about, urgency_of_tracker(tracker, about), is_now=is_now)
        show_lines(dispatcher, self._with_those_beside(tracker, lines))
        return [SlotSet("topic", need)] if need else []

    def _lines_of_step(self, tracker: Tracker, is_now: bool) -> tuple[str, ...]:
        """The lines of what was just said, where it has its own and nobody is in danger now."""
        said = [str(event.get("name")) for event in events_of_this_turn(tracker)]
        question = next((_OF_STEP[name] for name in said if name in _OF_STEP), None)
        return self.lines_of_question(tracker, question) if question is not None and not is_now else ()

    def _with_those_beside(self, tracker: Tracker, lines: tuple[str, ...]) -> tuple[str, ...]:
        """With the first line of a second danger in the latest message behind the first; what comes at once and 116000 never give way, and
        what can be called now only where nothing else does."""
        beside = entity_of(tracker, BESIDE)
        first = self.lines_of(tracker, beside, urgency_of(beside))[:1] if beside else ()
        if not first or first[0] in lines:
            return lines
        giving_way = [line for line in lines[1:] if line not in _STAY]
        if len(lines) >= MOST and not giving_way:
            return lines
        mostly_closed = [line for line in giving_way if not self.deps.directory.phone_open(line, self.deps.now())]
        gives_way = (mostly_closed or giving_way)[-1] if len(lines) >= MOST else None
        return (*lines[:1], *first, *(line for line in lines[1:] if line != gives_way))

    def topic(self, tracker: Tracker) -> str | None:
        """At the start of a path its own need; further on the path's, also when a neighbouring need was heard."""
        heard = heard_need(tracker)
        said = {str(event.get("name")) for event in events_of_this_turn(tracker)}
        if leads_to := next((_LEADS_TO[name] for name in said if name in _LEADS_TO), None):
            return leads_to
        is_danger_now = urgency_of(heard).is_danger and any(name in _OPENS_NOW or name.startswith(f"utter_{heard}_") for name in said)
        just_opened = f"utter_{heard}" in said or is_danger_now
        topic = tracker.get_slot("topic")
        if heard == ASKED_BY_ADULT and entity_of(tracker, CHILD_NEED):
            return heard
        return heard if just_opened and heard in NEEDS else topic if topic in NEEDS else need_of(tracker)


def _says_where(tracker: Tracker) -> bool:
    """Whether it was said in this turn that the lines with a chat stand below."""
    return any(event.get("name") == _SAYS_WHERE for event in events_of_this_turn(tracker))


def _about_child(tracker: Tracker, need: str | None) -> str | None:
    """The need whose lines an adult gets for what they tell of a child; None where nothing is told."""
    about = entity_of(tracker, CHILD_NEED) if need == ASKED_BY_ADULT else ""
    return _OF_A_MEETING if about == _MEETING else about or None


class PointToSafety(PointToHelp):
    """The same when the teenager says they are not safe now: 112 first."""

    action_name = "action_point_to_safety"
    says_now = True
