"""Asking again, asking what is meant, switching the language, wiping."""

from __future__ import annotations

from typing import Any

import pytest
from action_calls import HubStandIn, action, asked, run

# ---- action_ask_again ----------------------------------------------------------------------------------------------

PATH = ("utter_ask_safe", "utter_ask_topic", "utter_ask_sextortion_safe", "utter_ask_sextortion_happened")
SPOKE = {"event": "bot", "text": "Dag!"}
DETOURS = (
    "utter_ask_wipe", "utter_ask_privacy_person", "utter_ask_privacy_traces", "utter_ask_want_human_call", "utter_ask_want_human_ready",
    "utter_ask_safe", "utter_ask_topic",
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (PATH, "utter_ask_sextortion_happened"),
        ((*PATH, "utter_greeting"), "utter_ask_sextortion_happened"),
        ((*PATH, "utter_ask_else"), "utter_ask_else"),
        *[((*PATH, detour), "utter_ask_sextortion_happened") for detour in DETOURS],
        ((*PATH, *DETOURS, "utter_insult"), "utter_ask_sextortion_happened"),
        ((), "utter_ask_topic"),
        (("utter_ask_safe",), "utter_ask_topic"),
        (DETOURS, "utter_ask_topic"),
        ((*PATH, "utter_ask_else", "utter_way_open"), "utter_ask_topic"),
        ((*PATH, "utter_ask_wipe", "action_wipe"), "utter_ask_topic"),
        ((*PATH, "utter_way_open", "utter_ask_grooming_safe"), "utter_ask_grooming_safe"),
    ],
)
async def test_the_pending_question_is_asked_again(hub: HubStandIn, before: tuple[str, ...], question: str) -> None:
    ran = await run(hub, "action_ask_again", "greeting", events=asked(*before), tries=2.0)
    assert ran.said == [question]
    assert ran.slots == {"tries": 0.0}
    assert ran.lines == []


@pytest.mark.parametrize(
    ("question", "before", "said"),
    [("how_are_you", (), []), ("how_are_you", PATH, ["utter_ask_sextortion_happened"]), ("cost", (), ["utter_ask_topic"])],
)
async def test_beside_a_path_small_talk_stands_alone(hub: HubStandIn, question: str, before: tuple[str, ...], said: list[str]) -> None:
    ran = await run(hub, "action_ask_again", "question_on_the_way", events=[*asked(*before), SPOKE], entities={"question": question})
    assert ran.said == said


@pytest.mark.parametrize(("question", "said"), [("let_go", []), ("let_go_danger", ["utter_ask_sextortion_happened"])])
async def test_whoever_wants_to_stop_is_asked_no_more_but_where_there_is_danger(hub: HubStandIn, question: str, said: list[str]) -> None:
    ran = await run(hub, "action_ask_again", "question_on_the_way", events=[*asked(*PATH), SPOKE], entities={"question": question})
    assert ran.said == said


async def test_a_turn_never_ends_without_a_bubble(hub: HubStandIn) -> None:
    menu = [{"event": "bot", "text": "Kies.", "metadata": {"utter_action": "utter_ask_topic"}}, {"event": "user"}]
    empty = {"event": "bot", "text": None, "metadata": {"utter_action": "utter_bot_challenge"}}
    for need, asks in (
        ("bot_challenge", None),
        ("off_topic", None),
        ("question_on_the_way", "how_are_you"),
        ("question_on_the_way", "let_go"),
    ):
        entities = {"question": asks} if asks else {}
        for events in (menu, [*menu, empty]):
            ran = await run(hub, "action_ask_again", need, events=events, entities=entities, urgency="none")
            assert ran.said == ["utter_ask_topic"], (need, asks)
        ran = await run(hub, "action_ask_again", need, events=[*menu, SPOKE], entities=entities, urgency="none")
        assert ran.said == [], (need, asks)


@pytest.mark.parametrize(
    ("need", "urgency", "last", "said"),
    [
        ("off_topic", "none", "utter_ask_topic", []),
        ("insult", "none", "utter_ask_topic", []),
        ("off_topic", "none", "utter_off_topic", ["utter_ask_topic"]),
        ("off_topic", "high", "utter_ask_topic", ["utter_ask_topic"]),  # after danger the ways in stay in sight
        ("greeting", "none", "utter_ask_topic", ["utter_ask_topic"]),
    ],
)
async def test_the_subjects_are_not_offered_twice_in_a_row_to_small_talk(
    hub: HubStandIn, need: str, urgency: str, last: str, said: list[str]
) -> None:
    turn = [{"event": "user"}, {"event": "bot", "metadata": {"utter_action": last}}, {"event": "user"}, SPOKE]
    ran = await run(hub, "action_ask_again", need, events=turn, urgency=urgency)
    assert ran.said == said


async def test_the_subjects_that_stood_two_turns_ago_are_not_offered_to_small_talk(hub: HubStandIn) -> None:
    said = ["utter_ask_topic", "utter_off_topic", "utter_off_topic", "utter_off_topic"]
    turns = [[{"event": "bot", "metadata": {"utter_action": one}}, {"event": "user"}] for one in said]
    for seen, menu in ((2, []), (3, []), (4, ["utter_ask_topic"])):
        events = [{"event": "user"}, *(event for turn in turns[:seen] for event in turn), SPOKE]
        assert (await run(hub, "action_ask_again", "off_topic", events=events, urgency="none")).said == menu


async def test_a_path_begun_by_a_misunderstanding_is_left(hub: HubStandIn) -> None:
    ran = await run(hub, "action_leave_path", "meant_otherwise", events=asked(*PATH), topic="sextortion")
    assert ran.said == ["utter_question_meant_otherwise"]
    assert ran.slots == {"topic": None, "tries": 0.0, "told_before": None, "danger_in_words": None}
    good = await run(hub, "action_leave_path", "meant_otherwise", events=asked(*PATH), entities={"question": "solved"}, topic="sextortion")
    assert good.said == ["utter_question_solved"]
    events = [*asked(*PATH), action("action_leave_path")]
    assert (await run(hub, "action_ask_again", "greeting", events=events)).said == ["utter_ask_topic"]


@pytest.mark.parametrize(
    ("need", "entities", "before", "said", "topic"),
    [
        ("meant_otherwise", {"denial": "danger", "back_to": "sextortion"}, PATH, ["utter_no_danger"], "sextortion"),
        ("meant_otherwise", {"denial": "need", "question": "meant_otherwise"}, PATH, ["utter_question_meant_otherwise"], None),
        ("meant_otherwise", {"denial": "complaint"}, PATH, ["utter_misheard"], None),
        ("meant_otherwise", {"denial": "complaint", "answers_too": "pay"}, PATH, ["utter_question_pay"], None),
        ("meant_otherwise", {"denial": "need", "back_to": "grooming"}, PATH, [], "grooming"),  # the excuse stands before its opening
        ("deny", {}, (*PATH, "utter_ask_suicidal_now"), ["utter_suicidal_now_no"], "sextortion"),
    ],
)
async def test_a_denial_is_excused_and_the_talk_goes_back(
    hub: HubStandIn, need: str, entities: dict[str, str], before: tuple[str, ...], said: list[str], topic: str | None
) -> None:
    path = "suicidal" if need == "deny" else "sextortion"
    ran = await run(hub, "action_leave_path", need, events=asked(*before), entities=entities, topic=path)
    assert ran.said == said
    assert ran.slots.get("topic", path) == topic


async def test_bubbles_and_slots_are_no_questions(hub: HubStandIn) -> None:
    events = [*asked("utter_ask_sextortion_safe"), {"event": "slot", "name": "utter_ask_grooming_safe"}, {"event": "bot", "name": None}]
    assert (await run(hub, "action_ask_again", "off_topic", events=events)).said == ["utter_ask_sextortion_safe"]


# ---- action_ask_what_is_meant --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("events", "at_first"), [((), ["childfocus"]), (asked("utter_ask_sextortion_safe"), [])])
async def test_two_polite_tries_then_three_ways_out_and_anew(hub: HubStandIn, events: Any, at_first: list[str]) -> None:
    """Where no path named a line yet, 116000 stands beside the first try: what was not understood may be a cry for help."""
    tries: Any = None
    told = []
    for _ in range(4):
        ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", tries=tries, events=list(events), confidence=0.12)
        tries = ran.slots["tries"]
        told.append((ran.said, ran.lines, tries))
    assert told == [
        (["utter_rephrase"], at_first, 1.0),
        (["utter_rephrase_more"], [], 2.0),
        (["utter_three_choices"], ["childfocus"], 0.0),
        (["utter_rephrase"], at_first, 1.0),
    ]


@pytest.mark.parametrize(
    ("events", "tries", "said"),
    [
        ((), None, "utter_tell_me_more"),
        (asked("utter_ask_safe"), None, "utter_tell_me_more"),
        (asked("utter_ask_sextortion_safe"), None, "utter_rephrase"),
        ((), 1.0, "utter_rephrase_more"),
    ],
)
async def test_where_something_weighs_the_first_try_is_warm(hub: HubStandIn, events: Any, tries: float | None, said: str) -> None:
    likely = {"perhaps": "yes"}
    ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", tries=tries, events=list(events), confidence=0.12, entities=likely)
    assert ran.said == [said]
    assert ran.lines == (["childfocus"] if said == "utter_tell_me_more" else [])


async def test_nothing_but_an_age_is_no_cry_for_help(hub: HubStandIn) -> None:
    assert (await run(hub, "action_ask_what_is_meant", "nlu_fallback", confidence=1.0)).lines == []


async def test_a_long_story_that_was_not_understood_gets_116000_at_once(hub: HubStandIn) -> None:
    story = "het is al lang bezig en ik weet niet hoe ik het moet zeggen"
    ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", text=story, events=asked("utter_ask_sextortion_safe"))
    assert (ran.said, ran.lines) == (["utter_rephrase"], ["childfocus"])


@pytest.mark.parametrize("intent", ["affirm", "deny", "dont_know"])
async def test_a_yes_or_no_that_answers_nothing_is_met_kindly_and_begins_the_tries_anew(hub: HubStandIn, intent: str) -> None:
    ran = await run(hub, "action_ask_what_is_meant", intent, tries=2.0)
    assert ran.said == [f"utter_open_{intent}"]
    assert ran.slots == {"tries": 0.5, "language": "nl"}
    assert '"again":true' not in ran.raw.replace(" ", "")
    once_more = await run(hub, "action_ask_what_is_meant", intent, tries=0.5)
    assert once_more.said == ran.said
    assert once_more.slots["tries"] == 0.0
    assert '"again":true' in once_more.raw.replace(" ", "")
    assert ran.lines == []


@pytest.mark.parametrize("intent", ["nlu_fallback", "affirm", "suicidal"])
async def test_not_understanding_ends_the_turn_and_leaves_the_path_where_it_was(hub: HubStandIn, intent: str) -> None:
    ran = await run(hub, "action_ask_what_is_meant", intent)
    assert [event["event"] for event in ran.events] == ["rewind", "slot", "slot", "followup"]
    assert ran.events[-1]["name"] == "action_listen"


@pytest.mark.parametrize("tries", [5.0, 10.0, 2.9])
async def test_a_strange_count_still_gives_an_answer(hub: HubStandIn, tries: float) -> None:
    ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", tries=tries)
    assert ran.said == ["utter_three_choices"]
    assert 0 <= ran.slots["tries"] < 3


@pytest.mark.parametrize("guess", ["affirm", "deny", "dont_know"])
async def test_what_was_not_understood_is_not_taken_for_a_yes_or_no(hub: HubStandIn, guess: str) -> None:
    ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", ranking=("nlu_fallback", guess))
    assert ran.said == ["utter_rephrase"]


# ---- action_switch_language ----------------------------------------------------------------------------------------

SWITCHES = [
    ("in het frans aub", "nl", "fr"),
    ("en néerlandais stp", "fr", "nl"),
    ("FRANÇAIS", "nl", "fr"),
    ("Vlaams", "fr", "nl"),
    ("français svp", "fr", "fr"),
    ("geen frans aub", "nl", "nl"),
    ("liever niet in het nederlands", "nl", "fr"),
    ("je ne parle pas néerlandais", "nl", "fr"),
    ("je comprends pas le flamand", "nl", "fr"),
    ("stop met dat frans", "fr", "nl"),
    ("andere taal", "nl", "fr"),
    ("une autre langue", "fr", "nl"),
    ("nederlands of frans", "nl", "fr"),
    ("", "nl", "fr"),
    ("", "fr", "nl"),
    ("/switch_language", "fr", "nl"),
]
# "plus" (more) and a polite "niet/pas" in a question are taken for a refusal.
SWITCHED_WRONGLY = [
    ("c'est plus facile en français pour moi", "fr", "fr"),
    ("je parle plus le français", "fr", "nl"),
    ("kan het niet in het frans?", "nl", "fr"),
    ("pourquoi pas en français ?", "nl", "fr"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), SWITCHES)
async def test_the_language_asked_for(hub: HubStandIn, text: str, language: str, wanted: str) -> None:
    ran = await run(hub, "action_switch_language", "switch_language", text=text, language=language)
    assert ran.slots == {"language": wanted}
    assert (ran.said, ran.lines) == ([], [])


@pytest.mark.parametrize(("text", "language", "wanted"), SWITCHED_WRONGLY)
async def test_the_language_asked_for_in_other_ways(hub: HubStandIn, text: str, language: str, wanted: str) -> None:
    ran = await run(hub, "action_switch_language", "switch_language", text=text, language=language)
    assert ran.slots == {"language": wanted}


# ---- action_wipe ---------------------------------------------------------------------------------------------------


async def test_wiping_is_asked_of_the_hub_and_says_nothing_itself(hub: HubStandIn) -> None:
    ran = await run(hub, "action_wipe", "affirm")
    assert [what for what in hub.done if what[0] == "wipe"] == [("wipe", "c-1")]
    assert (ran.said, ran.lines, ran.events) == ([], [], [])
