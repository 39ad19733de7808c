"""What the bot does when a danger is now, is over, or opens a path with other words: the turns, and which of them fits."""

from __future__ import annotations

from typing import Optional, Tuple

from bot.conversation_state import ASKS_MORE, ASKS_PAST, FIRST_QUESTION, OF_A_BODY, OF_NOW
from kernel.need import ANSWERS, IS_LATER, IS_PAST, MAY_TURN, NEEDS, NOT_UNDERSTOOD, OF_LIFE, OPENS_ITSELF, OPENS_OTHERWISE, urgency_of
from kernel.situation import NOWHERE_TO_GO

LINES = "action_point_to_safety"
AWAY, _CALL, ELSE = "utter_ask_now_away", "utter_ask_now_call", "utter_ask_else"
PERSON = "utter_ask_now_person"
FROM_PEOPLE = ("utter_now", LINES, AWAY)
MEETING = ("utter_grooming_meeting", LINES, "utter_ask_grooming_stay")
"""A meeting later today: they need not go."""
WAITS = ("utter_grooming_waits", LINES, "utter_ask_grooming_stay")
"""A stranger is there already, and waits for them."""
GONE = ("utter_grooming_gone", LINES, _CALL)
"""Somebody else is on the way to a stranger."""
RIDE = ("utter_now_ride", LINES, "utter_ask_grooming_stay")
RIDE_OUTSIDE = ("utter_now_ride", LINES, "utter_ask_runaway_now_ride")
"""A stranger offers a lift, or a bed, to who has nowhere to go; who left home goes on with that path."""
BODY = ("utter_now_body", LINES, "utter_ask_now_helped")
"""Pills taken, bleeding, unconscious, their own or a friend's: nothing to get away from."""
MISSING_WISH = ("utter_friend_missing_danger_yes", LINES, "utter_ask_friend_missing_seen")
"""Who is missing wants to die: 112 at once, and the search goes on."""
BODY_CHOICE = ("utter_now_body_choice", LINES, ELSE)
BODY_SECRET = ("utter_question_parents_told_body", LINES, ELSE)
"""While a body is in danger still: to who wants no person, and to who wants nobody to know. 112 stays."""
AFTER = ("utter_now_after", LINES, "utter_ask_now_after")
"""Abuse of the last hours: a doctor and a care centre, not how to get away."""
ONCE_MORE = ("utter_now_again", LINES, AWAY)
ACT = ("utter_now_act", LINES, "utter_ask_now_helped")
"""Somebody says that they do it now, where the wish to die was met already: 112 before all questions."""
_LAST_PLACES = frozenset({"utter_ask_now_safe", "utter_ask_now_person"})
"""Where danger that comes back is asked about from the start again; at the places before, the stories go on to the next question."""
_KINDS = {"body": BODY, "soon": MEETING, "after": AFTER, "act": ACT, "waits": WAITS, "gone": GONE, "ride": RIDE}
OWN = {
    "suicidal": ("utter_suicidal_now_yes", LINES, "utter_ask_suicidal_with"),
    "self_harm": ("utter_self_harm_hurt_yes", LINES, "utter_ask_self_harm_die"),
    "parental_abduction": ("utter_parental_abduction_today_yes", LINES, "utter_ask_parental_abduction_abroad"),
}
"""Paths whose own first question asks whether it is now: what they say to "yes, now", without asking."""
SAFE_NOW = ("utter_now_relief", ELSE)
"""Whoever wanted to die, or lay there, is with somebody or in hospital."""
HELP_IS_THERE = ("utter_now_over", "utter_ask_now_person")
HELP_IS_THERE_LATE = ("utter_now_over", ELSE)
HELP_COMES = ("utter_now_helped_yes", "utter_ask_now_person")
HELP_COMES_LATE = ("utter_now_helped_yes", ELSE)
"""At the end of a path, and on the two whose own questions may wait now."""
ANSWERS_NOW = frozenset(turn[0] for turn in (FROM_PEOPLE, MEETING, WAITS, GONE, RIDE, BODY, AFTER, *OWN.values()))
"""The first words to a danger that is now."""
LET_GO_TURN = ("action_leave_path",)
"""A figure of speech was explained, or mere anger: believed, and what comes next is listened to."""
LATER = "utter_now_away_later"
"""It is not now after all: believed, and the path goes on."""
_NOT_NOW_PRESSED = "/dont_know"
"""The button "het is niet nu", as it arrives."""
FOUND, FOUND_DEAD = ("utter_friend_missing_over", ELSE), ("action_leave_path",)
"""Who was missing is there again; who was missing, or wanted to die, has died: no path is left, and what comes next is listened to."""
STILL, PAST, TELLS_MORE = "utter_past_yes", ("utter_past_no", ASKS_MORE), ("utter_past_heard", ELSE)
"""It goes on after all: the path begins; it is over; more is told of it, or asked."""
OPENINGS = {
    "forced": ("utter_unsafe_home_forced", "action_point_to_help", "utter_ask_unsafe_home_trip"),
    "did": ("utter_worried_own_feelings_did", "action_point_to_help", "utter_ask_worried_own_feelings_child"),
    "watches": ("utter_worried_own_feelings_what_images", "action_point_to_help", "utter_ask_worried_own_feelings_child"),
    "received": ("utter_nude_spread_received", "action_point_to_help", "utter_ask_nude_spread_class_tell"),
    "unasked": ("utter_sexting_question_unasked", "action_point_to_help", "utter_ask_sexting_question_worry"),
    "unasked_by_stranger": ("utter_grooming_unasked", "action_point_to_help", "utter_ask_grooming_block"),
    "grief": ("utter_question_grief", "action_point_to_help", "utter_ask_other_wellbeing_about"),
    "age_gap": ("utter_question_age_gap", "action_point_to_help", "utter_ask_grooming_meeting"),
    "age_gap_sex": ("utter_question_age_gap", "action_point_to_help", "utter_ask_sexual_abuse_safe"),
    "blackout": ("utter_sexual_abuse_blackout", "action_point_to_help", "utter_ask_sexual_abuse_recent"),
    "stranger_car": ("utter_grooming_car", LINES, "utter_ask_grooming_tell"),
    "meets": ("utter_grooming_meets", LINES, "utter_ask_grooming_stay"),
    "strangled": ("utter_unsafe_home_strangled", "action_point_to_help", "utter_ask_unsafe_home_now"),
    "work": ("utter_teen_pimp_work", "action_point_to_help", "utter_ask_teen_pimp_alone"),
    "drinks": ("utter_question_parent_drinks", "action_point_to_help", "utter_ask_other_wellbeing_near"),
    "pregnant": ("utter_question_pregnant", "action_point_to_help", "utter_ask_other_wellbeing_near"),
    IS_PAST: ("utter_past", "action_point_to_help", ASKS_PAST),
    "ages": ("utter_legal_question", "action_law_saying_yes", "action_point_to_help", "utter_ask_legal_question_alone"),
}
"""Another first sentence than the path's own, where nobody asked anything of that path yet."""
_MID_PATH = frozenset({"forced", "meets", "strangled"})
"""Told later on, on the path that it belongs to, it changes what has to be asked."""
OF_A_BODY_TOO = OF_LIFE | {*ANSWERS, NOT_UNDERSTOOD}
"""Heard while a body is in danger, they are told of that."""
_SITS_IN_CAR, _LEFT_HOME = "car", "runaway_now"


def turn_for(heard: str, topic: Optional[str], asked: Optional[str], said: str = "yes", situation: Optional[str] = None) -> Tuple[str, ...]:
    """The actions that answer danger now, before listening; none where a path opens itself, or stories go on from the question asked.

    `heard` is the intent, `topic` the need the conversation is about, `asked` the question that was open, `said` the value of
    danger_now, `situation` that of the entity of that name.
    """
    if said in OPENS_OTHERWISE:
        return ()
    is_need = (heard in NEEDS and not NEEDS[heard].is_conversation and urgency_of(heard).is_danger) or heard in MAY_TURN
    need = heard if is_need else topic
    if need in OPENS_ITSELF and said in ("yes", "act", "after") and situation != _SITS_IN_CAR:
        return ()
    if asked in OF_A_BODY:
        return ()
    turn = _KINDS.get(said) or OWN.get(str(need), FROM_PEOPLE)
    turn = RIDE_OUTSIDE if turn is RIDE and _LEFT_HOME in (heard, topic) else turn
    if turn is WAITS and asked == WAITS[-1]:
        turn = (*WAITS[:-1], AWAY)  # he is on the way by now: whether they would go was asked just before
    if turn is FROM_PEOPLE and asked in _LAST_PLACES:
        turn = ONCE_MORE
    elif asked == turn[-1] or (turn in (FROM_PEOPLE, WAITS, GONE) and str(asked).startswith(OF_NOW)):
        return ()  # the stories go on from where it is
    return asked_where_they_are(turn, situation)


def asked_where_they_are(turn: Tuple[str, ...], situation: Optional[str]) -> Tuple[str, ...]:
    """The turn, with a question that fits where there is nowhere to go to."""
    return (*turn[:-1], _CALL) if turn[-1] == AWAY and situation in NOWHERE_TO_GO else turn


def is_later(text: Optional[str], asked: Optional[str], said: Optional[str]) -> bool:
    """Whether an answer to a question of danger now tells that it is not now; the button of the first one says so too, and nobody who
    types that they do not know whether they can get away."""
    return str(asked).startswith(OF_NOW) and (said == IS_LATER or (text == _NOT_NOW_PRESSED and asked == AWAY))


def opening_for(heard: str, topic: Optional[str], said: str) -> Tuple[str, ...]:
    """The first turn of a path that needs another first sentence; none where the conversation is about that need already, but for
    what changes the path."""
    return OPENINGS.get(said, ()) if heard != topic or said in _MID_PATH else ()


def turn_when_over(asked: Optional[str], *, is_there: bool = False, of_body: bool = False) -> Tuple[str, ...]:
    """The actions that answer that help has come, or that who was missing is found; `asked` as in `turn_for`.

    `is_there`: the words say that it stands there, so nobody is told to wait for it. `of_body`: a first message tells of a body in danger,
    so nobody was missing.
    """
    if str(asked).startswith("utter_ask_friend_missing_") or (asked == FIRST_QUESTION and not of_body):
        return FOUND
    if asked in OF_A_BODY and not is_there:
        return HELP_COMES
    is_of_now = str(asked).startswith(OF_NOW) and asked != "utter_ask_now_person"
    if is_there:
        return HELP_IS_THERE if is_of_now else HELP_IS_THERE_LATE
    return HELP_IS_THERE if is_of_now else HELP_COMES_LATE
