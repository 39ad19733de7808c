"""Pointing to help and to safety, and bringing in a person of the hotline."""

from __future__ import annotations

import pytest
from action_calls import HubStandIn, action, asked, heard, run

from kernel.need import NEEDS
from safety.directory import Directory
from safety.routes import Routes

# ---- action_point_to_help, action_point_to_safety ------------------------------------------------------------------

OPENED = {
    ("sextortion", "nl"): ["childfocus", "take_it_down", "awel"],
    ("sextortion", "fr"): ["childfocus", "take_it_down", "ecoute_enfants_103"],
    ("suicidal", "nl"): ["zelfmoordlijn_1813", "emergency_112", "childfocus"],
    ("suicidal", "fr"): ["prevention_suicide", "emergency_112", "childfocus"],
    ("sexual_abuse", "nl"): ["nupraatikerover", "line_1712", "zsg_cpvs"],
    # Nobody surely picks up a phone in the French list, so the open line follows the first and the care centre gives way (rule 1).
    ("sexual_abuse", "fr"): ["maintenantjenparle", "childfocus", "ecoute_enfants_103"],
    ("report_content_removal", "nl"): ["take_it_down", "childfocus"],
    ("self_harm", "fr"): ["ecoute_enfants_103", "prevention_suicide"],
    # JAC is from 12 on: whose age is not known gets the line for all teenagers before it.
    ("runaway_thinking", "nl"): ["childfocus", "awel", "jac"],
}


@pytest.mark.parametrize(("need", "language"), OPENED)
async def test_a_path_that_opens_shows_its_own_lines_and_becomes_the_topic(hub: HubStandIn, need: str, language: str) -> None:
    events = [heard(need), action(f"utter_{need}")]
    ran = await run(hub, "action_point_to_help", need, events=events, language=language, topic="cyberbullying")
    assert ran.lines == OPENED[need, language]
    assert ran.slots == {"topic": need}
    assert ran.said == []


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("beside", ["sextortion", "nude_spread", "sexual_abuse", "unsafe_home", "teen_pimp", "grooming", "self_harm"])
@pytest.mark.parametrize("need", ["suicidal", "self_harm", "nude_spread", "unsafe_home"])
async def test_a_second_danger_brings_its_line_and_takes_none_that_is_needed(
    hub: HubStandIn, need: str, beside: str, language: str
) -> None:
    for name in ("action_point_to_help", "action_point_to_safety"):
        events = [heard(need), action(f"utter_{need}")]
        alone = (await run(hub, name, need, events=events, language=language)).lines
        both = (await run(hub, name, need, events=events, language=language, entities={"beside": beside})).lines
        assert both[0] == alone[0] and len(both) <= 3
        assert {line for line in alone if line in ("childfocus", "emergency_112", "police_101")} <= set(both)


async def test_a_second_danger_in_the_message_brings_its_line_too(hub: HubStandIn) -> None:
    events = [heard("self_harm"), action("utter_self_harm")]
    alone = await run(hub, "action_point_to_help", "self_harm", events=events)
    both = await run(hub, "action_point_to_help", "self_harm", events=events, entities={"beside": "unsafe_home"})
    assert "line_1712" not in alone.lines
    assert both.lines[:2] == [alone.lines[0], "line_1712"]
    assert both.slots == {"topic": "self_harm"}


async def test_a_second_danger_leaves_a_line_that_can_be_called_now(hub: HubStandIn) -> None:
    need = "worried_own_feelings"
    events = [heard(need), action(f"utter_{need}")]
    both = await run(hub, "action_point_to_help", need, events=events, language="fr", entities={"beside": "self_harm"})
    assert both.lines == ["seos", "ecoute_enfants_103", "prevention_suicide"]


@pytest.mark.parametrize(("language", "line"), [("nl", "zelfmoordlijn_1813"), ("fr", "prevention_suicide")])
@pytest.mark.parametrize(("need", "said"), [("self_harm", "die_yes"), ("worried_own_feelings", "down_yes")])
async def test_a_yes_to_wanting_to_die_brings_that_line_from_then_on(
    hub: HubStandIn, language: str, line: str, need: str, said: str
) -> None:
    events = [heard("affirm"), action(f"utter_{need}_{said}")]
    ran = await run(hub, "action_point_to_help", "affirm", events=events, language=language, topic=need)
    assert ran.lines[0] == line
    assert ran.slots == {"topic": "suicidal"}


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_abuse_of_these_days_is_sent_to_the_care_centre_with_its_link(hub: HubStandIn, language: str) -> None:
    events = [heard("affirm"), action("utter_sexual_abuse_recent_yes")]
    ran = await run(hub, "action_point_to_help", "affirm", events=events, language=language, topic="sexual_abuse")
    assert ran.lines == ["zsg_cpvs", "childfocus"]
    now = await run(hub, "action_point_to_help", "affirm", events=events, language=language, topic="sexual_abuse", danger_now="yes")
    assert now.lines[0] == "emergency_112", "who is in danger now is told 112 first all the same"


@pytest.mark.parametrize(("language", "line"), [("nl", "awel"), ("fr", "ecoute_enfants_103")])
async def test_who_rather_writes_than_calls_gets_a_line_with_a_chat(hub: HubStandIn, language: str, line: str) -> None:
    events = [heard("deny"), action("utter_want_human_chat")]
    ran = await run(hub, "action_point_to_help", "deny", events=events, language=language)
    assert ran.lines == ["childfocus", line]
    assert ran.slots == {}
    dying = await run(hub, "action_point_to_help", "deny", events=events, language=language, topic="suicidal")
    assert line not in dying.lines[:1], "a path's own lines stay"


@pytest.mark.parametrize(
    ("language", "first", "open_line"), [("nl", "stopitnow_nl", "zelfmoordlijn_1813"), ("fr", "seos", "prevention_suicide")]
)
async def test_the_worried_teenager_gets_their_line_and_an_open_one(hub: HubStandIn, language: str, first: str, open_line: str) -> None:
    need = "worried_own_feelings"
    ran = await run(hub, "action_point_to_help", need, events=[heard(need), action(f"utter_{need}")], language=language)
    assert ran.lines[0] == first
    assert open_line in ran.lines


@pytest.mark.parametrize(
    "intent", ["affirm", "deny", "dont_know", "nude_spread", "suicidal", "nlu_fallback", "want_human", "privacy_question"]
)
async def test_further_on_the_topic_of_the_path_is_kept(hub: HubStandIn, intent: str) -> None:
    events = [
        heard("sextortion"),
        action("utter_sextortion"),
        action("utter_ask_sextortion_safe"),
        heard(intent),
        action("utter_sextortion_step"),
    ]
    ran = await run(hub, "action_point_to_help", intent, events=events, topic="sextortion")
    assert ran.lines == OPENED["sextortion", "nl"]
    assert ran.slots == {"topic": "sextortion"}


async def test_an_earlier_opening_is_not_this_turn(hub: HubStandIn) -> None:
    events = [heard("suicidal"), action("utter_suicidal"), action("action_listen"), heard("suicidal")]
    ran = await run(hub, "action_point_to_help", "suicidal", events=events, topic="sextortion")
    assert ran.slots == {"topic": "sextortion"}


@pytest.mark.parametrize("topic", [None, "", "nonsense"])
async def test_without_a_topic_the_message_decides_and_116000_is_never_missing(hub: HubStandIn, topic: str | None) -> None:
    assert (await run(hub, "action_point_to_help", "self_harm", topic=topic)).slots == {"topic": "self_harm"}
    small_talk = await run(hub, "action_point_to_help", "affirm", topic=topic)
    assert (small_talk.lines, small_talk.events) == (["childfocus"], [])


async def test_a_need_that_was_not_understood_is_no_topic(hub: HubStandIn) -> None:
    ran = await run(hub, "action_point_to_help", "nlu_fallback", ranking=("nlu_fallback", "worried_own_feelings"))
    assert (ran.lines, ran.events) == (["childfocus"], [])


@pytest.mark.parametrize("name", ["action_point_to_help", "action_escalate_to_hotline"])
async def test_a_danger_found_in_the_words_counts_over_the_ranking(hub: HubStandIn, name: str) -> None:
    events = [heard("suicidal", ranking=("off_topic", "cyberbullying")), action("utter_suicidal")]
    ran = await run(hub, name, "suicidal", events=events, ranking=("off_topic", "cyberbullying"))
    assert "zelfmoordlijn_1813" in ran.lines


async def test_who_and_age_change_the_lines(hub: HubStandIn) -> None:
    adult = await run(hub, "action_point_to_help", "affirm", topic="nude_spread", age_group="adult")
    assert "stopncii" in adult.lines
    assert "take_it_down" not in adult.lines
    teacher = await run(hub, "action_point_to_help", "affirm", topic="unsafe_home", who="adult", language="fr")
    assert teacher.lines == ["ecoute_enfants_103", "childfocus", "sos_enfants"]
    teenager = await run(hub, "action_point_to_help", "affirm", topic="runaway_thinking", age_group="14_15")
    assert teenager.lines == ["childfocus", "jac", "awel"]
    child = await run(hub, "action_point_to_help", "affirm", topic="runaway_thinking", age_group="under14")
    assert "jac" not in child.lines
    parent = await run(hub, "action_point_to_help", "affirm", topic="sexual_abuse", who="adult")
    assert parent.lines == ["line_1712", "vertrouwenscentrum", "zsg_cpvs"]
    young = await run(hub, "action_point_to_help", "affirm", topic="sexual_abuse", age_group="under14", language="fr")
    assert "sos_viol" not in young.lines
    unset = await run(hub, "action_point_to_help", "affirm", topic="sextortion", who=None, age_group=None, urgency=None, language=None)
    assert unset.lines == OPENED["sextortion", "nl"]


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("need", [name for name, need in NEEDS.items() if not need.is_conversation])
async def test_danger_now_brings_112_first_for_every_need(hub: HubStandIn, need: str, language: str) -> None:
    first = "police_101" if need == "friend_missing" else "emergency_112"
    said_now = await run(hub, "action_point_to_help", "affirm", topic=need, danger_now="yes", language=language)
    not_safe = await run(hub, "action_point_to_safety", "deny", topic=need, danger_now="no", language=language)
    assert said_now.lines == not_safe.lines
    assert said_now.lines[0] == first
    assert "childfocus" in said_now.lines
    assert len(said_now.lines) == len(set(said_now.lines)) <= 3
    assert not_safe.slots == {"topic": need}
    calm = await run(hub, "action_point_to_help", "affirm", topic=need, danger_now="no", language=language)
    assert calm.lines[:1] != [first]


@pytest.mark.parametrize("said", ["utter_suicidal_now_yes", "utter_now"])
async def test_danger_now_of_another_kind_becomes_the_topic(hub: HubStandIn, said: str) -> None:
    ran = await run(hub, "action_point_to_safety", "suicidal", topic="sextortion", events=[heard("suicidal"), action(said)])
    assert ran.slots == {"topic": "suicidal"}
    assert ran.lines[:2] == ["emergency_112", "zelfmoordlijn_1813"]
    answer = await run(hub, "action_point_to_safety", "affirm", topic="sextortion", events=[heard("affirm"), action("utter_now")])
    assert answer.slots == {"topic": "sextortion"}


async def test_not_safe_at_the_first_question_brings_112_before_any_topic(hub: HubStandIn) -> None:
    ran = await run(hub, "action_point_to_safety", "deny", events=asked("utter_ask_safe"))
    assert (ran.lines, ran.events) == (["emergency_112", "childfocus"], [])


# ---- action_escalate_to_hotline ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("need", [name for name, need in NEEDS.items() if not need.is_conversation])
async def test_escalating_offers_first_and_names_116000_first(hub: HubStandIn, need: str, language: str) -> None:
    ran = await run(hub, "action_escalate_to_hotline", "affirm", topic=need, language=language)
    assert [what for what in hub.done if what[0] == "offer"] == [("offer", "c-1", "action")]
    assert ran.said == ["utter_escalate"]
    assert ran.lines[0] == "childfocus"
    assert len(ran.lines) == len(set(ran.lines)) <= 3
    own = await run(hub, "action_point_to_help", "affirm", topic=need, language=language)
    further = [line for line in own.lines if line != "childfocus"]
    assert ran.lines[1:] == further[:2]


@pytest.mark.parametrize(
    ("before", "topic", "after"),
    [
        ("none", "cyberbullying", "high"), ("normal", "sextortion", "high"), ("high", None, "high"), (None, None, "high"),
        ("none", "suicidal", "emergency"), ("emergency", "cyberbullying", "emergency"), ("nonsense", None, "high"),
    ],
)  # fmt: skip
async def test_escalating_raises_urgency_and_never_lowers_it(hub: HubStandIn, before: str | None, topic: str | None, after: str) -> None:
    ran = await run(hub, "action_escalate_to_hotline", "want_human", urgency=before, topic=topic)
    assert ran.slots == {"urgency": after}


async def test_nothing_is_promised_when_the_offer_was_not_stored(directory: Directory, routes: Routes) -> None:
    hub = HubStandIn(directory, routes, broken=frozenset({"offer"}))
    ran = await run(hub, "action_escalate_to_hotline", "want_human")
    assert "utter_escalate" not in ran.said
