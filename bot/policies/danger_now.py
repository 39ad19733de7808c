"""Danger that is now goes first, at the start and in the middle of any path: 112, its lines, and a question that fits (docs/adr/0023).

Stories could not say it: whether it is now is no intent but a mark on the message (the entity danger_now), which any intent may carry.
What is asked here is answered by stories, as every other place (data/stories/now.yml and those of the need).
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from rasa.core.constants import POLICY_PRIORITY
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.acute_bodies import was_taken_along
from bot.components.corrections import says_help_is_there
from bot.components.role_classifier import ADULT, FRIEND
from bot.components.threats import LET_GO
from bot.conversation_state import CHILD_NEED, LISTENS, SITUATION, TOLD_BEFORE, place_of_latest, question_in, value_of
from bot.policies.adults_path import NO_ADULT, turn_of_child, turn_of_role
from bot.policies.away_from_home import turn_of_fear
from bot.policies.certain import CertainPolicy
from bot.policies.denied import is_no_wish_to_die, turn_behind_no_wish, turn_of_denial
from bot.policies.now_turns import (
    BODY,
    BODY_CHOICE,
    BODY_SECRET,
    ELSE,
    FOUND_DEAD,
    LATER,
    LET_GO_TURN,
    MISSING_WISH,
    OF_A_BODY_TOO,
    ONCE_MORE,
    OPENINGS,
    OWN,
    PERSON,
    SAFE_NOW,
    asked_where_they_are,
    is_later,
    opening_for,
    turn_for,
    turn_when_over,
)
from bot.policies.open_danger import goes_on, is_body_open, tells_of_body
from bot.policies.own_too import is_told_as_own
from bot.policies.past import turn_of_past
from bot.policies.path_questions import goes_on_at, opening_of
from bot.policies.told_instead import turn_told_instead
from bot.policies.told_walk import known_answers, passed_over, paths
from kernel.denial import BACK_TO, DENIAL
from kernel.language import words_of
from kernel.need import IS_DEAD, IS_NOW, IS_OVER, IS_PAST, IS_SAFE, MEANT_OTHERWISE, NEEDS, OPENS_OTHERWISE

_MISSING, _WISHES_TO_DIE = "friend_missing", "suicidal"
_OF_OTHERS = frozenset({FRIEND, ADULT})
_OF_BODIES = frozenset({"suicidal", "self_harm", "other_wellbeing"})
"""Told in one message with the help that was called: pills, a fall."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class DangerNowPolicy(CertainPolicy):
    """Predicts the turn that answers a message whose danger is now; at others only what no rule may ask once more."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`priority`: above rules and stories, below the scenario whose scene takes what is typed."""
        return {POLICY_PRIORITY: 7}

    def action_for(self, tracker: DialogueStateTracker) -> Optional[str]:
        """See `next_action`; else what goes before the rule that asks a path's question again (bot/policies/told_walk.py)."""
        events, topic, told = tracker.applied_events(), tracker.get_slot("topic"), tracker.get_slot(TOLD_BEFORE)
        in_words = tracker.get_slot("danger_in_words") is not None
        return next_action(events, topic, told, in_words=in_words) or passed_over(events, told, topic)


def next_action(
    events: List[Event], topic: Optional[str], told: Optional[Mapping[str, str]] = None, *, in_words: bool = False
) -> Optional[str]:
    """The action for a conversation with these events about `topic`; None when the last message tells of no danger now. `told`: what was
    told before its question (data/told.yml); `in_words`: reviewed terms found its danger."""
    place = place_of_latest(events)
    if place is None:
        return None
    earlier, message, topic = events[:place], events[place], _topic_before(events, place, topic)
    done = [str(event.action_name) for event in events[place + 1 :] if isinstance(event, ActionExecuted)]
    turn = _turn_of_danger(earlier, message, topic, in_words=in_words)
    if turn is not None and turn in OPENINGS.values():
        known = known_answers(events[: place + 1], dict(told or {}))
        turn = tuple(dict.fromkeys(paths().walked(turn, known)))  # "gisteren" is not asked once more
    if turn is None:
        turn = _turn_of_adult(earlier, message, topic)
    if turn is None:
        turn = turn_of_role(done, told, earlier) or _turn_of_open_danger(earlier, message) or turn_told_instead(earlier, message, topic)
    if not turn or list(turn[: len(done)]) != done:
        return None  # nothing of the kind, or somebody else began this turn
    return (*turn, ACTION_LISTEN_NAME)[len(done)]


def _turn_of_danger(earlier: List[Event], message: Event, topic: Optional[str], *, in_words: bool) -> Optional[Tuple[str, ...]]:
    """The turn that answers danger that is denied, later, over or now; () where the path itself does, None where none is told."""
    heard, asked, said = _heard(message), question_in(earlier), value_of(message, "danger_now")
    if heard == MEANT_OTHERWISE and value_of(message, "question") == LET_GO:
        return LET_GO_TURN
    if heard == MEANT_OTHERWISE and any(value_of(message, said) is not None for said in (DENIAL, BACK_TO)):
        return turn_of_denial(earlier, message, topic, asked)
    if said not in IS_NOW and is_told_as_own(earlier, message, topic):
        return opening_of(str(topic))
    if is_no_wish_to_die(heard, asked, earlier, _words(message), in_words=in_words):
        return turn_behind_no_wish(earlier)
    if is_later(message.text, asked, said):  # type: ignore[attr-defined]  # a UserUttered
        return (LATER, goes_on_at(earlier, topic) or PERSON)
    if said == IS_SAFE:
        return SAFE_NOW
    if said == IS_OVER:
        is_there = says_help_is_there(_words(message)) or was_taken_along(_words(message))
        return turn_when_over(asked, is_there=is_there, of_body=heard in _OF_BODIES)
    if said == IS_DEAD:
        return FOUND_DEAD
    past = turn_of_past(heard, asked, topic, is_over=said == IS_PAST) if said not in IS_NOW else None
    if past is not None:
        return past
    if feared := turn_of_fear(earlier, heard, topic, str(said), _words(message)):
        return feared
    if topic == _MISSING and heard == _WISHES_TO_DIE and value_of(message, "who") in _OF_OTHERS and not _is_own_said(earlier, MISSING_WISH):
        return MISSING_WISH
    if said in (*IS_NOW, *OPENS_OTHERWISE):
        return _turn_of_now(earlier, message, topic)
    return _turn_of_open_body(earlier, message) if asked in (ELSE, PERSON) and is_body_open(earlier) else None


def _turn_of_open_body(earlier: List[Event], message: Event) -> Optional[Tuple[str, ...]]:
    """The turn behind the questions about help while a body is in danger still: 112 is named to who wants no person, does not know, wants
    nobody to know, or tells more; None for all else."""
    heard, asked = _heard(message), question_in(earlier)
    if heard == "privacy_question":
        return BODY_SECRET
    if asked == PERSON and heard in ("deny", "dont_know"):
        return BODY_CHOICE
    return BODY if heard == "dont_know" or tells_of_body(earlier, message) else None


def _turn_of_now(earlier: List[Event], message: Event, topic: Optional[str]) -> Tuple[str, ...]:
    """The turn that answers danger that is now, or opens the path with other words; () where stories go on, or where the path's first
    words to this danger were said."""
    heard, said, situation = _heard(message), str(value_of(message, "danger_now")), value_of(message, SITUATION)
    kind = "act" if _is_told_again(earlier, heard, topic, said) else said
    if kind in ("yes", "act") and heard in (topic, *OF_A_BODY_TOO) and is_body_open(earlier):
        kind = "body"
    is_new = not any(_is_said(event, OPENINGS.get(said, ("",))[0]) for event in earlier)
    turn = (opening_for(heard, topic, kind) if is_new else ()) or turn_for(heard, topic, question_in(earlier), kind, situation)
    return () if heard not in NEEDS and _is_own_said(earlier, turn) else turn


def _turn_of_adult(earlier: List[Event], message: Event, topic: Optional[str]) -> Optional[Tuple[str, ...]]:
    """The turn that answers who is no adult after all, or what an adult tells that the child is in; () where the path does, None where
    neither is told."""
    about = value_of(message, CHILD_NEED)
    if _heard(message) == MEANT_OTHERWISE and value_of(message, "question") == LISTENS:
        return NO_ADULT
    return turn_of_child(about, earlier, topic) if about is not None else None


def _turn_of_open_danger(earlier: List[Event], message: Event) -> Tuple[str, ...]:
    """At the end of a path: a danger that nobody said is over is asked about once more."""
    is_open = question_in(earlier) == ELSE and goes_on(earlier, message)
    return asked_where_they_are(ONCE_MORE, value_of(message, SITUATION)) if is_open else ()


def _is_told_again(earlier: List[Event], heard: str, topic: Optional[str], said: str) -> bool:
    """Whether a wish to die that was met as one of this moment is told once more: "kga springen" after "Is er iemand bij je?"."""
    first = OWN["suicidal"][0]
    return said == "yes" and heard == topic == "suicidal" and any(_is_said(event, first) for event in earlier)


def _is_own_said(earlier: List[Event], turn: Tuple[str, ...]) -> bool:
    """Whether the turn is one with which a path of its own answers danger now, and was said before."""
    return turn in (*OWN.values(), MISSING_WISH) and any(_is_said(event, turn[0]) for event in earlier)


def _topic_before(events: List[Event], place: int, topic: Optional[str]) -> Optional[str]:
    """The topic when the message at `place` came; `topic` is the one now, which an action of this turn may have set."""
    if not any(_is_topic(event) for event in events[place:]):
        return topic
    return next((event.value for event in reversed(events[:place]) if _is_topic(event)), None)  # type: ignore[attr-defined]


def _is_said(event: Event, reply: str) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == reply


def _is_topic(event: Event) -> bool:
    return isinstance(event, SlotSet) and event.key == "topic"


def _heard(message: Event) -> str:
    return str(message.intent_name)  # type: ignore[attr-defined]  # a UserUttered


def _words(message: Event) -> str:
    return " ".join(words_of(str(message.text or "")))  # type: ignore[attr-defined]  # a UserUttered
