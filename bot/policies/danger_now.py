"""Danger that is now goes first, at the start and in the middle of any path: 112, its lines, and a question that fits (docs/adr/0023).

Stories could not say it: whether it is now is no intent but a mark on the message (the entity danger_now), which any intent may carry.
What is asked here is answered by stories, as every other place (data/stories/now.yml and those of the need).
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from rasa.core.constants import POLICY_PRIORITY
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.corrections import hedges, says_help_is_there
from bot.conversation_state import (
    CHILD_NEED,
    FIRST_QUESTION,
    LISTENS,
    OF_A_BODY,
    OF_NOW,
    SITUATION,
    TOLD_BEFORE,
    place_of_latest,
    question_in,
)
from bot.policies.adults_path import NO_ADULT, turn_of_child, turn_of_role
from bot.policies.certain import CertainPolicy
from bot.policies.open_danger import goes_on, is_body_open, tells_of_body
from bot.policies.path_questions import asked_anew, goes_on_at, goes_on_calmly_at, opening_of
from bot.policies.told_walk import passed_over
from kernel.denial import ASKS_TO_DIE, BACK_TO, DANGER, DENIAL, is_new, walked
from kernel.language import words_of
from kernel.need import (
    ANSWERS,
    IS_LATER,
    IS_NOW,
    IS_OVER,
    IS_SAFE,
    MAY_TURN,
    MEANT_OTHERWISE,
    NEEDS,
    NOT_UNDERSTOOD,
    OPENS_OTHERWISE,
    urgency_of,
)
from kernel.situation import NOWHERE_TO_GO

LINES = "action_point_to_safety"
_AWAY, _CALL, _ELSE = "utter_ask_now_away", "utter_ask_now_call", "utter_ask_else"
_PERSON = "utter_ask_now_person"
_FROM_PEOPLE = ("utter_now", LINES, _AWAY)
_MEETING = ("utter_grooming_meeting", LINES, "utter_ask_grooming_stay")
"""A meeting later today: they need not go."""
_WAITS = ("utter_grooming_waits", LINES, "utter_ask_grooming_stay")
"""A stranger is there already, and waits for them."""
_GONE = ("utter_grooming_gone", LINES, _CALL)
"""Somebody else is on the way to a stranger."""
_RIDE = ("utter_now_ride", LINES, "utter_ask_grooming_stay")
"""A stranger offers a lift, or a bed, to who has nowhere to go."""
_BODY = ("utter_now_body", LINES, "utter_ask_now_helped")
"""Pills taken, bleeding, unconscious, their own or a friend's: nothing to get away from."""
_AFTER = ("utter_now_after", LINES, "utter_ask_now_after")
"""Abuse of the last hours: a doctor and a care centre, not how to get away."""
_ONCE_MORE = ("utter_now_again", LINES, _AWAY)
_ACT = ("utter_now_act", LINES, "utter_ask_now_helped")
"""Somebody says that they do it now, where the wish to die was met already: 112 before all questions."""
_LAST_PLACES = frozenset({"utter_ask_now_safe", "utter_ask_now_person"})
"""Where danger that comes back is asked about from the start again; at the places before, the stories go on to the next question."""
_KINDS = {"body": _BODY, "soon": _MEETING, "after": _AFTER, "act": _ACT, "waits": _WAITS, "gone": _GONE, "ride": _RIDE}
_OWN = {
    "suicidal": ("utter_suicidal_now_yes", LINES, "utter_ask_suicidal_with"),
    "self_harm": ("utter_self_harm_hurt_yes", LINES, "utter_ask_self_harm_die"),
    "parental_abduction": ("utter_parental_abduction_today_yes", LINES, "utter_ask_parental_abduction_abroad"),
}
"""Paths whose own first question asks whether it is now: what they say to "yes, now", without asking."""
_SAFE_NOW = ("utter_now_relief", _ELSE)
"""Whoever wanted to die, or lay there, is with somebody or in hospital."""
_HELP_IS_THERE = ("utter_now_over", "utter_ask_now_person")
_HELP_IS_THERE_LATE = ("utter_now_over", _ELSE)
_HELP_COMES = ("utter_now_helped_yes", "utter_ask_now_person")
_HELP_COMES_LATE = ("utter_now_helped_yes", _ELSE)
"""At the end of a path, and on the two whose own questions may wait now."""
ANSWERS_NOW = frozenset(turn[0] for turn in (_FROM_PEOPLE, _MEETING, _WAITS, _GONE, _RIDE, _BODY, _AFTER, *_OWN.values()))
"""The first words to a danger that is now."""
_LATER = "utter_now_away_later"
"""It is not now after all: believed, and the path goes on."""
_LEAVE, _TOPIC = "action_leave_path", "utter_ask_topic"
"""Says that it was misunderstood; asks what it is about."""
_FOUND = ("utter_friend_missing_over", _ELSE)
"""Who was missing is there again."""
_OPENINGS = {
    "forced": ("utter_unsafe_home_forced", "action_point_to_help", "utter_ask_unsafe_home_trip"),
    "did": ("utter_worried_own_feelings_did", "action_point_to_help", "utter_ask_worried_own_feelings_child"),
    "unasked": ("utter_sexting_question_unasked", "action_point_to_help", "utter_ask_sexting_question_worry"),
    "unasked_by_stranger": ("utter_grooming_unasked", "action_point_to_help", "utter_ask_grooming_block"),
    "grief": ("utter_question_grief", "action_point_to_help", "utter_ask_other_wellbeing_about"),
    "pregnant": ("utter_question_pregnant", "action_point_to_help", "utter_ask_other_wellbeing_near"),
    "ages": ("utter_legal_question", "action_law_saying_yes", "action_point_to_help", "utter_ask_legal_question_alone"),
}
"""Another first sentence than the path's own, where nobody asked anything of that path yet."""
_MID_PATH = frozenset({"forced"})
"""Told later on, on the path that it belongs to, it changes what has to be asked."""
_OF_A_BODY_TOO = frozenset({"suicidal", "self_harm", *ANSWERS, NOT_UNDERSTOOD})
"""Heard while a body is in danger, they are told of that."""
_SITS_IN_CAR = "car"
_OPENS_ITSELF = frozenset({"friend_missing", "runaway_now"})
"""Their openings name the police, and ask at once whether somebody was called, or whether they are safe where they are."""


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
        return next_action(events, topic, told) or passed_over(events, told, topic)


def next_action(events: List[Event], topic: Optional[str], told: Optional[Mapping[str, str]] = None) -> Optional[str]:
    """The action for a conversation with these events about `topic`; None when the last message tells of no danger now. `told`: what was
    told before its question (data/told.yml)."""
    place = place_of_latest(events)
    said = _said(events[place]) if place is not None else None
    if place is None:
        return None
    heard, asked = str(events[place].intent_name), question_in(events[:place])  # type: ignore[attr-defined]
    topic = _topic_before(events, place, topic)
    done = [str(event.action_name) for event in events[place + 1 :] if isinstance(event, ActionExecuted)]
    about, question = _value(events[place], CHILD_NEED), _value(events[place], "question")
    if heard == MEANT_OTHERWISE and _value(events[place], DENIAL) is not None:
        turn: Tuple[str, ...] = _behind_denial(events[:place], events[place], topic, asked)
    elif is_no_wish_to_die(heard, asked, events[:place]) and not hedges(_words(events[place])):
        turn = (_LEAVE, goes_on_at(events[:place], _before(events[:place], "suicidal")) or _TOPIC)
    elif is_later(heard, asked, said):
        turn = (_LATER, goes_on_at(events[:place], topic) or "utter_ask_now_person")
    elif said == IS_SAFE:
        turn = _SAFE_NOW
    elif said == IS_OVER:
        turn = turn_when_over(asked, is_there=says_help_is_there(_words(events[place])))
    elif said in (*IS_NOW, *OPENS_OTHERWISE):
        is_new = not any(_is_said(event, _OPENINGS.get(str(said), ("",))[0]) for event in events[:place])
        kind = "act" if _is_told_again(events[:place], heard, topic, str(said)) else str(said)
        kind = "body" if kind in ("yes", "act") and heard in (topic, *_OF_A_BODY_TOO) and is_body_open(events[:place]) else kind
        turn = (opening_for(heard, topic, kind) if is_new else ()) or turn_for(heard, topic, asked, kind, _told(events[place]))
        if heard not in NEEDS and _is_own_said(events[:place], turn):
            turn = ()  # the path goes on: its first words to this danger were said
    elif asked in (_ELSE, _PERSON) and tells_of_body(events[:place], events[place]):
        turn = _BODY
    elif heard == MEANT_OTHERWISE and question == LISTENS:
        turn = NO_ADULT
    elif about is not None:
        turn = turn_of_child(about, events[:place], topic)
    elif role := turn_of_role(done, told, events[:place]):
        turn = role
    elif asked == _ELSE and goes_on(events[:place], events[place]):
        turn = _asked_where_they_are(_ONCE_MORE, _told(events[place]))
    else:
        return None
    if list(turn[: len(done)]) != done:
        return None  # somebody else began this turn
    return (*turn, ACTION_LISTEN_NAME)[len(done)] if turn else None


def _behind_denial(earlier: List[Event], message: Event, topic: Optional[str], asked: Optional[str]) -> Tuple[str, ...]:
    """The excuse, and the question with which the conversation goes on: of the path that it goes back to, or what it is about."""
    kind, back = _value(message, DENIAL), _value(message, BACK_TO)
    if back is None:
        return _LEAVE, _TOPIC
    if back != topic and is_new(back, [str(event.action_name) for event in earlier if isinstance(event, ActionExecuted)]):
        return _LEAVE, *(opening_of(back) or (_TOPIC,))
    if kind == DANGER:
        return _LEAVE, goes_on_calmly_at(earlier, back) or _TOPIC
    question = asked_anew(earlier, back, asked) if back == topic else goes_on_at(earlier, back)
    return _LEAVE, question or _TOPIC


def is_no_wish_to_die(heard: str, asked: Optional[str], earlier: List[Event]) -> bool:
    """Whether the question about dying, which came between, was answered with a plain no: the talk goes back. Not where the wish was told
    more than once, nor where it is what the conversation began with."""
    told = sum(1 for event in earlier if isinstance(event, UserUttered) and event.intent_name == "suicidal")
    return heard == "deny" and asked == ASKS_TO_DIE and told <= 1 and _before(earlier, "suicidal") is not None


def _before(earlier: List[Event], need: str) -> Optional[str]:
    """The path that was walked before that of `need`; None for none."""
    names = [str(event.action_name) for event in earlier if isinstance(event, ActionExecuted)]
    return next((one for one in walked(names) if one != need), None)


def _is_told_again(earlier: List[Event], heard: str, topic: Optional[str], said: str) -> bool:
    """Whether a wish to die that was met as one of this moment is told once more: "kga springen" after "Is er iemand bij je?"."""
    first = _OWN["suicidal"][0]
    return said == "yes" and heard == topic == "suicidal" and any(_is_said(event, first) for event in earlier)


def _is_own_said(earlier: List[Event], turn: Tuple[str, ...]) -> bool:
    """Whether the turn is one with which a path of its own answers danger now, and was said before."""
    return turn in _OWN.values() and any(_is_said(event, turn[0]) for event in earlier)


def _topic_before(events: List[Event], place: int, topic: Optional[str]) -> Optional[str]:
    """The topic when the message at `place` came; `topic` is the one now, which an action of this turn may have set."""
    if not any(_is_topic(event) for event in events[place:]):
        return topic
    return next((event.value for event in reversed(events[:place]) if _is_topic(event)), None)  # type: ignore[attr-defined]


def _is_said(event: Event, reply: str) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == reply


def _is_topic(event: Event) -> bool:
    return isinstance(event, SlotSet) and event.key == "topic"


def turn_for(heard: str, topic: Optional[str], asked: Optional[str], said: str = "yes", situation: Optional[str] = None) -> Tuple[str, ...]:
    """The actions that answer danger now, before listening; none where a path opens itself, or stories go on from the question asked.

    `heard` is the intent, `topic` the need the conversation is about, `asked` the question that was open, `said` the value of
    danger_now, `situation` that of the entity of that name.
    """
    if said in OPENS_OTHERWISE:
        return ()
    is_need = (heard in NEEDS and not NEEDS[heard].is_conversation and urgency_of(heard).is_danger) or heard in MAY_TURN
    need = heard if is_need else topic
    if need in _OPENS_ITSELF and said in ("yes", "act", "after") and situation != _SITS_IN_CAR:
        return ()
    if asked in OF_A_BODY:
        return ()
    turn = _KINDS.get(said) or _OWN.get(str(need), _FROM_PEOPLE)
    if turn is _FROM_PEOPLE and asked in _LAST_PLACES:
        turn = _ONCE_MORE
    elif asked == turn[-1] or (turn in (_FROM_PEOPLE, _WAITS, _GONE) and str(asked).startswith(OF_NOW)):
        return ()  # the stories go on from where it is
    return _asked_where_they_are(turn, situation)


def _asked_where_they_are(turn: Tuple[str, ...], situation: Optional[str]) -> Tuple[str, ...]:
    """The turn, with a question that fits where there is nowhere to go to."""
    return (*turn[:-1], _CALL) if turn[-1] == _AWAY and situation in NOWHERE_TO_GO else turn


def is_later(heard: str, asked: Optional[str], said: Optional[str]) -> bool:
    """Whether an answer to a question of danger now tells that it is not now; the button of the first one says so too."""
    return str(asked).startswith(OF_NOW) and (said == IS_LATER or (heard == "dont_know" and asked == _AWAY))


def opening_for(heard: str, topic: Optional[str], said: str) -> Tuple[str, ...]:
    """The first turn of a path that needs another first sentence; none where the conversation is about that need already, but for
    what changes the path."""
    return _OPENINGS.get(said, ()) if heard != topic or said in _MID_PATH else ()


def turn_when_over(asked: Optional[str], *, is_there: bool = False) -> Tuple[str, ...]:
    """The actions that answer that help has come, or that who was missing is found; `asked` as in `turn_for`.

    `is_there`: the words say that it stands there, so nobody is told to wait for it.
    """
    if str(asked).startswith("utter_ask_friend_missing_") or asked == FIRST_QUESTION:
        return _FOUND
    if asked in OF_A_BODY and not is_there:
        return _HELP_COMES
    is_of_now = str(asked).startswith(OF_NOW) and asked != "utter_ask_now_person"
    if is_there:
        return _HELP_IS_THERE if is_of_now else _HELP_IS_THERE_LATE
    return _HELP_IS_THERE if is_of_now else _HELP_COMES_LATE


def _said(message: Event) -> Optional[str]:
    return _value(message, "danger_now")


def _told(message: Event) -> Optional[str]:
    return _value(message, SITUATION)


def _words(message: Event) -> str:
    return " ".join(words_of(str(message.text or "")))  # type: ignore[attr-defined]  # a UserUttered


def _value(message: Event, entity: str) -> Optional[str]:
    """The value of the message's first `entity`; None without one."""
    entities = message.entities  # type: ignore[attr-defined]  # a UserUttered
    return next((one.get("value") for one in entities if one.get("entity") == entity), None)
