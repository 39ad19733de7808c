"""action_scenario: begins, follows, asks again, pauses, resumes, ends; and rejects what is not for the story."""

from __future__ import annotations

from typing import Any

import pytest
from action_calls import HubStandIn, Ran, action, asked, fixed, heard, run, scenarios
from rasa_sdk.interfaces import ActionExecutionRejection

from kernel.language import Language
from safety.scenarios import AFTER, BEFORE, Scenario

NAME = "action_scenario"


def crush() -> Scenario:
    scenario = scenarios().get("crush")
    assert scenario is not None
    return scenario


async def press(hub: HubStandIn, value: str, **slots: Any) -> Ran:
    """A button of a scenario, as the bot's channel hands it on."""
    return await run(hub, NAME, "nlu_fallback", text=f"/scenario:{value}", entities={"scenario": value}, **slots)


async def type_at(hub: HubStandIn, place: str, text: str, intent: str = "nlu_fallback", confidence: float = 0.2, **entities: str) -> Ran:
    """Something typed at a place of a story."""
    return await run(hub, NAME, intent, text=text, confidence=confidence, entities=entities, scenario=place)


@pytest.mark.parametrize("language", ["nl", "fr"])
async def test_the_menu_names_every_story(hub: HubStandIn, language: str) -> None:
    ran = await press(hub, "menu", language=language)
    assert ran.said == ["utter_scenario_menu"]
    assert ran.buttons == [f"/scenario:{scenario.name}" for scenario in scenarios()]
    assert len(ran.buttons) == 6


async def test_the_menu_puts_the_story_that_was_left_first(hub: HubStandIn) -> None:
    ran = await press(hub, "menu", scenario="crush/buik")
    assert ran.buttons[0] == "/scenario:resume"
    assert ran.slots == {"scenario": None, "scenario_left": "crush/buik"}
    ran = await press(hub, "resume", scenario_left="crush/buik")
    assert ran.said == ["utter_scenario_on"]
    assert ran.texts == [crush().scenes["buik"].says[Language.NL]]
    assert ran.slots == {"scenario": "crush/buik", "scenario_left": None}


async def test_it_begins_with_the_question(hub: HubStandIn) -> None:
    ran = await press(hub, "crush")
    assert (ran.said, ran.texts) == (["utter_scenario_begin"], [crush().scenes[BEFORE].says[Language.NL]])
    assert ran.buttons == ["/scenario:crush/before/1", "/scenario:crush/before/2", "/scenario:crush/before/3", "/scenario:leave"]
    assert ran.slots["scenario"] == "crush/before"
    assert [what for what in hub.done if what[0] == "answer"] == []


async def test_a_choice_has_its_consequence(hub: HubStandIn) -> None:
    ran = await press(hub, "crush/vraag/2", language="fr", scenario="crush/vraag")
    option = crush().scenes["vraag"].options[1]
    assert option.reply is not None
    assert ran.texts == [option.reply[Language.FR], crush().scenes["buik"].says[Language.FR]]
    assert ran.slots == {"scenario": "crush/buik", "scenario_left": None}


async def test_an_older_button_still_works(hub: HubStandIn) -> None:
    assert (await press(hub, "crush/bericht/1", scenario="crush/stil")).slots["scenario"] == "crush/vraag"


@pytest.mark.parametrize(
    "value", ["nothing", "crush/nowhere/1", "crush/vraag/9", "crush/vraag/0", "crush/vraag/x", "crush/week", "resume", "leave"]
)
async def test_a_button_that_leads_nowhere_shows_the_menu(hub: HubStandIn, value: str) -> None:
    assert (await press(hub, value)).said == ["utter_scenario_menu"]


async def test_an_end_names_its_lines_and_asks_again(hub: HubStandIn) -> None:
    ran = await press(hub, "crush/week/1", scenario="crush/week")
    assert ran.texts == [crush().scenes["einde_nee"].says[Language.NL], crush().scenes[AFTER].says[Language.NL]]
    assert ran.lines == ["childfocus", "awel", "watwat"]
    assert ran.slots["scenario"] == "crush/after"


async def test_the_last_answer_closes_the_story(hub: HubStandIn) -> None:
    ran = await press(hub, "crush/after/1", scenario="crush/after")
    assert ran.said == ["utter_scenario_done"]
    assert ran.slots == {"scenario": None, "scenario_left": None}
    assert {"event": "followup", "name": "utter_ask_else"}.items() <= ran.events[-1].items()


async def test_the_answers_are_counted_and_who_gave_them_is_not(hub: HubStandIn) -> None:
    await press(hub, "crush/before/3")
    await type_at(hub, "crush/after", "nee zeggen zonder uitleg")
    await press(hub, "crush/vraag/1")
    assert [what for what in hub.done if what[0] == "answer"] == [("answer", "crush", "before", "3"), ("answer", "crush", "after", "1")]


# ---- what is typed ---------------------------------------------------------------------------------------------------


async def test_typed_answers_follow_and_strange_ones_are_asked_again(hub: HubStandIn) -> None:
    assert (await type_at(hub, "crush/buik", "ik voel vooral druk")).slots["scenario"] == "crush/maat"
    ran = await type_at(hub, "crush/buik", "pizza")
    assert ran.said == ["utter_scenario_again"]
    assert len(ran.buttons) == 4
    assert ran.slots["scenario"] == "crush/buik"


@pytest.mark.parametrize("text", ["stoppen", "Pauze", "ik wil even stoppen", "j'arrête", "je veux faire une pause", "Even stoppen"])
async def test_the_words_that_pause(hub: HubStandIn, text: str) -> None:
    ran = await type_at(hub, "crush/buik", text, "suicidal", 0.65, urgency="emergency")
    assert ran.said == ["utter_scenario_left"]
    assert ran.slots == {"scenario": None, "scenario_left": "crush/buik"}
    assert ran.events[-1]["name"] == "utter_ask_else"


REJECTED = [
    # what is typed, the need heard, how sure, the urgency found
    ("ik wil dood", "suicidal", 1.0, "emergency"),
    ("ik betaal niet, ik maak er een eind aan", "suicidal", 1.0, "emergency"),
    ("hij chanteert mij echt", "sextortion", 0.9, "high"),
    ("mijn vader slaat mij", "unsafe_home", 0.8, "high"),
    ("ik word gepest in de klas", "cyberbullying", 0.9, "none"),
    ("mag dat eigenlijk van de wet", "legal_question", 0.7, "none"),
    ("ben jij een mens", "bot_challenge", 0.9, "none"),
    ("wie leest dit", "privacy_question", 0.9, "none"),
    ("ik wil met een mens bellen over betalen", "want_human", 0.9, "none"),
]


@pytest.mark.parametrize(("text", "need", "confidence", "urgency"), REJECTED)
async def test_what_is_not_for_the_story_is_rejected(hub: HubStandIn, text: str, need: str, confidence: float, urgency: str) -> None:
    entities = {"urgency": urgency} if urgency != "none" else {}
    with pytest.raises(ActionExecutionRejection):
        await type_at(hub, "sextortion/geld", text, need, confidence, **entities)


async def test_a_button_of_another_need_is_rejected_too(hub: HubStandIn) -> None:
    with pytest.raises(ActionExecutionRejection):
        await run(hub, NAME, "suicidal", text="/suicidal", scenario="crush/buik")


async def test_danger_in_words_that_ask_for_a_story_comes_first(hub: HubStandIn) -> None:
    with pytest.raises(ActionExecutionRejection):
        await run(hub, NAME, "suicidal", text="een verhaal, ik wil dood", entities={"scenario": "menu", "urgency": "emergency"})
    assert (await run(hub, NAME, "off_topic", text="een verhaal", entities={"scenario": "menu"})).said == ["utter_scenario_menu"]


@pytest.mark.parametrize(
    ("text", "need", "urgency", "scene"),
    [("ik betaal niet", "sextortion", "high", "niet_betaald"), ("Niet betalen", "suicidal", "emergency", "niet_betaald")],
)
async def test_an_answer_in_the_storys_own_words_is_no_alarm(hub: HubStandIn, text: str, need: str, urgency: str, scene: str) -> None:
    assert (await type_at(hub, "sextortion/geld", text, need, 0.9, urgency=urgency)).slots["scenario"] == f"sextortion/{scene}"


@pytest.mark.parametrize("place", [None, "", "gone/scene", "crush/gone"])
async def test_outside_a_story_it_rejects(hub: HubStandIn, place: str | None) -> None:
    with pytest.raises(ActionExecutionRejection):
        await run(hub, NAME, "affirm", text="ja", scenario=place)


# ---- interrupted -----------------------------------------------------------------------------------------------------


async def test_after_an_interruption_the_story_asks_again_itself(hub: HubStandIn) -> None:
    before = [*asked("utter_ask_safe", NAME), heard("bot_challenge"), action("utter_bot_challenge")]
    ran = await run(hub, "action_ask_again", "bot_challenge", events=before, scenario="crush/buik")
    assert ran.said == []
    assert ran.events[-1]["name"] == NAME
    ran = await run(hub, NAME, "bot_challenge", events=[*before, action("action_ask_again")], scenario="crush/buik")
    assert ran.said == ["utter_scenario_on_short"]
    assert ran.buttons[0] == "/scenario:crush/buik/1"


async def test_after_a_path_its_question_is_asked_again_not_the_story(hub: HubStandIn) -> None:
    before = asked(NAME, "utter_ask_sextortion_safe")
    assert (await run(hub, "action_ask_again", "greeting", events=before, scenario="crush/buik")).said == ["utter_ask_sextortion_safe"]
    assert (await run(hub, "action_ask_again", "greeting", events=asked(NAME), scenario=None)).said == ["utter_ask_topic"]


def test_the_pause_is_said_in_both_languages() -> None:
    assert fixed().text("scenario_pause", Language.NL) != fixed().text("scenario_pause", Language.FR)
