"""Keeping the thread: asking again after an interruption, and asking what is meant when nothing fits."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, HubAction, asked_of, entity_of, events_of_this_turn, heard_need, show_lines
from actions.law import law_said
from kernel.denial import (
    ANSWERS_TOO,
    BACK_TO,
    COMPLAINT,
    DANGER,
    DENIAL,
    LIFE,
    MISHEARD,
    NO_DANGER,
    NO_WISH,
    OTHER,
    is_new,
    says_no_longer,
    walked,
)
from kernel.need import MEANT_OTHERWISE, urgency_of
from kernel.questions import WAITS_AFTER
from kernel.urgency import Urgency

QUESTION = "utter_ask_"
SCENARIO = "action_scenario"
_DETOURS = ("utter_ask_wipe", "utter_ask_privacy_", "utter_ask_want_human_", "utter_ask_safe", "utter_ask_topic")
"""Questions beside the path: after an interruption the path's own question is asked again, not these."""
_BY_INTENT = {"affirm": "utter_open_affirm", "deny": "utter_open_deny", "dont_know": "utter_open_dont_know"}
_LIGHT = frozenset({"off_topic", "insult", "bot_challenge"})
_TURNS_IN_SIGHT = 3
_STORY_WORDS = 10
_ANSWERED_OPENLY = 0.5
"""In the slot `tries`: a yes, no or don't know that answered nothing was met kindly; the next one gets other words."""
_TRIES = ("utter_rephrase", "utter_rephrase_more", "utter_three_choices")
_WARMLY = "utter_tell_me_more"
"""The first try where a call for help is likely and not sure ("mijn mama drinkt"): it is not the words that were wrong."""
_PERHAPS = "perhaps"
"""The entity that says so (bot/components/need_classifier.py)."""


def pending_question(events: list[dict[str, Any]]) -> str | None:
    """The last question of a path that was asked and that nothing has closed since; action_scenario for a scene that waits."""
    for event in reversed(events):
        name = str(event.get("name") or "")
        if event.get("event") != "action":
            continue
        if name in ("utter_way_open", "action_wipe", LeavePath.action_name):
            return None
        if name == SCENARIO or (name.startswith(QUESTION) and not name.startswith(_DETOURS)):
            return name
    return None


class LeavePath(HubAction):
    """Something harmless was meant, it is good news, or a danger is denied: says so, and the path is left, or gone back to another.

    A question that stood beside it is answered. Where only 112 was too much, or somebody was misheard in a danger, the topic stays.
    """

    action_name = "action_leave_path"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class."""
        kind, topic = entity_of(tracker, DENIAL), tracker.get_slot("topic")
        back = entity_of(tracker, BACK_TO) or self._before(tracker)
        names = [str(event.get("name")) for event in tracker.events if event.get("event") == "action"]
        begins = bool(kind) and back is not None and back != topic and is_new(back, names)
        stands_before_next = begins or bool(entity_of(tracker, ANSWERS_TOO))  # bot/replies.py puts it there
        if kind == DANGER or not stands_before_next:
            dispatcher.utter_message(response=self._excuse(tracker, kind))
        self._answer_too(dispatcher, tracker)
        if kind == DANGER and topic:
            show_lines(dispatcher, self.lines_of(tracker, topic, urgency_of(topic)))
        if back is not None and back == topic:
            return [SlotSet("tries", 0.0)]
        did = (tracker.get_slot("told_before") or {}).get("did")  # that they did it themself is not left with the path
        kept = {"topic": back, "told_before": {"did": did} if did else None, "danger_in_words": None, "tries": 0.0}
        return [SlotSet(name, value) for name, value in kept.items()]

    def _excuse(self, tracker: Tracker, kind: str) -> str:
        """The reply: what was denied, or what is said to a plain no about dying."""
        if heard_need(tracker) == "deny" and self._before(tracker) is not None:
            return NO_WISH
        if (kind == LIFE or heard_need(tracker) == "deny") and says_no_longer(str((tracker.latest_message or {}).get("text") or "")):
            return NO_WISH
        said = self.deps.questions.all.get(asked_of(tracker)) or self.deps.questions.all[MEANT_OTHERWISE]
        return {DANGER: NO_DANGER, COMPLAINT: MISHEARD, OTHER: MISHEARD}.get(kind, said.reply)

    def _answer_too(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """The answer to a question that stood beside the denial."""
        question = self.deps.questions.all.get(entity_of(tracker, ANSWERS_TOO))
        if question is None:
            return
        dispatcher.utter_message(response=question.reply)
        if question.law is not None:
            dispatcher.utter_message(text=law_said(self.deps, tracker, question.law))
        show_lines(dispatcher, self.lines_of_question(tracker, question.name))

    def _before(self, tracker: Tracker) -> str | None:
        """The path that was walked before the question about dying, to which no was said; None elsewhere."""
        if heard_need(tracker) != "deny":
            return None
        names = [str(event.get("name")) for event in tracker.events if event.get("event") == "action"]
        return next((need for need in walked(names) if need != "suicidal"), None)


class AskAgain(HubAction):
    """Says the path's last question again, or asks for a subject when there is none."""

    action_name = "action_ask_again"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class. A scenario that waits for an answer asks for it itself. Nothing is left out where nothing else was said."""
        pending, spoke = pending_question(tracker.events), _has_spoken(tracker)
        if spoke and asked_of(tracker) in WAITS_AFTER:
            return [SlotSet("tries", 0.0)]
        if pending == SCENARIO and tracker.get_slot("scenario"):
            return [SlotSet("tries", 0.0), FollowupAction(SCENARIO)]
        if spoke and pending in (None, SCENARIO) and (self._stands_alone(tracker) or self._has_just_offered(tracker)):
            return [SlotSet("tries", 0.0)]
        dispatcher.utter_message(response=pending if pending not in (None, SCENARIO) else "utter_ask_topic")
        return [SlotSet("tries", 0.0)]

    def _stands_alone(self, tracker: Tracker) -> bool:
        """Whether what was just answered wants no subject asked for behind it: "hoe gaat het met u?"; after danger the way stays open."""
        asked = self.deps.questions.all.get(asked_of(tracker))
        return asked is not None and asked.alone and not Urgency.parse(tracker.get_slot("urgency")).is_danger

    def _has_just_offered(self, tracker: Tracker) -> bool:
        """Whether the subjects stood in one of the last turns, and what was said is talk of other things: not shown each time."""
        asked = self.deps.questions.all.get(asked_of(tracker))
        is_talk = heard_need(tracker) in _LIGHT or (asked is not None and asked.instead is Urgency.NONE)
        return is_talk and not Urgency.parse(tracker.get_slot("urgency")).is_danger and "utter_ask_topic" in _ended(tracker.events)


def _has_spoken(tracker: Tracker) -> bool:
    """Whether a reply stands behind the latest message already: a turn never ends without a bubble."""
    return any(event.get("event") == "bot" and event.get("text") for event in events_of_this_turn(tracker))


def _ended(events: list[dict[str, Any]]) -> list[str]:
    """The replies that ended the last turns before this one; the subjects are still seen above so few."""
    ends: list[str] = []
    said = ""
    for event in events:
        if event.get("event") == "user":
            ends, said = [*ends, said], ""
        elif event.get("event") == "bot":
            said = str((event.get("metadata") or {}).get("utter_action") or "")
    return ends[-_TURNS_IN_SIGHT:]


def _needs_a_way_out(tracker: Tracker, done: int) -> bool:
    """True when a message that was not understood gets 116000 beside the question what is meant.

    In a path, whose lines were named, only with the last try or after a story; elsewhere nothing was named yet: "hij laat mij ni
    uitstappen" may be a cry for help, so at the first try too.
    """
    message = tracker.latest_message or {}
    words = len(str(message.get("text") or "").split())
    tells_aside = float((message.get("intent") or {}).get("confidence") or 0.0) == 1.0  # nothing but an age, or whom it is about
    is_first_outside = done == 0 and not tells_aside and pending_question(tracker.events) is None
    return is_first_outside or done >= len(_TRIES) - 1 or words >= _STORY_WORDS


def _try(tracker: Tracker, done: int) -> str:
    """How it is asked what was meant, after so many tries: warmly where something weighs and no path has asked anything yet."""
    is_opening = done == 0 and pending_question(tracker.events) is None
    return _WARMLY if is_opening and entity_of(tracker, _PERHAPS) else _TRIES[min(done, len(_TRIES) - 1)]


class AskWhatIsMeant(HubAction):
    """The core fallback: a yes or no that answers nothing is met kindly; else two polite tries, then three ways out.

    It takes the message back out of the tracker, so that a path stays where it was, and ends the turn itself: a
    fallback that only speaks is predicted again and again (rasa-traps.md, 26). The language of the message stays: who changed to
    French and was not understood goes on in French.
    """

    action_name = "action_ask_what_is_meant"

    def after_failure(self) -> Events:
        """See the parent class; a fallback that failed ends the turn all the same."""
        return [UserUtteranceReverted(), FollowupAction("action_listen")]

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """See the class."""
        heard = heard_need(tracker)
        before = float(tracker.get_slot("tries") or 0)
        if heard in _BY_INTENT:
            is_again = before == _ANSWERED_OPENLY
            dispatcher.utter_message(response=_BY_INTENT[heard], again=is_again)  # the tracker forgets what it said here
            tries = 0.0 if is_again else _ANSWERED_OPENLY
        else:
            done = int(before)
            dispatcher.utter_message(response=_try(tracker, done))
            if _needs_a_way_out(tracker, done):
                show_lines(dispatcher, ("childfocus",))
            tries = float((done + 1) % len(_TRIES))
        # taking the message back takes back what it set: its language and, told in pieces, how old somebody is are kept
        kept = [SlotSet(name, tracker.get_slot(name)) for name in ("language", "told_before") if tracker.get_slot(name) is not None]
        return [UserUtteranceReverted(), *kept, SlotSet("tries", tries), FollowupAction("action_listen")]
