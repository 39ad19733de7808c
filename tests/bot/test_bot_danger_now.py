"""Danger that is now: which examples teach it, and the turn that answers it, at the start and in the middle of any path."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from bot_scripts import told_by

from curation.content import Content

ROOT = Path(__file__).resolve().parents[2]
LISTEN, LINES, AWAY = "action_listen", "action_point_to_safety", "utter_ask_now_away"
START = ["utter_ask_safe", LISTEN]
ON_PATH = ["utter_sextortion", "action_point_to_help", "utter_ask_sextortion_wants", LISTEN]
MET = ["utter_suicidal_now_yes", LINES, "utter_ask_suicidal_with", LISTEN]
ASKED = ["utter_suicidal", LINES, "utter_ask_suicidal_now", LISTEN]
LATER = ["later:dont_know", "utter_now_away_later"]
OPEN = ["utter_now", LINES, AWAY, LISTEN, "utter_now_person_heard", LINES, "utter_ask_else", LISTEN]
PERSON = "utter_ask_now_person"
TABLETS = ["utter_now_body", LINES, "utter_ask_now_helped", LISTEN, "utter_now_helped_no", LINES, PERSON, LISTEN]
FORCED = [*START, "forced:unsafe_home", "utter_unsafe_home_forced", "action_point_to_help", "topic=unsafe_home"]
"""The action that names the lines sets the topic, in the middle of the turn."""
# what happened, the topic, the policy's action
NEXT: list[tuple[list[str], str | None, str | None]] = [
    ([], None, None),
    (["utter_ask_safe", LISTEN], None, None),
    # at the start: the words, the lines, one question, and then it listens
    ([*START, "now:unsafe_home"], None, "utter_now"),
    ([*START, "now:unsafe_home", "utter_now"], None, LINES),
    ([*START, "now:unsafe_home", "utter_now", LINES], "unsafe_home", AWAY),
    ([*START, "now:unsafe_home", "utter_now", LINES, AWAY], "unsafe_home", LISTEN),
    # driven, locked in, hidden: whether they can call, not whether they can get away
    ([*START, "now+car:unsafe_home", "utter_now", LINES], "unsafe_home", "utter_ask_now_call"),
    ([*ON_PATH, "now+own_lock:unsafe_home", "utter_now", LINES], "unsafe_home", "utter_ask_now_call"),
    ([*START, "now+car:unsafe_home", "utter_now", LINES, "utter_ask_now_call"], "unsafe_home", LISTEN),
    ([*START, "now+asleep:unsafe_home", "utter_now", LINES], "unsafe_home", AWAY),
    ([*START, "now+own_lock:suicidal"], None, "utter_suicidal_now_yes"),
    ([AWAY, LISTEN, "now+car:unsafe_home"], "unsafe_home", None),
    # asked whether they want to die, where only the model heard it: a no that tells what it was about leaves that path
    ([*START, "you:suicidal", *ASKED, "more:deny"], "suicidal", "action_leave_path"),
    ([*START, "you:suicidal", *ASKED, "more:deny", "action_leave_path"], None, "utter_ask_topic"),
    ([*START, "you:suicidal", *ASKED, "you:deny"], "suicidal", None),
    ([*START, "you:suicidal", *ASKED, "hedged:deny"], "suicidal", None),
    ([*START, "you:suicidal", "you:suicidal", *ASKED, "more:deny"], "suicidal", None),
    (
        ["utter_now_call_yes", "utter_ask_now_safe", LISTEN, "now+car:unsafe_home", "utter_now_again", LINES],
        "unsafe_home",
        "utter_ask_now_call",
    ),
    # told behind the last question while nobody said that it is over: once more, and only once
    ([*OPEN, "you:nlu_fallback"], "unsafe_home", "utter_now_again"),
    ([*OPEN, "you:grooming"], "unsafe_home", "utter_now_again"),
    ([*OPEN, "you:affirm"], "unsafe_home", None),
    ([*OPEN, "you:thanks_bye"], "unsafe_home", None),
    ([*OPEN, "you:nlu_fallback", "utter_now_again", LINES], "unsafe_home", AWAY),
    (
        [*OPEN, "you:nlu_fallback", "utter_now_again", LINES, AWAY, LISTEN, "utter_ask_else", LISTEN, "you:nlu_fallback"],
        "unsafe_home",
        None,
    ),
    (["utter_now", LINES, AWAY, LISTEN, "utter_now_safe_yes", "utter_ask_else", LISTEN, "you:nlu_fallback"], "unsafe_home", None),
    (["utter_grooming", "utter_ask_else", LISTEN, "you:nlu_fallback"], "grooming", None),
    # a path that asks itself whether it is now goes on as after "yes"
    ([*START, "now:suicidal"], None, "utter_suicidal_now_yes"),
    ([*START, "now:grooming"], None, "utter_now"),
    # a meeting later today
    ([*START, "soon:grooming"], None, "utter_grooming_meeting"),
    ([*START, "soon:grooming", "utter_grooming_meeting", LINES], "grooming", "utter_ask_grooming_stay"),
    ([*START, "now:self_harm", "utter_self_harm_hurt_yes", LINES], "self_harm", "utter_ask_self_harm_die"),
    # in an answer on a path
    ([*ON_PATH, "now:affirm"], "sextortion", "utter_now"),
    ([*ON_PATH, "now:nlu_fallback"], "sextortion", "utter_now"),
    ([*ON_PATH, "now:suicidal"], "sextortion", "utter_suicidal_now_yes"),
    # said again where it was just asked about: the stories go on; at the last questions it begins once more, in other words
    ([*ON_PATH, "now:affirm", "utter_now", LINES, AWAY, LISTEN, "now:sextortion"], "sextortion", None),
    (["utter_now_away_no", LINES, "utter_ask_now_call", LISTEN, "now:grooming"], "grooming", None),
    # a wish to die told again as now: 112 before all questions; what is not heard as one goes on with the path
    ([*MET, "now:suicidal"], "suicidal", "utter_now_act"),
    ([*MET, "now:suicidal", "utter_now_act", LINES], "suicidal", "utter_ask_now_helped"),
    ([*MET, "now:nlu_fallback"], "suicidal", None),
    ([*MET, "utter_ask_suicidal_call", LISTEN, "now:nlu_fallback"], "suicidal", None),
    ([*MET, "act:nlu_fallback"], "suicidal", "utter_now_act"),
    (["utter_now_helped_no", LINES, "utter_ask_now_there", LISTEN, "act:nlu_fallback"], "suicidal", None),
    # somebody comes up to who is outside, though that path opens itself
    (["utter_runaway_now_safe_yes", "utter_ask_runaway_now_person", LISTEN, "near:nlu_fallback"], "runaway_now", "utter_now"),
    (["utter_runaway_now_safe_yes", "utter_ask_runaway_now_person", LISTEN, "now:nlu_fallback"], "runaway_now", None),
    # whoever was in danger is safe now
    ([*MET, "safe:affirm"], "suicidal", "utter_now_relief"),
    ([*MET, "safe:affirm", "utter_now_relief"], "suicidal", "utter_ask_else"),
    ([*MET, "safe:affirm", "utter_now_relief", "utter_ask_else"], "suicidal", LISTEN),
    (["utter_now_call_yes", "utter_ask_now_safe", LISTEN, "now:unsafe_home"], "grooming", "utter_now_again"),
    (["utter_now_safe_yes", "utter_ask_now_person", LISTEN, "now:affirm", "utter_now_again", LINES], "grooming", AWAY),
    # a body that needs a doctor, of whoever it is
    ([*START, "body:suicidal"], None, "utter_now_body"),
    ([*START, "body:other_wellbeing", "utter_now_body", LINES], "other_wellbeing", "utter_ask_now_helped"),
    (["utter_now_body", LINES, "utter_ask_now_helped", LISTEN, "body:suicidal"], "suicidal", None),
    (["utter_now_helped_no", LINES, "utter_ask_now_there", LISTEN, "now:self_harm"], "suicidal", None),
    (["utter_now_safe_yes", "utter_ask_now_person", LISTEN, "body:self_harm"], "unsafe_home", "utter_now_body"),
    # who is missing wants to die: 112 at once, and the path of who is missing goes on
    (["utter_ask_friend_missing_danger", LISTEN, "you+friend:suicidal"], "friend_missing", "utter_friend_missing_danger_yes"),
    (["utter_ask_friend_missing_danger", LISTEN, "you:suicidal"], "friend_missing", None),
    # pills, and no help yet: 112 stays for who wants no person, nor that anybody knows
    ([*TABLETS, "you:deny"], "suicidal", "utter_now_body_choice"),
    ([*TABLETS, "you:deny", "utter_now_body_choice", LINES], "suicidal", "utter_ask_else"),
    ([*TABLETS, "you:privacy_question"], "suicidal", "utter_question_parents_told_body"),
    ([*TABLETS, "you:affirm"], "suicidal", None),
    ([*OPEN, "you:deny"], "unsafe_home", None),
    # abuse of the last hours: at the start, and told on another path
    ([*START, "after:sexual_abuse"], None, "utter_now_after"),
    ([*START, "after:sexual_abuse", "utter_now_after", LINES], "sexual_abuse", "utter_ask_now_after"),
    ([*ON_PATH, "after:sexual_abuse"], "sextortion", "utter_now_after"),
    (["utter_now_after", LINES, "utter_ask_now_after", LISTEN, "after:sexual_abuse"], "sexual_abuse", None),
    # another first sentence, once: at the start and on another path
    ([*START, "forced:unsafe_home"], None, "utter_unsafe_home_forced"),
    ([*START, "forced:unsafe_home", "utter_unsafe_home_forced"], None, "action_point_to_help"),
    (FORCED, "unsafe_home", "utter_ask_unsafe_home_trip"),
    ([*FORCED, "utter_ask_unsafe_home_trip"], "unsafe_home", LISTEN),
    ([*START, "unasked_by_stranger:grooming"], None, "utter_grooming_unasked"),
    ([*START, "received:nude_spread"], None, "utter_nude_spread_received"),
    ([*START, "ages:legal_question", "utter_legal_question"], None, "action_law_saying_yes"),
    ([*START, "grief:other_wellbeing"], None, "utter_question_grief"),
    ([*START, "age_gap:grooming"], None, "utter_question_age_gap"),
    ([*START, "age_gap_sex:sexual_abuse", "utter_question_age_gap", "action_point_to_help"], None, "utter_ask_sexual_abuse_safe"),
    ([*START, "blackout:sexual_abuse"], None, "utter_sexual_abuse_blackout"),
    ([*START, "work:teen_pimp"], None, "utter_teen_pimp_work"),
    ([*START, "did:worried_own_feelings"], None, "utter_worried_own_feelings_did"),
    ([*ON_PATH, "forced:unsafe_home"], "sextortion", "utter_unsafe_home_forced"),
    # told later on its own path, and told again
    (["utter_ask_unsafe_home_now", LISTEN, "forced:unsafe_home"], "unsafe_home", "utter_unsafe_home_forced"),
    ([*FORCED, "utter_ask_unsafe_home_trip", LISTEN, "forced:unsafe_home"], "unsafe_home", None),
    (["utter_ask_other_wellbeing_about", LISTEN, "grief:other_wellbeing"], "other_wellbeing", None),
    # a bed offered to who left home
    ([*START, "soon:runaway_now"], None, "utter_grooming_meeting"),
    # outside, a stranger offers a bed: the path of who left home goes on behind it
    (["utter_ask_runaway_now_safe", LISTEN, "ride:grooming", "utter_now_ride", LINES], "runaway_now", "utter_ask_runaway_now_ride"),
    (["utter_ask_grooming_tip", LISTEN, "ride:grooming", "utter_now_ride", LINES], "grooming", "utter_ask_grooming_stay"),
    # what waits at home, told by who is away from it, is not now; somebody who comes is
    (["utter_ask_runaway_now_night", LISTEN, "feared:unsafe_home"], "runaway_now", "utter_runaway_now_threat"),
    (
        ["utter_ask_runaway_now_night", LISTEN, "feared:unsafe_home", "utter_runaway_now_threat", LINES],
        "runaway_now",
        "utter_ask_runaway_now_night",
    ),
    (["utter_ask_runaway_now_night", LISTEN, "close:unsafe_home"], "runaway_now", "utter_now"),
    (["utter_ask_unsafe_home_night", LISTEN, "feared:unsafe_home"], "unsafe_home", "utter_now"),
    # a stranger who waits, somebody else on the way to one, a lift or a bed: also where a path asked
    ([*START, "waits:grooming"], None, "utter_grooming_waits"),
    (["utter_ask_grooming_stay", LISTEN, "waits:nlu_fallback", "utter_grooming_waits", LINES], "grooming", AWAY),
    (["utter_ask_grooming_tip", LISTEN, "waits:affirm", "utter_grooming_waits", LINES], "grooming", "utter_ask_grooming_stay"),
    (["utter_ask_grooming_tip", LISTEN, "gone:affirm", "utter_grooming_gone", LINES], "grooming", "utter_ask_now_call"),
    (["utter_ask_now_call", LISTEN, "gone:affirm"], "grooming", None),
    (["utter_ask_runaway_now_warm", LISTEN, "ride:deny"], "runaway_now", "utter_now_ride"),
    # driven by a stranger, who left home too
    ([*START, "now+car:runaway_now"], None, "utter_now"),
    ([*START, "now:runaway_now"], None, None),
    # tablets told where it was asked whether they can get away, and told on behind the questions about help
    ([AWAY, LISTEN, "body:deny"], "unsafe_home", "utter_now_body"),
    ([*TABLETS, "now:suicidal"], "suicidal", "utter_now_body"),
    ([*TABLETS, "you:nlu_fallback"], "suicidal", "utter_now_body"),
    ([*TABLETS, "you:thanks_bye"], "suicidal", None),
    ([*TABLETS, "now:unsafe_home"], "suicidal", "utter_now_again"),
    ([*TABLETS, "over:affirm", "utter_now_helped_yes", PERSON, LISTEN, "you:nlu_fallback"], "suicidal", None),
    # help that stands there is not waited for
    (["utter_ask_now_there", LISTEN, "there:affirm"], "suicidal", "utter_now_over"),
    (["utter_ask_suicidal_call", LISTEN, "there:affirm", "utter_now_over"], "suicidal", "utter_ask_else"),
    (["utter_ask_now_helped", LISTEN, "over:affirm"], "suicidal", "utter_now_helped_yes"),
    # help that is on its way, at the end of that path and on two others
    (["utter_ask_now_there", LISTEN, "over:affirm", "utter_now_helped_yes"], "suicidal", "utter_ask_now_person"),
    (["utter_ask_suicidal_call", LISTEN, "over:affirm"], "suicidal", "utter_now_helped_yes"),
    (["utter_ask_else", LISTEN, "over:affirm", "utter_now_helped_yes"], "suicidal", "utter_ask_else"),
    # told at once that who was missing is back
    ([*START, "over:friend_missing"], None, "utter_friend_missing_over"),
    # who was missing, or wanted to die, has died
    (["utter_ask_friend_missing_called", LISTEN, "dead:affirm"], "friend_missing", "action_leave_path"),
    (["utter_ask_friend_missing_called", LISTEN, "dead:affirm", "action_leave_path"], "friend_missing", LISTEN),
    # told as over: asked whether it goes on; the path begins where it does
    ([*START, "past:sextortion"], None, "utter_past"),
    ([*START, "past:sextortion", "utter_past", "action_point_to_help"], None, "utter_ask_past"),
    (["utter_ask_past", LISTEN, "you:affirm"], "sextortion", "utter_past_yes"),
    (["utter_ask_past", LISTEN, "you:dont_know", "utter_past_yes"], "sextortion", "utter_ask_sextortion_safe"),
    (["utter_ask_past", LISTEN, "you:deny"], "sextortion", "utter_past_no"),
    (["utter_ask_past", LISTEN, "past:nlu_fallback"], "sextortion", "utter_past_no"),
    (["utter_ask_past", LISTEN, "past:sextortion", "utter_past_no"], "sextortion", "utter_ask_past_more"),
    (["utter_ask_past", LISTEN, "you:nlu_fallback"], "sextortion", "utter_past_yes"),
    (["utter_ask_past", LISTEN, "you:sextortion", "utter_past_yes"], "sextortion", "utter_ask_sextortion_safe"),
    (["utter_ask_past_more", LISTEN, "you:sextortion"], "sextortion", "utter_past_yes"),
    (["utter_ask_past_more", LISTEN, "you:nlu_fallback"], "sextortion", "utter_past_heard"),
    (["utter_ask_past_more", LISTEN, "you:affirm", "utter_past_heard"], "sextortion", "utter_ask_else"),
    (["utter_ask_past_more", LISTEN, "you:deny"], "sextortion", "utter_way_open"),
    (["utter_ask_past_more", LISTEN, "you:suicidal"], "sextortion", None),
    (["utter_ask_past", LISTEN, "now:unsafe_home"], "unsafe_home", "utter_now"),
    (["utter_ask_past", LISTEN, "you:suicidal"], "sextortion", None),
    # help has come; who was missing is found
    ([AWAY, LISTEN, "over:affirm"], "unsafe_home", "utter_now_over"),
    ([AWAY, LISTEN, "over:affirm", "utter_now_over"], "unsafe_home", "utter_ask_now_person"),
    (["utter_ask_friend_missing_seen", LISTEN, "over:affirm"], "friend_missing", "utter_friend_missing_over"),
    (["utter_ask_friend_missing_seen", LISTEN, "over:affirm", "utter_friend_missing_over"], "friend_missing", "utter_ask_else"),
    # not now after all: back to the question that was open, or to the first that asks of no danger
    ([AWAY, LISTEN, "later:dont_know"], "sextortion", "utter_now_away_later"),
    ([*ON_PATH, "now:affirm", "utter_now", LINES, AWAY, LISTEN, *LATER], "sextortion", "utter_ask_sextortion_wants"),
    ([AWAY, LISTEN, "pressed:dont_know"], "unsafe_home", "utter_now_away_later"),
    ([AWAY, LISTEN, "pressed:dont_know", "utter_now_away_later"], "unsafe_home", "utter_ask_unsafe_home_long"),
    ([AWAY, LISTEN, "you:dont_know"], "unsafe_home", None),  # typed: whether they can get away is not known, and the story goes on
    (["utter_ask_now_safe", LISTEN, *LATER], "grooming", "utter_ask_grooming_happened"),
    ([AWAY, LISTEN, *LATER], "cyberbullying", "utter_ask_cyberbullying_online"),
    ([AWAY, LISTEN, *LATER], "runaway_thinking", "utter_ask_runaway_thinking_why"),
    ([AWAY, LISTEN, *LATER], None, "utter_ask_now_person"),
    (["utter_ask_now_call", LISTEN, "you:dont_know"], "unsafe_home", None),
    # not urgent by itself, or not understood and told as of this moment
    ([*START, "now:cyberbullying"], None, "utter_now"),
    ([*START, "now:nlu_fallback"], None, "utter_now"),
    # nobody knows yet what it is about
    ([*START, "now:affirm"], None, "utter_now"),
    # nothing for it: not now, a path whose opening names the police, somebody else began the turn
    ([*START, "you:unsafe_home"], None, None),
    ([*START, "now:friend_missing"], None, None),
    ([*ON_PATH, "now:affirm", "action_scenario"], "sextortion", None),
]
# intent, text, mark
EXAMPLES = [
    ("unsafe_home", "een", "now"),
    ("unsafe_home", "twee", None),
    ("unsafe_home", "drie", "unclear"),
    ("friend_missing", "vier", None),
    *(("off_topic", f"praat {number}", None) for number in range(4)),
    (None, "een eend volgt mij", "harmless"),
]


@cache
def said() -> dict[str, Any]:
    """What the policy and the classifier say; started once."""
    answer: dict[str, Any] = told_by("danger_now.py", {"actions": [row[:2] for row in NEXT], "labelled": EXAMPLES})
    return answer


def test_the_turn_that_answers_danger_now() -> None:
    assert [(row, found) for row, found in zip(NEXT, said()["actions"], strict=True) if found != row[2]] == []


def test_every_reply_it_gives_is_there_and_every_question_is_answered_by_stories() -> None:
    content = Content.load(ROOT)
    replies, answered = content.reply_named(), {story.place for story in content.stories}
    for turn in (*said()["turns"], *said()["strangers"]):
        assert [name for name in turn if name.startswith("utter_") and name not in replies] == []
        assert turn[-1] in answered
        assert "112" in "".join(variation.text for variation in replies[turn[0]].variations)


def test_the_turns_when_it_is_over_and_other_openings_have_replies() -> None:
    replies = Content.load(ROOT).reply_named()
    names = [name for turn in (*said()["over"], *said()["openings"]) for name in turn if not name.startswith("action_")]
    assert [name for name in names if name not in replies] == []


def test_it_goes_on_as_a_path_does_after_yes_it_is_now() -> None:
    turns = {story.actions for story in Content.load(ROOT).stories}
    own = [turn for turn in said()["turns"] if not turn[-1].startswith("utter_ask_now_")]
    assert len(own) == 4
    assert [turn for turn in own if tuple(turn) not in turns] == []


def test_what_teaches_that_it_is_now() -> None:
    """Marked sentences against the others of their needs and some of the rest; what is unclear, or was never read for it, is left out."""
    taught = said()["labelled"]
    assert taught[:2] == [["een", "now"], ["twee", "not_now"]]
    assert [text for text, _ in taught[2:]] == ["praat 0", "praat 2", "een eend volgt mij"]
    assert {label for _, label in taught[2:]} == {"not_now"}
    assert said()["unmarked"] == []
