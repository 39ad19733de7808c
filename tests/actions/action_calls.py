"""Calls a custom action through rasa_sdk's executor as the bot does, with the real directory and routes; the hub is a stand-in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions import ALL_ACTIONS, Deps, build_executor
from kernel.questions import Questions
from safety.datafile import read_section
from safety.directory import Directory
from safety.fallback import FixedAnswers
from safety.laws import Laws
from safety.routes import Routes
from safety.scenarios import Scenarios

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
Event = dict[str, Any]
NAMES = [action.action_name for action in ALL_ACTIONS]


@cache
def scenarios() -> Scenarios:
    """The project's own."""
    return Scenarios.load(ROOT / "data/scenarios")


@cache
def laws() -> Laws:
    """The project's own."""
    return Laws.load(ROOT / "data/safety/law.yml")


@cache
def questions() -> Questions:
    """The project's own."""
    return Questions(read_section(ROOT / "data/questions/asked.yml", "questions"))


@cache
def fixed() -> FixedAnswers:
    """The project's own."""
    return FixedAnswers.load(ROOT / "data/safety/fixed.yml")


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
                scenarios=scenarios(),
                laws=laws(),
                questions=questions(),
                fixed=fixed(),
                offer=self.offer,
                request_wipe=lambda conversation: self._do("wipe", conversation),
                count_action=lambda name: self._do("count", name),
                count_scenario=lambda *what: self._do("answer", *what),
                now=self.now,
            )
        )


@dataclass
class Ran:
    """What an action gave back."""

    said: list[str]
    texts: list[str]
    buttons: list[str]
    lines: list[str]
    events: list[Event]
    raw: str

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}


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
    confidence: float = 1.0,
    entities: dict[str, str] | None = None,
    **slots: Any,
) -> Ran:
    """One call, in the form of the action-server protocol. `events` come before the message."""
    latest = (
        heard(intent, text, ranking)["parse_data"] | {"text": text or f"/{intent}"}
        if intent
        else {"intent": {}, "entities": [], "text": text}
    )
    latest |= {"entities": [{"entity": entity, "value": value} for entity, value in (entities or {}).items()]}
    latest["intent"] = latest["intent"] | {"confidence": confidence} if intent else {}
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
        texts=[answer["text"] for answer in given["responses"] if answer.get("text")],
        buttons=[button["payload"] for answer in given["responses"] for button in answer.get("buttons") or []],
        lines=[line for answer in given["responses"] for line in (answer.get("custom") or {}).get("helplines", [])],
        events=given["events"],
        raw=result.model_dump_json(),
    )
