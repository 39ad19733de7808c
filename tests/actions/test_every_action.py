"""Every custom action through rasa_sdk's executor, with the real directory and routes, as the bot would call it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions import ALL_ACTIONS, Deps, build_executor
from kernel.need import NEEDS
from safety.directory import Directory
from safety.routes import Routes

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
Event = dict[str, Any]
NAMES = [action.action_name for action in ALL_ACTIONS]


class Broken(Exception):
    """What a dependency of a broken hub raises; its words must not reach anybody."""


@dataclass
class HubStandIn:
    """What the hub hands in, remembering in `done` what was asked, in order; what is named in `broken` raises."""

    directory: Directory
    routes: Routes
    broken: frozenset[str] = frozenset()
    done: list[tuple[str, ...]] = field(default_factory=list)

    def _do(self, *what: str) -> None:
        self.done.append(what)
        if what[0] in self.broken:
            raise Broken("geheim")

    async def offer(self, conversation: str, reason: str) -> None:
        self._do("offer", conversation, reason)

    def now(self) -> datetime:
        self._do("now")
        return NOON

    def lines(self, *asked: Any, **more: Any) -> tuple[str, ...]:
        self._do("routes")
        return self.routes.lines(*asked, **more)

    def executor(self) -> ActionExecutor:
        routes = self if "routes" in self.broken else self.routes
        return build_executor(
            Deps(
                directory=self.directory,
                routes=routes,  # type: ignore[arg-type]  # stands in for Routes
                offer=self.offer,
                request_wipe=lambda conversation: self._do("wipe", conversation),
                count_action=lambda name: self._do("count", name),
                now=self.now,
            )
        )


@dataclass
class Ran:
    """What an action gave back."""

    said: list[str]
    lines: list[str]
    events: list[Event]
    raw: str

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}


@pytest.fixture(scope="session")
def directory() -> Directory:
    return Directory.load(ROOT / "data/safety/helplines.yml")


@pytest.fixture(scope="session")
def routes(directory: Directory) -> Routes:
    return Routes.load(ROOT / "data/safety/routes.yml", directory)


@pytest.fixture
def hub(directory: Directory, routes: Routes) -> HubStandIn:
    return HubStandIn(directory, routes)


def action(name: str) -> Event:
    return {"event": "action", "name": name, "timestamp": 1.0}


def heard(intent: str, text: str = "", ranking: tuple[str, ...] = ()) -> Event:
    """A message as Rasa hands it on; `ranking`: what the classifier thought of, when that is more than the intent."""
    guesses = [{"name": name, "confidence": 0.5} for name in ranking or (intent,)]
    parsed = {"intent": {"name": intent, "confidence": 1.0}, "intent_ranking": guesses, "entities": []}
    return {"event": "user", "text": text or f"/{intent}", "parse_data": parsed}


def asked(*names: str) -> list[Event]:
    """A conversation in which the bot did this, each followed by an answer."""
    return [event for name in names for event in (action(name), action("action_listen"), heard("affirm"))]


async def run(
    hub: HubStandIn,
    name: str,
    intent: str | None = None,
    *,
    text: str = "",
    events: list[Event] | None = None,
    ranking: tuple[str, ...] = (),
    **slots: Any,
) -> Ran:
    """One call, in the form of the action-server protocol. `events` come before the message."""
    latest = (
        heard(intent, text, ranking)["parse_data"] | {"text": text or f"/{intent}"}
        if intent
        else {"intent": {}, "entities": [], "text": text}
    )
    tracker = {
        "sender_id": "c-1",
        "slots": {"language": "nl", "urgency": "none", "who": "self", "age_group": "unknown", "topic": None, "tries": 0.0} | slots,
        "latest_message": latest,
        "events": events or [],
        "paused": False,
        "active_loop": {},
        "latest_action_name": "action_listen",
        "followup_action": None,
    }
    result = await hub.executor().run({"next_action": name, "sender_id": "c-1", "tracker": tracker, "domain": {}})
    assert result is not None
    given = result.model_dump()
    return Ran(
        said=[answer["response"] for answer in given["responses"] if answer.get("response")],
        lines=[line for answer in given["responses"] for line in (answer.get("custom") or {}).get("helplines", [])],
        events=given["events"],
        raw=result.model_dump_json(),
    )


def test_the_actions_are_those_of_the_domain() -> None:
    with (ROOT / "data/domain.yml").open(encoding="utf-8") as file:
        domain = YAML(typ="safe", pure=True).load(file)
    assert sorted(NAMES) == sorted(domain["actions"])
    assert {"action_escalate_to_hotline", "action_point_to_help", "action_wipe"} <= set(NAMES), "names of the contract"


@pytest.mark.parametrize("name", NAMES)
async def test_each_call_is_counted_once(hub: HubStandIn, name: str) -> None:
    await run(hub, name, "affirm")
    assert [what for what in hub.done if what[0] == "count"] == [("count", name)]


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
    ("runaway_thinking", "nl"): ["childfocus", "jac", "awel"],
}


@pytest.mark.parametrize(("need", "language"), OPENED)
async def test_a_path_that_opens_shows_its_own_lines_and_becomes_the_topic(hub: HubStandIn, need: str, language: str) -> None:
    events = [heard(need), action(f"utter_{need}")]
    ran = await run(hub, "action_point_to_help", need, events=events, language=language, topic="cyberbullying")
    assert ran.lines == OPENED[need, language]
    assert ran.slots == {"topic": need}
    assert ran.said == []


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


# ---- action_ask_again ----------------------------------------------------------------------------------------------

PATH = ("utter_ask_safe", "utter_ask_topic", "utter_ask_sextortion_safe", "utter_ask_sextortion_happened")
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


async def test_bubbles_and_slots_are_no_questions(hub: HubStandIn) -> None:
    events = [*asked("utter_ask_sextortion_safe"), {"event": "slot", "name": "utter_ask_grooming_safe"}, {"event": "bot", "name": None}]
    assert (await run(hub, "action_ask_again", "off_topic", events=events)).said == ["utter_ask_sextortion_safe"]


# ---- action_ask_what_is_meant --------------------------------------------------------------------------------------


async def test_two_polite_tries_then_three_ways_out_and_anew(hub: HubStandIn) -> None:
    tries: Any = None
    told = []
    for _ in range(4):
        ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", tries=tries)
        tries = ran.slots["tries"]
        told.append((ran.said, ran.lines, tries))
    assert told == [
        (["utter_rephrase"], [], 1.0),
        (["utter_rephrase_more"], [], 2.0),
        (["utter_three_choices"], ["childfocus"], 0.0),
        (["utter_rephrase"], [], 1.0),
    ]


@pytest.mark.parametrize("intent", ["affirm", "deny", "dont_know"])
async def test_a_yes_or_no_that_answers_nothing_is_met_kindly_and_begins_the_tries_anew(hub: HubStandIn, intent: str) -> None:
    ran = await run(hub, "action_ask_what_is_meant", intent, tries=2.0)
    assert ran.said == [f"utter_open_{intent}"]
    assert ran.slots == {"tries": 0.0}
    assert ran.lines == []


@pytest.mark.parametrize("intent", ["nlu_fallback", "affirm", "suicidal"])
async def test_not_understanding_ends_the_turn_and_leaves_the_path_where_it_was(hub: HubStandIn, intent: str) -> None:
    ran = await run(hub, "action_ask_what_is_meant", intent)
    assert [event["event"] for event in ran.events] == ["rewind", "slot", "followup"]
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


@pytest.mark.parametrize("name", ["action_ask_what_is_meant"])
async def test_a_spoiled_slot_never_ends_in_silence(hub: HubStandIn, name: str) -> None:
    await assert_not_silent(hub, name, tries="many")


async def test_a_fallback_that_failed_ends_the_turn_too(hub: HubStandIn) -> None:
    ran = await run(hub, "action_ask_what_is_meant", "nlu_fallback", tries="many")
    assert {"event": "followup", "name": "action_listen"}.items() <= ran.events[-1].items()


@pytest.mark.parametrize("name", NAMES)
async def test_a_failing_counter_is_no_reason_for_silence(directory: Directory, routes: Routes, name: str) -> None:
    await run(HubStandIn(directory, routes, broken=frozenset({"count"})), name, "affirm")
