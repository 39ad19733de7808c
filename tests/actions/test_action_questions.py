"""A question on the way: its answer, and the lines that go with it."""

from __future__ import annotations

import pytest
from action_calls import HubStandIn, asked, questions, run

NAMES = sorted(questions().all)


def _entities(name: str) -> dict[str, str]:
    return {"urgency": "high", "question": name}


@pytest.mark.parametrize("name", NAMES)
async def test_each_question_has_its_answer(hub: HubStandIn, name: str) -> None:
    ran = await run(hub, "action_answer_question", "question_on_the_way", entities=_entities(name), topic="sextortion")
    assert ran.said == [f"utter_question_{name}"]
    assert bool(ran.texts) is (questions().all[name].law is not None)
    is_whose = name.startswith("whose_")
    assert bool(ran.lines) is (is_whose or questions().all[name].lines is not None or name in hub.routes.questions)


async def test_whoever_sets_right_whose_trouble_it_is_sees_the_lines_for_that(hub: HubStandIn) -> None:
    name, intent, heard = "action_answer_question", "question_on_the_way", {"urgency": "emergency", "question": "whose_me"}
    before = [{"event": "action", "name": "utter_ask_now_away"}]
    assert (await run(hub, name, intent, entities=heard, events=before, topic="unsafe_home", urgency="emergency")).lines[
        0
    ] == "emergency_112"
    assert (await run(hub, name, intent, entities=heard)).lines == []


async def test_a_picture_brings_take_it_down(hub: HubStandIn) -> None:
    ran = await run(hub, "action_answer_question", "question_on_the_way", entities=_entities("remove_picture"))
    assert ran.lines[0] == "take_it_down"


async def test_a_question_may_have_lines_of_its_own(hub: HubStandIn) -> None:
    answers = {"name": "action_answer_question", "intent": "question_on_the_way"}
    who_am_i = {language: await run(hub, **answers, entities=_entities("orientation"), language=language) for language in ("nl", "fr")}
    assert who_am_i["nl"].lines == ["lumi", "childfocus"]
    assert who_am_i["fr"].lines == []
    bed = await run(hub, **answers, entities=_entities("where_to_go"), language="fr", topic="runaway_now", age_group="14_15")
    assert bed.lines == ["childfocus", "emergency_112", "sos_jeunes"]


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_whether_to_see_a_doctor_after_abuse_brings_the_care_centre(hub: HubStandIn, language: str) -> None:
    ran = await run(hub, "action_answer_question", "question_on_the_way", entities=_entities("doctor_abuse"), language=language)
    assert ran.lines == ["zsg_cpvs", "childfocus"]


@pytest.mark.parametrize(("language", "line"), [("nl", "awel"), ("fr", "ecoute_enfants_103")])
@pytest.mark.parametrize("question", ["pregnant", "not_keep"])
async def test_whoever_is_pregnant_is_shown_somebody_to_talk_to(hub: HubStandIn, language: str, line: str, question: str) -> None:
    ran = await run(hub, "action_answer_question", "question_on_the_way", entities=_entities(question), language=language)
    assert line in ran.lines


async def test_what_the_law_says_stands_behind_its_answer_with_its_date(hub: HubStandIn) -> None:
    ran = await run(hub, "action_answer_question", "question_on_the_way", entities=_entities("saying_yes_ages"), age_group="14_15")
    assert "3 jaar" in ran.texts[0] and "2022" in ran.texts[0]


@pytest.mark.parametrize("entities", [{}, _entities("unheard_of")])
async def test_an_unknown_question_says_nothing_and_leaves_the_floor_to_the_path(hub: HubStandIn, entities: dict[str, str]) -> None:
    assert (await run(hub, "action_answer_question", "question_on_the_way", entities=entities)).said == []


@pytest.mark.parametrize(
    ("language", "may_ask", "payloads"),
    [
        ("nl", "cost|believe_me|how_block", ["cost", "believe_me", "how_block", "meant_others"]),
        ("fr", "police_come_now", ["police_come_now", "meant_others"]),  # named by the title of its examples
        ("nl", "unheard_of|cost", ["cost", "meant_others"]),
        ("fr", "", ["meant_others"]),
    ],
)
async def test_what_was_not_surely_understood_is_offered_with_a_button_each(
    hub: HubStandIn, language: str, may_ask: str, payloads: list[str]
) -> None:
    entities = {"question": "meant", "may_ask": may_ask}
    ran = await run(hub, "action_answer_question", "question_on_the_way", entities=entities, language=language, topic="sextortion")
    assert ran.said == ["utter_question_meant"]
    assert ran.buttons == [f"/question:{name}" for name in payloads]
    spoke = [*asked("utter_ask_sextortion_happened"), {"event": "bot", "text": "Wat bedoel je?"}]
    again = await run(hub, "action_ask_again", "question_on_the_way", entities=entities, events=spoke)
    assert again.said == []  # the path's own question waits
