"""Which actions there are, that each is counted, and that a failing one never ends in silence."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from action_calls import NAMES, ROOT, HubStandIn, run
from rasa_sdk.interfaces import ActionExecutionRejection
from ruamel.yaml import YAML

from safety.directory import Directory
from safety.routes import Routes


def test_the_actions_are_those_of_the_domain() -> None:
    with (ROOT / "data/domain.yml").open(encoding="utf-8") as file:
        domain = YAML(typ="safe", pure=True).load(file)
    assert sorted(NAMES) == sorted(domain["actions"])
    assert {"action_escalate_to_hotline", "action_point_to_help", "action_scenario", "action_wipe"} <= set(NAMES), "names of the contract"


@pytest.mark.parametrize("name", NAMES)
async def test_each_call_is_counted_once(hub: HubStandIn, name: str) -> None:
    with contextlib.suppress(ActionExecutionRejection):  # action_scenario, outside a story
        await run(hub, name, "affirm")
    assert [what for what in hub.done if what[0] == "count"] == [("count", name)]


# ---- what fails ----------------------------------------------------------------------------------------------------

NEEDS_IT = [
    ("action_point_to_help", "routes"),
    ("action_point_to_help", "now"),
    ("action_point_to_safety", "routes"),
    ("action_point_to_safety", "now"),
    ("action_escalate_to_hotline", "offer"),
    ("action_escalate_to_hotline", "routes"),
    ("action_escalate_to_hotline", "now"),
    ("action_wipe", "wipe"),
]
AT_AN_ANSWER = {"scenario": "crush/before"}


async def assert_not_silent(hub: HubStandIn, name: str, **slots: Any) -> None:
    ran = await run(hub, name, "affirm", text="kanariewoord", **slots)
    assert ran.said == ["utter_action_failed"]
    assert ran.lines == ["childfocus"]
    assert "geheim" not in ran.raw
    assert "kanariewoord" not in ran.raw


@pytest.mark.parametrize(("name", "broken"), NEEDS_IT)
async def test_a_failing_dependency_never_ends_in_silence(
    directory: Directory, routes: Routes, name: str, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    await assert_not_silent(HubStandIn(directory, routes, broken=frozenset({broken})), name, topic="sextortion")
    assert "geheim" not in caplog.text
    assert "kanariewoord" not in caplog.text
    assert "action failed" in caplog.text


async def test_a_failing_count_of_an_answer_never_ends_in_silence(directory: Directory, routes: Routes) -> None:
    hub = HubStandIn(directory, routes, broken=frozenset({"answer"}))
    ran = await run(hub, "action_scenario", "affirm", text="1", **AT_AN_ANSWER)
    assert ran.said == ["utter_action_failed"]
    assert ran.lines == ["childfocus"]


@pytest.mark.parametrize("name", ["action_ask_what_is_meant"])
async def test_a_spoiled_slot_never_ends_in_silence(hub: HubStandIn, name: str) -> None:
    await assert_not_silent(hub, name, tries="many")


async def test_a_fallback_that_failed_ends_the_turn_too(hub: HubStandIn) -> None:
    ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", tries="many")
    assert {"event": "followup", "name": "action_listen"}.items() <= ran.events[-1].items()


@pytest.mark.parametrize("name", NAMES)
async def test_a_failing_counter_is_no_reason_for_silence(directory: Directory, routes: Routes, name: str) -> None:
    ran = await run(HubStandIn(directory, routes, broken=frozenset({"count"})), name, "affirm")
    assert ran.said or ran.texts or ran.events or name == "action_wipe"
